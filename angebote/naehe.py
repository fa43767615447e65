"""How far the Angebote are from a point (see kommunen.naehe.mittelpunkt).

`lagen` asks the database, `entfernungen` only computes: whoever keeps the first in memory
needs no query for the second.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from kommunen.naehe import Mittelpunkt, plz_mitten
from praeventionsketten.lib import geo

from .models import Angebot, Termin, Zeitfenster

Punkt = tuple[float, float]


def lagen(pks: Iterable[int] | None = None) -> dict[int, list[Punkt]]:
    """Where the Angebote take place from now on, each with every point once; two queries.

    All Angebote, or those with these keys. An Ort without coordinates counts at the middle
    of its Postleitzahl; an Angebot without any place is left out.
    """
    mitten = plz_mitten()
    punkte: dict[int, set[Punkt]] = defaultdict(set)
    for pk, lat, lon, plz in _zeilen(pks):
        if (punkt := (lat, lon) if lat is not None else mitten.get(plz)) is not None:
            punkte[pk].add(punkt)
    return {pk: sorted(orte) for pk, orte in punkte.items()}


def entfernungen(
    von: Mittelpunkt, lagen: Mapping[int, Iterable[Punkt]], km: float | None = None
) -> dict[int, float]:
    """Kilometres to the nearest place of each Angebot, without those further than `km`.

    Not in any order. Show it rounded: an Ort with a hidden address lies up to a kilometre
    beside its point.
    """
    ergebnis = {}
    for pk, punkte in lagen.items():
        nahe = [
            geo.entfernung(von.lat, von.lon, lat, lon)
            for lat, lon in punkte
            if km is None or not geo.weit_weg(von.lat, von.lon, lat, lon, km)
        ]
        if nahe and (km is None or min(nahe) <= km):
            ergebnis[pk] = min(nahe)
    return ergebnis


def _zeilen(pks: Iterable[int] | None) -> QuerySet:
    """(Angebot, lat, lon, plz) of times, coming dates and places, as `aktuelle_orte` has them."""
    termine = Termin.objects.kommend().filter(abgesagt=False)
    quellen = [Zeitfenster.objects.gueltig(), termine, Angebot.orte.through.objects.all()]
    if pks is not None:
        pks = list(pks)
        quellen = [quelle.filter(angebot__in=pks) for quelle in quellen]
    zeilen = [
        quelle.filter(ort__isnull=False)
        .order_by()
        .values_list("angebot_id", "ort__lat", "ort__lon", "ort__plz")
        for quelle in quellen
    ]
    return zeilen[0].union(*zeilen[1:])
