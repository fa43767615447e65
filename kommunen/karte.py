"""The map of tiles: hexagons on a grid, and the red thread between those that take part.

Pure functions of rows and columns. A tile's centre lies at (spalte, 3 · reihe) in grid
units; every corner of a hexagon is a point of the same grid, so that neighbours share
corners and the thread can follow their borders without ever crossing a name.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.urls import reverse

from .models import Kachel, Kommune

Punkt = tuple[int, int]
X0, Y0, SCHRITT_X, SCHRITT_Y = 47, 54, 45, 26
HALB_BREIT, HALB_HOCH, SCHULTER = 42.5, 49, 24
ECKEN = ((0, -2), (1, -1), (1, 1), (0, 2), (-1, 1), (-1, -1))
NACHBARN = ((2, 0), (1, 3), (-1, 3))


@dataclass(frozen=True)
class Feld:
    """A tile as it is drawn; without Kommunen it has no link."""

    kachel: Kachel
    kommunen: tuple[Kommune, ...]

    @property
    def x(self) -> int:
        return X0 + SCHRITT_X * self.kachel.spalte

    @property
    def y(self) -> int:
        return Y0 + 3 * SCHRITT_Y * self.kachel.reihe

    @property
    def punkte(self) -> str:
        return sechseck(self.x, self.y)

    @property
    def ist_teil(self) -> bool:
        """Only a town of the district takes part, not the district itself."""
        return bool(self.kommunen) and all(k.teil_der_kachel for k in self.kommunen)

    @property
    def zeilen(self) -> list[str]:
        if self.ist_teil and len(self.kommunen) == 1:
            return self.kommunen[0].kurzname.split(" ", 1)
        return self.kachel.zeilen.split("|")

    @property
    def beschriftung(self) -> str:
        """The words of the tile in one line, for its link."""
        zeilen = " ".join(self.zeilen).replace("- ", "-")
        return f"{self.kachel.kuerzel} {zeilen}"

    @property
    def y_kuerzel(self) -> int:
        return self.y + 8 - 6 * len(self.zeilen)

    @property
    def y_zeilen(self) -> int:
        return self.y + 27 - 7 * len(self.zeilen)

    @property
    def url(self) -> str:
        """The Steckbrief; where several Kommunen share a tile, their place in the list."""
        if len(self.kommunen) == 1:
            return self.kommunen[0].get_absolute_url()
        return f"{reverse('kommune_liste')}#{self.kommunen[0].slug}"


@dataclass(frozen=True)
class Karte:
    breite: int
    hoehe: int
    stumm: list[Feld]
    dabei: list[Feld]
    faden: str
    knoten: list[tuple[float, float]]

    @property
    def hat_teil(self) -> bool:
        return any(feld.ist_teil for feld in self.dabei)


def karte(kacheln: Iterable[Kachel], kommunen: Iterable[Kommune]) -> Karte | None:
    """The whole drawing; None as long as there are no tiles."""
    je_kachel = defaultdict(list)
    for kommune in kommunen:
        je_kachel[kommune.kachel_id].append(kommune)
    felder = [
        Feld(k, tuple(sorted(je_kachel[k.pk], key=lambda kommune: kommune.teil_der_kachel)))
        for k in kacheln
    ]
    if not felder:
        return None
    dabei = [feld for feld in felder if feld.kommunen]
    faden, knoten = _gezeichnet(
        tuple(_mitte(feld.kachel) for feld in felder),
        tuple(_mitte(feld.kachel) for feld in dabei),
    )
    return Karte(
        breite=max(feld.x for feld in felder) + X0,
        hoehe=max(feld.y for feld in felder) + Y0,
        stumm=[feld for feld in felder if not feld.kommunen],
        dabei=dabei,
        faden=faden,
        knoten=knoten,
    )


def sechseck(x: float, y: float) -> str:
    """The points of a tile around its centre, a little smaller than its place."""
    hoehen = {-2: -HALB_HOCH, -1: -SCHULTER, 1: SCHULTER, 2: HALB_HOCH}
    return " ".join(f"{x + HALB_BREIT * dx:g},{y + hoehen[dy]:g}" for dx, dy in ECKEN)


def faden(kacheln: Collection[Punkt], dabei: Collection[Punkt]) -> list[list[Punkt]]:
    """Lines that join all tiles in `dabei`, each the shortest to what is joined already.

    A line leaves a tile through its border, runs along the borders of others and never
    across them. Tiles that no border leads to stay unjoined.
    """
    wege = _wege(kacheln, dabei)
    offen, verbunden, linien = set(dabei[1:]), set(dabei[:1]), []
    while offen and (linie := _kuerzester_weg(wege, verbunden, offen)):
        linien.append(linie)
        verbunden.update(linie)
        offen.discard(linie[-1])
    return linien


def _wege(kacheln, dabei) -> dict[Punkt, list[tuple[int, Punkt]]]:
    """The graph of borders; crossing from one participant to the next costs least."""
    wege = defaultdict(list)

    def verbinde(a: Punkt, b: Punkt, laenge: int) -> None:
        wege[a].append((laenge, b))
        wege[b].append((laenge, a))

    for x, y in kacheln:
        ecken = [(x + dx, y + dy) for dx, dy in ECKEN]
        for a, b in zip(ecken, [*ecken[1:], ecken[0]], strict=True):
            verbinde(a, b, 2)
    for x, y in dabei:
        for dx, dy in ECKEN:
            verbinde((x, y), (x + dx, y + dy), 1)
        for dx, dy in NACHBARN:
            if (x + dx, y + dy) in dabei:
                verbinde((x, y), (x + dx, y + dy), 1)
    return wege


def _kuerzester_weg(wege, von: set[Punkt], ziele: set[Punkt]) -> list[Punkt]:
    """Dijkstra from many starts to the nearest goal; empty if none can be reached."""
    schlange = [(0, start, (start,)) for start in sorted(von)]
    gesehen = set()
    while schlange:
        laenge, punkt, linie = heapq.heappop(schlange)
        if punkt in ziele:
            return list(linie)
        if punkt in gesehen:
            continue
        gesehen.add(punkt)
        for schritt, naechster in wege[punkt]:
            if naechster not in gesehen:
                heapq.heappush(schlange, (laenge + schritt, naechster, (*linie, naechster)))
    return []


@lru_cache(maxsize=32)
def _gezeichnet(kacheln: tuple, dabei: tuple) -> tuple[str, list[tuple[float, float]]]:
    """The thread as SVG path and the knots where it enters a tile."""
    mitten, pfad, knoten = set(dabei), [], set()
    for linie in faden(kacheln, dabei):
        pfad.append("M" + "L".join("{} {}".format(*_pixel(*punkt)) for punkt in linie))
        for a, b in pairwise(linie):
            if a in mitten and b in mitten:
                knoten.add(_pixel((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))
            elif a in mitten or b in mitten:
                knoten.add(_pixel(*(b if a in mitten else a)))
    return "".join(pfad), sorted(knoten)


def _mitte(kachel: Kachel) -> Punkt:
    return kachel.spalte, 3 * kachel.reihe


def _pixel(x: float, y: float) -> tuple[float, float]:
    return X0 + round(SCHRITT_X * x), Y0 + round(SCHRITT_Y * y)
