"""The nearest known word for one that nobody knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

# A short word has many neighbours that are no slip of it: Katze is not Sätze. So it must
# be a likely slip or a letter left out; from LANG on any one slip, from SEHR_LANG on two.
MIN_LAENGE, OHNE_BUCHSTABEN = 5, 6
LANG, SEHR_LANG = 8, 10
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

    def naechste(self, wort: str, anzahl: int = 1) -> list[str]:
        """The nearest; of equally near ones the likely slip, a like beginning, the common word."""
        grenze = 0 if len(wort) < MIN_LAENGE else 1 if len(wort) < SEHR_LANG else 2
        gefunden: list[tuple[bool, int, int, str]] = []
        for weite in range(1, grenze + 1):
            for kandidat in self._kandidaten(wort, weite):
                # The distance is dear, so what nobody meant is left out before it.
                versehen = ist_versehen(wort, kandidat)
                if not _ist_glaubhaft(wort, kandidat, versehen=versehen):
                    continue
                if 0 < abstand(wort, kandidat, weite) <= weite:
                    anders = -_gleicher_anfang(wort, kandidat)
                    wie_oft = self._haeufigkeit[kandidat]
                    gefunden.append((not versehen, anders, -wie_oft, kandidat))
            if gefunden:
                break
        return [kandidat for *_, kandidat in sorted(gefunden)[:anzahl]]

    def _kandidaten(self, wort: str, weite: int) -> Iterable[str]:
        bits, erlaubt = buchstaben(wort), 2 * weite
        for laenge in range(len(wort) - weite, len(wort) + weite + 1):
            for maske, kandidat in self._nach_laenge.get(laenge, ()):
                if (maske ^ bits).bit_count() <= erlaubt:
                    yield kandidat


def _ist_glaubhaft(wort: str, kandidat: str, *, versehen: bool) -> bool:
    """Whether somebody who typed this may have meant that: beginnings are seldom mistyped."""
    if kandidat[0] != wort[0]:
        klingt_gleich = frozenset((wort[0], kandidat[0])) in LAUTE
        return versehen and (klingt_gleich or len(wort) >= LANG)
    ausgelassen = len(kandidat) > len(wort) >= OHNE_BUCHSTABEN
    return versehen or ausgelassen or len(wort) >= LANG


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
        zeile = [i]
        for j, y in enumerate(b, 1):
            wert = min(vorige[j] + 1, zeile[j - 1] + 1, vorige[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                wert = min(wert, vorvorige[j - 2] + 1)
            zeile.append(wert)
        if min(zeile) > grenze:
            return grenze + 1
        vorvorige, vorige = vorige, zeile
    return vorige[-1]
