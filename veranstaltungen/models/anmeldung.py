import secrets
import unicodedata
import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from praeventionsketten.lib import signatur

from .fachforum import Durchgang, Fachforum, Platzkontingent, anzahl
from .veranstaltung import Veranstaltung


def neue_public_id() -> str:
    """Ten random letters and digits without look-alikes; names a registration outside."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(10))


def normalisiert(text: str) -> str:
    """What makes two spellings of a name the same person, however they were typed."""
    # Folding can lengthen a text, so it is cut to what the column holds.
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())[:240]


class AnmeldungQuerySet(models.QuerySet):
    def aktiv(self):
        return self.filter(status__in=Anmeldung.AKTIV)

    def im_haus_wartend(self):
        """The queue of the house, with those who have not confirmed their place in it."""
        return self.filter(Anmeldung.IM_HAUS_WARTEND)

    def mit_warteplatz(self):
        """Adds `davor`: how many people in the queue of the house are ahead."""
        davor = Anmeldung.objects.im_haus_wartend().filter(
            veranstaltung=OuterRef("veranstaltung"), position__lt=OuterRef("position")
        )
        return self.annotate(davor=anzahl(davor))


class Anmeldung(models.Model):
    """A person's registration for an event. Seats are given by veranstaltungen.plaetze."""

    class Status(models.TextChoices):
        UNBESTAETIGT = "unbestaetigt", "noch nicht bestätigt"
        BESTAETIGT = "bestaetigt", "angemeldet"
        WARTELISTE = "warteliste", "auf der Warteliste"
        ANGEBOTEN = "angeboten", "Platz angeboten"
        STORNIERT = "storniert", "storniert"
        VERFALLEN = "verfallen", "verfallen"
        ABGESAGT = "abgesagt", "Veranstaltung abgesagt"

    class Quelle(models.TextChoices):
        WEB = "web", "Internet"
        TELEFON = "telefon", "Telefon"
        IMPORT = "import", "Import"

    AKTIV = (Status.UNBESTAETIGT, Status.BESTAETIGT, Status.WARTELISTE, Status.ANGEBOTEN)
    IM_HAUS_WARTEND = Q(status=Status.WARTELISTE) | Q(
        status=Status.UNBESTAETIGT, hausplatz=False
    )
    ZWECK = "meine-anmeldung"

    public_id = models.CharField(
        max_length=12, unique=True, default=neue_public_id, editable=False
    )
    veranstaltung = models.ForeignKey(
        Veranstaltung, on_delete=models.PROTECT, related_name="anmeldungen"
    )
    name = models.CharField("Vor- und Nachname", max_length=120)
    email = models.EmailField("E-Mail-Adresse", max_length=254)
    name_norm = models.CharField(max_length=240, editable=False)
    email_norm = models.CharField(max_length=254, editable=False)
    organisation = models.CharField("Einrichtung oder Kommune", max_length=160, blank=True)
    funktion = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=14, choices=Status, default=Status.BESTAETIGT)
    quelle = models.CharField(max_length=10, choices=Quelle, default=Quelle.WEB)
    position = models.PositiveIntegerField(default=0, editable=False)
    haltefrist = models.DateTimeField(null=True, blank=True, editable=False)
    angebot_bis = models.DateTimeField(
        "Angebot gilt bis", null=True, blank=True, editable=False
    )
    hausplatz = models.BooleanField(
        "hat einen Platz im Haus", default=False, db_default=False, editable=False
    )
    # SEQUENCE of its calendar entry and number of its mails: raised with every change.
    folge = models.PositiveIntegerField("Stand", default=0, db_default=0, editable=False)
    token_version = models.PositiveSmallIntegerField(default=1, editable=False)
    idempotenz = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    eingang = models.DateTimeField("eingegangen am", default=timezone.now, editable=False)
    bestaetigt_am = models.DateTimeField("bestätigt am", null=True, blank=True, editable=False)
    storniert_am = models.DateTimeField("storniert am", null=True, blank=True, editable=False)
    anonymisiert_am = models.DateTimeField(
        "anonymisiert am", null=True, blank=True, editable=False
    )

    objects = AnmeldungQuerySet.as_manager()

    class Meta:
        verbose_name = "Anmeldung"
        verbose_name_plural = "Anmeldungen"
        ordering = ["-eingang"]
        constraints = [
            models.UniqueConstraint(
                fields=["veranstaltung", "email_norm", "name_norm"],
                condition=Q(
                    status__in=["unbestaetigt", "bestaetigt", "warteliste", "angeboten"],
                    anonymisiert_am__isnull=True,
                ),
                name="anmeldung_person_einmal",
                violation_error_message="Diese Person ist schon angemeldet.",
            ),
            models.CheckConstraint(
                condition=Q(email_norm=Lower("email_norm")), name="anmeldung_email_klein"
            ),
            models.CheckConstraint(
                condition=~Q(status="unbestaetigt") | Q(haltefrist__isnull=False),
                name="anmeldung_haltefrist",
            ),
            models.CheckConstraint(
                condition=~Q(status="angeboten") | Q(angebot_bis__isnull=False),
                name="anmeldung_angebot_befristet",
            ),
            models.CheckConstraint(
                condition=Q(status="unbestaetigt")
                | Q(status__in=["bestaetigt", "angeboten"], hausplatz=True)
                | Q(
                    status__in=["warteliste", "storniert", "verfallen", "abgesagt"],
                    hausplatz=False,
                ),
                name="anmeldung_platz_passt_zum_stand",
            ),
            models.CheckConstraint(
                condition=Q(anonymisiert_am__isnull=True)
                | Q(
                    name="", email="", name_norm="", email_norm="", organisation="", funktion=""
                ),
                name="anmeldung_anonym_ist_leer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["veranstaltung", "position"],
                condition=Q(status="warteliste"),
                name="anmeldung_warteliste",
            ),
            models.Index(
                fields=["haltefrist"],
                condition=Q(status="unbestaetigt"),
                name="anmeldung_haltefrist_laeuft",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"Anmeldung {self.public_id}"

    def save(self, *args, **kwargs) -> None:
        self.normalisieren()
        super().save(*args, **kwargs)

    def normalisieren(self) -> None:
        self.name_norm = normalisiert(self.name)
        self.email_norm = self.email.strip().lower()

    @property
    def vom_team(self) -> bool:
        """Whom the team enters or imports has been spoken to already."""
        return self.quelle != self.Quelle.WEB

    @property
    def ist_aktiv(self) -> bool:
        return self.status in self.AKTIV

    @property
    def stornierbar(self) -> bool:
        """Whether the person may still cancel by herself; staff always may."""
        frist = self.veranstaltung.storno_bis or self.veranstaltung.beginn
        return self.ist_aktiv and timezone.now() < frist

    @property
    def wechselbar(self) -> bool:
        """Whether the person may still change her Fachforen by herself."""
        frist = self.veranstaltung.wahl_aenderung_bis or self.veranstaltung.beginn
        dabei = self.ist_aktiv and self.status != self.Status.ANGEBOTEN
        return dabei and timezone.now() < min(frist, self.veranstaltung.beginn)

    @property
    def haltefrist_vorbei(self) -> bool:
        """Her seats are still there, but at any moment they go on."""
        return self.haltefrist is not None and self.haltefrist <= timezone.now()

    @property
    def vertretbar(self) -> bool:
        """Whether the person may name somebody who comes instead."""
        return self.status == self.Status.BESTAETIGT and self.veranstaltung.rueckt_nach

    @property
    def loeschen_am(self) -> datetime:
        """When the person's data go by themselves; its event says after how many days."""
        veranstaltung = self.veranstaltung
        if self.bestaetigt_am is None and self.status in (
            self.Status.UNBESTAETIGT,
            self.Status.VERFALLEN,
        ):
            abgelaufen = self.haltefrist or self.eingang + timedelta(days=1)
            return abgelaufen + timedelta(days=veranstaltung.loeschen_unbestaetigt)
        if self.status in (self.Status.BESTAETIGT, self.Status.ANGEBOTEN):
            return veranstaltung.ende + timedelta(days=veranstaltung.loeschen_teilnahme)
        return veranstaltung.ende + timedelta(days=veranstaltung.loeschen_abgesagt)

    @property
    def bedarf_loeschen_am(self) -> datetime:
        return self.veranstaltung.ende + timedelta(days=self.veranstaltung.loeschen_bedarf)

    def anonymisieren(self) -> None:
        """Empty what names the person and end her link; the row stays for the numbers."""
        self.name = self.email = self.organisation = self.funktion = ""
        self.public_id, self.idempotenz = neue_public_id(), uuid.uuid4()
        self.token_version += 1
        self.anonymisiert_am = timezone.now()
        for feld in ("eingang", "bestaetigt_am", "storniert_am"):
            # To the second it would still tell whose mail of that moment it was.
            if moment := getattr(self, feld):
                tag = timezone.localtime(moment).replace(hour=0, minute=0, second=0)
                setattr(self, feld, tag.replace(microsecond=0))
        self.save()
        self.bedarfe.all().delete()
        self.einwilligungen.all().delete()

    @property
    def online_link(self) -> str:
        """The way into a digital event, for those with a seat and once it is time."""
        ab = self.veranstaltung.link_ab
        zeit_ist_da = ab is not None and ab <= timezone.now()
        bestaetigt = self.status == self.Status.BESTAETIGT
        return self.veranstaltung.online_link if zeit_ist_da and bestaetigt else ""

    @property
    def zeichen(self) -> str:
        """The token of the link to one's own page; a new token_version revokes it."""
        return signatur.zeichen(self.ZWECK, self.public_id, self.token_version)

    def gilt(self, zeichen: str) -> bool:
        return signatur.gilt(self.ZWECK, zeichen, self.public_id, self.token_version)

    def get_absolute_url(self) -> str:
        return reverse("meine_anmeldung", args=[self.public_id])


class ForumswahlQuerySet(models.QuerySet):
    def wartend(self):
        """The queues of the Fachforen; without a seat in the house nobody is in them yet."""
        return self.filter(status=Forumswahl.Status.WARTEND, anmeldung__hausplatz=True)

    def mit_warteplatz(self):
        """Adds `davor`: how many people in the same queue are ahead."""
        davor = Forumswahl.objects.wartend().filter(
            kontingent=OuterRef("kontingent"), position__lt=OuterRef("position")
        )
        return self.annotate(davor=anzahl(davor))


class Forumswahl(models.Model):
    """The choice of a Fachforum in a Durchgang; both rules of the Fachtag live here.

    At most one Fachforum per Durchgang, and never the same one twice, whatever the code
    above does. Written by veranstaltungen.plaetze alone.
    """

    class Status(models.TextChoices):
        BELEGT = "belegt", "Platz"
        WARTEND = "wartend", "wartet"
        ANGEBOTEN = "angeboten", "Platz angeboten"
        ABGEGEBEN = "abgegeben", "abgegeben"

    AKTIV = (Status.BELEGT, Status.WARTEND, Status.ANGEBOTEN)
    MIT_PLATZ = (Status.BELEGT, Status.ANGEBOTEN)

    anmeldung = models.ForeignKey(Anmeldung, on_delete=models.CASCADE, related_name="wahlen")
    kontingent = models.ForeignKey(
        Platzkontingent, on_delete=models.PROTECT, related_name="wahlen"
    )
    fachforum = models.ForeignKey(Fachforum, on_delete=models.PROTECT, related_name="wahlen")
    durchgang = models.ForeignKey(Durchgang, on_delete=models.PROTECT, related_name="wahlen")
    status = models.CharField(max_length=10, choices=Status, default=Status.BELEGT)
    position = models.PositiveIntegerField()
    angebot_bis = models.DateTimeField("Angebot gilt bis", null=True, blank=True)

    objects = ForumswahlQuerySet.as_manager()

    class Meta:
        verbose_name = "Forumswahl"
        verbose_name_plural = "Forumswahlen"
        ordering = ["durchgang__nummer", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["anmeldung", "durchgang"],
                condition=Q(status="belegt"),
                name="wahl_ein_platz_je_durchgang",
            ),
            models.UniqueConstraint(
                fields=["anmeldung", "durchgang"],
                condition=Q(status__in=["wartend", "angeboten"]),
                name="wahl_ein_wunsch_je_durchgang",
            ),
            models.UniqueConstraint(
                fields=["anmeldung", "fachforum"],
                condition=Q(status__in=["belegt", "wartend", "angeboten"]),
                name="wahl_nie_dasselbe_forum",
            ),
            models.UniqueConstraint(
                fields=["kontingent", "position"], name="wahl_position_eindeutig"
            ),
            models.CheckConstraint(
                condition=~Q(status="angeboten") | Q(angebot_bis__isnull=False),
                name="wahl_angebot_befristet",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kontingent", "position"],
                condition=Q(status="wartend"),
                name="wahl_wartend",
            )
        ]

    def __str__(self) -> str:
        return f"{self.durchgang}: {self.fachforum}"
