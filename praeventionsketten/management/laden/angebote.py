"""The directory: Angebote with contacts, times, dates, confirmations and what comes next."""

import datetime as dt

from django.utils import timezone

from angebote.models import (
    Angebot,
    Bestaetigung,
    Erhebung,
    Kontakt,
    Programm,
    Termin,
    Zeitfenster,
)

from .orte import Orte
from .quelle import (
    BEISPIELWELT,
    Eintrag,
    Ladefehler,
    Verknuepfungen,
    Verweise,
    baue,
    eintraege,
    neue,
    ortszeit,
)

MITTAG = dt.time(12)


def programme() -> int:
    neu = neue(Programm, eintraege(BEISPIELWELT, "programme.toml", "programm"))
    for eintrag in neu:
        baue(Programm, eintrag, Verweise()).save()
    return len(neu)


def angebote() -> int:
    heute, verweise = timezone.localdate(), Verweise()
    neu = neue(Angebot, eintraege(BEISPIELWELT, "angebote_*.toml", "angebot"))
    orte = Orte(verweise)
    orte.lege_an(neu)
    geladen = [(_angebot(eintrag, verweise, heute), eintrag) for eintrag in neu]
    _verknuepfe(geladen, orte)
    Kontakt.objects.bulk_create(k for paar in geladen for k in _kontakte(*paar))
    Bestaetigung.objects.bulk_create(_bestaetigung(*paar, heute) for paar in geladen)
    Zeitfenster.objects.bulk_create(z for paar in geladen for z in _zeitfenster(*paar, orte))
    for angebot, eintrag in geladen:
        _termine(angebot, eintrag, orte, samstag(heute))
    Angebot.objects.filter(pk__in=[angebot.pk for angebot, _ in geladen]).indizieren()
    return len(neu)


def erhebungen() -> int:
    """Where somebody looked and found nothing; loaded once, then the coordinators' own."""
    if Erhebung.objects.exists():
        return 0
    verweise, jetzt = Verweise(), timezone.now()
    alle = [
        baue(
            Erhebung,
            eintrag,
            verweise,
            ohne=("vor_tagen",),
            wann=jetzt - dt.timedelta(days=eintrag["vor_tagen"]),
        )
        for eintrag in eintraege(BEISPIELWELT, "erhebungen.toml", "erhebung")
    ]
    Erhebung.objects.bulk_create(alle)
    return len(alle)


def samstag(heute: dt.date) -> dt.date:
    """The Saturday of this week, from which the files count the days of the Termine.

    So a swimming course stays on its Saturday and a consultation on its Thursday.
    """
    return heute + dt.timedelta(days=(5 - heute.weekday()) % 7)


def _bestaetigt(eintrag: Eintrag, heute: dt.date) -> dt.datetime:
    return ortszeit(heute - dt.timedelta(days=eintrag["bestaetigt_vor_tagen"]), MITTAG)


def _angebot(eintrag: Eintrag, verweise: Verweise, heute: dt.date) -> Angebot:
    weitere = {}
    if hinweis := eintrag.get("hinweis"):
        weitere["hinweis"] = hinweis["text"]
        weitere["hinweis_bis"] = heute + dt.timedelta(days=hinweis["gueltig_tage"])
    if eintrag["status"] == Angebot.Status.PAUSIERT:
        weitere["pausiert_bis"] = weitere["hinweis_bis"]
    angebot = baue(
        Angebot,
        eintrag,
        verweise,
        ohne=("bestaetigt_vor_tagen", "bestaetigt_wie"),
        veroeffentlicht_am=_bestaetigt(eintrag, heute),
        **weitere,
    )
    angebot.save()
    return angebot


def _verknuepfe(geladen: list[tuple[Angebot, Eintrag]], orte: Orte) -> None:
    """All many-to-many fields, `danach` too: now every Angebot has its number."""
    verweise, verknuepfungen = Verweise(), Verknuepfungen()
    feld = Angebot._meta.get_field("orte")
    for angebot, eintrag in geladen:
        verknuepfungen.sammle(angebot, eintrag, verweise)
        if angebot.zeiten == Angebot.Zeiten.NACH_VEREINBARUNG:
            for ort in eintrag.kinder("ort"):
                verknuepfungen.fuege_hinzu(feld, angebot.pk, orte.finde(eintrag, ort).pk)
    verknuepfungen.schreibe()


def _kontakte(angebot: Angebot, eintrag: Eintrag) -> list[Kontakt]:
    return [
        Kontakt(angebot=angebot, art=Kontakt.Art.OEFFENTLICH, **eintrag["kontakt"]),
        Kontakt(angebot=angebot, art=Kontakt.Art.PFLEGE, **eintrag["pflegekontakt"]),
    ]


def _bestaetigung(angebot: Angebot, eintrag: Eintrag, heute: dt.date) -> Bestaetigung:
    wann = _bestaetigt(eintrag, heute)
    return Bestaetigung(angebot=angebot, wann=wann, wie=eintrag["bestaetigt_wie"])


def _zeitfenster(angebot: Angebot, eintrag: Eintrag, orte: Orte) -> list[Zeitfenster]:
    plaetze = {o["name"]: orte.finde(eintrag, o) for o in eintrag.kinder("ort")}
    erster = next(iter(plaetze.values()), None)
    fenster = []
    for zeit in eintrag.kinder("zeitfenster"):
        if "ort" in zeit and zeit["ort"] not in plaetze:
            raise Ladefehler(f"{eintrag.wo}: Ort „{zeit['ort']}“ gibt es nicht.")
        fenster.append(
            baue(
                Zeitfenster,
                zeit,
                Verweise(),
                angebot=angebot,
                ort=plaetze[zeit["ort"]] if "ort" in zeit else erster,
                wochentag=Zeitfenster.Wochentag[zeit["wochentag"].upper()],
            )
        )
    return fenster


def _termine(angebot: Angebot, eintrag: Eintrag, orte: Orte, ab: dt.date) -> None:
    termine = {}
    for zeile in eintrag.kinder("termin"):
        tag = ab + dt.timedelta(days=zeile["tage_ab_heute"])
        termine[zeile["tage_ab_heute"]] = Termin(
            angebot=angebot,
            beginn=ortszeit(tag, zeile["von"]),
            ende=ortszeit(tag, zeile["bis"]),
            ort=orte.finde(eintrag, zeile["ort"]) if "ort" in zeile else None,
            text=zeile.get("text", ""),
            abgesagt=zeile.get("abgesagt", False),
        )
    Termin.objects.bulk_create(termine.values())
    for zeile in eintrag.kinder("termin"):
        if "ersetzt_durch" in zeile:
            ausgefallen = termine[zeile["tage_ab_heute"]]
            ausgefallen.ersetzt_durch = termine[zeile["ersetzt_durch"]]
            ausgefallen.save(update_fields=["ersetzt_durch"])
