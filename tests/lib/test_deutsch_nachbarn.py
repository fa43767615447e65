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


def test_the_same_first_letter_wins_then_the_more_frequent():
    nachbarn = Nachbarn({"hebammenro": 1, "hebammenra": 9, "nebammenr": 99})

    assert nachbarn.naechste("hebammenr", 3) == ["hebammenra", "hebammenro", "nebammenr"]


def test_a_letter_left_out_is_as_likely_as_a_key_beside():
    nachbarn = Nachbarn({"geburt": 9, "gebet": 1})

    assert nachbarn.naechste("gebut", 2) == ["geburt", "gebet"]


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
    assert Nachbarn({"zugezogen": 9}).naechste("ausgezogen", weite=2) == []
    assert Nachbarn({"schwimmkurs": 1}).naechste("schwimkurz", weite=2) == ["schwimmkurs"]


def test_two_slips_are_too_many_for_a_short_word_and_for_a_town():
    assert Nachbarn({"meinung": 9}).naechste("meinigen", weite=2) == []
    assert Nachbarn({"meinung": 9}).naechste("meiningen", weite=2) == []


def test_another_town_does_not_begin_with_the_key_beside():
    assert Nachbarn({"hersfeld": 9}).naechste("gersfeld") == []
    assert Nachbarn({"hebamme": 9}).naechste("gebamme") == ["hebamme"]


@pytest.mark.parametrize("wort", ["hau", "haut", "hase", "aus"])
def test_short_words_are_not_guessed(wort):
    assert Nachbarn({"haus": 1}).naechste(wort) == []


@pytest.mark.parametrize(
    ("wort", "nachbar"), [("katze", "satze"), ("laus", "pause"), ("torte", "orte")]
)
def test_another_first_letter_is_another_word(wort, nachbar):
    assert Nachbarn({nachbar: 99}).naechste(wort) == []


@pytest.mark.parametrize(
    ("getippt", "gemeint"),
    [
        ("bochum", "pochum"),
        ("schuden", "schulden"),
        ("krabeln", "krabbeln"),
        ("gebunt", "geburt"),
        ("rkippe", "krippe"),
        ("chule", "schule"),
        ("plaz", "platz"),
        ("kidn", "kind"),
    ],
)
def test_one_slip_is_taken_back(getippt, gemeint):
    assert Nachbarn({gemeint: 1}).naechste(getippt) == [gemeint]


def test_letters_of_any_script_are_compared():
    assert Nachbarn({"переводчик": 1}).naechste("переводчк") == ["переводчик"]


def test_far_words_are_not_guessed():
    assert Nachbarn({"schwimmkurs": 1}).naechste("schuldnerhilfe") == []


@pytest.mark.parametrize("weite", [1, 2])
@given(vokabular=st.sets(st.text(alphabet="abcdef", min_size=5, max_size=9)), wort=WOERTER)
def test_the_filters_lose_no_word_that_a_full_comparison_finds(weite, vokabular, wort):
    # Long words take any slip behind the first letter; that is what the filters must let by.
    wort = f"krabbelei{wort}"
    vokabular = {f"krabbelei{kandidat}" for kandidat in vokabular}
    nahe = {k for k in vokabular if 0 < abstand(wort, k, weite) <= weite}

    gefunden = Nachbarn(dict.fromkeys(vokabular, 1)).naechste(wort, 99, weite=weite)

    assert {*gefunden} == nahe
