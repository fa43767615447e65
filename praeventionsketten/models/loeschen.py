from datetime import timedelta

from django.db import models
from django.utils import timezone

MELDEN = timedelta(days=30)


class LoeschnachweisQuerySet(models.QuerySet):
    def mit_resten(self):
        """Fresh proofs that something was left over, to be looked at."""
        return self.filter(wann__gt=timezone.now() - MELDEN).exclude(reste=[])


class Loeschnachweis(models.Model):
    """That data were erased and that nothing was left over; says nothing about anybody."""

    wann = models.DateTimeField(auto_now_add=True)
    model = models.CharField("Tabelle", max_length=100)
    was = models.CharField(max_length=200)
    frist = models.CharField(max_length=200)
    anzahl = models.PositiveIntegerField("Einträge")
    geprueft = models.BooleanField(
        "auf Reste geprüft", default=False, help_text="Alle Tabellen und Dateien durchsucht."
    )
    reste = models.JSONField(
        default=list, blank=True, help_text="Stellen, an denen noch etwas stand."
    )
    zahlen = models.JSONField(
        default=dict, blank=True, help_text="Die Statistik, vor und nach dem Löschen gleich."
    )

    objects = LoeschnachweisQuerySet.as_manager()

    class Meta:
        verbose_name = "Löschnachweis"
        verbose_name_plural = "Löschnachweise"
        ordering = ["-wann", "-pk"]

    def __str__(self) -> str:
        return f"{self.was}: {self.anzahl}"
