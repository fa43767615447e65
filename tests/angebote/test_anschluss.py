"""Broken chains: what counts as a successor, and what does not."""

import pytest

from angebote.anschluss import ohne_anschluss
from tests.factories import (
    make_angebot,
    make_handlungsfeld,
    make_kommune,
    make_lebensphase,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kommune():
    make_lebensphase("grundschule", alter_von=72, alter_bis=120)
    make_lebensphase("beruf", alter_von=192, alter_bis=300, im_programm=False)
    return make_kommune()


def angebot(kommune, titel: str, von: int | None, bis: int | None, feld="wohnen", **fields):
    return make_angebot(
        kommune=kommune,
        titel=titel,
        alter_von=von,
        alter_bis=bis,
        handlungsfelder=[make_handlungsfeld(feld)],
        **fields,
    )


def titel(kommune) -> list[str]:
    return [a.titel for a in ohne_anschluss(kommune)]


def test_an_angebot_that_ends_with_nothing_to_follow_is_named(kommune):
    angebot(kommune, "Krabbeln", 0, 36)

    assert titel(kommune) == ["Krabbeln"]


@pytest.mark.parametrize(("von", "bis"), [(36, 72), (24, 48), (37, None), (None, None)])
def test_another_one_takes_the_child_up(kommune, von, bis):
    angebot(kommune, "Krabbeln", 0, 36)
    angebot(kommune, "Danach", von, bis)

    assert "Krabbeln" not in titel(kommune)


@pytest.mark.parametrize(
    ("von", "bis", "feld"),
    [(38, 72, "wohnen"), (0, 36, "wohnen"), (12, 30, "wohnen"), (36, 72, "essen")],
)
def test_what_begins_later_ends_with_it_or_is_about_something_else_does_not(
    kommune, von, bis, feld
):
    angebot(kommune, "Krabbeln", 0, 36)
    angebot(kommune, "Kein Anschluss", von, bis, feld)

    assert "Krabbeln" in titel(kommune)


@pytest.mark.parametrize("fremd", [{"status": "beendet"}, {"status": "entwurf"}])
def test_what_is_not_public_follows_nothing(kommune, fremd):
    danach = angebot(kommune, "Danach", 36, 120, **fremd)
    angebot(kommune, "Krabbeln", 0, 36, danach=[danach])

    assert titel(kommune) == ["Krabbeln"]


def test_another_kommune_is_no_successor_and_the_whole_land_only_where_it_is_named(kommune):
    fremdes = angebot(make_kommune(), "Drüben", 36, 120)
    landesweit = angebot(None, "Landesweit", 36, 120)
    angebot(kommune, "A", 0, 36, danach=[fremdes])
    angebot(kommune, "B", 0, 36)
    angebot(kommune, "C", 0, 36, danach=[landesweit])

    assert titel(kommune) == ["A", "B"]


def test_a_named_successor_in_the_kommune_counts_whatever_its_field(kommune):
    danach = angebot(kommune, "Kita", 36, 120, "essen")
    angebot(kommune, "Krabbeln", 0, 36, danach=[danach])

    assert titel(kommune) == []


def test_no_upper_age_and_the_end_of_the_programme_need_none(kommune):
    angebot(kommune, "Für alle", 0, None)
    angebot(make_kommune(), "Anderswo", 0, 36)
    angebot(kommune, "Bis zehn", 72, 120, "essen")

    assert titel(kommune) == []


def test_it_costs_the_same_with_one_and_with_many(kommune, django_assert_max_num_queries):
    angebot(kommune, "Eines", 0, 36)
    with django_assert_max_num_queries(4) as eine:
        ohne_anschluss(kommune)
    for n in range(6):
        angebot(kommune, f"Viele {n}", 0, 30 + n)

    with django_assert_max_num_queries(len(eine)):
        ohne_anschluss(kommune)
