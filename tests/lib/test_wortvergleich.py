import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from praeventionsketten.lib.wortvergleich import wortvergleich

WORTE = st.lists(st.sampled_from(["Kaffee", "und", "Tee", "ein", "Ohr."]), max_size=12)


def arten(alt: str, neu: str) -> list[tuple[str, str]]:
    stuecke = [(stueck.art, stueck.text.strip()) for stueck in wortvergleich(alt, neu)]
    return [(art, text) for art, text in stuecke if text]


def test_only_the_changed_words_are_marked():
    assert arten("Kaffee und ein offenes Ohr.", "Kaffee und ein Ohr.") == [
        ("gleich", "Kaffee und ein"),
        ("weg", "offenes"),
        ("gleich", "Ohr."),
    ]


def test_replaced_words_stand_together_with_the_old_ones_first():
    assert arten("Am Montag um 9 Uhr", "Am Dienstag um 10 Uhr") == [
        ("gleich", "Am"),
        ("weg", "Montag um 9"),
        ("neu", "Dienstag um 10"),
        ("gleich", "Uhr"),
    ]


@pytest.mark.parametrize(("alt", "neu"), [("", "Neu"), ("Alt", ""), ("a b", "a  b")])
def test_a_change_is_never_invisible(alt, neu):
    assert any(art != "gleich" for art, _ in arten(alt, neu))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORTE, WORTE)
def test_both_texts_can_be_read_from_the_pieces(alt, neu):
    stuecke = wortvergleich(" ".join(alt), " ".join(neu))

    assert " ".join(s.text for s in stuecke if s.art != "neu").split() == alt
    assert " ".join(s.text for s in stuecke if s.art != "weg").split() == neu


def test_long_texts_do_not_take_long():
    alt, neu = "wort " * 50_000, "anders " * 50_000
    anfang = time.perf_counter()

    wortvergleich(alt, neu)

    assert time.perf_counter() - anfang < 1
