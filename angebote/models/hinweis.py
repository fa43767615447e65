from django.db import models, transaction
from django.utils import timezone

from .angebot import Angebot
from .rueckmeldung import Rueckmeldung


class Hinweis(Rueckmeldung):
    """Somebody from outside says that an entry is wrong."""

    class Thema(models.TextChoices):
        # In the order of harm: in front of a closed door, in vain on the phone, at a wrong time.
        GIBT_ES_NICHT = "gibt-es-nicht", "Das gibt es nicht mehr"
        TELEFON = "telefon", "Die Telefonnummer oder E-Mail-Adresse stimmt nicht"
        ZEITEN = "zeiten", "Die Zeiten oder der Ort stimmen nicht"
        SONSTIGES = "sonstiges", "Etwas anderes stimmt nicht"

    class Status(models.TextChoices):
        OFFEN = "offen", "Offen"
        VERDACHT = "verdacht", "Vielleicht Werbung"
        ERLEDIGT = "erledigt", "Erledigt"

    class Ergebnis(models.TextChoices):
        BERICHTIGT = "berichtigt", "Der Eintrag ist berichtigt"
        STIMMT = "stimmt", "Der Eintrag stimmt"
        WERBUNG = "werbung", "War Werbung"

    angebot = models.ForeignKey(Angebot, on_delete=models.CASCADE, related_name="hinweise")
    thema = models.CharField("Was stimmt nicht?", max_length=20, choices=Thema)
    text = models.TextField("Genauer", blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OFFEN)
    ergebnis = models.CharField(max_length=12, choices=Ergebnis, blank=True)

    class Meta:
        verbose_name = "Hinweis"
        verbose_name_plural = "Hinweise"
        ordering = ["-eingegangen_am", "-pk"]
        indexes = [models.Index(fields=["status", "angebot"], name="hinweis_status_angebot")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="erledigt", entschieden_am__isnull=False)
                | models.Q(entschieden_am__isnull=True) & ~models.Q(status="erledigt"),
                name="hinweis_erledigt_hat_zeit",
            )
        ]

    def __str__(self) -> str:
        return f"Hinweis zu „{self.angebot}“"

    @transaction.atomic
    def erledigen(self, konto, ergebnis: str, antwort: str = "") -> bool:
        """Close it with this outcome; False if somebody was faster.

        The entry counts as true again, and with it changes what lists say about it.
        """
        offen = type(self).objects.filter(pk=self.pk).exclude(status=self.Status.ERLEDIGT)
        self.status, self.ergebnis, self.antwort = self.Status.ERLEDIGT, ergebnis, antwort
        self.entschieden_am, self.entschieden_von = timezone.now(), konto
        felder = ("status", "ergebnis", "antwort", "entschieden_am", "entschieden_von")
        if not offen.update(**{name: getattr(self, name) for name in felder}):
            self.refresh_from_db()
            return False
        self.angebot.indizieren()
        return True
