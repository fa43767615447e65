"""Sets and scores computed all at once equal those computed one by one."""

import random

import pytest

from praeventionsketten.lib import mengen

ZUFALL = random.Random(11)  # noqa: S311


def werte(anzahl: int) -> bytes:
    """Scores as they occur: many fit not at all, some as well as can be."""
    return bytes(
        ZUFALL.choice([0, 0, 1, 50, 99, 100, ZUFALL.randint(0, 100)]) for _ in range(anzahl)
    )


@pytest.mark.parametrize("nummern", [[], [0], [7], [0, 1, 63, 64, 999]])
def test_a_set_gives_back_its_numbers(nummern):
    menge = mengen.menge(nummern, 1000)

    assert mengen.nummern(menge) == nummern
    assert list(mengen.einzeln(menge)) == nummern
    assert menge.bit_count() == len(nummern)
    assert [n for n, da in enumerate(mengen.schalter(menge, 1000)) if da] == nummern


@pytest.mark.parametrize("anzahl", [0, 1, 8, 9])
def test_sets_of_chosen_numbers_keep_who_is_in_them_and_take_their_order(anzahl):
    alle = [mengen.menge(ZUFALL.sample(range(50), 20), 50) for _ in range(anzahl)]
    tafel, folge = mengen.Tafel(alle, 50), ZUFALL.sample(range(50), 30)

    auszug = tafel.auszug(folge)

    assert [{folge[n] for n in mengen.nummern(m)} for m in auszug] == [
        set(mengen.nummern(m)) & set(folge) for m in alle
    ]
    assert tafel.auszug([]) == [0] * anzahl


@pytest.mark.parametrize("anzahl", [1, 2, 7, 64, 4097])
def test_scores_compare_like_numbers(anzahl):
    a, b = werte(anzahl), werte(anzahl)

    assert mengen.groesster(a, b) == bytes(map(max, a, b))
    assert mengen.kleinster(a, b) == bytes(map(min, a, b))


def test_scores_add_up_below_the_top_bit():
    a, b = bytes([0, 1, 60, 100]), bytes([0, 99, 40, 27])

    assert mengen.summe(a, b) == bytes([0, 100, 100, 127])


def test_what_fits_at_all_never_falls_to_nothing():
    assert mengen.gestreckt(bytes([0, 1, 50, 100]), 0.1) == bytes([0, 1, 5, 10])
    assert mengen.gestreckt(bytes([0, 1, 50, 100]), 3.0) == bytes([0, 3, 100, 100])


def test_a_threshold_gives_the_set_of_those_above():
    punkte = bytes([10, 0, 50, 49, 100])

    assert list(mengen.nummern(mengen.ab(punkte, 50))) == [2, 4]
    assert list(mengen.nummern(mengen.ab(punkte, 0.5))) == [0, 2, 3, 4]
    assert (mengen.bester(punkte), mengen.bester(b""), mengen.bester(bytes(3))) == (100, 0, 0)


def test_only_where_a_condition_holds_a_score_stays():
    assert mengen.nur(bytes([10, 20, 30]), bytes([255, 0, 255])) == bytes([10, 0, 30])
