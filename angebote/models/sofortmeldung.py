"""Bad news from a provider: it stands on the page at once and can be taken back."""

from django.db import models
from django.utils import timezone

from .angebot import Angebot
from .pflege import Pflegelink


class SofortmeldungQuerySet(models.QuerySet):
    def gueltig(self):
        return self.filter(zurueckgenommen_am__isnull=True)


class Sofortmeldung(models.Model):
    """What somebody reported by her link, and what stood there before."""

    class Art(models.TextChoices):
        FAELLT_AUS = "faellt-aus", "fällt aus"
        PAUSIERT = "pausiert", "macht Pause"
        BEENDET = "beendet", "gibt es nicht mehr"
        NUMMER_FALSCH = "nummer-falsch", "Telefonnummer ist falsch"

    angebot = models.ForeignKey(
        Angebot, on_delete=models.CASCADE, related_name="sofortmeldungen"
    )
    link = models.ForeignKey(
        Pflegelink, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    art = models.CharField(max_length=20, choices=Art)
    text = models.CharField(max_length=280)
    # Fields as they were and as they became, so that only this is undone.
    vorher = models.JSONField(default=dict)
    nachher = models.JSONField(default=dict)
    gemeldet_am = models.DateTimeField(default=timezone.now)
    zurueckgenommen_am = models.DateTimeField("zurückgenommen am", null=True, blank=True)

    objects = SofortmeldungQuerySet.as_manager()

    class Meta:
        verbose_name = "Sofortmeldung"
        verbose_name_plural = "Sofortmeldungen"
        ordering = ["-gemeldet_am", "-pk"]

    def __str__(self) -> str:
        return self.text
