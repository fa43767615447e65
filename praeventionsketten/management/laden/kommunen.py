"""The Kommunen with all parts of their Steckbriefe, and the Einrichtungen."""

from kommunen.models import (
    Beteiligung,
    Einrichtung,
    Gremium,
    Kennzahl,
    Kommune,
    Koordination,
    Meilenstein,
    Teilraum,
)

from . import dokumente
from .quelle import BEISPIELWELT, Eintrag, Verknuepfungen, Verweise, baue, eintraege, neue

TEILE = {
    "koordination": Koordination,
    "gremium": Gremium,
    "meilenstein": Meilenstein,
    "kennzahl": Kennzahl,
    "beteiligung": Beteiligung,
}
GEORDNET = {Koordination, Kennzahl}


def kommunen() -> int:
    verweise = Verweise()
    neu = neue(Kommune, eintraege(BEISPIELWELT, "kommunen.toml", "kommune"))
    for eintrag in neu:
        kommune = baue(Kommune, eintrag, verweise, status=Kommune.Status.VEROEFFENTLICHT)
        kommune.save()
        _steckbrief(kommune, eintrag, verweise)
        for nummer, dokument in enumerate(eintrag.kinder("dokument")):
            dokumente.zum_steckbrief(kommune, dokument, nummer)
    return len(neu)


def _steckbrief(kommune: Kommune, eintrag: Eintrag, verweise: Verweise) -> None:
    teilraeume = {
        teil["slug"]: baue(Teilraum, teil, verweise, kommune=kommune)
        for teil in eintrag.kinder("teilraum")
    }
    Teilraum.objects.bulk_create(teilraeume.values())
    for tabelle, modell in TEILE.items():
        zeilen = []
        for nummer, teil in enumerate(eintrag.kinder(tabelle)):
            weitere = {"reihenfolge": nummer} if modell in GEORDNET else {}
            if "teilraum" in teil:
                weitere["teilraum"] = teilraeume[teil["teilraum"]]
            zeilen.append(baue(modell, teil, verweise, kommune=kommune, **weitere))
        modell.objects.bulk_create(zeilen)


def einrichtungen() -> int:
    verweise, verknuepfungen = Verweise(), Verknuepfungen()
    neu = neue(Einrichtung, eintraege(BEISPIELWELT, "einrichtungen.toml", "einrichtung"))
    for eintrag in neu:
        einrichtung = baue(Einrichtung, eintrag, verweise)
        einrichtung.save()
        verknuepfungen.sammle(einrichtung, eintrag, verweise)
    verknuepfungen.schreibe()
    return len(neu)
