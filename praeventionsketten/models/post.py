from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone


class JobManager(models.Manager):
    def vormerken(self, name: str) -> None:
        """Have it done once after this; one that waits already is enough.

        That one stays locked until the caller's transaction ends: the worker must not
        begin before the change can be seen.
        """
        with transaction.atomic():
            wartend = self.filter(name=name, erledigt_am=None, lease_bis=None)
            if not wartend.select_for_update():
                self.create(name=name)


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

    objects = JobManager()

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


class MailQuerySet(models.QuerySet):
    def unbeansprucht(self):
        """Rows that no worker holds, or only one that must be dead."""
        return self.filter(Q(lease_bis__isnull=True) | Q(lease_bis__lte=timezone.now()))

    def faellig(self):
        """What a worker may take next, the longest due first."""
        return (
            self.unbeansprucht()
            .filter(status=Mail.Status.NEU, naechster_versuch__lte=timezone.now())
            .order_by("naechster_versuch", "pk")
        )

    def nicht_zugestellt(self):
        """Dead letters: nobody tries them again unless a person says so."""
        return self.filter(status__in=Mail.NICHT_ZUGESTELLT)

    def zu_anmeldungen(self):
        return self.filter(bezug__startswith="anmeldung-")

    def noch_einmal(self) -> int:
        """Give dead letters to the worker again, with 72 hours of their own."""
        return (
            self.nicht_zugestellt()
            .exclude(an="")
            .update(
                status=Mail.Status.NEU, naechster_versuch=timezone.now(), gestoert_seit=None
            )
        )

    def erledigen(self) -> int:
        """A person saw to it in another way."""
        return self.nicht_zugestellt().update(status=Mail.Status.ERLEDIGT)

    # -------------------------------------------------------------- deletion

    def beendet_vor(self, stichtag):
        """Sent, given up or overtaken before this moment."""
        beendet = self.exclude(status=Mail.Status.NEU)
        return beendet.alias(ende=Coalesce("gesendet_am", "erstellt_am")).filter(
            ende__lt=stichtag
        )

    def mit_text(self):
        return self.exclude(text="", html="", anhaenge=[])

    def mit_adresse(self):
        return self.exclude(an="", betreff="", fehler="")

    def text_loeschen(self) -> int:
        return self.update(text="", html="", anhaenge=[])

    def adresse_loeschen(self) -> int:
        return self.update(an="", betreff="", fehler="")

    def vergessen(self) -> int:
        """Leave nothing of the person; what has yet to go out goes first."""
        self.filter(status=Mail.Status.NEU).update(fluechtig=True)
        self.erledigen()
        beendet = self.exclude(status=Mail.Status.NEU)
        beendet.text_loeschen()
        return beendet.adresse_loeschen()


class Mail(models.Model):
    """A row of the outbox, written in the transaction of the change it tells about."""

    class Status(models.TextChoices):
        NEU = "neu", "wartet"
        GESENDET = "gesendet", "gesendet"
        FEHLER = "fehler", "aufgegeben"
        UNZUSTELLBAR = "unzustellbar", "unzustellbar"
        ERLEDIGT = "erledigt", "erledigt"
        ABGEBROCHEN = "abgebrochen", "überholt"

    NICHT_ZUGESTELLT = (Status.FEHLER, Status.UNZUSTELLBAR)

    schluessel = models.CharField(
        "Schlüssel",
        max_length=200,
        unique=True,
        help_text="Ein Anlass, eine Mail, z. B. „anmeldung-17:bestaetigt“.",
    )
    bezug = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="Wovon die Mail handelt, z. B. „anmeldung-17“.",
    )
    an = models.EmailField("an", max_length=320, blank=True)
    betreff = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    anhaenge = models.JSONField("Anhänge", default=list, blank=True)
    vertraulich = models.BooleanField(default=False, help_text="Text nach dem Versand löschen.")
    fluechtig = models.BooleanField(
        "flüchtig",
        default=False,
        db_default=False,
        help_text="Nach dem Versand auch die Adresse löschen.",
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.NEU)
    erstellt_am = models.DateTimeField(auto_now_add=True)
    versuche = models.PositiveSmallIntegerField(default=0)
    gestoert_seit = models.DateTimeField("gestört seit", null=True, blank=True)
    naechster_versuch = models.DateTimeField("nächster Versuch", default=timezone.now)
    lease = models.UUIDField(null=True, blank=True, editable=False)
    lease_bis = models.DateTimeField(null=True, blank=True)
    gesendet_am = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    fehler = models.TextField(blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "E-Mail"
        verbose_name_plural = "Postausgang"
        ordering = ["-erstellt_am"]
        permissions = [("zustellen_mail", "Kann nicht zugestellte E-Mails bearbeiten")]
        indexes = [
            models.Index(
                fields=["naechster_versuch"],
                condition=models.Q(status="neu"),
                name="mail_wartend",
            ),
            models.Index(fields=["bezug"], name="mail_nach_bezug"),
        ]

    def __str__(self) -> str:
        return self.betreff or f"E-Mail {self.pk}"

    @property
    def ist_nicht_zugestellt(self) -> bool:
        return self.status in self.NICHT_ZUGESTELLT
