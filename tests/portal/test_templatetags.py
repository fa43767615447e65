"""Marking found words, and knowing fast where there is nothing to mark."""

import pytest

from praeventionsketten.templatetags.portal import gerippe_von, hervorheben


@pytest.mark.parametrize(
    ("wort", "text"),
    [
        ("elterncafe", "Das Elterncafé im Hof"),
        ("Antraegen", "Hilfe bei ANTRÄGEN"),
        ("strasse", "Straße"),
        ("Straße", "STRASSE"),
        ("aeo", "äo"),
        ("русский", "по-русский"),
        ("francais", "Cours de français"),
    ],
)
def test_no_text_with_a_word_to_mark_is_passed_over(wort, text):
    assert "<mark>" in hervorheben(text, [wort])
    assert gerippe_von(wort) in gerippe_von(text)


def test_a_text_without_the_word_is_passed_over():
    assert gerippe_von("Hebamme") not in gerippe_von("Hilfe bei Anträgen")
