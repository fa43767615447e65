"""The events with programme, Durchgänge, Fachforen, seats and, ahead, registrations."""

import datetime as dt

from django.utils import timezone

from praeventionsketten.models import Bild
from veranstaltungen.models import (
    Durchgang,
    Fachforum,
    Platzkontingent,
    Programmpunkt,
    Veranstaltung,
)

from . import anmeldungen, dokumente
from .bilder import Bilder
from .quelle import (
    BEISPIELWELT,
    Eintrag,
    Verknuepfungen,
    Verweise,
    baue,
    eintraege,
    neue,
    ortszeit,
)

WOCHENTAGE = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"]
FRISTEN = {
    "anmeldung_von": dt.time(9),
    "anmeldung_bis": dt.time(23, 59),
    "storno_bis": dt.time(23, 59),
    "wahl_aenderung_bis": dt.time(23, 59),
}
NUR_ZUM_RECHNEN = (
    "tage_ab_heute",
    "wochentag",
    "uhrzeit_von",
    "uhrzeit_bis",
    *(f"{frist}_tage_ab_heute" for frist in FRISTEN),
    "gesamtplaetze",
    "anmeldungen",
    "warteliste",
)


def veranstaltungen() -> int:
    heute, bilder = timezone.localdate(), Bilder()
    verweise, verknuepfungen = Verweise(), Verknuepfungen()
    neu = neue(Veranstaltung, eintraege(BEISPIELWELT, "veranstaltungen.toml", "veranstaltung"))
    for eintrag in neu:
        veranstaltung = _veranstaltung(eintrag, verweise, heute, bild=bilder.finde(eintrag))
        verknuepfungen.sammle(veranstaltung, eintrag, verweise)
        _tag(veranstaltung, eintrag, verweise)
        if "gesamtplaetze" in eintrag:
            Platzkontingent.objects.create(
                veranstaltung=veranstaltung,
                art=Platzkontingent.Art.GESAMT,
                kapazitaet=eintrag["gesamtplaetze"],
            )
            anmeldungen.fuelle(veranstaltung, eintrag)
        for nummer, dokument in enumerate(eintrag.kinder("dokument")):
            dokumente.tagesordnung(veranstaltung, dokument, nummer)
    verknuepfungen.schreibe()
    return len(neu)


def _veranstaltung(
    eintrag: Eintrag, verweise: Verweise, heute: dt.date, bild: Bild | None
) -> Veranstaltung:
    veranstaltung = baue(
        Veranstaltung,
        eintrag,
        verweise,
        ohne=NUR_ZUM_RECHNEN,
        status=Veranstaltung.Status.VEROEFFENTLICHT,
        bild=bild,
        kosten_text=eintrag.get("kosten_text", ""),
        **_zeiten(eintrag, heute),
    )
    veranstaltung.save()
    return veranstaltung


def _zeiten(eintrag: Eintrag, heute: dt.date) -> dict[str, dt.datetime]:
    """When it is and when one may register; relative days become fixed ones here."""
    if "beginn" in eintrag:
        return {
            feld: ortszeit(eintrag[feld].date(), eintrag[feld].time())
            for feld in ("beginn", "ende")
        }
    tag = heute + dt.timedelta(days=eintrag["tage_ab_heute"])
    tag += dt.timedelta(days=(WOCHENTAGE.index(eintrag["wochentag"]) - tag.weekday()) % 7)
    zeiten = {
        "beginn": ortszeit(tag, eintrag["uhrzeit_von"]),
        "ende": ortszeit(tag, eintrag["uhrzeit_bis"]),
    }
    for frist, uhrzeit in FRISTEN.items():
        if f"{frist}_tage_ab_heute" in eintrag:
            tage = dt.timedelta(days=eintrag[f"{frist}_tage_ab_heute"])
            zeiten[frist] = ortszeit(heute + tage, uhrzeit)
    return zeiten


def _tag(veranstaltung: Veranstaltung, eintrag: Eintrag, verweise: Verweise) -> None:
    """Programme, Durchgänge and Fachforen with their seats."""

    def zeilen(modell, name, **weitere):
        teile = eintrag.kinder(name)
        return modell.objects.bulk_create(
            baue(modell, teil, verweise, veranstaltung=veranstaltung, **weitere)
            for teil in teile
        )

    zeilen(Programmpunkt, "programmpunkt")
    durchgaenge = {d.nummer: d for d in zeilen(Durchgang, "durchgang")}
    fachforen = zeilen(Fachforum, "fachforum")
    Platzkontingent.objects.bulk_create(
        Platzkontingent(
            veranstaltung=veranstaltung,
            fachforum=forum,
            durchgang=durchgaenge[plaetze["durchgang"]],
            raum=plaetze["raum"],
            kapazitaet=plaetze["kapazitaet"],
        )
        for forum, teil in zip(fachforen, eintrag.kinder("fachforum"), strict=True)
        for plaetze in teil["platzkontingente"]
    )
