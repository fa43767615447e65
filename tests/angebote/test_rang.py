"""However hits are found and sorted, the list, its order and its counts are the same."""

import pytest
from django.core.management import call_command
from django.http import QueryDict

from angebote.filters import AngebotFilter
from angebote.models import Suchvokabel
from angebote.suche import rang, vergiss
from tests.factories import make_handlungsfeld, make_kommune, make_lebensphase

pytestmark = pytest.mark.django_db

ANZAHL = 120
FILTER = [
    "",
    "&feld=feld-1",
    "&kommune=kommune-1&feld=feld-0&feld=feld-2",
    "&phase=phase-0&kosten=frei&alter=3",
    "&ungesichert=1&feld=feld-1",
    "&sort=titel",
    "&sort=stand&feld=feld-2",
    "&kommune=landesweit",
    "&seite=2",
]


@pytest.fixture
def wort() -> str:
    """A word that many Angebote have, beside many that do not have it."""
    for n in range(3):
        make_handlungsfeld(f"feld-{n}")
        make_kommune(slug=f"kommune-{n}")
        make_lebensphase(f"phase-{n}")
    call_command("angebote_erzeugen", anzahl=ANZAHL, saat=7, verbosity=0)
    viele = Suchvokabel.objects.filter(anzahl__range=(ANZAHL // 3, ANZAHL // 2))
    return viele.order_by("wort")[0].wort


def liste(frage: str) -> tuple:
    ergebnis = AngebotFilter(QueryDict(frage)).ergebnis
    zahlen = {wert: anzahl for wert, anzahl in ergebnis.zahlen.items() if anzahl}
    rest = (ergebnis.anzahl, ergebnis.anzahl_ungesichert, ergebnis.anzahl_landesweit)
    return ergebnis.seite(), zahlen, rest, ergebnis.menge


@pytest.mark.parametrize("filter_", FILTER)
def test_a_text_asked_again_lists_and_counts_the_same(wort, filter_, monkeypatch):
    einfach = liste(f"q={wort}{filter_}")

    vergiss()
    monkeypatch.setattr(rang, "WENIGE", 0)
    nach_rang = liste(f"q={wort}{filter_}")
    aus_dem_auszug = liste(f"q={wort}{filter_}")

    assert nach_rang == aus_dem_auszug == einfach


def test_a_page_of_hits_is_a_stretch_of_the_whole_order(wort, monkeypatch):
    monkeypatch.setattr(rang, "WENIGE", 0)

    ganz, *teile = [
        AngebotFilter(QueryDict(f"q={wort}")).ergebnis.seite(*strecke)
        for strecke in [(0, None), (0, 5), (5, 12), (12, None)]
    ]

    assert ganz == [pk for teil in teile for pk in teil]
    assert len(set(ganz)) == len(ganz) > 12
