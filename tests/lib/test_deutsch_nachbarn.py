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
    nachbarn = Nachbarn({"hebammenro": 1, "hebammenra": 9, "schammenr": 9, "hebammenren": 1})

    assert nachbarn.naechste("hebammenr", 2) == ["hebammenra", "hebammenro"]
    assert nachbarn.naechste("hebammenru") == ["hebammenra"]


def test_a_likely_slip_wins_over_a_more_frequent_word():
    nachbarn = Nachbarn({"singende": 1, "sorgende": 9})

    assert nachbarn.naechste("songende") == ["singende"]


@pytest.mark.parametrize(
    ("getippt", "gemeint"),
    [
        ("beratnug", "beratung"),
        ("beratubg", "beratung"),
        ("berahtung", "beratung"),
        ("hebame", "hebamme"),
        ("logopetie", "logopedie"),
        ("artztin", "arztin"),
        ("geberden", "gebarden"),
        ("bildungspacket", "bildungspaket"),
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


@pytest.mark.parametrize(
    ("wort", "nachbar"),
    [
        ("katze", "satze"),
        ("laus", "pause"),
        ("butter", "futter"),
        ("torte", "orte"),
        ("krebs", "kreis"),
        ("tiger", "tier"),
        ("hochzeit", "hochbeet"),
    ],
)
def test_a_word_of_its_own_is_not_taken_for_a_slip(wort, nachbar):
    assert Nachbarn({nachbar: 99}).naechste(wort) == []


@pytest.mark.parametrize(
    ("getippt", "gemeint"),
    [("bochum", "pochum"), ("schuden", "schulden"), ("krabeln", "krabbeln")],
)
def test_a_short_word_needs_a_likely_slip_or_a_letter_left_out(getippt, gemeint):
    assert Nachbarn({gemeint: 1}).naechste(getippt) == [gemeint]


def test_letters_of_any_script_are_compared():
    assert Nachbarn({"переводчик": 1}).naechste("переводчк") == ["переводчик"]


def test_far_words_are_not_guessed():
    assert Nachbarn({"schwimmkurs": 1}).naechste("schuldnerhilfe") == []


@given(st.sets(st.text(alphabet="abcdef", min_size=5, max_size=9)), WOERTER)
def test_the_filters_lose_no_word_that_a_full_comparison_finds(vokabular, wort):
    # Long words take any slip behind the first letter; that is what the filters must let by.
    wort = f"krabbelei{wort}"
    vokabular = {f"krabbelei{kandidat}" for kandidat in vokabular}
    weite = 1 if len(wort) < 10 else 2
    nahe = {k for k in vokabular if 0 < abstand(wort, k, weite) <= weite}

    gefunden = Nachbarn(dict.fromkeys(vokabular, 1)).naechste(wort)

    assert bool(gefunden) == bool(nahe)
