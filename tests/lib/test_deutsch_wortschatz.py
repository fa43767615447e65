"""The words that exist."""

import pytest

from praeventionsketten.lib.deutsch.wortschatz import Wortschatz, deutsch


@pytest.mark.parametrize("wort", ["katze", "arzte", "strasse", "schwankt", "cafe", "bochum"])
def test_german_words_exist_in_the_spelling_that_everybody_types_alike(wort):
    assert wort in deutsch()


@pytest.mark.parametrize("wort", ["", "gebunt", "hebamse", "ärzte", "Katze"])
def test_what_nobody_writes_does_not_exist(wort):
    assert wort not in deutsch()


def test_a_part_of_a_word_is_no_word():
    wortschatz = Wortschatz(["schule", "schuld"])

    assert "schule" in wortschatz
    assert "schul" not in wortschatz
    assert "chuld" not in wortschatz


def test_it_is_read_once():
    assert deutsch() is deutsch()
