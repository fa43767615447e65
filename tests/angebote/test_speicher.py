"""What a worker keeps of the directory, and that it lets go of it."""

import datetime as dt
import gc
import weakref

import pytest
from django.utils import timezone

from angebote.suche import werk
from angebote.views.verzeichnis import angebot_liste
from tests.factories import make_angebot, make_landesprogramm, make_lebensphase

pytestmark = pytest.mark.django_db


@pytest.fixture
def kein_sammler():
    """Without the garbage collector, which a worker seldom calls."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def geruest():
    ablage = werk.aktuelles_werk()[0]._ablage
    _tag, gebaut = ablage["geruest"]
    return gebaut


@pytest.mark.usefixtures("kein_sammler")
def test_an_old_version_leaves_the_memory_without_the_garbage_collector(rf):
    make_landesprogramm()
    angebot = make_angebot(titel="Elterncafé", lebensphasen=[make_lebensphase("kita")])
    # The test client would keep what a page was made of.
    angebot_liste(rf.get("/angebote/?q=elterncafe&plz=34117&km=abc"))
    alt = geruest()
    alte = [weakref.ref(teil) for teil in (alt, alt.karten, werk.aktuelles_werk()[0])]
    assert all(teil() for teil in alte)

    del alt
    angebot.titel = "Café für Eltern"
    angebot.save()
    angebot.indizieren()
    angebot_liste(rf.get("/angebote/?q=elterncafe"))

    assert [teil() for teil in alte] == [None, None, None]


@pytest.mark.usefixtures("kein_sammler")
def test_yesterday_leaves_the_memory_when_today_is_asked_for(rf):
    make_landesprogramm()
    make_angebot(titel="Elterncafé")
    angebot_liste(rf.get("/angebote/"))
    jetzt, gestern = werk.aktuelles_werk()[0], weakref.ref(geruest())
    kennt = set(jetzt._ablage)

    jetzt.taeglich("geruest", timezone.localdate() + dt.timedelta(days=1), dict)

    assert gestern() is None
    assert set(jetzt._ablage) == kennt
