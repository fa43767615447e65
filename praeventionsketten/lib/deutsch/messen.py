"""How good the search is: judged queries and the usual three numbers.

A file with `haelften = true` falls into two: one half is for tuning, its misses may be
looked at; the other only ever gives numbers. Any other file is one set.
"""

import hashlib
import math
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

EINSTELLEN, PRUEFEN, GESAMT = "einstellen", "pruefen", "gesamt"
ALLE_ARTEN = "gesamt"
RANG_GRENZE = 10


class Bewertet(NamedTuple):
    anfrage: str
    art: str
    relevant: frozenset[str]
    geteilt: bool = True

    @property
    def haelfte(self) -> str:
        """Follows from the text, so that a new query cannot move an old one."""
        if not self.geteilt:
            return GESAMT
        gerade = hashlib.sha256(self.anfrage.encode()).digest()[0] % 2 == 0
        return EINSTELLEN if gerade else PRUEFEN


class Messung(NamedTuple):
    bewertet: Bewertet
    gefunden: tuple[str, ...]

    @property
    def richtige(self) -> int:
        return len(self.bewertet.relevant.intersection(self.gefunden))

    @property
    def trefferquote(self) -> float:
        return self.richtige / len(self.bewertet.relevant)

    @property
    def genauigkeit(self) -> float:
        return self.richtige / len(self.gefunden) if self.gefunden else 0.0

    @property
    def ndcg(self) -> float:
        """Normalised discounted cumulative gain of the first ten: are the best on top?"""
        relevant = self.bewertet.relevant
        gewinn = sum(
            1 / math.log2(rang + 2)
            for rang, nummer in enumerate(self.gefunden[:RANG_GRENZE])
            if nummer in relevant
        )
        bester = range(min(RANG_GRENZE, len(relevant)))
        return gewinn / sum(1 / math.log2(rang + 2) for rang in bester)


class Mittel(NamedTuple):
    anzahl: int
    trefferquote: float
    genauigkeit: float
    ndcg: float


def lies(datei: Path) -> list[Bewertet]:
    """Wants [[suche]] tables with `anfrage`, `art` and `relevant`, a list of slugs."""
    daten = tomllib.loads(datei.read_text())
    geteilt = daten.get("haelften", False)
    return [
        Bewertet(e["anfrage"], e["art"], frozenset(e["relevant"]), geteilt)
        for e in daten["suche"]
    ]


def messe(
    suche: Callable[[str], Iterable[str]], bewertete: Iterable[Bewertet]
) -> list[Messung]:
    return [Messung(bewertet, tuple(suche(bewertet.anfrage))) for bewertet in bewertete]


def mittel(messungen: Sequence[Messung]) -> Mittel:
    """Macro averages: every query counts the same, however many hits it should have."""
    anzahl = len(messungen)
    summen = (
        sum(messung.trefferquote for messung in messungen),
        sum(messung.genauigkeit for messung in messungen),
        sum(messung.ndcg for messung in messungen),
    )
    return Mittel(anzahl, *(summe / anzahl if anzahl else 0.0 for summe in summen))


def tabelle(messungen: Sequence[Messung]) -> str:
    """The numbers by half and kind, as a table for the terminal."""
    gruppen: dict[tuple[str, str], list[Messung]] = defaultdict(list)
    for messung in messungen:
        for art in (messung.bewertet.art, ALLE_ARTEN):
            gruppen[messung.bewertet.haelfte, art].append(messung)
    zeilen = [f"{'Hälfte':<11} {'Art':<11} Anfragen  Trefferquote  Genauigkeit  nDCG@10"]
    for (haelfte, art), gruppe in sorted(gruppen.items()):
        m = mittel(gruppe)
        zahlen = f"{m.anzahl:8}  {m.trefferquote:12.3f}  {m.genauigkeit:11.3f}  {m.ndcg:7.3f}"
        zeilen.append(f"{haelfte:<11} {art:<11} {zahlen}")
    return "\n".join(zeilen)


def fehler(messungen: Iterable[Messung]) -> str:
    """What is missing and what is wrong; never of the half for testing."""
    zeilen = []
    for bewertet, gefunden in messungen:
        fehlt = sorted(bewertet.relevant.difference(gefunden))
        falsch = [nummer for nummer in gefunden if nummer not in bewertet.relevant]
        if bewertet.haelfte != PRUEFEN and (fehlt or falsch):
            zeilen.append(f"{bewertet.anfrage} ({bewertet.art})")
            zeilen += [f"  fehlt:  {nummer}" for nummer in fehlt]
            zeilen += [f"  falsch: {nummer}" for nummer in falsch]
    return "\n".join(zeilen)
