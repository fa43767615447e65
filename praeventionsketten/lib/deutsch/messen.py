"""How good the search is: judged queries and the usual three numbers.

A file with `haelften = true` falls into two: one half is for tuning, its misses may be
looked at; the other only ever gives numbers. Any other file is one set.

Where several readers judged the queries, the numbers are given once more by what they
agree on: found must be what two of them name, and wrong is what none would let pass. The
second reader measured against the first shows how far such judgements agree.
"""

import hashlib
import math
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

EINSTELLEN, PRUEFEN, GESAMT = "einstellen", "pruefen", "gesamt"
ALLE_ARTEN, LESER = "gesamt", "zweiter Leser"
ZAHLEN = ("trefferquote", "genauigkeit", "ndcg", "einig_trefferquote", "einig_genauigkeit")
RANG_GRENZE = 10


class Bewertet(NamedTuple):
    anfrage: str
    art: str
    relevant: frozenset[str]
    geteilt: bool = True
    # None where nobody read it a second time; a reader may also find nothing.
    zweites_urteil: frozenset[str] | None = None
    # What a third reader names of that which only one of the two named.
    drittes_urteil: frozenset[str] = frozenset()
    vertretbar: frozenset[str] = frozenset()

    @property
    def haelfte(self) -> str:
        """Follows from the text, so that a new query cannot move an old one."""
        if not self.geteilt:
            return GESAMT
        gerade = hashlib.sha256(self.anfrage.encode()).digest()[0] % 2 == 0
        return EINSTELLEN if gerade else PRUEFEN

    @property
    def einig(self) -> frozenset[str]:
        """What two readers name; all that one of them names where no two have anything in common."""
        zweites = self.zweites_urteil or frozenset()
        genannt = self.relevant | zweites
        return self.relevant & zweites | genannt & self.drittes_urteil or genannt

    @property
    def moeglich(self) -> frozenset[str]:
        return self.relevant | (self.zweites_urteil or frozenset()) | self.vertretbar


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
    def einig_trefferquote(self) -> float:
        return len(self.bewertet.einig.intersection(self.gefunden)) / len(self.bewertet.einig)

    @property
    def einig_genauigkeit(self) -> float:
        moeglich = self.bewertet.moeglich.intersection(self.gefunden)
        return len(moeglich) / len(self.gefunden) if self.gefunden else 0.0

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
    einig_trefferquote: float
    einig_genauigkeit: float


def lies(datei: Path) -> list[Bewertet]:
    """Wants [[suche]] tables with `anfrage`, `art` and `relevant`, a list of slugs.

    Of other readers `zweites_urteil`, `drittes_urteil` and `vertretbar`, if there are any.
    """
    daten = tomllib.loads(datei.read_text())
    geteilt = daten.get("haelften", False)
    return [
        Bewertet(
            e["anfrage"],
            e["art"],
            frozenset(e["relevant"]),
            geteilt,
            frozenset(e["zweites_urteil"]) if "zweites_urteil" in e else None,
            frozenset(e.get("drittes_urteil", ())),
            frozenset(e.get("vertretbar", ())),
        )
        for e in daten["suche"]
    ]


def messe(
    suche: Callable[[str], Iterable[str]], bewertete: Iterable[Bewertet]
) -> list[Messung]:
    return [Messung(bewertet, tuple(suche(bewertet.anfrage))) for bewertet in bewertete]


def mittel(messungen: Sequence[Messung]) -> Mittel:
    """Macro averages: every query counts the same, however many hits it should have."""
    anzahl = len(messungen)
    summen = (sum(getattr(messung, name) for messung in messungen) for name in ZAHLEN)
    return Mittel(anzahl, *(summe / anzahl if anzahl else 0.0 for summe in summen))


def tabelle(messungen: Sequence[Messung]) -> str:
    """The numbers by half and kind, as a table for the terminal."""
    gruppen: dict[tuple[str, str], list[Messung]] = defaultdict(list)
    for messung in messungen:
        bewertet = messung.bewertet
        for art in (bewertet.art, ALLE_ARTEN):
            gruppen[bewertet.haelfte, art].append(messung)
        if bewertet.zweites_urteil is not None:
            # As if the second reader were a search.
            leser = Messung(bewertet, tuple(sorted(bewertet.zweites_urteil)))
            gruppen[bewertet.haelfte, LESER].append(leser)
    kopf = f"{'Hälfte':<11} {'Art':<13} Anfragen  Trefferquote  Genauigkeit  nDCG@10"
    zeilen = [f"{kopf}  einig: Trefferquote  Genauigkeit"]
    for (haelfte, art), gruppe in sorted(gruppen.items()):
        m = mittel(gruppe)
        zahlen = f"{m.anzahl:8}  {m.trefferquote:12.3f}  {m.genauigkeit:11.3f}  {m.ndcg:7.3f}"
        zeile = f"{haelfte:<11} {art:<13} {zahlen}"
        if art != LESER:
            zeile += f"  {m.einig_trefferquote:19.3f}  {m.einig_genauigkeit:11.3f}"
        zeilen.append(zeile)
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
