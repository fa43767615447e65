"""Who keeps an Angebot true: what went to her, and the link by which she answers."""

import datetime as dt
import hashlib
import secrets
import uuid
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from .angebot import Angebot
from .fassung import Angebotsfassung
from .kontakt import Kontakt

GUELTIG = dt.timedelta(days=60)
# So many answers a link takes within an hour; more than anybody gives by hand.
JE_STUNDE = 120


class PflegeadresseQuerySet(models.QuerySet):
    def zu(self, email: str) -> "Pflegeadresse":
        """The row of this address, made if there is none."""
        return self.get_or_create(email=email.strip().lower())[0]

    def verwaist_seit(self, stichtag: dt.datetime):
        """Those no Angebot names any more, and to which nothing went since that day."""
        benannt = Kontakt.objects.pflege().annotate(klein=Lower("email")).values("klein")
        juengere = Pflegelink.objects.filter(erstellt_am__gte=stichtag)
        return (
            self.filter(angelegt_am__lt=stichtag)
            .exclude(email__in=benannt)
            .exclude(pk__in=juengere.values("adresse"))
            .exclude(keine_mails_seit__gte=stichtag)
        )


class Pflegeadresse(models.Model):
    """An e-mail address to which questions go, however many Angebote name it.

    It gives no right to anything: that is what the Pflegekontakte of an Angebot do.
    """

    email = models.EmailField("E-Mail-Adresse", unique=True)
    angelegt_am = models.DateTimeField(auto_now_add=True)
    # Whoever was named by a predecessor and said no is not asked to take over again. Once
    # a coordinator enters the address herself, the mails about those Angebote go there.
    keine_mails_seit = models.DateTimeField(null=True, blank=True)

    objects = PflegeadresseQuerySet.as_manager()

    class Meta:
        verbose_name = "Pflegeadresse"
        verbose_name_plural = "Pflegeadressen"

    def __str__(self) -> str:
        return self.email

    @property
    def kontakte(self):
        """The Pflegekontakte with this address, as they stand today."""
        return Kontakt.objects.pflege().filter(email__iexact=self.email)


class NeuerLink(NamedTuple):
    link: "Pflegelink"
    zeichen: str


class PflegelinkManager(models.Manager):
    def ausstellen(self, adresse: Pflegeadresse, **felder) -> NeuerLink:
        """A new link; its token is known to whoever reads the mail, and to nobody else."""
        zeichen = secrets.token_urlsafe(32)
        jetzt = timezone.now()
        link = self.create(
            adresse=adresse,
            pruefsumme=pruefsumme(zeichen),
            erstellt_am=jetzt,
            gilt_bis=jetzt + GUELTIG,
            **felder,
        )
        return NeuerLink(link, zeichen)

    def finde(self, zeichen: str) -> "Pflegelink | None":
        """The link of a token, if it still opens anything."""
        link = self.filter(pruefsumme=pruefsumme(zeichen)).select_related("adresse").first()
        return link if link and link.gilt else None


class Pflegelink(models.Model):
    """One mail's way to a page on which certain Angebote can be confirmed.

    Only a hash of the token is stored: who reads the database cannot answer for anybody.
    """

    kennung = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    adresse = models.ForeignKey(Pflegeadresse, on_delete=models.CASCADE, related_name="links")
    pruefsumme = models.CharField("Prüfsumme", max_length=64, unique=True)
    erstellt_am = models.DateTimeField(db_index=True)
    gilt_bis = models.DateTimeField()
    widerrufen_am = models.DateTimeField(null=True, blank=True)
    # Somebody who gives her task away named this address; it must agree first.
    von = models.ForeignKey(
        Pflegeadresse, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    stunde = models.DateTimeField(null=True, blank=True)
    antworten = models.PositiveIntegerField(default=0)

    objects = PflegelinkManager()

    class Meta:
        verbose_name = "Pflegelink"
        verbose_name_plural = "Pflegelinks"

    def __str__(self) -> str:
        return f"Pflegelink vom {self.erstellt_am:%d.%m.%Y}"

    @property
    def gilt(self) -> bool:
        return self.widerrufen_am is None and timezone.now() < self.gilt_bis

    @property
    def bezug(self) -> str:
        """What its mail is about, for the outbox."""
        return f"pflegelink-{self.pk}"

    def offene_positionen(self):
        """What it opens today: an Angebot that names another address now is shut."""
        kontakte = Kontakt.objects.pflege().filter(email__iexact=self.benannte_adresse)
        return self.positionen.filter(
            widerrufen_am__isnull=True, angebot__in=kontakte.values("angebot")
        )

    @property
    def benannte_adresse(self) -> str:
        """Whom the Angebote name: until a successor agrees, the one before."""
        return self.von.email if self.von_id else self.adresse.email

    def zaehle_antwort(self) -> bool:
        """Count one answer; False if there were too many within the hour. Locked by caller."""
        jetzt = timezone.now()
        if self.stunde is None or jetzt - self.stunde > dt.timedelta(hours=1):
            self.stunde, self.antworten = jetzt, 0
        self.antworten += 1
        self.save(update_fields=["stunde", "antworten"])
        return self.antworten <= JE_STUNDE


def pruefsumme(zeichen: str) -> str:
    return hashlib.sha256(zeichen.encode()).hexdigest()


class PflegepositionQuerySet(models.QuerySet):
    def gueltige(self):
        """Those of links that still open something."""
        return self.filter(
            Q(link__widerrufen_am__isnull=True),
            widerrufen_am__isnull=True,
            link__gilt_bis__gt=timezone.now(),
        )

    def widerrufen(self) -> int:
        return self.filter(widerrufen_am__isnull=True).update(widerrufen_am=timezone.now())


class Pflegeposition(models.Model):
    """One Angebot in such a mail, and what it said when it was written."""

    link = models.ForeignKey(Pflegelink, on_delete=models.CASCADE, related_name="positionen")
    angebot = models.ForeignKey(
        Angebot, on_delete=models.CASCADE, related_name="pflegepositionen"
    )
    fassung = models.ForeignKey(
        Angebotsfassung, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    beantwortet_am = models.DateTimeField(null=True, blank=True)
    widerrufen_am = models.DateTimeField(null=True, blank=True)

    objects = PflegepositionQuerySet.as_manager()

    class Meta:
        verbose_name = "Pflegeposition"
        verbose_name_plural = "Pflegepositionen"
        ordering = ["angebot__titel", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["link", "angebot"], name="pflegeposition_einmal")
        ]

    def __str__(self) -> str:
        return f"{self.angebot} ({self.link})"
