from django.db import models
from django.db.models import Q

from .angebot import Angebot


class Kontakt(models.Model):
    """Whom to call, or (never public) who keeps the entry true."""

    class Art(models.TextChoices):
        OEFFENTLICH = "oeffentlich", "öffentlich"
        PFLEGE = "pflege", "Pflegekontakt (nie öffentlich)"

    angebot = models.ForeignKey(Angebot, on_delete=models.CASCADE, related_name="kontakte")
    art = models.CharField(max_length=12, choices=Art, default=Art.OEFFENTLICH)
    reihenfolge = models.PositiveSmallIntegerField(default=0)
    funktion = models.CharField(max_length=120, help_text="Z. B. „Team Elterncafé“.")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField("E-Mail-Adresse", blank=True)
    telefon = models.CharField(max_length=60, blank=True)
    erreichbar = models.CharField(
        max_length=120, blank=True, help_text="Z. B. „Mo bis Do 9–15 Uhr“."
    )

    class Meta:
        verbose_name = "Kontakt"
        verbose_name_plural = "Kontakte"
        ordering = ["art", "reihenfolge", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="", telefon=""),
                name="kontakt_ist_erreichbar",
                violation_error_message="Bitte nennen Sie Telefon oder E-Mail-Adresse.",
            )
        ]

    def __str__(self) -> str:
        return self.funktion

    @property
    def ist_oeffentlich(self) -> bool:
        return self.art == self.Art.OEFFENTLICH
