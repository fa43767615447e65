import pytest
from django.test import Client

from praeventionsketten import rollen
from tests import factories as f

from .welt import make_haus, make_mitglied, markieren


@pytest.fixture
def gruppen(db):
    rollen.einrichten()
    f.make_landesprogramm()


@pytest.fixture
def anmelden(gruppen):
    """Log in as a member of these roles: `anmelden(rollen.REDAKTION)`."""

    def anmelden(*namen: str, **fields) -> Client:
        client = Client()
        client.konto = make_mitglied(*namen, **fields)
        client.force_login(client.konto)
        return client

    return anmelden


@pytest.fixture
def kommune(gruppen):
    return f.make_kommune()


@pytest.fixture
def sie(anmelden, kommune):
    """A coordinator with no work at all."""
    return anmelden(rollen.KOORDINATION, kommunen=[kommune])


@pytest.fixture
def eigenes(gruppen):
    return make_haus("Werra-Meißner-Kreis")


@pytest.fixture
def fremdes(gruppen):
    """A Kommune of others; whatever is written there carries the mark."""
    haus = make_haus("Kreis Kassel")
    markieren(haus)
    return haus


@pytest.fixture
def koordination(anmelden, eigenes):
    return anmelden(rollen.KOORDINATION, kommunen=[eigenes.kommune])
