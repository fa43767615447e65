"""Finding by words: every word must be contained somewhere, case ignored.

Plain, and the same on both databases. An index that understands German can take its
place; callers know only these two functions.
"""

from collections.abc import Iterable

from django.db.models import Q

HOECHSTENS = 8  # words; more than anybody types, and it keeps the query small
WORTLAENGE = 60


def woerter(text: str) -> list[str]:
    """The words of a query, each once, in the order they were typed."""
    return list(dict.fromkeys(wort[:WORTLAENGE] for wort in text.split()))[:HOECHSTENS]


def enthaelt(worte: Iterable[str], felder: Iterable[str]) -> Q:
    """The condition that each word is contained in at least one of the fields."""
    bedingung = Q()
    for wort in worte:
        bedingung &= _irgendwo(wort, felder)
    return bedingung


def _irgendwo(wort: str, felder: Iterable[str]) -> Q:
    # SQLite folds only ASCII: without the variants „übergang“ would miss „Übergang“.
    varianten = [wort] if wort.isascii() else {wort.lower(), wort.capitalize()}
    treffer = Q()
    for feld in felder:
        for variante in varianten:
            treffer |= Q(**{f"{feld}__icontains": variante})
    return treffer
