"""Whether the website of an Angebot answers."""

import datetime as dt

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from .angebot import Angebot
from .bestaetigung import Bestaetigung


class LinkpruefungQuerySet(models.QuerySet):
    def tot(self):
        """Silent on enough days, the address still in the entry, and nobody knows better.

        Whoever confirms the entry meanwhile says that it is right as it is.
        """
        genug = self.filter(fehltage__gte=Linkpruefung.FEHLTAGE)
        bestaetigt = Bestaetigung.objects.filter(
            angebot=OuterRef("angebot"), wann__date__gt=OuterRef("stumm_seit")
        )
        return genug.filter(~Exists(bestaetigt), adresse=F("angebot__website"))

    def faellige_angebote(self):
        """Public ones whose website is to be asked, the longest forgotten first.

        Every week; the day after it has not answered.
        """
        jetzt = timezone.now()
        mitternacht = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        stumm = Q(linkpruefung__fehltage__gt=0, linkpruefung__geprueft_am__lt=mitternacht)
        return (
            Angebot.objects.sichtbar()
            .exclude(website="")
            .filter(
                Q(linkpruefung__isnull=True)
                | ~Q(linkpruefung__adresse=F("website"))
                | Q(linkpruefung__geprueft_am__lte=jetzt - Linkpruefung.ABSTAND)
                | stumm
            )
            .order_by(F("linkpruefung__geprueft_am").asc(nulls_first=True), "pk")
        )


class Linkpruefung(models.Model):
    """The last answer of a website, and on how many days in a row there was none."""

    FEHLTAGE = 3
    ABSTAND = dt.timedelta(days=7)

    angebot = models.OneToOneField(
        Angebot, on_delete=models.CASCADE, related_name="linkpruefung"
    )
    adresse = models.URLField()
    geprueft_am = models.DateTimeField("geprüft am", db_index=True)
    fehltage = models.PositiveSmallIntegerField(default=0)
    stumm_seit = models.DateField(null=True, blank=True)

    objects = LinkpruefungQuerySet.as_manager()

    class Meta:
        verbose_name = "Linkprüfung"
        verbose_name_plural = "Linkprüfungen"

    def __str__(self) -> str:
        return self.adresse

    @classmethod
    @transaction.atomic
    def vermerken(cls, angebot: Angebot, adresse: str, antwortet: bool) -> "Linkpruefung":
        """Write down one answer; several failures of a day are one.

        Lists learn of it when a website is found dead, or answers again.
        """
        eigene = cls.objects.filter(angebot=angebot)
        war_tot = eigene.tot().exists()
        heute = timezone.localdate()
        bisher = eigene.filter(adresse=adresse).first()
        fehltage, seit = (bisher.fehltage, bisher.stumm_seit) if bisher else (0, None)
        heute_schon = bisher and timezone.localdate(bisher.geprueft_am) == heute
        if antwortet:
            fehltage, seit = 0, None
        elif not (heute_schon and fehltage):
            fehltage, seit = fehltage + 1, seit or heute
        pruefung, _neu = cls.objects.update_or_create(
            angebot=angebot,
            defaults={
                "adresse": adresse,
                "geprueft_am": timezone.now(),
                "fehltage": fehltage,
                "stumm_seit": seit,
            },
        )
        if eigene.tot().exists() != war_tot:
            angebot.indizieren()
        return pruefung
