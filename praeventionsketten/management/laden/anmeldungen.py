"""Invented people who fill the numbers of registrations and seats of the files."""

import datetime as dt
from itertools import groupby

from django.utils import timezone

from veranstaltungen.models import (
    Anmeldung,
    Bedarf,
    Einwilligung,
    Einwilligungstext,
    Forumswahl,
    Platzkontingent,
    Protokoll,
    Veranstaltung,
    Zweck,
)
from veranstaltungen.models.anmeldung import normalisiert

from .quelle import Eintrag, Ladefehler

Status = Anmeldung.Status

BEDARFE = (
    (Bedarf.Art.ESSEN, "vegetarisch"),
    (Bedarf.Art.ZUGANG, "Sitzplatz vorne, ich höre schwer"),
    (Bedarf.Art.ESSEN, "vegan"),
    (Bedarf.Art.ZUGANG, "Rollstuhl: stufenloser Weg bis in die Fachforen"),
)
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
    mit_platz, wartend = eintrag["anmeldungen"], eintrag.get("warteliste", 0)
    anmeldungen = _personen(veranstaltung, mit_platz + wartend)
    for anmeldung in anmeldungen[mit_platz:]:
        anmeldung.status, anmeldung.hausplatz = Status.WARTELISTE, False
    if wartend or any(_wartende(eintrag).values()):
        _noch_nicht_bestaetigt(anmeldungen[-1])
    Anmeldung.objects.bulk_create(anmeldungen)
    Protokoll.objects.bulk_create(schritt for a in anmeldungen for schritt in _schritte(a))
    _sagen_ja(anmeldungen)
    haus = veranstaltung.kontingente.get(art=Platzkontingent.Art.GESAMT)
    _belege(haus, mit_platz, len(anmeldungen))
    plaetze = list(
        veranstaltung.kontingente.filter(art=Platzkontingent.Art.FORUM)
        .select_related("fachforum", "durchgang")
        .order_by("durchgang__nummer", "fachforum__nummer")
    )
    # Every eleventh person sits together, so that the lists do not look dealt out.
    gemischt = sorted(anmeldungen[:mit_platz], key=lambda anmeldung: anmeldung.position % 11)
    wahlen = _wahlen(gemischt, plaetze, eintrag)
    wuensche = _wuensche(anmeldungen[:mit_platz], plaetze, wahlen, _wartende(eintrag))
    for kontingent in plaetze:
        eigene = [wahl for wahl in wahlen if wahl.kontingent is kontingent]
        # Whoever waits came when it was full: behind everybody with a seat.
        reihe = sorted(eigene, key=_eingang)
        reihe += sorted((w for w in wuensche if w.kontingent is kontingent), key=_eingang)
        for position, wahl in enumerate(reihe):
            wahl.position = position
        _belege(kontingent, len(eigene), len(reihe))
    Forumswahl.objects.bulk_create([*wahlen, *wuensche])


def _sagen_ja(anmeldungen: list[Anmeldung]) -> None:
    """Two of three stand on the list for all, every ninth needs something."""
    texte = Einwilligungstext.objects.geltende()
    if not {Zweck.TEILNEHMERLISTE, Zweck.BEDARF} <= texte.keys():
        return
    bedarfe = [
        Bedarf(anmeldung=a, art=BEDARFE[n % len(BEDARFE)][0], text=BEDARFE[n % len(BEDARFE)][1])
        for n, a in enumerate(anmeldungen[4::9])
    ]
    Bedarf.objects.bulk_create(bedarfe)
    ja = [(a, Zweck.TEILNEHMERLISTE) for a in anmeldungen if a.position % 3]
    ja += [(bedarf.anmeldung, Zweck.BEDARF) for bedarf in bedarfe]
    Einwilligung.objects.bulk_create(
        Einwilligung(anmeldung=a, zweck=zweck, text=texte[zweck], erteilt_am=a.eingang)
        for a, zweck in ja
    )


def _eingang(wahl: Forumswahl) -> int:
    return wahl.anmeldung.position


def _wartende(eintrag: Eintrag) -> dict[tuple[int, int], int]:
    """How many wait, by Fachforum and Durchgang."""
    return {
        (forum["nummer"], zeile["durchgang"]): zeile.get("warteliste", 0)
        for forum in eintrag.kinder("fachforum")
        for zeile in forum["platzkontingente"]
    }


def _noch_nicht_bestaetigt(anmeldung: Anmeldung) -> None:
    """She registered an hour ago and has the rest of a day to answer the mail."""
    anmeldung.status, anmeldung.bestaetigt_am = Status.UNBESTAETIGT, None
    anmeldung.eingang = timezone.now() - dt.timedelta(hours=1)
    anmeldung.haltefrist = anmeldung.eingang + dt.timedelta(days=1)


def _schritte(anmeldung: Anmeldung) -> list[Protokoll]:
    schritte = ["angemeldet", *(["bestaetigt"] if anmeldung.bestaetigt_am else [])]
    return [
        Protokoll(
            veranstaltung=anmeldung.veranstaltung,
            anmeldung=anmeldung,
            wann=anmeldung.eingang,
            wer=Protokoll.Wer.PERSON,
            was=was,
        )
        for was in schritte
    ]


def _wuensche(
    anmeldungen: list[Anmeldung],
    plaetze: list[Platzkontingent],
    wahlen: list[Forumswahl],
    wartende: dict[tuple[int, int], int],
) -> list[Forumswahl]:
    """The latest comers wait for the full Fachforen; meanwhile they keep what they hold."""
    hat = {(wahl.anmeldung.pk, wahl.fachforum.pk) for wahl in wahlen}
    offen, wuensche = list(anmeldungen), []
    for kontingent in plaetze:
        forum = kontingent.fachforum
        for _ in range(wartende[forum.nummer, kontingent.durchgang.nummer]):
            person = next(a for a in reversed(offen) if (a.pk, forum.pk) not in hat)
            offen.remove(person)
            wuensche.append(_wahl(person, kontingent, Forumswahl.Status.WARTEND))
    return wuensche


def _belege(kontingent: Platzkontingent, belegt: int, positionen: int) -> None:
    kontingent.belegt, kontingent.naechste_position = belegt, positionen
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


def _wahl(
    anmeldung: Anmeldung, kontingent: Platzkontingent, status: str = Forumswahl.Status.BELEGT
) -> Forumswahl:
    return Forumswahl(
        status=status,
        anmeldung=anmeldung,
        kontingent=kontingent,
        fachforum=kontingent.fachforum,
        durchgang=kontingent.durchgang,
    )
