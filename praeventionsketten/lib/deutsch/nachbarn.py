"""The nearest known word for one that nobody knows."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from string import ascii_lowercase

# Whoever asks knows that nobody writes the word: so any one slip is taken back, and of a
# word that is LANG two. A short one has many neighbours; there it must be a letter left
# out, or two that swapped places.
KURZ, LANG = 4, 9
# The first letter is seldom mistyped: another one must sound alike or, in a word that is
# not short, lie beside it.
MIN_NEBENTASTE = 6
# A town that nobody here knows is not the next one.
ORTSNAME = re.compile(r"(?:bach|berg|burg|dorf|feld|furt|hausen|ingen|kirchen|rode|stadt)$")
TASTEN = ("qwertzuiop", "asdfghjkl", "yxcvbnm")
# Sound alike, so they are written for each other; an ä is folded to a.
LAUTE = frozenset(
    map(
        frozenset,
        ("bp", "dt", "gk", "ck", "fv", "vw", "sz", "tz", "cz", "ij", "iy", "mn", "ae"),
    )
)
STUMM = frozenset("eh")


def buchstaben(wort: str) -> int:
    """One bit per letter: words that differ by one edit differ in at most two bits.

    Other scripts share the bits, so that no letter needs a kilobyte.
    """
    bits = 0
    for zeichen in wort:
        bits |= 1 << (ord(zeichen) - 48) % 75
    return bits


class Nachbarn:
    """Spelling search in a vocabulary of folded words; pure Python, fast enough for 25,000."""

    def __init__(self, haeufigkeit: Mapping[str, int]) -> None:
        self._haeufigkeit = haeufigkeit
        self._nach_laenge: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for wort in haeufigkeit:
            self._nach_laenge[len(wort)].append((buchstaben(wort), wort))

    def naechste(self, wort: str, anzahl: int = 1, *, weite: int = 1) -> list[str]:
        """The nearest words at this distance, those that were likely meant first."""
        if len(wort) < (KURZ if weite == 1 else LANG) or (weite > 1 and ORTSNAME.search(wort)):
            return []
        gefunden = []
        for kandidat in self._kandidaten(wort, weite):
            # The distance is dear, so what nobody meant is left out before it.
            if not _ist_glaubhaft(wort, kandidat):
                continue
            if 0 < abstand(wort, kandidat, weite) <= weite:
                gefunden.append((*self._rang(wort, kandidat), kandidat))
        return [kandidat for *_, kandidat in sorted(gefunden)[:anzahl]]

    def _rang(self, wort: str, kandidat: str) -> tuple[bool, bool, int]:
        """The same beginning, a likely slip or a letter left out, the common word."""
        wahrscheinlich = len(kandidat) > len(wort) or ist_versehen(wort, kandidat)
        return wort[0] != kandidat[0], not wahrscheinlich, -self._haeufigkeit[kandidat]

    def _kandidaten(self, wort: str, weite: int) -> Iterable[str]:
        bits, erlaubt = buchstaben(wort), 2 * weite
        for laenge in range(len(wort) - weite, len(wort) + weite + 1):
            for maske, kandidat in self._nach_laenge.get(laenge, ()):
                if (maske ^ bits).bit_count() <= erlaubt:
                    yield kandidat


def _ist_glaubhaft(wort: str, kandidat: str) -> bool:
    """Whether somebody who typed this may have meant that."""
    gleich, vertauscht = wort[0] == kandidat[0], sorted(wort) == sorted(kandidat)
    if len(wort) == KURZ:
        return gleich and (vertauscht or len(kandidat) > KURZ)
    if gleich or vertauscht or wort == kandidat[1:]:
        return True
    daneben = len(wort) >= MIN_NEBENTASTE and not ORTSNAME.search(wort)
    klingt_gleich = frozenset((wort[0], kandidat[0])) in LAUTE
    return (daneben or klingt_gleich) and ist_versehen(wort, kandidat)


def _gleicher_anfang(a: str, b: str) -> int:
    gleich = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        gleich += 1
    return gleich


def ist_versehen(a: str, b: str) -> bool:
    """Whether one slip of the finger or the ear makes b of a."""
    anfang = _gleicher_anfang(a, b)
    ende = _gleicher_anfang(a[anfang:][::-1], b[anfang:][::-1])
    x, y = a[anfang : len(a) - ende], b[anfang : len(b) - ende]
    if len(x) + len(y) == 1:
        daneben = a[:anfang][-1:], a[len(a) - ende :][:1]
        return x + y in STUMM or daneben[0] == x + y or _klingt_mit(x + y, daneben)
    if len(x) == len(y) == 1:
        return frozenset((x, y)) in LAUTE or _sind_nachbartasten(x, y)
    return len(x) == 2 and x == y[::-1]


def verrutscht(wort: str) -> Iterator[str]:
    """The word with two letters swapped back, or one of two equal ones left out."""
    for i, (x, y) in enumerate(pairwise(wort)):
        yield wort[:i] + (y if x == y else y + x) + wort[i + 2 :]


def verschrieben(wort: str) -> Iterator[str]:
    """What one slip makes of a word; whoever knows few words compares them faster so."""
    yield from verrutscht(wort)
    for i in range(len(wort) + 1):
        davor, danach = wort[:i], wort[i:]
        yield davor + danach[1:]
        for zeichen in ascii_lowercase:
            yield davor + zeichen + danach
            yield davor + zeichen + danach[1:]


def _klingt_mit(zeichen: str, daneben: Iterable[str]) -> bool:
    """A letter that changes no sound beside its neighbour: tz for z, ck for k."""
    return any(frozenset((zeichen, nachbar)) in LAUTE for nachbar in daneben)


def _sind_nachbartasten(x: str, y: str) -> bool:
    stellen = [
        (zeile, reihe.index(zeichen))
        for zeichen in (x, y)
        for zeile, reihe in enumerate(TASTEN)
        if zeichen in reihe
    ]
    return len(stellen) == 2 and all(abs(i - j) <= 1 for i, j in zip(*stellen, strict=True))


def abstand(a: str, b: str, grenze: int) -> int:
    """Damerau-Levenshtein (neighbouring letters may swap); gives up above the limit."""
    if abs(len(a) - len(b)) > grenze:
        return grenze + 1
    vorvorige: list[int] = []
    vorige = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        zeile = [i] + [grenze + 1] * len(b)
        # Further from the diagonal every cell is above the limit.
        for j in range(max(1, i - grenze), min(len(b), i + grenze) + 1):
            y = b[j - 1]
            wert = min(vorige[j] + 1, zeile[j - 1] + 1, vorige[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                wert = min(wert, vorvorige[j - 2] + 1)
            zeile[j] = wert
        if min(zeile) > grenze:
            return grenze + 1
        vorvorige, vorige = vorige, zeile
    return vorige[-1]
