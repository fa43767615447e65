"""Where „34117“ or „Bad Hersfeld“ lies, without asking anybody outside.

Our own addresses know it: the places of one Postleitzahl or town, averaged. An official
list (`manage.py plz_import`) adds what does not occur in them. A Postleitzahl that nobody
knows is answered by the Kommune around it, and `genauigkeit` says so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Avg, Case, CharField, Count, F, Q, QuerySet, Value, When

from praeventionsketten.lib import geo
from praeventionsketten.models.adressen import slug_aus

from .models import Einrichtung, Kommune, Ort, Postleitzahl

PLZ = re.compile(r"(?<!\d)\d{5}(?!\d)", re.ASCII)
LAENGE = 80  # longer is no place name
NAH = 0.75  # „Kasel“ and „Witzenhusen“, but not „Kassel“ for „Basel“
NICHTS = Value("", output_field=CharField())


class Genauigkeit(StrEnum):
    """What the point is the middle of."""

    PLZ = "plz"
    ORT = "ort"
    KOMMUNE = "kommune"


class Mittelpunkt(NamedTuple):
    """From where distances count; `name` is what to tell the person we searched from."""

    lat: float
    lon: float
    name: str
    genauigkeit: Genauigkeit


class _Lage(NamedTuple):
    """All known places of one Postleitzahl in one town, as one point."""

    plz: str
    ort: str
    kommune: str
    kommune_slug: str
    lat: float
    lon: float
    anzahl: int


class Lagen:
    """All that we know of where places lie; whoever keeps it needs no query any more."""

    def __init__(self, lagen: Iterable[_Lage]) -> None:
        self._je_region = defaultdict(list)
        self._je_name = defaultdict(set)
        # Slug of a public Kommune → where we know places of it.
        self.kommunen: dict[str, set[tuple[float, float]]] = defaultdict(set)
        for lage in lagen:
            if lage.kommune_slug:
                self.kommunen[lage.kommune_slug].add((lage.lat, lage.lon))
            if lage.plz:
                self._je_region[lage.plz[:2]].append(lage)
            if lage.ort:
                for name in (suchname(lage.ort), lage.kommune_slug, suchname(lage.kommune)):
                    self._je_name[name.partition("-")[0]].add(lage)

    def mittelpunkt(self, text: str) -> Mittelpunkt | None:
        """The middle of a Postleitzahl or a place; None where we know nothing near it.

        Umlauts, case and „am“ or „a. d.“ behind the name do not matter.
        """
        text = text.strip()[:LAENGE]
        if treffer := PLZ.search(text):
            # Two digits are a region of a state: what lies outside of it is no neighbour.
            return _von_plz(treffer[0], self._je_region.get(treffer[0][:2], []))
        name = slug_aus(text, LAENGE)
        if len(name) < 2 or name.isdigit():
            return None
        # In one order, so that equals are decided alike in every worker.
        return _von_name(name, sorted(self._je_name.get(name.partition("-")[0], ())))

    def gemeint(self, text: str) -> str:
        """The place whose name is nearest to this one; "" where none is near."""
        name = slug_aus(text.strip()[:LAENGE], LAENGE)
        orte = {
            suchname(lage.ort): lage.ort
            for anfang, lagen in self._je_name.items()
            # Nobody errs in the first letter, and all names would take too long.
            if anfang[:1] == name[:1]
            for lage in lagen
        }
        # In one order, so that equals are decided alike in every worker.
        return next((orte[nah] for nah in get_close_matches(name, sorted(orte), 1, NAH)), "")


def lade_lagen() -> Lagen:
    """One query."""
    return Lagen(_lagen(Q(), Q()))


def mittelpunkt(text: str) -> Mittelpunkt | None:
    """The same for whoever asks only once; one query."""
    return lade_lagen().mittelpunkt(text)


@lru_cache(20_000)
def suchname(name: str) -> str:
    return slug_aus(name, LAENGE)


def plz_mitten() -> dict[str, tuple[float, float]]:
    """The middle of every Postleitzahl that we know; for Orte without coordinates."""
    punkte: dict[str, list[tuple[float, float]]] = {}
    for lage in _lagen(~Q(plz=""), ~Q(plz="")):
        punkte.setdefault(lage.plz, []).append((lage.lat, lage.lon))
    return {plz: geo.mitte(liste) for plz, liste in punkte.items()}


def _von_plz(plz: str, lagen: list[_Lage]) -> Mittelpunkt | None:
    genau = [lage for lage in lagen if lage.plz == plz]
    if genau:
        orte = {lage.ort for lage in genau if lage.ort}
        name = f"{plz} {orte.pop()}" if len(orte) == 1 else plz
        return _aus(genau, name, Genauigkeit.PLZ)
    return _kommune_um(plz, [lage for lage in lagen if lage.kommune])


def _kommune_um(plz: str, lagen: list[_Lage]) -> Mittelpunkt | None:
    """The Kommune with most places among the closest numbers."""
    for stellen in (4, 3, 2):
        nachbarn = Counter()
        for lage in lagen:
            if lage.plz.startswith(plz[:stellen]):
                nachbarn[lage.kommune] += lage.anzahl
        if nachbarn:
            # The name decides between equals, so that the answer stays the same.
            kommune = max(sorted(nachbarn), key=nachbarn.__getitem__)
            eigene = [lage for lage in lagen if lage.kommune == kommune]
            return _aus(eigene, kommune, Genauigkeit.KOMMUNE)
    return None


def _von_name(name: str, lagen: list[_Lage]) -> Mittelpunkt | None:
    orte = {lage: suchname(lage.ort) for lage in lagen}
    if genau := [lage for lage, ort in orte.items() if ort == name]:
        return _aus(genau, genau[0].ort, Genauigkeit.ORT)
    kommune = [lage for lage in lagen if name in (lage.kommune_slug, suchname(lage.kommune))]
    if kommune:
        return _aus(kommune, kommune[0].kommune, Genauigkeit.KOMMUNE)
    anfang = [lage for lage, ort in orte.items() if ort.startswith(f"{name}-")]
    if anfang:
        # „Frankfurt“ is the one most places are in, not also the one on the Oder.
        ort = max(anfang, key=lambda lage: (lage.anzahl, lage.ort)).ort
        return _aus([lage for lage in anfang if lage.ort == ort], ort, Genauigkeit.ORT)
    return None


def _aus(lagen: list[_Lage], name: str, genauigkeit: Genauigkeit) -> Mittelpunkt:
    punkte = [(lage.lat, lage.lon) for lage in lagen for _ in range(lage.anzahl)]
    return Mittelpunkt(*geo.mitte(punkte), name, genauigkeit)


def _lagen(eigene: Q, amtliche: Q) -> list[_Lage]:
    """What our addresses and the official list know, each (Postleitzahl, town) once."""
    # A hidden address must not be found out by searching around it.
    orte = Ort.objects.filter(eigene, adresse_verborgen=False)
    fragen = [
        _gruppiert(orte, _der_kommune("kurzname"), _der_kommune("slug")),
        _gruppiert(
            Einrichtung.objects.filter(eigene), _der_kommune("kurzname"), _der_kommune("slug")
        ),
        _gruppiert(Postleitzahl.objects.filter(amtliche), NICHTS, NICHTS),
    ]
    zeilen = fragen[0].union(*fragen[1:], all=True)
    return [_Lage(*zeile) for zeile in zeilen]


def _der_kommune(feld: str) -> Case:
    """A word of a Kommune that everybody may see, else nothing."""
    oeffentlich = When(
        kommune__status=Kommune.Status.VEROEFFENTLICHT, then=F(f"kommune__{feld}")
    )
    return Case(oeffentlich, default=NICHTS)


def _gruppiert(queryset: QuerySet, kommune, slug) -> QuerySet:
    return (
        queryset.filter(lat__isnull=False)
        .order_by()
        .annotate(k=kommune, s=slug)
        .values("plz", "ort", "k", "s")
        .annotate(breite=Avg("lat"), laenge=Avg("lon"), anzahl=Count("pk"))
        .values_list("plz", "ort", "k", "s", "breite", "laenge", "anzahl")
    )
