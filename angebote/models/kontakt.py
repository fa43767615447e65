from django.db import models
from django.db.models import Q

from .angebot import Angebot


class KontaktQuerySet(models.QuerySet):
    def pflege(self):
        """Those who keep the entry true."""
        return self.filter(art=Kontakt.Art.PFLEGE)


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
    telefon_falsch = models.BooleanField(
        "Nummer stimmt nicht",
        default=False,
        db_default=False,
        help_text="Die Nummer ist dann nicht zu sehen. Eine neue Nummer erscheint sofort.",
    )
    # About the mailbox, not about the entry: no part of its Fassungen.
    unzustellbar_seit = models.DateTimeField(
        "E-Mails kommen zurück seit", null=True, blank=True, editable=False
    )

    objects = KontaktQuerySet.as_manager()

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

    def save(self, *args, **kwargs) -> None:
        """What was found out about an old number or address says nothing about a new one."""
        zeilen = Kontakt.objects.filter(pk=self.pk) if self.pk else Kontakt.objects.none()
        alt = zeilen.values("telefon", "email").first()
        if alt and alt["telefon"] != self.telefon:
            self._berichtigt("telefon_falsch", False, kwargs)
        if alt and alt["email"].lower() != self.email.lower():
            self._berichtigt("unzustellbar_seit", None, kwargs)
        super().save(*args, **kwargs)

    def _berichtigt(self, feld: str, wert, kwargs: dict) -> None:
        setattr(self, feld, wert)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], feld}

    @property
    def nummer(self) -> str:
        """The phone number, unless somebody said that it is wrong."""
        return "" if self.telefon_falsch else self.telefon

    @property
    def ist_oeffentlich(self) -> bool:
        return self.art == self.Art.OEFFENTLICH
