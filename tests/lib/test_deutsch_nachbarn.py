"""Spelling: the nearest known word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praeventionsketten.lib.deutsch.nachbarn import Nachbarn, abstand, ist_versehen

WOERTER = st.text(alphabet="abcdefgh", max_size=8)


@pytest.mark.parametrize(
    ("a", "b", "weite"),
    [("hebame", "hebamme", 1), ("beratnug", "beratung", 1), ("haus", "maus", 1), ("a", "", 1)],
)
def test_one_slip_is_one_step(a, b, weite):
    assert abstand(a, b, 2) == weite


@given(WOERTER, WOERTER)
def test_the_distance_is_the_same_both_ways_and_nought_only_for_equals(a, b):
    assert abstand(a, b, 9) == abstand(b, a, 9)
    assert (abstand(a, b, 9) == 0) == (a == b)


def test_the_nearest_wins_then_the_same_beginning_then_the_more_frequent():
    nachbarn = Nachbarn({"hebammo": 1, "hebamma": 9, "schamme": 9, "hebammen": 1})

    assert nachbarn.naechste("hebamm", 2) == ["hebamma", "hebammo"]
    assert nachbarn.naechste("hebammu") == ["hebamma"]


def test_a_likely_slip_wins_over_a_more_frequent_word():
    nachbarn = Nachbarn({"singen": 1, "sorgen": 9})

    assert nachbarn.naechste("songen") == ["singen"]


@pytest.mark.parametrize(
    ("getippt", "gemeint"),
    [
        ("beratnug", "beratung"),
        ("beratubg", "beratung"),
        ("berahtung", "beratung"),
        ("hebame", "hebamme"),
        ("logopetie", "logopedie"),
    ],
)
def test_fingers_and_ears_slip_in_known_ways(getippt, gemeint):
    assert ist_versehen(getippt, gemeint)


def test_another_word_is_no_slip():
    assert not ist_versehen("sorgen", "singen")
    assert not ist_versehen("haus", "laus")


def test_two_slips_do_not_change_the_first_letter():
    assert Nachbarn({"zugezogen": 9}).naechste("ausgezogen") == []
    assert Nachbarn({"schwimmkurs": 1}).naechste("schwimkurz") == ["schwimmkurs"]


def test_short_words_are_not_guessed():
    assert Nachbarn({"haus": 1}).naechste("hau") == []


def test_far_words_are_not_guessed():
    assert Nachbarn({"schwimmkurs": 1}).naechste("schuldnerhilfe") == []


@given(st.sets(st.text(alphabet="abcdef", min_size=5, max_size=9)), WOERTER)
def test_the_filters_lose_no_word_that_a_full_comparison_finds(vokabular, wort):
    weite = 0 if len(wort) < 5 else 1 if len(wort) < 8 else 2
    nahe = {
        kandidat
        for kandidat in vokabular
        if 0 < (d := abstand(wort, kandidat, weite)) <= weite
        and (d == 1 or kandidat[0] == wort[0])
    }

    gefunden = Nachbarn(dict.fromkeys(vokabular - {wort}, 1)).naechste(wort)

    assert bool(gefunden) == bool(nahe)
