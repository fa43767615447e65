"""What else the page of an Angebot offers: neighbours in the Kette, and what is like it."""

import pytest

from angebote.verwandt import verwandte
from tests.factories import (
    make_angebot,
    make_handlungsfeld,
    make_kommune,
    make_lebensphase,
    make_uebergang,
    make_zielgruppe,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def woerter() -> dict:
    return {
        "lebensphasen": [make_lebensphase("kita")],
        "handlungsfelder": [make_handlungsfeld("wohnen")],
    }


def test_similar_is_what_shares_most_at_the_same_place(woerter, django_assert_num_queries):
    kassel = make_kommune()
    mehr = woerter | {"zielgruppen": [make_zielgruppe()], "uebergaenge": [make_uebergang()]}
    angebot = make_angebot(kommune=kassel, **mehr)
    wenig = make_angebot(titel="A", kommune=kassel, **woerter)
    landesweit = make_angebot(titel="B", **woerter)
    viel = make_angebot(titel="C", kommune=kassel, **mehr)
    make_angebot(titel="D", **woerter)

    with django_assert_num_queries(1):
        nachbarn, aehnliche = verwandte(angebot)

    assert nachbarn == []
    assert aehnliche == [viel, wenig, landesweit]


def test_others_are_not_similar(woerter):
    kassel = make_kommune()
    angebot = make_angebot(kommune=kassel, **woerter)
    make_angebot(kommune=make_kommune(), **woerter)
    make_angebot(kommune=kassel, lebensphasen=woerter["lebensphasen"])
    make_angebot(kommune=kassel, handlungsfelder=woerter["handlungsfelder"])
    make_angebot(kommune=kassel, status="entwurf", **woerter)
    make_angebot(kommune=kassel, status="beendet", **woerter)

    assert verwandte(angebot) == ([], [])


def test_a_landesweites_angebot_is_like_landesweite_ones(woerter):
    angebot, anderes = make_angebot(**woerter), make_angebot(**woerter)
    make_angebot(kommune=make_kommune(), **woerter)

    assert verwandte(angebot) == ([], [anderes])


def test_neighbours_are_told_apart_and_not_shown_twice(woerter):
    davor, danach = make_angebot(**woerter), make_angebot(**woerter)
    angebot = make_angebot(danach=[danach], **woerter)
    davor.danach.add(angebot)

    nachbarn, aehnliche = verwandte(angebot)

    assert [(n, n.kommt_danach) for n in nachbarn] == [(davor, False), (danach, True)]
    assert aehnliche == []


def test_the_page_names_what_is_like_it(client, woerter):
    angebot = make_angebot(**woerter)
    make_angebot(titel="Wohnlotsen", **woerter)
    make_angebot(titel="Geheimer Entwurf", status="entwurf", **woerter)

    seite = client.get(angebot.get_absolute_url()).content.decode()

    assert "Das könnte auch passen" in seite
    assert "Wohnlotsen" in seite
    assert "Geheimer Entwurf" not in seite
