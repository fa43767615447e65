"""Numbers that come with a request."""

import pytest

from praeventionsketten.lib.zahl import ganze_zahl


@pytest.mark.parametrize(("gesendet", "zahl"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(gesendet, zahl):
    assert ganze_zahl(gesendet) == zahl


@pytest.mark.parametrize(
    "gesendet", ["", "-1", " 2 ", "1_0", "1.5", "zwei", "٢", "²", "9" * 19]
)
def test_what_int_would_guess_at_is_no_number(gesendet):
    assert ganze_zahl(gesendet) is None
