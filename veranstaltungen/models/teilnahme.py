"""What belongs to a registration besides its seats: needs, consents, the log of its steps."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from praeventionsketten.models import Veroeffentlichend

from .anmeldung import Anmeldung
from .veranstaltung import Veranstaltung


class Zweck(models.TextChoices):
    """What a person may allow; each on its own, and none is needed to take part."""

    FOTO = "foto", "Fotos"
    TEILNEHMERLISTE = "teilnehmerliste", "Teilnahmeliste"
    EINLADUNGEN = "einladungen", "Einladungen"
    BEDARF = "bedarf", "Angaben zu Zugang und Essen"


class EinwilligungstextQuerySet(models.QuerySet):
    def geltende(self) -> dict[str, "Einwilligungstext"]:
        """The newest wording of each purpose, in the order of Zweck."""
        jetzt = timezone.now()
        je_zweck = {t.zweck: t for t in self.filter(gueltig_ab__lte=jetzt).order_by("fassung")}
        return {zweck: je_zweck[zweck] for zweck in Zweck.values if zweck in je_zweck}


class Einwilligungstext(Veroeffentlichend):
    """A wording somebody agreed to; a new wording is a new row, the old one stays."""

    zweck = models.CharField(max_length=16, choices=Zweck)
    fassung = models.PositiveSmallIntegerField()
    text = models.TextField(help_text="Genau so steht es neben dem Kästchen.")
    gueltig_ab = models.DateTimeField("gültig ab", default=timezone.now)

    objects = EinwilligungstextQuerySet.as_manager()

    class Meta:
        verbose_name = "Einwilligungstext"
        verbose_name_plural = "Einwilligungstexte"
        ordering = ["zweck", "-fassung"]
        constraints = [
            models.UniqueConstraint(
                fields=["zweck", "fassung"], name="einwilligungstext_eindeutig"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_zweck_display()}, Fassung {self.fassung}"


class EinwilligungQuerySet(models.QuerySet):
    def gueltige(self):
        return self.filter(widerrufen_am__isnull=True).select_related("text")


class Einwilligung(models.Model):
    """A consent of its own to one wording; withdrawn, it stays until the person's data go."""

    anmeldung = models.ForeignKey(
        Anmeldung, on_delete=models.CASCADE, related_name="einwilligungen"
    )
    zweck = models.CharField(max_length=16, choices=Zweck)
    text = models.ForeignKey(
        Einwilligungstext, on_delete=models.PROTECT, related_name="einwilligungen"
    )
    erteilt_am = models.DateTimeField("erteilt am", default=timezone.now)
    widerrufen_am = models.DateTimeField("widerrufen am", null=True, blank=True)

    objects = EinwilligungQuerySet.as_manager()

    class Meta:
        verbose_name = "Einwilligung"
        verbose_name_plural = "Einwilligungen"
        ordering = ["zweck", "erteilt_am"]
        constraints = [
            models.UniqueConstraint(
                fields=["anmeldung", "zweck"],
                condition=Q(widerrufen_am__isnull=True),
                name="einwilligung_einmal",
            )
        ]

    def __str__(self) -> str:
        return self.get_zweck_display()


class Bedarf(models.Model):
    """What somebody needs to take part. Reveals health: GDPR Art. 9, own consent and period."""

    class Art(models.TextChoices):
        ZUGANG = "zugang", "Zugang und Unterstützung"
        ESSEN = "essen", "Essen"

    anmeldung = models.ForeignKey(Anmeldung, on_delete=models.CASCADE, related_name="bedarfe")
    art = models.CharField(max_length=10, choices=Art)
    text = models.CharField(max_length=300)

    class Meta:
        verbose_name = "Bedarf"
        verbose_name_plural = "Bedarfe"
        ordering = ["art"]
        constraints = [
            models.UniqueConstraint(fields=["anmeldung", "art"], name="bedarf_je_art_einmal")
        ]

    def __str__(self) -> str:
        return self.get_art_display()


class Protokoll(models.Model):
    """One step of a registration: what, when, by whom; never a name of a participant."""

    class Wer(models.TextChoices):
        PERSON = "person", "die Person selbst"
        TEAM = "team", "das Team"
        SYSTEM = "system", "das Portal"

    veranstaltung = models.ForeignKey(
        Veranstaltung, on_delete=models.CASCADE, related_name="protokoll"
    )
    # Outlives the registration: its statistics and the proof of deletion rest on it.
    anmeldung = models.ForeignKey(
        Anmeldung, null=True, blank=True, on_delete=models.SET_NULL, related_name="protokoll"
    )
    wann = models.DateTimeField(default=timezone.now, db_index=True)
    wer = models.CharField(max_length=6, choices=Wer)
    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    was = models.CharField(max_length=40)
    daten = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "Schritt"
        verbose_name_plural = "Protokoll"
        ordering = ["-wann", "-pk"]

    def __str__(self) -> str:
        return f"{self.was}, {timezone.localtime(self.wann):%d.%m.%Y %H:%M}"
