"""The order of what a text found: by score and freshness, ties by a lot of the day.

A text that is asked for again gets an `Auszug`: its hits alone, numbered in their order.
There the first twenty are the lowest bits, and counting costs what the hits are, not what
all Angebote are.
"""

from array import array
from collections.abc import Iterator
from itertools import chain

from django.utils.functional import cached_property

from praeventionsketten.lib import mengen

from .stand import UNGESICHERT, Bestand, Stand
from .textsuche import Texttreffer

WENIGE = 1000  # hits that are sorted faster than picked out of an order of all
GROSS = 30_000  # Angebote; a set of fewer is counted as fast as one of few hits
# What is not confirmed for long is less likely to be true.
FRISCHE = (1.0, 0.95, 0.8, 0.6)
FEIN = 2.5  # steps of rank for one of the score: freshness tells more of them apart
RAENGE = tuple(
    bytes((0, *[max(1, min(255, round(FEIN * wert * f))) for wert in range(1, 256)]))
    for f in FRISCHE
)


def lose(pks: list[int], tag: int) -> list[int]:
    """Numbers below 2³² that are drawn anew each day and the same in every worker."""
    heute = tag * 0x9E3779B1
    zahlen = [(pk ^ heute) * 0x85EBCA6B & 0xFFFFFFFF for pk in pks]
    return [zahl ^ zahl >> 15 for zahl in zahlen]


class Rangfolge:
    """The order of one text on one day."""

    def __init__(self, stand: Stand, frische: bytes, treffer: Texttreffer, tag: int) -> None:
        self._stand, self._frische, self.tag = stand, frische, tag
        self._menge, self._werte = treffer.menge & stand.alle, treffer.werte
        self._stufen: dict[int, int] = {}
        self._gefragt = 0

    def bestand(self) -> Bestand:
        """Where to look for these hits: among all at first, from the second time apart."""
        self._gefragt += 1
        lohnt = self._stand.groesse > GROSS or self._menge.bit_count() > WENIGE
        return self._auszug if lohnt and self._gefragt > 1 else self._stand

    @cached_property
    def _auszug(self) -> "Auszug":
        return Auszug(self._stand, self._sortiert(self._menge), self._frische)

    def geordnet(self, menge: int) -> Iterator[int]:
        """These of all Angebote, the best first."""
        if menge.bit_count() <= WENIGE:
            return iter(self._sortiert(menge))
        stufen = (hier & menge for hier in self._je_rang())
        return chain.from_iterable(map(self._sortiert, stufen))

    def raenge(self, pks: list[int]) -> list[int]:
        """The higher, the better."""
        werte, frische = self._werte, self._frische
        return [RAENGE[frische[pk]][werte[pk]] for pk in pks]

    def _sortiert(self, menge: int) -> list[int]:
        pks = mengen.nummern(menge)
        paare = zip(self.raenge(pks), lose(pks, self.tag), strict=True)
        # One number sorts faster than a pair.
        plaetze = dict(zip(pks, (los - (rang << 32) for rang, los in paare), strict=True))
        return sorted(pks, key=plaetze.__getitem__)

    def _je_rang(self) -> Iterator[int]:
        """Those of one rank after the other, found as far as somebody reads."""
        for rang in range(255, 0, -1):
            if rang not in self._stufen:
                hier = rang in self._alle_raenge and mengen.genau(self._alle_raenge, rang)
                self._stufen[rang] = hier & self._menge
            if hier := self._stufen[rang]:
                yield hier

    @cached_property
    def _alle_raenge(self) -> bytes:
        alle = b""
        for stufe, raenge in enumerate(RAENGE):
            dort = self._frische.translate(mengen.maske(stufe))
            teil = mengen.nur(self._werte, dort).translate(raenge)
            alle = mengen.summe(alle, teil) if alle else teil
        return alle


class Auszug(Bestand):
    """Some Angebote, numbered in an order: bit 0 is the first of them."""

    def __init__(self, stand: Stand, pks: list[int], frische: bytes) -> None:
        self._pks = array("I", pks)
        self.ungesichert = mengen.menge(
            (n for n, pk in enumerate(pks) if frische[pk] == UNGESICHERT), len(pks)
        )
        self.alle = (1 << len(pks)) - 1
        self.mengen = stand.mengen_von(pks)

    def pks(self, menge: int) -> Iterator[int]:
        return map(self._pks.__getitem__, mengen.einzeln(menge))
