"""Whether the website of an Angebot answers."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .angebot import Angebot


class LinkpruefungQuerySet(models.QuerySet):
    def tot(self):
        """Silent on enough days, and still the address the entry names."""
        genug = self.filter(fehltage__gte=Linkpruefung.FEHLTAGE)
        return genug.filter(adresse=F("angebot__website"))

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
    def vermerken(cls, angebot: Angebot, adresse: str, antwortet: bool) -> "Linkpruefung":
        """Write down one answer; several failures of a day are one."""
        heute = timezone.localdate()
        bisher = cls.objects.filter(angebot=angebot, adresse=adresse).first()
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
        return pruefung
