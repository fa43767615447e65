"""What a worker keeps in memory of all public Angebote: sets by value, and columns.

A `Stand` is never changed. When the content version has moved, the rows that changed are
read and a new Stand takes the place of the old one, which requests may still be using.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import chain
from operator import or_

from django.utils.functional import cached_property

from angebote.models import Suchzeile
from praeventionsketten.lib.mengen import Tafel, einzeln, menge, nummern

Punkt = tuple[float, float]
Zeile = tuple[int, bool, dict]  # Angebot, sichtbar, merkmale
# Formats that need no way, wherever the office lies: used from home, or brought there.
VON_DAHEIM = ("digital", "telefonisch")
KOMMT = ("aufsuchend", *VON_DAHEIM)
UNGESICHERT = 3  # the last of the steps in which a confirmation grows old


class Bestand:
    """Sets of Angebote by what they have, and the questions they answer.

    `mengen`: (parameter, code) → set; also („alter“, (from, to) in months).
    """

    alle: int
    mengen: dict[tuple, int]

    def menge(self, name: str, code) -> int:
        return self.mengen.get((name, code), 0)

    def je_parameter(self, name: str) -> Collection[tuple[tuple, int]]:
        """Each value of a parameter with its set."""
        return self._je_parameter.get(name, ())

    @cached_property
    def _je_parameter(self) -> dict[str, list[tuple[tuple, int]]]:
        je_parameter = defaultdict(list)
        for wert, pks in self.mengen.items():
            je_parameter[wert[0]].append((wert, pks))
        return je_parameter

    @cached_property
    def landesweit(self) -> int:
        return self.menge("kommune", "landesweit")

    def im_alter(self, jahre: int) -> int:
        """Fit for a child of so many years, until its next birthday; no limit fits all."""
        passend = 0
        for (name, wert), pks in self.mengen.items():
            if name == "alter":
                von, bis = wert
                if (von is None or von < 12 * (jahre + 1)) and (
                    bis is None or bis >= 12 * jahre
                ):
                    passend |= pks
        return passend


@dataclass(frozen=True)
class Stand(Bestand):
    version: int = 0
    groesse: int = 0  # one more than the highest number
    alle: int = 0
    mengen: dict[tuple, int] = field(default_factory=dict)
    # Sort keys „title, NUL, number“, in order.
    titel: list[str] = field(default_factory=list)
    bestaetigt: array = field(default_factory=lambda: array("q"))
    # Days (ordinals) on which each becomes due, overdue and unsafe.
    grenzen: tuple[array, array, array] = field(
        default_factory=lambda: (array("i"), array("i"), array("i"))
    )
    lagen: dict[Punkt, array] = field(default_factory=dict)
    orte: frozenset[str] = frozenset()

    def mit(self, zeilen: Iterable[Zeile], version: int) -> "Stand":
        """This Stand with these rows as they are now."""
        neu = _Gelesen(self).lies(zeilen)
        geaendert = menge(neu.pks, neu.groesse)
        weg = frozenset(nummern(geaendert & self.alle))
        titel = self.titel
        if weg:
            paare = zip(self.titel, self.nach_titel, strict=True)
            titel = [titel for titel, pk in paare if pk not in weg]
        bestaetigt, *grenzen = neu.spalten
        return replace(
            self,
            version=version,
            groesse=neu.groesse,
            alle=self.alle & ~geaendert | menge(neu.sichtbare, neu.groesse),
            mengen=_vereint(
                {wert: alt & ~geaendert for wert, alt in self.mengen.items()},
                {wert: menge(pks, neu.groesse) for wert, pks in neu.werte.items()},
            ),
            titel=sorted(chain(titel, neu.titel)) if neu.titel else titel,
            bestaetigt=bestaetigt,
            grenzen=tuple(grenzen),
            lagen=_lagen(self.lagen, weg, neu.lagen),
            orte=self.orte | neu.orte,
        )

    # ------------------------------------------------------------------ questions

    @cached_property
    def ueberall(self) -> int:
        """For the whole Land and without a way there: by phone, online, or in no place."""
        return self.landesweit & (self._mit_format(VON_DAHEIM) | self._ohne_ort)

    @cached_property
    def beim_menschen(self) -> int:
        """What a Kommune brings to its people, wherever its office lies."""
        kommt = self._mit_format(KOMMT) & ~self.menge("format", "vor-ort")
        return ~self.landesweit & (kommt | self._ohne_ort)

    @cached_property
    def _ohne_ort(self) -> int:
        """In no place; between two dates, what is on site is in a place nobody knows yet."""
        an_orten = menge(chain.from_iterable(self.lagen.values()), self.groesse)
        return self.alle & ~an_orten & ~self.menge("format", "vor-ort")

    def _mit_format(self, codes: tuple[str, ...]) -> int:
        return reduce(or_, (self.menge("format", code) for code in codes))

    def frische(self, tag: int) -> bytes:
        """Of each number how old its confirmation is on that day, from 0 to UNGESICHERT."""
        grenzen = zip(*self.grenzen, strict=True)
        return bytes([(tag >= a) + (tag >= b) + (tag >= c) for a, b, c in grenzen])

    def pks(self, menge: int) -> Iterator[int]:
        return einzeln(menge)

    def mengen_von(self, pks: Sequence[int]) -> dict[tuple, int]:
        """The same sets of these Angebote alone, numbered as they come; none is empty."""
        auszuege = zip(self.mengen, self._tafel.auszug(pks), strict=True)
        return {wert: menge for wert, menge in auszuege if menge}

    @cached_property
    def _tafel(self) -> Tafel:
        return Tafel(list(self.mengen.values()), self.groesse)

    @cached_property
    def nach_titel(self) -> array:
        """All numbers from A to Z."""
        return array("I", map(_nummer, self.titel))

    @cached_property
    def nach_stand(self) -> array:
        """The last confirmed first."""
        return array("I", sorted(self.nach_titel, key=lambda pk: -self.bestaetigt[pk]))

    @cached_property
    def platz_nach_titel(self) -> array:
        return self._plaetze(self.nach_titel)

    @cached_property
    def platz_nach_stand(self) -> array:
        return self._plaetze(self.nach_stand)

    def _plaetze(self, reihe: array) -> array:
        """Where in the order each number stands."""
        plaetze = array("I", bytes(4 * self.groesse))
        for platz, pk in enumerate(reihe):
            plaetze[pk] = platz
        return plaetze


class _Gelesen:
    """Rows taken apart one by one, so that 100,000 of them never lie in memory at once."""

    def __init__(self, stand: Stand) -> None:
        self.pks, self.sichtbare = array("I"), array("I")
        self.groesse = stand.groesse
        self.werte: dict[tuple, array] = defaultdict(lambda: array("I"))
        self.lagen: dict[Punkt, array] = defaultdict(lambda: array("I"))
        self.titel: list[str] = []
        self.orte: set[str] = set()
        self.spalten = [array(a.typecode, a) for a in (stand.bestaetigt, *stand.grenzen)]

    def lies(self, zeilen: Iterable[Zeile]) -> "_Gelesen":
        for pk, sichtbar, merkmale in zeilen:
            self.pks.append(pk)
            self.groesse = max(self.groesse, pk + 1)
            if sichtbar:
                self._merke(pk, merkmale)
        for spalte in self.spalten:
            spalte.extend([0] * (self.groesse - len(spalte)))
        return self

    def _merke(self, pk: int, merkmale: dict) -> None:
        self.sichtbare.append(pk)
        self.titel.append(f"{merkmale['titel']}\0{pk}")
        self.orte.update(merkmale["orte"])
        self.werte["alter", tuple(merkmale["alter"])].append(pk)
        for name, codes in merkmale["codes"].items():
            for code in codes:
                self.werte[name, code].append(pk)
        for lat, lon in merkmale["lagen"]:
            self.lagen[lat, lon].append(pk)
        zahlen = (int(merkmale["bestaetigt"]), *merkmale["grenzen"])
        for spalte, zahl in zip(self.spalten, zahlen, strict=True):
            spalte.extend([0] * (pk + 1 - len(spalte)))
            spalte[pk] = zahl


def _vereint(alte: dict[tuple, int], neue: dict[tuple, int]) -> dict[tuple, int]:
    alle = alte | {wert: alte.get(wert, 0) | menge for wert, menge in neue.items()}
    return {wert: menge for wert, menge in alle.items() if menge}


def _lagen(alte: dict[Punkt, array], weg: frozenset[int], neue: dict[Punkt, array]) -> dict:
    lagen = dict(alte)
    for punkt, pks in alte.items() if weg else ():
        if not weg.isdisjoint(pks):
            lagen[punkt] = array("I", (pk for pk in pks if pk not in weg))
    for punkt, pks in neue.items():
        lagen[punkt] = lagen.get(punkt, array("I")) + pks
    return {punkt: pks for punkt, pks in lagen.items() if pks}


def _nummer(schluessel: str) -> int:
    return int(schluessel.rpartition("\0")[2])


def lies(ab: int) -> Iterable[Zeile]:
    """The rows written after that version."""
    zeilen = Suchzeile.objects.filter(version__gt=ab).order_by()
    return zeilen.values_list("angebot_id", "sichtbar", "merkmale").iterator(2000)
