"""From an empty list: what to leave out, and how much one finds then."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from angebote.auswege import auswege
from angebote.filters import AngebotFilter
from tests.factories import (
    make_angebot,
    make_handlungsfeld,
    make_kommune,
    make_ort,
    make_sprache,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _welt():
    wohnen, tuerkisch = make_handlungsfeld("wohnen", name="Wohnen"), make_sprache("tr")
    kassel, wabern = make_ort(lat=51.31, lon=9.49), make_ort(lat=51.11, lon=9.35, plz="34590")
    make_angebot(titel="Mietrat", handlungsfelder=[wohnen], orte=[kassel])
    # For the whole Land and in no place, they would be in every circle.
    dort = {"kommune": make_kommune(), "handlungsfelder": [wohnen]}
    make_angebot(titel="Elternrunde", sprachen=[tuerkisch], **dort)
    make_angebot(titel="Mietrat", alter_bis=12, **dort)
    make_angebot(titel="Krabbelgruppe", orte=[wabern])
    make_angebot(titel="Mietrat im Entwurf", sprachen=[tuerkisch], status="entwurf")


def wege(query: str) -> dict[str, int]:
    filter_ = AngebotFilter(QueryDict(query))
    assert filter_.ergebnis.anzahl == 0
    return {re.sub("<[^>]+>", "", str(weg.text)): weg.anzahl for weg in auswege(filter_)}


def test_only_what_helps_is_to_be_left_out():
    assert wege("q=Mietrat&feld=wohnen&sprache=tr") == {
        "„Mietrat“ weglassen": 1,
        "tr (Tr) weglassen": 2,
    }


def test_a_wider_circle_comes_first():
    assert list(wege("q=Krabbelgruppe&plz=34117&km=5").items()) == [
        ("bis 50 km um 34117 Kassel suchen", 1),
        ("„Krabbelgruppe“ weglassen", 1),
        ("bis 5 km um 34117 Kassel weglassen", 1),
    ]


def test_a_wider_circle_is_offered_too_where_only_the_whole_land_has_something(client):
    make_angebot(titel="Krabbelgruppe am Bildschirm")

    html = client.get("/angebote/?q=Krabbelgruppe&plz=34117&km=5").content.decode()
    weiter = client.get("/angebote/?q=Krabbelgruppe&plz=34117&km=50").content.decode()

    assert "0 Angebote im Umkreis" in html
    assert "Es gibt aber ein Angebot für das ganze Land." in html
    weg = '<li><a href="/angebote/?q=Krabbelgruppe&amp;plz=34117&amp;km=50#treffer">'
    assert f"{weg}bis 50 km um 34117 Kassel suchen</a> (1 Angebot)" in html
    assert "1 Angebot im Umkreis" in weiter
    assert weg not in weiter


def test_where_one_thing_less_is_not_enough_each_alone_is_offered():
    assert wege("q=Krabbelgruppe&sprache=tr&plz=34117&km=1") == {
        "nur „Krabbelgruppe“": 1,
        "nur bis 1 km um 34117 Kassel": 1,
        "nur tr (Tr)": 1,
    }


def test_a_word_that_nobody_knows_is_to_be_left_out():
    assert wege("q=Quastenflosser") == {"„Quastenflosser“ weglassen": 4}


@pytest.mark.parametrize(
    "query",
    [
        "q=Mietrat&feld=wohnen&sprache=tr",
        "q=Elternrunde&plz=34117&km=5&feld=wohnen",
        "q=Quastenflosser&sprache=tr&alter=30",
        "q=Mietrat&sprache=tr&alter=30&plz=34117&km=1",
    ],
)
def test_each_way_leads_to_as_many_as_it_says(client, query):
    html = client.get(f"/angebote/?{query}").content.decode()

    genannt = re.findall(r'<li><a href="([^"]+)#treffer">.*?</a> \((\d+) Angebote?\)', html)
    assert genannt
    for adresse, anzahl in genannt:
        ziel = AngebotFilter(QueryDict(urlsplit(unescape(adresse)).query))
        assert ziel.ergebnis.anzahl == int(anzahl)


def test_the_ways_cost_no_query(client, django_assert_num_queries):
    client.get("/angebote/?q=Mietrat")

    with django_assert_num_queries(1):  # it is empty: there are no rows to read
        client.get("/angebote/?q=Mietrat&sprache=tr&plz=34117&km=5")
