"""The words of all entries: what was meant by one nobody knows, and how people write it."""

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property

from .analyse import Analyse
from .falten import gefaltet
from .nachbarn import Nachbarn


class Vokabular:
    """Built from the words as they stand in the entries, and how many entries have each."""

    def __init__(self, analyse: Analyse, anzahlen: Mapping[str, int]) -> None:
        self._analyse = analyse
        self._anzahlen: dict[str, int] = {}
        self._geschrieben: dict[str, tuple[int, str]] = {}
        # Capitals come first: of two spellings as common as each other the noun stays.
        for wort in sorted(anzahlen):
            gleich, anzahl = gefaltet(wort), anzahlen[wort]
            self._anzahlen[gleich] = self._anzahlen.get(gleich, 0) + anzahl
            if anzahl > self._geschrieben.get(gleich, (0, ""))[0]:
                self._geschrieben[gleich] = (anzahl, wort)

    def __contains__(self, wort: str) -> bool:
        return wort in self._anzahlen

    @cached_property
    def nachbarn(self) -> Nachbarn:
        return Nachbarn(self._analyse.woerter_des_woerterbuchs | self._anzahlen)

    @cached_property
    def _sortiert(self) -> list[str]:
        return sorted(self._anzahlen)

    def mit_anfang(self, anfang: str, anzahl: int) -> list[str]:
        """The most frequent words of the entries that begin so, folded."""
        von = bisect_left(self._sortiert, anfang)
        bis = bisect_left(self._sortiert, f"{anfang}\uffff")
        haeufigste = sorted(self._sortiert[von:bis], key=lambda w: (-self._anzahlen[w], w))
        return haeufigste[:anzahl]

    def schreibweise(self, wort: str) -> str:
        """Hebamme, Ärztin: as the entries have a folded word, or the dictionary."""
        _, geschrieben = self._geschrieben.get(wort, (0, ""))
        return geschrieben or self._analyse.schreibweisen.get(wort) or wort.capitalize()
