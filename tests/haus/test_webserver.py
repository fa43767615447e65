"""How gunicorn serves the portal (deploy/gunicorn.conf.py)."""

import gc
import runpy

import pytest

from tests.haus.dateien import ROOT

pytestmark = pytest.mark.haus


@pytest.fixture
def sammler():
    """The garbage collector, afterwards as it was."""
    schwellen = gc.get_threshold()
    yield gc
    gc.unfreeze()
    gc.set_threshold(*schwellen)


def test_a_worker_collects_garbage_seldom_but_does(sammler):
    vorher = sammler.get_threshold()
    server = runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))

    server["sammle_selten"]()

    assert sammler.get_freeze_count() > 10_000
    assert all(neu > alt > 0 for neu, alt in zip(sammler.get_threshold(), vorher, strict=True))
    assert sammler.isenabled()


def test_the_directory_is_read_after_the_freeze_so_that_it_can_be_let_go(sammler, monkeypatch):
    gefroren = []
    monkeypatch.setattr(
        "angebote.suche.aktuelles_werk", lambda text: gefroren.append(gc.get_freeze_count())
    )
    server = runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))

    server["post_worker_init"](worker=None)

    assert gefroren[0] > 10_000
