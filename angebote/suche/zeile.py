"""The row of an Angebot in the index: what lists filter, sort and show."""

from collections.abc import Sequence

from django.utils import timezone

from angebote.models import Angebot

from .texte import ohne_stufe, orte

SORTIERT_WIE = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "é": "e", "ß": "ss", "„": ""})


def merkmale(angebot: Angebot, lagen: Sequence[tuple[float, float]]) -> dict:
    """Codes by the name of their parameter, and numbers to sort by."""
    return {
        "codes": _codes(angebot),
        "alter": [angebot.alter_von, angebot.alter_bis],
        "titel": angebot.titel.lower().translate(SORTIERT_WIE),
        "bestaetigt": angebot.bestaetigt_am.timestamp() if angebot.bestaetigt_am else 0,
        "grenzen": _grenzen(angebot),
        "lagen": lagen,
        "orte": orte(angebot),
    }


def _codes(angebot: Angebot) -> dict[str, list[str]]:
    def codes(feld: str) -> list[str]:
        return [begriff.code for begriff in getattr(angebot, feld).all()]

    return {
        "kommune": [angebot.kommune.slug] if angebot.kommune else ["landesweit"],
        "phase": codes("lebensphasen"),
        "uebergang": codes("uebergaenge"),
        "zielgruppe": codes("zielgruppen"),
        "feld": codes("handlungsfelder"),
        "sprache": codes("sprachen"),
        "format": codes("formate"),
        "kosten": ["frei"] * (angebot.kosten == Angebot.Kosten.KOSTENLOS),
        "zugang": ["offen"] * (angebot.zugang == Angebot.Zugang.OFFEN),
        "stufenlos": ["1"] * ohne_stufe(angebot),
    }


def _grenzen(angebot: Angebot) -> list[int]:
    """The days on which it becomes due, overdue and unsafe; never confirmed is overdue."""
    frische = angebot.frische
    ungesichert = frische.ungesichert_ab.toordinal()
    if frische.bestaetigt is None or frische.gestoert:
        return [0, 0, ungesichert]
    return [t.toordinal() for t in (frische.faellig_am, frische.ueberfaellig_ab)] + [
        ungesichert
    ]


def karte(angebot: Angebot) -> dict:
    """What angebote/_treffer.html reads, so that a page of a list costs one query."""
    stand = angebot.bestaetigt_am
    return {
        "slug": angebot.slug,
        "titel": angebot.titel,
        "kommune": angebot.kommune.kurzname if angebot.kommune else "",
        "wo": angebot.wo,
        "kurzbeschreibung": angebot.kurzbeschreibung,
        "phasen": [begriff.code for begriff in angebot.lebensphasen.all()],
        "uebergaenge": [begriff.code for begriff in angebot.uebergaenge.all()],
        "status": angebot.status,
        "pausiert_bis": angebot.pausiert_bis.isoformat() if angebot.pausiert_bis else None,
        "kosten": angebot.kosten,
        "kosten_text": angebot.kosten_text,
        "zugang": angebot.zugang,
        "anzahl_sprachen": angebot.anzahl_sprachen,
        "stufenlos": angebot.stufenlos,
        "bestaetigt_am": timezone.localdate(stand).isoformat() if stand else None,
        "seit": timezone.localdate(
            angebot.veroeffentlicht_am or angebot.erstellt_am
        ).isoformat(),
        "rhythmus_monate": angebot.rhythmus_monate,
        "gestoert": bool(angebot.gestoert),
    }
