"""Finding Angebote by words.

Every word must be contained somewhere: plain, and the same on both databases. An index
that understands German can take the place of `finde`; nothing else knows how it works.
"""

from django.db.models import Q, QuerySet

from kommunen.models import Ort

HOECHSTENS = 8  # words; more than anybody types, and it keeps the query small
FELDER = (
    "titel",
    "kurzbeschreibung",
    "beschreibung",
    "einfache_sprache",
    "einrichtung__name",
)


def woerter(text: str) -> list[str]:
    """The words of a query, each once, in the order they were typed."""
    return list(dict.fromkeys(text.split()))[:HOECHSTENS]


def finde(queryset: QuerySet, text: str) -> QuerySet:
    """The Angebote that contain every word of `text`, case ignored."""
    for wort in woerter(text):
        # The name of a place with a hidden address is not public, its town is.
        name = _enthaelt(wort, "name") & Q(adresse_verborgen=False)
        orte = Ort.objects.filter(name | _enthaelt(wort, "ort"))
        an_orten = queryset.model.objects.an_orten(orte).values("pk")
        queryset = queryset.filter(_enthaelt(wort, *FELDER) | Q(pk__in=an_orten))
    return queryset


def _enthaelt(wort: str, *felder: str) -> Q:
    # SQLite folds only ASCII: without the variants „übergang“ would miss „Übergang“.
    varianten = dict.fromkeys([wort] if wort.isascii() else [wort.lower(), wort.capitalize()])
    treffer = Q()
    for feld in felder:
        for variante in varianten:
            treffer |= Q(**{f"{feld}__icontains": variante})
    return treffer
