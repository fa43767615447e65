"""Invented people who fill the numbers of registrations and seats of the files."""

import datetime as dt
from itertools import groupby

from django.utils import timezone

from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent, Veranstaltung
from veranstaltungen.models.anmeldung import normalisiert

from .quelle import Eintrag, Ladefehler

STELLEN = (
    ("Jugendamt Beispielkreis", "Koordination"),
    ("Kita Beispielgarten", "Leitung"),
    ("Gesundheitsamt Musterstadt", "Fachkraft Frühe Hilfen"),
    ("Familienzentrum Musterplatz", "Offener Treff"),
    ("Grundschule am Beispielweg", "Schulsozialarbeit"),
    ("Jobcenter Musterkreis", "Beratung Familie"),
    ("Beispielverein für Kinder", ""),
)


def fuelle(veranstaltung: Veranstaltung, eintrag: Eintrag) -> None:
    """Register the people, give them their Fachforen and set the counters to match."""
    anmeldungen = Anmeldung.objects.bulk_create(
        _personen(veranstaltung, eintrag["anmeldungen"])
    )
    _belege(veranstaltung.kontingente.get(art=Platzkontingent.Art.GESAMT), len(anmeldungen))
    plaetze = list(
        veranstaltung.kontingente.filter(art=Platzkontingent.Art.FORUM)
        .select_related("fachforum", "durchgang")
        .order_by("durchgang__nummer", "fachforum__nummer")
    )
    # Every eleventh person sits together, so that the lists do not look dealt out.
    gemischt = sorted(anmeldungen, key=lambda anmeldung: anmeldung.position % 11)
    wahlen = _wahlen(gemischt, plaetze, eintrag)
    for kontingent in plaetze:
        eigene = [wahl for wahl in wahlen if wahl.kontingent is kontingent]
        for position, wahl in enumerate(sorted(eigene, key=lambda w: w.anmeldung.position)):
            wahl.position = position
        _belege(kontingent, len(eigene))
    Forumswahl.objects.bulk_create(wahlen)


def _belege(kontingent: Platzkontingent, anzahl: int) -> None:
    kontingent.belegt = kontingent.naechste_position = anzahl
    kontingent.save(update_fields=["belegt", "naechste_position"])


def _personen(veranstaltung: Veranstaltung, anzahl: int) -> list[Anmeldung]:
    """Spread over the days since registration opened, in the order of their seats."""
    von = veranstaltung.anmeldung_von
    schritt = (timezone.now() - von) / (anzahl + 1)
    return [_person(veranstaltung, nummer, von + schritt * nummer) for nummer in range(anzahl)]


def _person(veranstaltung: Veranstaltung, nummer: int, eingang: dt.datetime) -> Anmeldung:
    name, email = f"Beispiel {nummer + 1}", f"teilnehmer{nummer + 1}@example.org"
    organisation, funktion = STELLEN[nummer % len(STELLEN)]
    return Anmeldung(
        veranstaltung=veranstaltung,
        name=name,
        name_norm=normalisiert(name),
        email=email,
        email_norm=email,
        organisation=organisation,
        funktion=funktion,
        position=nummer,
        hausplatz=True,
        eingang=eingang,
        bestaetigt_am=eingang,
    )


def _wahlen(
    anmeldungen: list[Anmeldung], plaetze: list[Platzkontingent], eintrag: Eintrag
) -> list[Forumswahl]:
    """Everybody at most once per Durchgang and never twice in the same Fachforum."""
    belegt = {
        (forum["nummer"], zeile["durchgang"]): zeile["belegt"]
        for forum in eintrag.kinder("fachforum")
        for zeile in forum["platzkontingente"]
    }
    wahlen = []
    besucht = [set() for _ in anmeldungen]
    for _, kontingente in groupby(plaetze, key=lambda k: k.durchgang_id):
        karten = [
            kontingent
            for kontingent in kontingente
            for _ in range(belegt[kontingent.fachforum.nummer, kontingent.durchgang.nummer])
        ]
        for nummer, kontingent in enumerate(_verteilt(karten, besucht, eintrag)):
            if kontingent:
                besucht[nummer].add(kontingent.fachforum_id)
                wahlen.append(_wahl(anmeldungen[nummer], kontingent))
    return wahlen


def _verteilt(
    karten: list[Platzkontingent], besucht: list[set[int]], eintrag: Eintrag
) -> list[Platzkontingent | None]:
    """The seats dealt so that nobody gets a Fachforum again; some people get none."""
    karten = karten + [None] * (len(besucht) - len(karten))
    for start in range(len(karten)):
        gegeben = karten[start:] + karten[:start]
        if len(gegeben) == len(besucht) and all(
            karte is None or karte.fachforum_id not in schon
            for karte, schon in zip(gegeben, besucht, strict=True)
        ):
            return gegeben
    raise Ladefehler(f"{eintrag.wo}: Die Plätze der Fachforen lassen sich nicht verteilen.")


def _wahl(anmeldung: Anmeldung, kontingent: Platzkontingent) -> Forumswahl:
    return Forumswahl(
        anmeldung=anmeldung,
        kontingent=kontingent,
        fachforum=kontingent.fachforum,
        durchgang=kontingent.durchgang,
    )
