"""Which words German has, so that one that nobody wrote can be told from a slip.

The list is that of the library pyspellchecker; of the library nothing else is used.
"""

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import groupby

from .falten import falte, woerter

ANFANG = 3
STUECK = 65_536
_WORT_IN_JSON = re.compile(r'"(\w+)":')


class Wortschatz:
    """A set of folded words, held as one text for each beginning.

    As strings of their own 340,000 words would take 40 MB, and so they take five.
    """

    def __init__(self, worte: Iterable[str]) -> None:
        self._blaetter: dict[str, bytes] = defaultdict(lambda: b"\n")
        # They come in their order, but for umlauts: few pages are written twice.
        for anfang, diese in groupby(worte, key=lambda wort: wort[:ANFANG]):
            self._blaetter[anfang] += "".join(f"{wort}\n" for wort in diese).encode()

    def __contains__(self, wort: str) -> bool:
        return f"\n{wort}\n".encode() in self._blaetter.get(wort[:ANFANG], b"")


@cache
def deutsch() -> Wortschatz:
    """Takes a second or two, so only who meets an unknown word; gunicorn before it forks."""
    return Wortschatz(_liste("de"))


def _liste(sprache: str) -> Iterator[str]:
    datei = resources.files("spellchecker") / "resources" / f"{sprache}.json.gz"
    # In pieces of text: as a whole it would leave 10 MB behind, and parsed 30. What is folded
    # together is folded faster.
    with datei.open("rb") as datenstrom, gzip.open(datenstrom, "rt", encoding="utf-8") as text:
        rest = ""
        while stueck := text.read(STUECK):
            *ganze, rest = (rest + stueck).rsplit(",", 1)
            yield from _gefaltete(*ganze)
        yield from _gefaltete(rest)


def _gefaltete(*texte: str) -> Iterator[str]:
    for text in texte:
        for treffer in _WORT_IN_JSON.finditer(falte(text)):
            wort = treffer[1]
            # Not `gefaltet`: these would fill what it remembers for others.
            yield wort if wort.isascii() else falte("".join(woerter(wort)))
