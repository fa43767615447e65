import pytest

from praeventionsketten.templatetags.portal import mailverweis, tel, umbrechbar


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("05651 000-211", "+495651000211"),
        ("+49 561 000-1", "+495610001"),
        ("0800 111 0 550", "08001110550"),
        ("116 111", "116111"),
    ],
)
def test_a_phone_number_is_dialled_from_everywhere_it_can_be(written, dialled):
    assert tel(written) == dialled


def test_a_long_address_breaks_where_it_reads_best():
    assert "kette.<wbr>bad-homburg<wbr>@stadt.<wbr>de" in umbrechbar(
        "kette.bad-homburg@stadt.de"
    )


def test_an_address_cannot_bring_markup():
    link = mailverweis('"><b>@stadt.de')

    assert "<b>" not in link
    assert 'href="mailto:&quot;&gt;&lt;b&gt;@stadt.de"' in link
