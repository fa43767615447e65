"""What others do to the same entry at the same time."""

import datetime as dt

import pytest
from django.utils import timezone

from angebote.models import Angebot
from angebote.pflege import sofort
from angebote.pflege.antwort import GiltNicht
from tests.factories import make_landesprogramm, make_pflegekontakt, make_pflegelink

from .hilfen import geoeffnet, make_faelliges

pytestmark = pytest.mark.django_db
BALD = timezone.localdate() + dt.timedelta(days=9)


@pytest.fixture
def angebot() -> Angebot:
    make_landesprogramm(email="programm@land.example")
    return make_faelliges()


def test_what_was_withdrawn_meanwhile_is_not_published_by_a_pause(angebot):
    link, _zeichen = make_pflegelink(angebot)
    Angebot.objects.filter(pk=angebot.pk).update(status=Angebot.Status.ENTWURF)

    with pytest.raises(GiltNicht):
        sofort.pausiert(link, angebot, BALD)

    angebot.refresh_from_db()
    assert angebot.status == Angebot.Status.ENTWURF


def test_what_somebody_else_reported_is_hers_to_take_back(angebot):
    make_pflegekontakt(angebot, "zweite@kita.example")
    andere, _ = make_pflegelink(angebot, email="zweite@kita.example")
    meldung = sofort.pausiert(andere, angebot, BALD)
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)

    client.post(f"{ziel}{angebot.uuid}/", {"aktion": "zuruecknehmen", "meldung": meldung.pk})

    angebot.refresh_from_db()
    assert angebot.status == Angebot.Status.PAUSIERT
