from django.db import models
from django.utils import timezone


class Sendung(models.Model):
    """A form that arrived from outside, counted against floods and forgotten the next day.

    Says neither who nor what nor about which entry: keyed hashes of this day alone.
    """

    wann = models.DateTimeField(default=timezone.now)
    absender = models.CharField(max_length=32)
    inhalt = models.CharField(max_length=32)
    gegenstand = models.CharField(max_length=32, default="", db_default="")

    class Meta:
        verbose_name = "Sendung"
        verbose_name_plural = "Sendungen"
        indexes = [
            models.Index(fields=["absender", "wann"], name="sendung_absender_wann"),
            models.Index(fields=["inhalt", "wann"], name="sendung_inhalt_wann"),
        ]

    def __str__(self) -> str:
        return f"Sendung vom {self.wann:%d.%m.%Y}"
