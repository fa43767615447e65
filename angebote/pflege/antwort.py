"""What a person sees behind her link, and what her yes does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from angebote.beziehungen import TERMINE, ZEITEN, lade
from angebote.models import (
    Angebot,
    Bestaetigung,
    Pflegelink,
    Pflegeposition,
    zusammengefasst,
)

from . import unzustellbar
from .haltbarkeit import abgelaufene


class GiltNicht(Exception):
    """The link opens nothing any more."""


class ZuOft(Exception):
    """More answers within the hour than anybody gives by hand."""


@dataclass
class Frage:
    """One Angebot on the page: what to look at, and whether it has been answered."""

    angebot: Angebot
    position: Pflegeposition
    teile: tuple[str, ...] = ()

    @property
    def stand(self) -> int:
        """The number of what is shown, to be sent back with the yes."""
        return self.angebot.fassungsnummer

    @property
    def geaendert(self) -> bool:
        """Somebody has changed it since the mail was written."""
        fassung = self.position.fassung
        return fassung is not None and fassung.nummer != self.stand

    @property
    def oeffentlich(self) -> bool:
        return self.angebot.ist_sichtbar

    @property
    def sichtbar_beim_anbieter(self) -> bool:
        """What was withdrawn to a draft is nobody's business; what ended can be taken back."""
        return self.angebot.hat_seite

    @property
    def offen(self) -> bool:
        return self.oeffentlich and self.position.beantwortet_am is None

    @property
    def zeiten(self) -> list:
        return zusammengefasst(self.angebot.aktuelle_zeiten)

    @property
    def termine(self) -> list:
        return self.angebot.kommende_termine[:6]


def fragen(link: Pflegelink, nur: UUID | None = None) -> list[Frage]:
    """What the link opens today, as it reads today; the same few queries for any number."""
    positionen = link.offene_positionen().select_related("fassung")
    if nur is not None:
        positionen = positionen.filter(angebot__uuid=nur)
    je_angebot = {position.angebot_id: position for position in positionen}
    angebote = list(
        Angebot.objects.filter(pk__in=je_angebot)
        .select_related("kommune", "einrichtung")
        .mit_bestaetigung()
        .mit_fassungsnummer()
        .prefetch_related("bestaetigungen")
        .nach_titel()
    )
    lade(angebote, "kontakte", ZEITEN, TERMINE)
    return [Frage(a, je_angebot[a.pk], abgelaufene(a.bestaetigungen.all())) for a in angebote]


class Ergebnis(NamedTuple):
    bestaetigt: list[Angebot]
    # Somebody changed them while they were being looked at.
    geaendert: list[Angebot]


@transaction.atomic
def bestaetigen(link: Pflegelink, gesehen: Mapping[int, int]) -> Ergebnis:
    """Confirm what was shown: the number of the Fassung by the key of its Angebot.

    Saying yes twice is one yes. What the link does not open is passed over, as if it
    did not exist.
    """
    link = beanspruchen(link)
    positionen = {
        position.angebot_id: position
        for position in link.offene_positionen().filter(angebot__in=gesehen)
    }
    # All of them first and in one order: two who confirm the same never wait for each other.
    angebote = list(
        Angebot.objects.sichtbar()
        .filter(pk__in=positionen)
        .select_for_update(no_key=True)
        .order_by("pk")
    )
    ergebnis = Ergebnis([], [])
    for angebot in angebote:
        passt = _bestaetige(angebot, positionen[angebot.pk], gesehen[angebot.pk])
        (ergebnis.bestaetigt if passt else ergebnis.geaendert).append(angebot)
    Angebot.objects.filter(pk__in=[a.pk for a in ergebnis.bestaetigt]).indizieren()
    unzustellbar.erreichbar(link.adresse.email)
    return ergebnis


def _bestaetige(angebot: Angebot, position: Pflegeposition, gesehen: int) -> bool:
    if position.beantwortet_am is not None:
        return True
    if not angebot.ist_wie_gesehen(gesehen):
        return False
    teile = abgelaufene(angebot.bestaetigungen.all())
    bestaetigt = angebot.bestaetigung_vermerken(Bestaetigung.Wie.ANBIETER_LINK, felder=teile)
    position.fassung, position.beantwortet_am = bestaetigt.fassung, timezone.now()
    position.save(update_fields=["fassung", "beantwortet_am"])
    return True


def beanspruchen(link: Pflegelink) -> Pflegelink:
    """The link for one answer, locked until it is written; refused if it is no good."""
    link = Pflegelink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if not link.gilt or not link.offene_positionen().exists():
        raise GiltNicht
    if not link.zaehle_antwort():
        raise ZuOft
    return link
