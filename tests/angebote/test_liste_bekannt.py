"""A list somebody has seen already is not written again as long as it holds."""

import datetime as dt

import pytest
from django.utils import timezone

from praeventionsketten.models import Inhaltsversion
from tests.factories import make_angebot, make_landesprogramm

pytestmark = pytest.mark.django_db
ADRESSE = "/angebote/?q=Café"


@pytest.fixture(autouse=True)
def _eines():
    make_landesprogramm()
    make_angebot(titel="Frühes Café")


@pytest.fixture
def noch_einmal(client):
    """Asks again with what the first answer was known by."""
    etag = client.get(ADRESSE)["ETag"]
    return lambda adresse=ADRESSE: client.get(adresse, headers={"If-None-Match": etag})


def test_what_did_not_change_is_not_sent_again(noch_einmal):
    antwort = noch_einmal()

    assert (antwort.status_code, antwort.content) == (304, b"")


def test_what_was_published_since_is_sent(noch_einmal):
    make_angebot(titel="Neues Café")

    assert "Neues" in noch_einmal().content.decode()


def test_other_words_of_the_search_make_other_lists(noch_einmal):
    Inhaltsversion.objects.update(woerter=7)

    assert noch_einmal().status_code == 200


def test_the_next_day_the_list_is_written_anew(noch_einmal, monkeypatch):
    morgen = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: morgen)

    assert noch_einmal().status_code == 200


def test_after_an_update_no_page_is_from_before_it(noch_einmal, settings):
    settings.PROGRAMMLAUF = "a1b2c3d4"

    assert noch_einmal().status_code == 200


def test_a_page_that_does_not_exist_stays_missing(noch_einmal):
    assert noch_einmal(f"{ADRESSE}&seite=9").status_code == 404
