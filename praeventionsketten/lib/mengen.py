"""Sets and scores of very many records, computed by the machine word instead of one by one.

A set is an integer: bit n is the record with the number n. Scores are bytes: byte n is how
well record n fits, 0 (not at all) to 100. Python's long integers are the vector unit: with
the top bit of every byte kept free, one subtraction compares all records at once.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache

NULL, EINS = b"01"
VOLL = 100
_OBEN = b"\x80"

# ------------------------------------------------------------------ sets


def menge(nummern: Iterable[int], groesse: int) -> int:
    """The set of these numbers, all below `groesse`."""
    zeichen = bytearray(b"0") * (groesse + 1)
    for nummer in nummern:
        zeichen[nummer] = EINS
    zeichen.reverse()
    return int(zeichen, 2)


def nummern(menge: int) -> list[int]:
    """The numbers in a set, from low to high."""
    achtel = menge.to_bytes(menge.bit_length() + 7 >> 3, "little")
    # Most bytes of a large set are empty; the pattern passes over them fastest.
    belegt = [treffer.start() for treffer in _NICHT_LEER.finditer(achtel)]
    return [8 * n + stelle for n in belegt for stelle in _STELLEN[achtel[n]]]


def einzeln(menge: int) -> Iterator[int]:
    """The same one by one, for those who need only the first."""
    achtel = menge.to_bytes(menge.bit_length() + 7 >> 3, "little")
    for treffer in _NICHT_LEER.finditer(achtel):
        n = treffer.start()
        for stelle in _STELLEN[achtel[n]]:
            yield 8 * n + stelle


def schalter(menge: int, groesse: int) -> bytes:
    """One byte per number, 1 or 0: for `itertools.compress`."""
    zeichen = bin(menge)[:1:-1].encode().ljust(groesse, b"0")
    return zeichen.translate(_ALS_SCHALTER)


_NICHT_LEER = re.compile(rb"[^\0]")
_STELLEN = tuple(tuple(n for n in range(8) if achtel >> n & 1) for achtel in range(256))
_ALS_SCHALTER = bytes.maketrans(b"01", b"\0\1")


class Tafel:
    """Many sets the other way round: a row of bits for each number, one for each set."""

    def __init__(self, mengen: Sequence[int], groesse: int) -> None:
        self._anzahl, self._breite = len(mengen), len(mengen) + 7 >> 3
        zeilen = bytearray(groesse * self._breite)
        for spalte in range(self._breite):
            acht = mengen[8 * spalte : 8 * spalte + 8]
            bits = [_zahl(schalter(menge, groesse)) << n for n, menge in enumerate(acht)]
            zeilen[spalte :: self._breite] = sum(bits).to_bytes(groesse, "little")
        self._zeilen = bytes(zeilen)

    def auszug(self, nummern: Sequence[int]) -> list[int]:
        """The sets of these numbers alone: bit 0 is the first of them."""
        zeilen, breite = self._zeilen, self._breite
        # From the last to the first, as digits are written.
        teile = [zeilen[n * breite : (n + 1) * breite] for n in reversed(nummern)]
        spalten = b"".join(teile)
        return [
            int(spalten[menge >> 3 :: breite].translate(_BIT[menge & 7]) or b"0", 2)
            for menge in range(self._anzahl)
        ]


_BIT = [bytes(EINS if achtel >> n & 1 else NULL for achtel in range(256)) for n in range(8)]

# ------------------------------------------------------------------ scores


def gestreckt(werte: bytes, faktor: float) -> bytes:
    """Every score times the factor; what fits at all never falls to nothing."""
    return werte if faktor == 1.0 else werte.translate(_faktor(faktor))


@lru_cache(512)
def _faktor(faktor: float) -> bytes:
    stufen = (min(VOLL, max(1, round(wert * faktor))) for wert in range(1, 256))
    return bytes((0, *stufen))


def groesster(erster: bytes, *weitere: bytes) -> bytes:
    """The best score of each record."""
    return _gefaltet(
        erster, weitere, lambda x, y, x_ist_groesser: y ^ ((x ^ y) & x_ist_groesser)
    )


def kleinster(erster: bytes, *weitere: bytes) -> bytes:
    """The worst score of each record."""
    return _gefaltet(
        erster, weitere, lambda x, y, x_ist_groesser: x ^ ((x ^ y) & x_ist_groesser)
    )


def summe(a: bytes, b: bytes) -> bytes:
    """Both scores of each record together; the caller keeps them below 128."""
    return (_zahl(a) + _zahl(b)).to_bytes(len(a), "little")


def nur(werte: bytes, bedingung: bytes) -> bytes:
    """The scores where `bedingung` is 255, nothing where it is 0."""
    return (_zahl(werte) & _zahl(bedingung)).to_bytes(len(werte), "little")


def ab(werte: bytes, grenze: float) -> int:
    """The set of records that score at least `grenze`."""
    zeichen = bytes(EINS if wert >= grenze else NULL for wert in range(256))
    return int(werte[::-1].translate(zeichen) or b"0", 2)


def genau(werte: bytes, wert: int) -> int:
    """The set of records with just this score."""
    return int(werte[::-1].translate(_nur(wert)) or b"0", 2)


@cache
def maske(wert: int) -> bytes:
    """A table for `translate`: 255 for this value, 0 for every other."""
    return bytes(255 * (n == wert) for n in range(256))


@lru_cache(128)
def _nur(wert: int) -> bytes:
    zeichen = bytearray(NULL.to_bytes() * 256)
    zeichen[wert] = EINS
    return bytes(zeichen)


def bester(werte: bytes) -> int:
    """The highest score of all."""
    return next((wert for wert in range(127, 0, -1) if wert in werte), 0)


def _zahl(werte: bytes) -> int:
    return int.from_bytes(werte, "little")


def _gefaltet(erster: bytes, weitere: tuple[bytes, ...], waehle: Callable) -> bytes:
    """One after the other, as numbers: turning bytes into them takes longer than the rest."""
    if not weitere:
        return erster
    oben, x = _oben(len(erster)), _zahl(erster)
    for y in map(_zahl, weitere):
        # The top bit of a byte stays where x ≥ y; then it fills its byte.
        groesser = ((x | oben) - y) & oben
        x = waehle(x, y, (groesser << 1) - (groesser >> 7))
    return x.to_bytes(len(erster), "little")


@lru_cache(2)
def _oben(laenge: int) -> int:
    return _zahl(_OBEN * laenge)
