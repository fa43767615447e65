from django.db import models
from django.utils.html import format_html

from praeventionsketten.models import Begriff


class Lebensphase(Begriff):
    """A stretch of a child's life; ages in months, negative before birth."""

    name_trennbar = models.CharField(
        "Name mit Trennstellen",
        max_length=140,
        blank=True,
        help_text="Weiche Trennstellen (U+00AD) für die schmale Kette.",
    )
    kurz = models.CharField("Kurzname", max_length=60)
    alter_von = models.SmallIntegerField("Alter von (Monate)")
    alter_bis = models.SmallIntegerField("Alter bis (Monate)")
    im_programm = models.BooleanField("gehört zum Programm", default=True)

    class Meta(Begriff.Meta):
        verbose_name = "Lebensphase"
        verbose_name_plural = "Lebensphasen"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(alter_von__lt=models.F("alter_bis")),
                name="lebensphase_alter_steigt",
            )
        ]


class Uebergang(Begriff):
    """The way from one Lebensphase into the next, named as the family sees it."""

    von = models.ForeignKey(
        Lebensphase, on_delete=models.PROTECT, related_name="uebergaenge_danach"
    )
    nach = models.ForeignKey(
        Lebensphase, on_delete=models.PROTECT, related_name="uebergaenge_davor"
    )
    kurz = models.CharField("Kurzname", max_length=60)
    frage = models.CharField("Frage der Familie", max_length=200, blank=True)
    im_programm = models.BooleanField("gehört zum Programm", default=True)

    class Meta(Begriff.Meta):
        verbose_name = "Übergang"
        verbose_name_plural = "Übergänge"


class Handlungsfeld(Begriff):
    class Lebenslage(models.TextChoices):
        SOZIAL = "sozial", "sozial"
        GESUNDHEITLICH = "gesundheitlich", "gesundheitlich"
        MATERIELL = "materiell", "materiell"
        KULTURELL = "kulturell", "kulturell"
        QUER = "quer", "quer zu allen"

    lebenslage = models.CharField(max_length=20, choices=Lebenslage)

    class Meta(Begriff.Meta):
        verbose_name = "Handlungsfeld"
        verbose_name_plural = "Handlungsfelder"


class Zielgruppe(Begriff):
    class Gruppe(models.TextChoices):
        FAMILIEN = "familien", "Familien"
        KINDER = "kinder", "Kinder und Jugendliche"
        FACHKRAEFTE = "fachkraefte", "Fachkräfte"

    gruppe = models.CharField(max_length=20, choices=Gruppe)

    class Meta(Begriff.Meta):
        verbose_name = "Zielgruppe"
        verbose_name_plural = "Zielgruppen"


class Leitdimension(Begriff):
    fuer_angebote = models.BooleanField("für Angebote", default=True)
    fuer_fachforen = models.BooleanField("für Fachforen", default=True)

    class Meta(Begriff.Meta):
        verbose_name = "Leitdimension"
        verbose_name_plural = "Leitdimensionen"


class Akteurstyp(Begriff):
    class Meta(Begriff.Meta):
        verbose_name = "Akteurstyp"
        verbose_name_plural = "Akteurstypen"


class Ebene(Begriff):
    kurz = models.CharField("Kurzname", max_length=60)

    class Meta(Begriff.Meta):
        verbose_name = "Ebene"
        verbose_name_plural = "Ebenen"


class Gremientyp(Begriff):
    class Meta(Begriff.Meta):
        verbose_name = "Gremientyp"
        verbose_name_plural = "Gremientypen"


class Prozessschritt(Begriff):
    class Meta(Begriff.Meta):
        verbose_name = "Prozessschritt"
        verbose_name_plural = "Prozessschritte"


class Sprache(Begriff):
    """A language an Angebot is given in; the code is the BCP 47 tag for `lang`."""

    eigenname = models.CharField(
        max_length=60, help_text="In der Sprache selbst, z. B. „Türkçe“."
    )
    rtl = models.BooleanField("von rechts nach links", default=False)

    class Meta(Begriff.Meta):
        verbose_name = "Sprache"
        verbose_name_plural = "Sprachen"

    @property
    def beschriftung(self) -> str:
        """First as its speakers know it: „Türkçe (Türkisch)“, marked up for the voice."""
        if self.eigenname in ("", self.name):
            return self.name
        return format_html(
            '<span lang="{}" dir="{}">{}</span> ({})',
            self.code,
            "rtl" if self.rtl else "ltr",
            self.eigenname,
            self.name,
        )
