"""What the search asks of an index, and the plain index in memory.

The memory is for tests, for measuring and as the reference of the database's: there one
row holds (token, entry, weight), and the vocabulary and the places are small tables.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol

from .analyse import Analyse, texte
from .falten import falte
from .nachbarn import Nachbarn

Nummer = int | str
Postings = Mapping[str, Mapping[Nummer, int]]


class Bestand(Protocol):
    anzahl: int
    # Entries that hold in every place.
    ueberall: frozenset[Nummer]
    # A word of a place's name, folded → the other words of that name (homburg → bad).
    orte: Mapping[str, frozenset[str]]
    nachbarn: Nachbarn

    def postings(self, tokens: Iterable[str]) -> Postings:
        """Token → entry → weight, for those tokens that occur; one query."""

    def mit_anfang(self, anfang: str, anzahl: int) -> list[str]:
        """The most frequent words of the entries that begin so."""


class Speicher:
    """An inverted index in a dictionary."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._postings: dict[str, dict[Nummer, int]] = defaultdict(dict)
        self._vokabular: dict[str, int] = analyse.woerter_des_woerterbuchs()
        self._nummern: set[Nummer] = set()
        self.ueberall: frozenset[Nummer] = frozenset()
        self.orte: dict[str, frozenset[str]] = {}

    def lege_an(
        self, nummer: Nummer, felder: Mapping[str, str | Iterable[str]], ueberall: bool = False
    ) -> None:
        self._nummern.add(nummer)
        if ueberall:
            self.ueberall |= {nummer}
        for token, gewicht in self._analyse.gewichte(felder).items():
            self._postings[token][nummer] = gewicht
        for wort in self._analyse.vokabeln(felder):
            self._vokabular[wort] = self._vokabular.get(wort, 0) + 1
        for name in texte(felder.get("ort", ())):
            for wort, weitere in self._analyse.ortsnamen(name).items():
                self.orte[wort] = self.orte.get(wort, frozenset()) | weitere

    @property
    def anzahl(self) -> int:
        return len(self._nummern)

    def postings(self, tokens: Iterable[str]) -> Postings:
        return {token: self._postings[token] for token in tokens if token in self._postings}

    @cached_property
    def nachbarn(self) -> Nachbarn:
        return Nachbarn(self._vokabular)

    @cached_property
    def _sortiert(self) -> list[str]:
        return sorted(wort for wort, anzahl in self._vokabular.items() if anzahl)

    def mit_anfang(self, anfang: str, anzahl: int) -> list[str]:
        anfang = falte(anfang)
        von = bisect_left(self._sortiert, anfang)
        bis = bisect_left(self._sortiert, f"{anfang}\uffff")
        return sorted(self._sortiert[von:bis], key=lambda wort: (-self._vokabular[wort], wort))[
            :anzahl
        ]
