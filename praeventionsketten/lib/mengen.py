"""Sets and scores of very many records, computed by the machine word instead of one by one.

A set is an integer: bit n is the record with the number n. Scores are bytes: byte n is how
well record n fits, 0 (not at all) to 100. Python's long integers are the vector unit: with
the top bit of every byte kept free, one subtraction compares all records at once.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

NULL, EINS = b"01"
VOLL = 100
_OBEN, _UNTEN = b"\x80", b"\x01"

# ------------------------------------------------------------------ sets


def menge(nummern: Iterable[int], groesse: int) -> int:
    """The set of these numbers, all below `groesse`."""
    zeichen = bytearray(b"0") * (groesse + 1)
    for nummer in nummern:
        zeichen[nummer] = EINS
    zeichen.reverse()
    return int(zeichen, 2)


def nummern(menge: int) -> Iterator[int]:
    """The numbers in a set, from low to high."""
    zeichen = bin(menge)[:1:-1]
    stelle = zeichen.find("1")
    while stelle >= 0:
        yield stelle
        stelle = zeichen.find("1", stelle + 1)


def schalter(menge: int, groesse: int) -> bytes:
    """One byte per number, 1 or 0: for `itertools.compress`."""
    zeichen = bin(menge)[:1:-1].encode().ljust(groesse, b"0")
    return zeichen.translate(_ALS_SCHALTER)


_ALS_SCHALTER = bytes.maketrans(b"01", b"\0\1")

# ------------------------------------------------------------------ scores


def gestreckt(werte: bytes, faktor: float) -> bytes:
    """Every score times the factor; what fits at all never falls to nothing."""
    return werte if faktor == 1.0 else werte.translate(_faktor(faktor))


@lru_cache(512)
def _faktor(faktor: float) -> bytes:
    stufen = (min(VOLL, max(1, round(wert * faktor))) for wert in range(1, 256))
    return bytes((0, *stufen))


def groesster(a: bytes, b: bytes) -> bytes:
    """The better score of each record."""
    x, y, maske = _vergleich(a, b)
    return (y ^ ((x ^ y) & maske)).to_bytes(len(a), "little")


def kleinster(a: bytes, b: bytes) -> bytes:
    """The worse score of each record."""
    x, y, maske = _vergleich(a, b)
    return (x ^ ((x ^ y) & maske)).to_bytes(len(a), "little")


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


def bester(werte: bytes) -> int:
    """The highest score of all."""
    return next((wert for wert in range(127, 0, -1) if wert in werte), 0)


def _zahl(werte: bytes) -> int:
    return int.from_bytes(werte, "little")


def _vergleich(a: bytes, b: bytes) -> tuple[int, int, int]:
    """Both as numbers, and a mask that is 255 where a ≥ b."""
    x, y, laenge = _zahl(a), _zahl(b), len(a)
    oben = _zahl(_OBEN * laenge)
    groesser = ((x | oben) - y) & oben
    return x, y, (groesser << 1) - (groesser >> 7)
