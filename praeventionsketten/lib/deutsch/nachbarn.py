"""The nearest known word for one that nobody knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

MIN_LAENGE = 5
LANG = 8


def buchstaben(wort: str) -> int:
    """One bit per letter: words that differ by one edit differ in at most two bits."""
    bits = 0
    for zeichen in wort:
        bits |= 1 << (ord(zeichen) - 48)
    return bits


class Nachbarn:
    """Spelling search in a vocabulary of folded words; pure Python, fast enough for 25,000."""

    def __init__(self, haeufigkeit: Mapping[str, int]) -> None:
        self._haeufigkeit = haeufigkeit
        self._nach_laenge: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for wort in haeufigkeit:
            self._nach_laenge[len(wort)].append((buchstaben(wort), wort))

    def naechste(self, wort: str, anzahl: int = 1) -> list[str]:
        """The nearest words; equally near ones by their beginning, then how common they are."""
        grenze = 0 if len(wort) < MIN_LAENGE else 1 if len(wort) < LANG else 2
        gefunden: list[tuple[int, int, int, str]] = []
        for weite in range(1, grenze + 1):
            for kandidat in self._kandidaten(wort, weite):
                if 0 < (d := abstand(wort, kandidat, weite)) <= weite:
                    anders = -_gleicher_anfang(wort, kandidat)
                    gefunden.append((d, anders, -self._haeufigkeit[kandidat], kandidat))
            if gefunden:
                break
        return [kandidat for *_, kandidat in sorted(gefunden)[:anzahl]]

    def _kandidaten(self, wort: str, weite: int) -> Iterable[str]:
        bits, erlaubt = buchstaben(wort), 2 * weite
        for laenge in range(len(wort) - weite, len(wort) + weite + 1):
            for maske, kandidat in self._nach_laenge.get(laenge, ()):
                if (maske ^ bits).bit_count() <= erlaubt:
                    yield kandidat


def _gleicher_anfang(a: str, b: str) -> int:
    gleich = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        gleich += 1
    return gleich


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
