"""How the forms behind „Etwas ist anders“ look before anything is said."""

import re

import pytest

from angebote.models import Angebot
from tests.factories import make_kontakt, make_landesprogramm, make_pflegelink, make_termin

from .hilfen import geoeffnet, make_faelliges

pytestmark = pytest.mark.django_db
KARTE = re.compile(r'<div class="wahl wahl--karte">\s*<input type="(\w+)" name="(\S+)"')


@pytest.fixture
def angebot() -> Angebot:
    make_landesprogramm()
    return make_faelliges()


def formulare(angebot: Angebot) -> str:
    """The page of this Angebot behind a link that was just opened."""
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)
    return client.get(f"{ziel}{angebot.uuid}/").content.decode()


def test_choices_are_cards_for_a_thumb(angebot):
    make_termin(angebot)
    make_kontakt(angebot, telefon="0561 000-2")

    html = formulare(angebot)

    assert KARTE.findall(html) == [
        ("checkbox", "ausfall-termine"),
        ("radio", "nummer-kontakt"),
    ]
    assert "0561 000-2" in html


def test_one_of_two_fields_is_not_told_to_be_free_to_leave_out(angebot):
    make_termin(angebot)

    html = formulare(angebot)

    formular = html[html.index("Welche Termine fallen aus?") : html.index("Ausfall zeigen")]
    assert "Oder an einem anderen Tag?" in formular
    assert "freiwillig" not in formular
    assert "freiwillig" in html
