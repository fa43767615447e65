from django.db import models
from django.utils import timezone


class Job(models.Model):
    """Work for the background: claimed by lease, retried, periodic by unique key.

    A job can run twice after a crash, so its function must be idempotent; `daten`
    holds ids, never personal data.
    """

    name = models.CharField(max_length=100)
    daten = models.JSONField(default=dict, blank=True)
    schluessel = models.CharField(
        "Schlüssel", max_length=200, unique=True, null=True, blank=True
    )
    faellig_ab = models.DateTimeField("fällig ab", default=timezone.now)
    versuche = models.PositiveSmallIntegerField(default=0)
    lease_bis = models.DateTimeField(null=True, blank=True)
    erledigt_am = models.DateTimeField(null=True, blank=True)
    fehler = models.TextField(blank=True)

    class Meta:
        verbose_name = "Hintergrundaufgabe"
        verbose_name_plural = "Hintergrundaufgaben"
        ordering = ["-faellig_ab"]
        indexes = [
            models.Index(
                fields=["faellig_ab"],
                condition=models.Q(erledigt_am__isnull=True),
                name="job_offen",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Mail(models.Model):
    """A row of the outbox, written in the transaction of the change it tells about."""

    class Status(models.TextChoices):
        NEU = "neu", "wartet"
        GESENDET = "gesendet", "gesendet"
        FEHLER = "fehler", "aufgegeben"
        ABGEBROCHEN = "abgebrochen", "überholt"

    schluessel = models.CharField(
        "Schlüssel",
        max_length=200,
        unique=True,
        help_text="Ein Anlass, eine Mail, z. B. „anmeldung-17:bestaetigt“.",
    )
    an = models.EmailField("an", max_length=320)
    betreff = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    anhaenge = models.JSONField("Anhänge", default=list, blank=True)
    vertraulich = models.BooleanField(default=False, help_text="Text nach dem Versand löschen.")
    status = models.CharField(max_length=12, choices=Status, default=Status.NEU)
    erstellt_am = models.DateTimeField(auto_now_add=True)
    versuche = models.PositiveSmallIntegerField(default=0)
    naechster_versuch = models.DateTimeField("nächster Versuch", default=timezone.now)
    lease_bis = models.DateTimeField(null=True, blank=True)
    gesendet_am = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    fehler = models.TextField(blank=True)

    class Meta:
        verbose_name = "E-Mail"
        verbose_name_plural = "Postausgang"
        ordering = ["-erstellt_am"]
        indexes = [
            models.Index(
                fields=["naechster_versuch"],
                condition=models.Q(status="neu"),
                name="mail_wartend",
            )
        ]

    def __str__(self) -> str:
        return self.betreff
