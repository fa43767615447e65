"""Finding Angebote by words.

Every word must be contained somewhere: plain, and the same on both databases. An index
that understands German can take the place of `finde`; nothing else knows how it works.
"""

from django.db.models import Q, QuerySet

from kommunen.models import Ort
from praeventionsketten.lib.suche import enthaelt, woerter

FELDER = (
    "titel",
    "kurzbeschreibung",
    "beschreibung",
    "einfache_sprache",
    "einrichtung__name",
)


def finde(queryset: QuerySet, text: str) -> QuerySet:
    """The Angebote that contain every word of `text`, case ignored."""
    for wort in woerter(text):
        # The name of a place with a hidden address is not public, its town is.
        name = enthaelt([wort], ["name"]) & Q(adresse_verborgen=False)
        orte = Ort.objects.filter(name | enthaelt([wort], ["ort"]))
        an_orten = queryset.model.objects.an_orten(orte).values("pk")
        queryset = queryset.filter(enthaelt([wort], FELDER) | Q(pk__in=an_orten))
    return queryset
