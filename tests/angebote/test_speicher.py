"""What a worker keeps of the directory, and that it lets go of it."""

import gc
import weakref

import pytest

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
    return next(wert for name, wert in ablage.items() if name[0] == "geruest")


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
