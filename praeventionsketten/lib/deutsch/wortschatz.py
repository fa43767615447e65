"""Which words German has, so that one that nobody wrote can be told from a slip.

The list is that of the library pyspellchecker; of the library nothing else is used.
"""

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from .falten import falte, gefaltet

ANFANG = 3
_WORT_IN_JSON = re.compile(r'"(\w+)":')


class Wortschatz:
    """A set of folded words, held as one text for each beginning.

    As strings of their own 340,000 words would take 40 MB, and so they take five.
    """

    def __init__(self, worte: Iterable[str]) -> None:
        blaetter: dict[str, bytearray] = defaultdict(lambda: bytearray(b"\n"))
        for wort in worte:
            blaetter[wort[:ANFANG]] += f"{wort}\n".encode()
        self._blaetter = {anfang: blatt.decode() for anfang, blatt in blaetter.items()}

    def __contains__(self, wort: str) -> bool:
        return f"\n{wort}\n" in self._blaetter.get(wort[:ANFANG], "")


@cache
def deutsch() -> Wortschatz:
    """Takes a second or two, so only who meets an unknown word; gunicorn before it forks."""
    return Wortschatz(_liste("de"))


def _liste(sprache: str) -> Iterator[str]:
    datei = resources.files("spellchecker") / "resources" / f"{sprache}.json.gz"
    # As text: parsed, the list would leave 30 MB behind. Folded at once, which is faster.
    text = falte(gzip.decompress(datei.read_bytes()).decode())
    for treffer in _WORT_IN_JSON.finditer(text):
        yield treffer[1] if treffer[1].isascii() else gefaltet(treffer[1])
