from django.conf import settings
from django.db import models
from django.utils import timezone

from .angebot import Angebot
from .fassung import Angebotsfassung


class Bestaetigung(models.Model):
    """Append-only: this Angebot was confirmed as true, when, how and by whom.

    "Confirmed" and "changed" are two things: an unchanged entry can be fresh, and an
    edited one stale.
    """

    class Wie(models.TextChoices):
        ANBIETER_LINK = "anbieter-link", "Anbieter über Link"
        TELEFON = "telefon", "Telefon"
        VOR_ORT = "vor-ort", "vor Ort"
        NETZWERKTREFFEN = "netzwerktreffen", "Netzwerktreffen"
        WEBSITE = "website", "Internetseite"
        IMPORT = "import", "Import"
        VERWALTUNG = "verwaltung", "in der Verwaltung"

    angebot = models.ForeignKey(
        Angebot, on_delete=models.CASCADE, related_name="bestaetigungen"
    )
    wann = models.DateTimeField(default=timezone.now)
    wie = models.CharField(max_length=20, choices=Wie)
    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What it said then; not known of the oldest ones.
    fassung = models.ForeignKey(
        Angebotsfassung,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="bestaetigungen",
    )
    # The meeting in which it was said.
    runde = models.ForeignKey(
        "angebote.Abgleichrunde",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="bestaetigungen",
    )
    # The parts that were asked for (`haltbarkeit.TEILE`); an empty list means all of it.
    felder = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), blank=True
    )

    class Meta:
        verbose_name = "Bestätigung"
        verbose_name_plural = "Bestätigungen"
        ordering = ["-wann"]
        indexes = [models.Index(fields=["angebot", "-wann"], name="bestaetigung_letzte")]

    def __str__(self) -> str:
        return f"{self.get_wie_display()}, {self.wann:%d.%m.%Y}"
