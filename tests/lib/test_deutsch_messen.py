"""The numbers of the search, and the bar they must not fall below."""

import pytest

from praeventionsketten.lib.deutsch.messen import (
    EINSTELLEN,
    PRUEFEN,
    Bewertet,
    Messung,
    fehler,
    lies,
    mittel,
    tabelle,
)
from tests.lib.korpus import ANFRAGEN, analyse, angebote, messungen


def bewertet(anfrage: str, *relevant: str) -> Bewertet:
    return Bewertet(anfrage, "alltag", frozenset(relevant))


def test_a_measurement_counts_what_is_found_and_what_is_right():
    messung = Messung(bewertet("x", "a", "b", "c"), ("a", "falsch", "b", "auch falsch"))

    assert messung.trefferquote == pytest.approx(2 / 3)
    assert messung.genauigkeit == pytest.approx(1 / 2)
    assert 0 < messung.ndcg < 1


def test_two_readers_demand_what_both_name_and_allow_what_either_would():
    zwei = bewertet("x", "a", "b")._replace(
        zweites_urteil=frozenset("ac"), vertretbar=frozenset("d")
    )

    messung = Messung(zwei, ("a", "d", "falsch"))

    assert (zwei.einig, zwei.moeglich) == ({"a"}, {"a", "b", "c", "d"})
    assert messung.einig_trefferquote == 1
    assert messung.einig_genauigkeit == pytest.approx(2 / 3)
    # By the first reader alone both are worse.
    assert messung.trefferquote == pytest.approx(1 / 2)
    assert messung.genauigkeit == pytest.approx(1 / 3)


def test_a_third_reader_decides_what_only_one_of_two_names():
    drei = bewertet("x", "a", "b")._replace(
        zweites_urteil=frozenset("ac"), drittes_urteil=frozenset("cd")
    )

    # What he alone names is nobody's majority.
    assert drei.einig == {"a", "c"}


def test_readers_who_have_nothing_in_common_leave_both_their_choices():
    uneinig = bewertet("x", "a")._replace(zweites_urteil=frozenset("b"))

    assert uneinig.einig == {"a", "b"}
    assert bewertet("x", "a").einig == bewertet("x", "a").moeglich == {"a"}


def test_the_second_reader_is_measured_like_a_search():
    zwei = bewertet("x", "a", "b")._replace(zweites_urteil=frozenset("ac"))

    zeilen = tabelle([Messung(zwei, ("a",))]).splitlines()

    leser = next(zeile.split() for zeile in zeilen if "zweiter Leser" in zeile)
    assert leser[3:6] == ["1", "0.500", "0.500"]


def test_a_second_reader_who_finds_nothing_counts_and_one_who_never_read_does_not():
    nichts = bewertet("x", "a")._replace(zweites_urteil=frozenset())

    assert nichts.einig == {"a"}
    assert "zweiter Leser" in tabelle([Messung(nichts, ())])
    assert "zweiter Leser" not in tabelle([Messung(bewertet("x", "a"), ())])


def test_the_best_order_has_an_ndcg_of_one():
    assert Messung(bewertet("x", "a", "b"), ("b", "a", "c")).ndcg == pytest.approx(1)
    assert Messung(bewertet("x", "a", "b"), ()).ndcg == 0


def test_the_half_of_a_query_follows_from_its_text():
    assert {bewertet(str(n)).haelfte for n in range(20)} == {EINSTELLEN, PRUEFEN}
    assert bewertet("Hebamme", "a").haelfte == bewertet("Hebamme", "b").haelfte


def test_misses_of_the_half_for_testing_are_never_shown():
    zeige = [Messung(bewertet(str(n), "fehlt"), ("falsch",)) for n in range(20)]

    zeilen = fehler(zeige).splitlines()

    for messung in zeige:
        gezeigt = f"{messung.bewertet.anfrage} (alltag)" in zeilen
        assert gezeigt == (messung.bewertet.haelfte == EINSTELLEN)


def test_the_judged_queries_are_many_and_name_published_angebote():
    anfragen = lies(ANFRAGEN)
    slugs = {angebot["slug"] for angebot in angebote()}

    assert len(anfragen) >= 200
    assert len({bewertet.anfrage for bewertet in anfragen}) == len(anfragen)
    assert all(bewertet.relevant and bewertet.moeglich <= slugs for bewertet in anfragen)


@pytest.mark.parametrize(
    ("haelfte", "mit_suchwoertern", "trefferquote", "genauigkeit"),
    [
        (EINSTELLEN, True, 0.955, 0.93),
        (PRUEFEN, True, 0.885, 0.875),
        (EINSTELLEN, False, 0.795, 0.865),
        (PRUEFEN, False, 0.75, 0.81),
    ],
)
def test_the_search_keeps_its_quality(haelfte, mit_suchwoertern, trefferquote, genauigkeit):
    alle = messungen(mit_suchwoertern=mit_suchwoertern)
    gemessen = [m for m in alle if m.bewertet.haelfte == haelfte]

    ergebnis = mittel(gemessen)

    assert ergebnis.trefferquote >= trefferquote, tabelle(gemessen)
    assert ergebnis.genauigkeit >= genauigkeit, tabelle(gemessen)


def test_the_words_of_the_search_survive_the_admin_which_parts_them_by_comma():
    assert not [wort for wort in analyse().woerterbuch.alle if "," in wort]
