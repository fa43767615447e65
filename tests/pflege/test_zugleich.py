"""What others do to the same entry at the same time, or she herself with two presses."""

import datetime as dt

import pytest
from django.utils import timezone

from angebote.models import Angebot, Sofortmeldung, Termin
from angebote.pflege import sofort
from angebote.pflege.antwort import GiltNicht
from tests.factories import (
    make_landesprogramm,
    make_pflegekontakt,
    make_pflegelink,
    make_termin,
)

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


@pytest.mark.parametrize("andere", [0, 1])
def test_two_presses_cancel_a_date_once(angebot, andere):
    termin = make_termin(angebot)
    for _ in range(andere):
        make_termin(angebot, in_tagen=14)
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)
    daten = {"aktion": "ausfall", "ausfall-termine": [termin.pk]}

    antworten = [client.post(f"{ziel}{angebot.uuid}/", daten) for _ in range(2)]

    assert [antwort.status_code for antwort in antworten] == [302, 302]
    assert Sofortmeldung.objects.count() == 1
    assert list(Termin.objects.filter(abgesagt=True)) == [termin]
