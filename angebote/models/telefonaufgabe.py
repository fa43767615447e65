"""Calls a coordinator makes because nobody answers by mail."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from praeventionsketten.lib.arbeitszeit import ist_arbeitstag

from .angebot import Angebot

WIEDER_NACH = 2  # working days


class TelefonaufgabeQuerySet(models.QuerySet):
    def offen(self):
        return self.filter(erledigt_am__isnull=True)

    def faellig(self):
        """To be done today; one where nobody answered waits some days."""
        heute = timezone.localdate()
        return self.offen().filter(Q(wieder_am__isnull=True) | Q(wieder_am__lte=heute))

    def erledigen(self, ergebnis: str) -> int:
        return self.offen().update(erledigt_am=timezone.now(), ergebnis=ergebnis)


class Telefonaufgabe(models.Model):
    """Ask by phone whether an Angebot is still true. At most one is open per Angebot."""

    class Grund(models.TextChoices):
        KEINE_ANTWORT = "keine-antwort", "auf E-Mails kam keine Antwort"
        KEINE_ADRESSE = "keine-adresse", "kein Pflegekontakt mit E-Mail-Adresse"
        UNZUSTELLBAR = "unzustellbar", "E-Mails kommen zurück"
        GENUG_MAILS = "genug-mails", "hat dieses Jahr schon genug E-Mails bekommen"
        ABGEGEBEN = "abgegeben", "Pflegekontakt ist nicht mehr zuständig"

    class Ergebnis(models.TextChoices):
        BESTAETIGT = "bestaetigt", "bestätigt"
        HINFAELLIG = "hinfaellig", "hat sich erledigt"

    angebot = models.ForeignKey(
        Angebot, on_delete=models.CASCADE, related_name="telefonaufgaben"
    )
    grund = models.CharField(max_length=20, choices=Grund)
    entstanden_am = models.DateTimeField(default=timezone.now)
    versuche = models.PositiveSmallIntegerField(default=0)
    wieder_am = models.DateField(null=True, blank=True)
    erledigt_am = models.DateTimeField(null=True, blank=True)
    ergebnis = models.CharField(max_length=20, choices=Ergebnis, blank=True)

    objects = TelefonaufgabeQuerySet.as_manager()

    class Meta:
        verbose_name = "Telefonaufgabe"
        verbose_name_plural = "Telefonaufgaben"
        ordering = ["entstanden_am"]
        constraints = [
            models.UniqueConstraint(
                fields=["angebot"],
                condition=Q(erledigt_am__isnull=True),
                name="telefonaufgabe_nur_eine_offen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.angebot}: {self.get_grund_display()}"

    def nicht_erreicht(self) -> None:
        """Nobody picked up: it comes back after some working days."""
        tag, rest = timezone.localdate(), WIEDER_NACH
        while rest:
            tag += dt.timedelta(days=1)
            rest -= ist_arbeitstag(tag)
        self.versuche += 1
        self.wieder_am = tag
        self.save(update_fields=["versuche", "wieder_am"])
