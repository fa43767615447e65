from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from praeventionsketten.models import (
    MitBild,
    MitFassungen,
    MitSlug,
    Veroeffentlichbar,
    VeroeffentlichbarQuerySet,
)


class Kachel(models.Model):
    """One tile of the map: a district or independent city, whether it takes part or not."""

    kuerzel = models.CharField(
        "Kürzel", max_length=4, help_text="Kfz-Kennzeichen, nicht eindeutig."
    )
    name = models.CharField(max_length=120)
    zeilen = models.CharField(
        "Beschriftung", max_length=60, help_text="Zeilen in der Kachel, getrennt durch „|“."
    )
    art = models.CharField(
        max_length=20,
        choices={"landkreis": "Landkreis", "kreisfreie-stadt": "kreisfreie Stadt"},
    )
    ags5 = models.CharField(
        "Kreisschlüssel",
        max_length=5,
        unique=True,
        validators=[RegexValidator(r"^\d{5}$", "Der Kreisschlüssel hat fünf Ziffern.")],
    )
    reihe = models.PositiveSmallIntegerField(help_text="Von oben, beginnend mit 0.")
    spalte = models.PositiveSmallIntegerField(
        help_text="Halbe Kachelbreiten von links, beginnend mit 0."
    )

    class Meta:
        verbose_name = "Kachel"
        verbose_name_plural = "Kacheln der Karte"
        ordering = ["reihe", "spalte"]
        constraints = [
            models.UniqueConstraint(fields=["reihe", "spalte"], name="kachel_platz_eindeutig")
        ]

    def __str__(self) -> str:
        return self.name


class KommuneQuerySet(VeroeffentlichbarQuerySet):
    def im_programm(self):
        """Those that take part today; always counted, never written into a text."""
        heute = timezone.localdate()
        return self.filter(programm_von__lte=heute).filter(
            Q(programm_bis__isnull=True) | Q(programm_bis__gte=heute)
        )

    def mit_angebotszahl(self, angebote):
        """Adds `angebotszahl`: how many of `angebote` each Kommune has."""
        gezaehlt = Q(angebote__in=angebote.order_by().values("pk"))
        return self.annotate(angebotszahl=Count("angebote", filter=gezaehlt))


class Kommune(MitSlug, MitBild, MitFassungen, Veroeffentlichbar):
    """A municipality that takes or took part; its public page is the Steckbrief."""

    RESERVIERT = frozenset({"landesweit"})  # means „no Kommune“ in /angebote/?kommune=
    slug_quelle = "name"

    class Art(models.TextChoices):
        LANDKREIS = "landkreis", "Landkreis"
        KREISFREIE_STADT = "kreisfreie-stadt", "kreisfreie Stadt"
        SONDERSTATUSSTADT = "sonderstatusstadt", "Stadt mit Sonderstatus"
        GEMEINDE = "gemeinde", "Stadt oder Gemeinde"

    name = models.CharField(max_length=120)
    kurzname = models.CharField(max_length=60, help_text="Z. B. „Kreis Kassel“.")
    art = models.CharField(max_length=20, choices=Art)
    ags = models.CharField(
        "Gemeindeschlüssel",
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^\d{5}(\d{3})?$", "Fünf Ziffern (Kreis) oder acht.")],
    )
    kachel = models.ForeignKey(
        Kachel, null=True, blank=True, on_delete=models.PROTECT, related_name="kommunen"
    )
    teil_der_kachel = models.BooleanField(
        "nur ein Teil des Kreises",
        default=False,
        help_text="Ankreuzen, wenn nur eine Stadt im Kreis teilnimmt.",
    )
    sitz = models.CharField(max_length=120, blank=True)
    einwohner = models.PositiveIntegerField(
        "Einwohnerinnen und Einwohner", null=True, blank=True
    )
    einwohner_stand = models.DateField("Stand der Einwohnerzahl", null=True, blank=True)
    flaeche_km2 = models.DecimalField(
        "Fläche in km²", max_digits=8, decimal_places=2, null=True, blank=True
    )
    website = models.URLField("Internetseite", blank=True)
    programm_von = models.DateField("im Programm seit", null=True, blank=True)
    programm_bis = models.DateField("im Programm bis", null=True, blank=True)
    foerderrunde = models.PositiveSmallIntegerField("Förderrunde", null=True, blank=True)
    teaser = models.TextField(
        blank=True, help_text="Zwei Sätze: Was macht diese Präventionskette aus?"
    )
    motivation = models.TextField("Warum wir dabei sind", blank=True)
    ziele = models.TextField("Unsere Ziele", blank=True)
    arbeitsweise = models.TextField("So arbeiten wir", blank=True)
    schwerpunkte = models.TextField(blank=True, help_text="Je Zeile einer.")
    stand = models.DateField("Stand der Angaben", null=True, blank=True)
    luecken_oeffentlich = models.BooleanField(
        "Lückenanalyse auf dem Steckbrief zeigen",
        default=False,
        db_default=False,
        help_text="Dann sehen alle, wofür es Angebote gibt, wo Sie geprüft und nichts "
        "gefunden haben und was noch nicht erhoben ist.",
    )

    objects = KommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "Kommune"
        verbose_name_plural = "Kommunen"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(programm_bis__isnull=True)
                | Q(programm_bis__gte=models.F("programm_von")),
                name="kommune_programm_endet_nach_beginn",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        vorher = self._namen()
        super().save(*args, **kwargs)
        if vorher and vorher != self._namen():
            self.angebote.indizieren()

    def _namen(self) -> tuple[str, ...] | None:
        """What lists and search say of it, as it is stored."""
        gespeichert = Kommune.objects.filter(pk=self.pk)
        return gespeichert.values_list("name", "kurzname", "slug").first()

    def get_absolute_url(self) -> str:
        return reverse("kommune", args=[self.slug])

    @property
    def im_programm(self) -> bool:
        heute = timezone.localdate()
        begonnen = self.programm_von is not None and self.programm_von <= heute
        return begonnen and (self.programm_bis is None or self.programm_bis >= heute)

    @property
    def ausgeschieden(self) -> bool:
        return self.programm_bis is not None and self.programm_bis < timezone.localdate()

    @property
    def schwerpunkte_liste(self) -> list[str]:
        return self.schwerpunkte.splitlines()


class ZustaendigkeitQuerySet(models.QuerySet):
    def gueltig(self):
        """Those that hold today."""
        heute = timezone.localdate()
        return self.filter(Q(bis__isnull=True) | Q(bis__gte=heute), von__lte=heute)


class Zustaendigkeit(models.Model):
    """Which Konto works for which Kommune, and in which time."""

    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="zustaendigkeiten"
    )
    kommune = models.ForeignKey(
        Kommune, on_delete=models.CASCADE, related_name="zustaendigkeiten"
    )
    von = models.DateField(default=timezone.localdate)
    bis = models.DateField(null=True, blank=True, help_text="Leer lassen, solange es gilt.")

    objects = ZustaendigkeitQuerySet.as_manager()

    class Meta:
        verbose_name = "Zuständigkeit"
        verbose_name_plural = "Zuständigkeiten"
        constraints = [
            models.UniqueConstraint(fields=["konto", "kommune"], name="zustaendigkeit_einmal"),
            models.CheckConstraint(
                condition=Q(bis__isnull=True) | Q(bis__gte=models.F("von")),
                name="zustaendigkeit_endet_nach_beginn",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.konto} für {self.kommune}"


class Teilraum(models.Model):
    """A town or district inside a Kommune that plays a part of its own."""

    class Art(models.TextChoices):
        STADT = "stadt", "Stadt"
        GEMEINDE = "gemeinde", "Gemeinde"
        STADTTEIL = "stadtteil", "Stadtteil"

    kommune = models.ForeignKey(Kommune, on_delete=models.CASCADE, related_name="teilraeume")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)
    art = models.CharField(max_length=20, choices=Art)
    beschreibung = models.TextField(blank=True)

    class Meta:
        verbose_name = "Teilraum"
        verbose_name_plural = "Teilräume"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["kommune", "slug"], name="teilraum_eindeutig")
        ]

    def __str__(self) -> str:
        return self.name


class Koordination(models.Model):
    """A contact role in an office; often two per Kommune, sometimes vacant."""

    kommune = models.ForeignKey(
        Kommune, on_delete=models.CASCADE, related_name="koordinationen"
    )
    teilraum = models.ForeignKey(Teilraum, null=True, blank=True, on_delete=models.SET_NULL)
    funktion = models.CharField(
        max_length=120, help_text="Z. B. „Koordination Präventionskette“."
    )
    stelle = models.CharField("Stelle im Haus", max_length=160, help_text="Z. B. „Jugendamt“.")
    name = models.CharField(max_length=120, blank=True)
    name_einwilligung = models.BooleanField(
        "Person stimmt zu, dass ihr Name erscheint", default=False
    )
    telefon = models.CharField(max_length=60, blank=True)
    email = models.EmailField(
        "E-Mail-Adresse", blank=True, help_text="Am besten ein Funktionspostfach."
    )
    vakant = models.BooleanField("Stelle ist zurzeit nicht besetzt", default=False)
    hinweis = models.TextField(blank=True)
    reihenfolge = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "Koordination"
        verbose_name_plural = "Koordination"
        ordering = ["reihenfolge", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name="") | Q(name_einwilligung=True),
                name="koordination_name_nur_mit_einwilligung",
                violation_error_message="Ein Name erscheint nur, wenn die Person zustimmt. "
                "Bitte ankreuzen oder das Feld leeren.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.funktion}, {self.stelle}"
