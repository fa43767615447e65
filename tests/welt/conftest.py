import pytest
from django.db import transaction

from .hilfe import lade


@pytest.fixture(scope="package")
def _geladene_welt(django_db_setup, django_db_blocker):
    """Both commands once for all tests of this folder; each test's changes are undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        lade("grunddaten", "beispielwelt")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def welt(_geladene_welt, db):
    """The demo world as it is right after loading."""
