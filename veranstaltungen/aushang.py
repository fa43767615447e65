"""What of an event's registration is the same for everybody, read once per worker.

As long as the content version is the one a worker knows, all it remembers is right. Seats
are never remembered: they are read anew each time, together with the version.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.db.models import Count, QuerySet, Subquery
from django.utils import timezone

from praeventionsketten.lib.abfrage import Abfrage, Offen
from praeventionsketten.models import Inhaltsversion, Landesprogramm
from praeventionsketten.schablone import Schablone

from .models import Einwilligungstext, Forumswahl, Platzkontingent, Veranstaltung

# What changes with every registration, or by the team without a new content version.
LEBENDIG = [
    "kapazitaet",
    "notplaetze",
    "belegt",
    "naechste_position",
    "gesperrt",
    "raum",
    "wartend",  # stays the last one
]
SCHABLONEN = 50  # per event: in how many ways free and full may be mixed at a time
Reihe = tuple  # version, event, pool, and the columns of LEBENDIG


@dataclass
class Aushang:
    """One event as the content version knows it. All threads read it, nobody writes to it."""

    version: int
    veranstaltung: Veranstaltung
    programm: Landesprogramm
    texte: dict[str, Einwilligungstext]
    bis: datetime | None  # when the next wording begins to hold
    _schablonen: dict[tuple, Schablone] = field(default_factory=dict)

    @classmethod
    def lies(cls, version: int, veranstaltungen: QuerySet) -> "Aushang":
        """Raises DoesNotExist. The version was read before: what is newer shows next time."""
        texte = Einwilligungstext.objects
        kuenftige = texte.filter(gueltig_ab__gt=timezone.now()).order_by("gueltig_ab")
        return cls(
            version,
            veranstaltungen.mit_plaetzen().select_related("art").get(),
            Landesprogramm.objects.mit_seiten().first() or Landesprogramm(),
            texte.geltende(),
            kuenftige.values_list("gueltig_ab", flat=True).first(),
        )

    def gilt(self, version: int, reihen: list[Reihe]) -> bool:
        bekannte = {k.pk for k in self.veranstaltung.kontingente.all()}
        return (
            version == self.version
            and (self.bis is None or timezone.now() < self.bis)
            and all(reihe[2] in bekannte for reihe in reihen)
        )

    def mit_plaetzen(self, reihen: list[Reihe]) -> Veranstaltung:
        """The event for one request, with the pools of these rows."""
        jetzt = {reihe[2]: dict(zip(LEBENDIG, reihe[3:], strict=True)) for reihe in reihen}
        kontingente = [k for k in self.veranstaltung.kontingente.all() if k.pk in jetzt]
        kontingente = [copy.copy(k) for k in kontingente]
        for kontingent in kontingente:
            vars(kontingent).update(jetzt[kontingent.pk])
        return self.veranstaltung.kopie_mit(kontingente)

    def schablone(self, schluessel: tuple, bauen: Callable[[], Schablone]) -> Schablone:
        gebaut = self._schablonen.get(schluessel)
        if gebaut is None:
            if len(self._schablonen) >= SCHABLONEN:
                self._schablonen.clear()
            gebaut = self._schablonen[schluessel] = bauen()
        return gebaut


_aushaenge: dict[str | int, Aushang] = {}  # by slug what is public, by primary key everything


def vergiss() -> None:
    """Start afresh, as a new worker does; after a rollback in tests."""
    _aushaenge.clear()


def aushang(slug: str) -> Aushang:
    """The event as it is published now, without its seats; raises DoesNotExist."""
    nummern = _VERSION()
    version = nummern[0][0] if nummern else 0
    return _gemerkt(slug, version, [], Veranstaltung.objects.sichtbar().filter(slug=slug))


def mit_plaetzen(slug: str) -> tuple[Aushang, Veranstaltung]:
    """The published event and its seats at this moment; raises DoesNotExist."""
    reihen = _PLAETZE(slug=slug)
    if not reihen:
        tafel = aushang(slug)
        return tafel, tafel.mit_plaetzen([])
    # One after the other, each pool would cost what all of them cost together.
    wartende = dict(_WARTENDE(veranstaltung=reihen[0][1]))
    reihen = [(*reihe[:-1], reihe[-1] + wartende.get(reihe[2], 0)) for reihe in reihen]
    sichtbare = Veranstaltung.objects.sichtbar().filter(slug=slug)
    tafel = _gemerkt(slug, reihen[0][0] or 0, reihen, sichtbare)
    return tafel, tafel.mit_plaetzen(reihen)


def unter_sperre(pks: list[int]) -> tuple[Aushang, Veranstaltung]:
    """The event of these pools, with them alone: its row too is as it is at this moment."""
    reihen = _diese_plaetze(len(pks))(**{f"pk{n}": pk for n, pk in enumerate(pks)})
    version, veranstaltung = reihen[0][0] or 0, reihen[0][1]
    alle = Veranstaltung.objects.filter(pk=veranstaltung)
    tafel = _gemerkt(veranstaltung, version, reihen, alle)
    return tafel, tafel.mit_plaetzen(reihen)


def _gemerkt(
    schluessel: str | int, version: int, reihen: list[Reihe], veranstaltungen: QuerySet
) -> Aushang:
    gemerkt = _aushaenge.get(schluessel)
    if gemerkt is None or not gemerkt.gilt(version, reihen):
        gemerkt = _aushaenge[schluessel] = Aushang.lies(version, veranstaltungen)
    return gemerkt


def _lebendige(kontingente: QuerySet) -> QuerySet:
    version = Subquery(Inhaltsversion.objects.filter(pk=1).values("nummer"))
    kontingente = kontingente.annotate(version=version).order_by("pk")
    return kontingente.values_list("version", "veranstaltung", "pk", *LEBENDIG)


def _wartende() -> QuerySet:
    wahlen = Forumswahl.objects.wartend().order_by()
    hier = wahlen.filter(kontingent__veranstaltung=Offen("veranstaltung"))
    return (
        hier.values("kontingent")
        .annotate(anzahl=Count("pk"))
        .values_list("kontingent", "anzahl")
    )


_alle = Platzkontingent.objects
_VERSION = Abfrage(lambda: Inhaltsversion.objects.filter(pk=1).values_list("nummer"))
_PLAETZE = Abfrage(
    lambda: _lebendige(_alle.mit_warteliste_am_haus()).filter(veranstaltung__slug=Offen("slug"))
)
_WARTENDE = Abfrage(_wartende)


@cache
def _diese_plaetze(anzahl: int) -> Abfrage:
    pks = [Offen(f"pk{n}") for n in range(anzahl)]
    return Abfrage(lambda: _lebendige(_alle.mit_warteliste()).filter(pk__in=pks))
