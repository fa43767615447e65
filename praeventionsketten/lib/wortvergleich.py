"""Two texts word by word: what stayed, what was taken out, what came in."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

# Comparing takes the time of one length times the other.
ZU_VIEL = 1_000_000

WORT = re.compile(r"(\s*)(\S+)")


class Stueck(NamedTuple):
    art: Literal["gleich", "weg", "neu"]
    text: str


def wortvergleich(alt: str, neu: str) -> list[Stueck]:
    """The pieces in reading order; where words are replaced, the old ones stand first."""
    stuecke = list(_stuecke(WORT.findall(alt), WORT.findall(neu)))
    if alt != neu and all(stueck.art == "gleich" for stueck in stuecke):
        # Only spaces or empty lines moved: the words say nothing about it.
        return ersetzt(alt, neu)
    return stuecke


def ersetzt(alt: str, neu: str) -> list[Stueck]:
    """One value in place of another."""
    return [s for s in (Stueck("weg", alt), Stueck("neu", neu)) if s.text]


def _stuecke(alt: list, neu: list) -> Iterator[Stueck]:
    for tag, i, i2, j, j2 in _schritte(alt, neu):
        if tag == "equal":
            yield Stueck("gleich", _text(neu[j:j2]))
            continue
        for stueck in ersetzt(_text(alt[i:i2]), _text(neu[j:j2])):
            # The gap before it belongs to neither, or it would be struck out or underlined.
            text = stueck.text.lstrip()
            if luecke := stueck.text[: -len(text)]:
                yield Stueck("gleich", luecke)
            yield stueck._replace(text=text)


def _schritte(alt: list, neu: list) -> list[tuple[str, int, int, int, int]]:
    """Like difflib's, without islands of a word or two that tear a sentence apart."""
    worte_alt, worte_neu = [w for _, w in alt], [w for _, w in neu]
    if len(alt) * len(neu) > ZU_VIEL:
        return [("replace", 0, len(alt), 0, len(neu))]
    schritte: list[tuple[str, int, int, int, int]] = []
    for schritt in SequenceMatcher(None, worte_alt, worte_neu, autojunk=False).get_opcodes():
        tag, i, i2, j, j2 = schritt
        am_rand = not schritte or i2 == len(alt) or j2 == len(neu)
        insel = tag == "equal" and i2 - i < 2 and not am_rand
        if schritte and (insel or (tag != "equal" and schritte[-1][0] == "replace")):
            _, vor_i, _, vor_j, _ = schritte.pop()
            schritte.append(("replace", vor_i, i2, vor_j, j2))
        elif tag == "equal":
            schritte.append(schritt)
        else:
            schritte.append(("replace", i, i2, j, j2))
    return schritte


def _text(worte: list[tuple[str, str]]) -> str:
    return "".join(luecke + wort for luecke, wort in worte)
