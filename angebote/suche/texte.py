"""What of an Angebot is searched, and where in it a word weighs how much."""

from collections.abc import Iterable

from angebote.models import Angebot
from praeventionsketten.lib.deutsch import (
    ZUGANG,
    absaetze,
    gratis_fuer_manche,
    lebensalter,
    zeitworte,
)

# Relations the texts and the row need, for a whole list in one query (beziehungen.lade).
BEZIEHUNGEN = (
    "lebensphasen",
    "uebergaenge",
    "handlungsfelder",
    "zielgruppen",
    "sprachen",
    "formate",
    "aktuelle_orte",
    "aktuelle_zeiten",
)


def felder(angebot: Angebot) -> dict[str, str | list[str]]:
    """The texts by the name of their field (lib.deutsch.FELDER); all of them are public."""
    return {
        "titel": angebot.titel,
        "suchwoerter": angebot.suchwoerter.split(","),
        "kurz": angebot.kurzbeschreibung,
        "einfach": angebot.einfache_sprache,
        **absaetze(angebot.beschreibung),
        "begriffe": [
            *_namen(angebot.handlungsfelder.all()),
            *_namen(angebot.zielgruppen.all()),
            *_programm(angebot),
        ],
        "phasen": [*_namen(angebot.lebensphasen.all()), *_namen(angebot.uebergaenge.all())],
        # Türkisch is found by Türkçe too: as those who speak it write it.
        "sprachen": [
            name
            for s in angebot.sprachen.all()
            if s.code != "de"
            for name in (s.name, s.eigenname)
        ],
        "traeger": [angebot.einrichtung.name, *_haeuser(angebot)],
        "ort": orte(angebot),
        "angaben": [angebot.kosten_text, angebot.zugang_text, angebot.unterlagen],
        "fakten": _fakten(angebot),
        "zugang": _zugang(angebot),
    }


def orte(angebot: Angebot) -> list[str]:
    """The towns it happens in, and its Kommune."""
    staedte = {ort.ort for ort in angebot.aktuelle_orte if ort.ort}
    return sorted(staedte | ({angebot.kommune.name} if angebot.kommune else set()))


def _programm(angebot: Angebot) -> list[str]:
    programm = angebot.programm
    return [programm.name] if programm and programm.ist_oeffentlich else []


def _haeuser(angebot: Angebot) -> list[str]:
    # The name of a place with a hidden address is not public, its town is.
    return [ort.name for ort in angebot.aktuelle_orte if not ort.adresse_verborgen]


def _fakten(angebot: Angebot) -> list[str]:
    """What was ticked, in the words people type for it."""
    formate = {format.code for format in angebot.formate.all()}
    offen = angebot.zugang == Angebot.Zugang.OFFEN
    fakten = {
        "kostenlos": _kann_kostenlos_sein(angebot),
        "Kinderbetreuung": angebot.kinderbetreuung,
        "ohne Anmeldung": offen,
        "ohne Termin": offen,
        "online": "digital" in formate,
        "telefonisch": "telefonisch" in formate,
    }
    ja = [wort for wort, gilt in fakten.items() if gilt]
    return ja + _wann(angebot) + lebensalter(angebot.alter_von, angebot.alter_bis)


def _wann(angebot: Angebot) -> list[str]:
    """„Krabbelgruppe Freitag“: the days and times of day of its rhythm."""
    zeiten = [zeitworte(z.wochentag, z.von.hour) for z in angebot.aktuelle_zeiten]
    return sorted({wort for worte in zeiten for wort in worte})


def _kann_kostenlos_sein(angebot: Angebot) -> bool:
    """For everybody, or for those who have little: they are the ones who ask."""
    je_einkommen = angebot.kosten == Angebot.Kosten.EINKOMMENSABHAENGIG
    return angebot.kosten == Angebot.Kosten.KOSTENLOS or (
        je_einkommen and gratis_fuer_manche(angebot.kosten_text)
    )


def _zugang(angebot: Angebot) -> list[str]:
    """What somebody can rely on in at least one place, in all the words for it."""
    return [
        wort
        for merkmal, worte in ZUGANG.items()
        if any(getattr(ort, merkmal) == ort.Angabe.JA for ort in angebot.aktuelle_orte)
        for wort in worte
    ]


def ohne_stufe(angebot: Angebot) -> bool:
    """Reachable without a step in at least one place; the entry says in which."""
    return any(ort.stufenlos == ort.Angabe.JA for ort in angebot.aktuelle_orte)


def _namen(begriffe: Iterable) -> list[str]:
    return [begriff.name for begriff in begriffe]
