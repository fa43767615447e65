"""Lists of people for the day: for the team, for the door, for the participants."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from praeventionsketten.lib import zeit
from praeventionsketten.lib.tabelle import Tabelle

from .models import (
    Anmeldung,
    Bedarf,
    Durchgang,
    Forumswahl,
    Platzkontingent,
    Veranstaltung,
    Zweck,
)


@dataclass(frozen=True)
class Liste:
    """A kind of list. Without `je_raum` it is about the whole event."""

    name: str
    wozu: str
    kopf: Callable[[Veranstaltung], list[str]]
    zeilen: Callable[[Veranstaltung, Platzkontingent | None], list[list[str]]]
    je_raum: bool = False
    zum_unterschreiben: bool = False
    recht: str = "veranstaltungen.view_anmeldung"

    def tabelle(self, veranstaltung: Veranstaltung, raum: Platzkontingent | None) -> Tabelle:
        wo = f": {raum}" if raum and raum.fachforum_id else ""
        titel = f"{self.name}{wo} – {veranstaltung.titel}"
        return Tabelle(titel, self.kopf(veranstaltung), self.zeilen(veranstaltung, raum))


def _dabei(veranstaltung: Veranstaltung) -> QuerySet[Anmeldung]:
    """Those with a seat whose names have not been deleted yet."""
    return veranstaltung.anmeldungen.filter(
        status=Anmeldung.Status.BESTAETIGT, anonymisiert_am__isnull=True
    )


def _im_raum(
    anmeldungen: QuerySet[Anmeldung],
    raum: Platzkontingent | None,
    status: tuple[str, ...] = (Forumswahl.Status.BELEGT,),
) -> QuerySet[Anmeldung]:
    """Those in this room; the whole house is everybody."""
    if raum is None or raum.fachforum_id is None:
        return anmeldungen
    wahlen = Forumswahl.objects.filter(kontingent=raum, status__in=status)
    return anmeldungen.filter(pk__in=wahlen.values("anmeldung"))


def _nach_namen(anmeldungen) -> list[Anmeldung]:
    """By last name, as far as one field tells it: „Dr. Änne von Ahn“ stands under A."""
    return sorted(anmeldungen, key=lambda a: (_falten(a.name.split()[-1:]), _falten([a.name])))


def _falten(woerter: list[str]) -> str:
    """Umlauts stand with their vowel, as in a German telephone book's neighbour, the Duden."""
    zerlegt = unicodedata.normalize("NFKD", " ".join(woerter).casefold())
    return "".join(z for z in zerlegt if not unicodedata.combining(z))


def _durchgaenge(veranstaltung: Veranstaltung) -> QuerySet[Durchgang]:
    return veranstaltung.durchgaenge.order_by("nummer")


def _team_kopf(veranstaltung: Veranstaltung) -> list[str]:
    runden = [str(d) for d in _durchgaenge(veranstaltung)]
    fest = ["Name", "Einrichtung oder Kommune", "Funktion", "E-Mail-Adresse", "Stand"]
    return [*fest, *runden, "Eingegangen"]


def _team(veranstaltung: Veranstaltung, raum) -> list[list[str]]:
    wahlen = Forumswahl.objects.filter(status__in=Forumswahl.AKTIV).select_related("fachforum")
    alle = veranstaltung.anmeldungen.aktiv().filter(anonymisiert_am__isnull=True)
    anmeldungen = _im_raum(alle, raum, Forumswahl.AKTIV).prefetch_related(
        Prefetch("wahlen", wahlen, to_attr="gewaehlt")
    )
    durchgaenge = list(_durchgaenge(veranstaltung))
    return [
        [
            a.name,
            a.organisation,
            a.funktion,
            a.email,
            a.get_status_display(),
            *(_runde(a.gewaehlt, d) for d in durchgaenge),
            f"{zeit.tag(a.eingang)}, {zeit.uhrzeit(a.eingang)} Uhr",
        ]
        for a in _nach_namen(anmeldungen)
    ]


def _runde(wahlen: list[Forumswahl], durchgang: Durchgang) -> str:
    hier = [w for w in wahlen if w.durchgang_id == durchgang.pk]
    hier.sort(key=lambda w: w.status != Forumswahl.Status.BELEGT)
    return "; ".join(
        str(w.fachforum)
        if w.status == Forumswahl.Status.BELEGT
        else f"{w.fachforum} ({w.get_status_display()})"
        for w in hier
    )


def _tuer(veranstaltung: Veranstaltung, raum: Platzkontingent | None) -> list[list[str]]:
    namen = _nach_namen(_im_raum(_dabei(veranstaltung), raum))
    return [[str(n), a.name, a.organisation, ""] for n, a in enumerate(namen, start=1)]


def _teilnahme(veranstaltung: Veranstaltung, raum) -> list[list[str]]:
    erlaubt = Q(einwilligungen__zweck=Zweck.TEILNEHMERLISTE) & Q(
        einwilligungen__widerrufen_am__isnull=True
    )
    anmeldungen = _im_raum(_dabei(veranstaltung).filter(erlaubt), raum)
    # No more than the wording of the consent names.
    return [[a.name, a.organisation] for a in _nach_namen(anmeldungen)]


def _bedarf(veranstaltung: Veranstaltung, raum) -> list[list[str]]:
    bedarfe = Bedarf.objects.filter(anmeldung__in=_dabei(veranstaltung)).select_related(
        "anmeldung"
    )
    return [
        [b.get_art_display(), b.text, b.anmeldung.name]
        for b in sorted(bedarfe, key=lambda b: (b.art, _falten([b.text])))
    ]


LISTEN = {
    "tuer": Liste(
        "Türliste",
        "Wer einen Platz hat, mit Feld für die Unterschrift.",
        lambda v: ["Nr.", "Name", "Einrichtung oder Kommune", "Unterschrift"],
        _tuer,
        je_raum=True,
        zum_unterschreiben=True,
    ),
    "team": Liste(
        "Liste für das Team",
        "Alle Anmeldungen mit Stand und Fachforen. Nicht weitergeben.",
        _team_kopf,
        _team,
        je_raum=True,
    ),
    "teilnahme": Liste(
        "Teilnahmeliste",
        "Nur wer zugestimmt hat, dass andere Teilnehmende den Namen sehen.",
        lambda v: ["Name", "Einrichtung oder Kommune"],
        _teilnahme,
        je_raum=True,
    ),
    "bedarf": Liste(
        "Zugang und Essen",
        "Was Angemeldete brauchen. Vertraulich: nur für die, die es vorbereiten.",
        lambda v: ["Worum es geht", "Was gebraucht wird", "Name"],
        _bedarf,
        recht="veranstaltungen.view_bedarf",
    ),
}
