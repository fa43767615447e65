"""What the search asks of an index, and the plain index in memory.

The memory is for tests, for measuring and as the reference of the database's: there one
row holds (token, entry, weight), and the vocabulary and the places are small tables.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol

from .analyse import Analyse, texte
from .nachbarn import Nachbarn
from .vokabular import Vokabular

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
        """The most frequent words of the entries that begin so, folded."""

    def schreibweise(self, wort: str) -> str:
        """A folded word as people write it."""


class Speicher:
    """An inverted index in a dictionary."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._postings: dict[str, dict[Nummer, int]] = defaultdict(dict)
        self._vokabeln: Counter[str] = Counter()
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
        self._vokabeln.update(self._analyse.vokabeln(felder))
        for name in texte(felder.get("ort", ())):
            for wort, weitere in self._analyse.ortsnamen(name).items():
                self.orte[wort] = self.orte.get(wort, frozenset()) | weitere

    @property
    def anzahl(self) -> int:
        return len(self._nummern)

    def postings(self, tokens: Iterable[str]) -> Postings:
        return {token: self._postings[token] for token in tokens if token in self._postings}

    @cached_property
    def _vokabular(self) -> Vokabular:
        return Vokabular(self._analyse, self._vokabeln)

    @property
    def nachbarn(self) -> Nachbarn:
        return self._vokabular.nachbarn

    def mit_anfang(self, anfang: str, anzahl: int) -> list[str]:
        return self._vokabular.mit_anfang(anfang, anzahl)

    def schreibweise(self, wort: str) -> str:
        return self._vokabular.schreibweise(wort)
