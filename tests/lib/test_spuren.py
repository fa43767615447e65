import pytest

from praeventionsketten.lib.spuren import Spuren


@pytest.fixture
def spuren():
    spuren = Spuren()
    for wert in ("Änne Müller-Lüdenscheidt", "Alex von Beispiel", "Anne.M+x@Kita.example.org"):
        spuren.merken(wert)
    return spuren


@pytest.mark.parametrize(
    "text",
    [
        "An: <anne.m+x@kita.example.org>",
        "mailto:ANNE.M+X@KITA.EXAMPLE.ORG.",
        '{"cc": "b@example.org,anne.m+x@kita.example.org"}',
        "Guten Tag Änne  Müller-Lüdenscheidt,",
        "änne\nmüller-lüdenscheidt",
        "Änne Müller-Lüdenscheidt",
        "(Alex von Beispiel)",
    ],
)
def test_a_name_or_address_is_found_however_it_is_written(spuren, text):
    assert spuren.in_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anne.m@kita.example.org",
        "anne.m+x@kita.example.com",
        "Änne Müller",
        "Alex Beispiel",
        "Alex von Beispielhausen",
        "Müller-Lüdenscheidt, Änne",
    ],
)
def test_other_people_are_left_alone(spuren, text):
    assert not spuren.in_text(text)


def test_one_word_is_no_name():
    spuren = Spuren()
    spuren.merken("Berlin")

    assert not spuren
    assert not spuren.in_text("Ein Ausflug nach Berlin")
