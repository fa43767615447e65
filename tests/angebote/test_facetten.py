"""Hits and counts of random filters equal a slow reference, on every database."""

import os
import random
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.http import QueryDict

from angebote.filters import AngebotFilter
from angebote.models import Angebot, Zeitfenster
from kommunen.models import Ort
from praeventionsketten.lib.mengen import nummern
from tests.angebote.referenz import Referenz
from tests.factories import (
    make_angebotsformat,
    make_handlungsfeld,
    make_kommune,
    make_lebensphase,
    make_sprache,
    make_uebergang,
    make_zielgruppe,
)

pytestmark = pytest.mark.django_db

# All 2,000 take longer than a suite should: KOMBINATIONEN=2000 pytest tests/angebote
KOMBINATIONEN = int(os.environ.get("KOMBINATIONEN", "300"))


@pytest.fixture
def codes() -> dict[str, list[str]]:
    """A small vocabulary, and 200 Angebote that use it at random."""
    phasen = [make_lebensphase(f"phase-{n}", reihenfolge=n) for n in range(5)]
    for n, (von, nach) in enumerate(pairwise(phasen)):
        make_uebergang(f"wechsel-{n}", von=von, nach=nach)
    for n in range(6):
        make_handlungsfeld(f"feld-{n}")
        make_zielgruppe(f"gruppe-{n}")
        make_sprache(f"s{n}")
        make_kommune(slug=f"kommune-{n}")
    for code in ("vor-ort", "telefonisch", "digital", "aufsuchend"):
        make_angebotsformat(code)
    call_command("angebote_erzeugen", anzahl=200, saat=7, verbosity=0)
    # The generator gives each a place; by phone or online many have none.
    ohne_ort = Angebot.objects.filter(
        pk__in=list(Angebot.objects.values_list("pk", flat=True))[::3]
    )
    Zeitfenster.objects.filter(angebot__in=ohne_ort).update(ort=None)
    ohne_ort.indizieren()
    felder = AngebotFilter(QueryDict()).felder
    return {
        name: [code for code, _ in feld.choices]
        for name, feld in felder.items()
        if hasattr(feld, "choices") and name not in ("sort", "ungesichert")
    }


def zufaellig(codes: dict[str, list[str]], orte: list[str], zufall: random.Random) -> dict:
    namen = zufall.sample(sorted(codes), zufall.choice([0, 1, 1, 2, 2, 3, 4]))
    werte = {
        name: sorted(set(zufall.choices(codes[name], k=zufall.randint(1, 3)))) for name in namen
    }
    if zufall.random() < 0.15:
        werte["alter"] = zufall.randint(0, 18)
    if zufall.random() < 0.25:
        werte |= {"plz": zufall.choice(orte), "km": zufall.choice([5, 30, 60, 120])}
    return werte


def test_random_filters_count_like_the_reference(codes):
    referenz, zufall = Referenz(codes), random.Random(3)  # noqa: S311
    orte = list(Ort.objects.order_by("pk").values_list("plz", flat=True)[:5])

    for _ in range(KOMBINATIONEN):
        werte = zufaellig(codes, orte, zufall)
        query = QueryDict(mutable=True)
        for name, wert in werte.items():
            query.setlist(name, wert if isinstance(wert, list) else [str(wert)])
        ergebnis = AngebotFilter(query).ergebnis

        assert set(nummern(ergebnis.menge)) == referenz.treffer(werte), query.urlencode()
        gezaehlt = {wert: ergebnis.zahlen.get(wert, 0) for wert in referenz.mit}
        assert gezaehlt == referenz.zahlen(werte), query.urlencode()
        assert sorted(ergebnis.seite()) == sorted(nummern(ergebnis.menge))


def test_a_circle_is_not_trivial(codes):
    """Else it would be compared without near ones, far ones, or those for everybody."""
    plz = Ort.objects.order_by("pk")[0].plz

    ergebnis = AngebotFilter(QueryDict(f"plz={plz}&km=60")).ergebnis

    assert 0 < ergebnis.anzahl_landesweit < ergebnis.anzahl < 200
    assert ergebnis.zahlen["kommune", "landesweit"] > ergebnis.anzahl_landesweit
    assert ergebnis.anzahl_landesweit < Angebot.objects.landesweit().count()


def test_the_counts_are_not_trivial(codes):
    """Else the comparison above would prove nothing."""
    ergebnis = AngebotFilter(QueryDict("feld=feld-1&sprache=s2")).ergebnis

    assert 0 < ergebnis.anzahl < 200
    assert len(set(ergebnis.zahlen.values())) > 10
