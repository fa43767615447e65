import pytest

from praeventionsketten import rollen
from tests import factories as f
from tests.verwaltung.conftest import anmelden, gruppen

from .welt import volles_angebot

__all__ = ["anmelden", "gruppen"]


@pytest.fixture
def kommune(gruppen):
    return f.make_kommune(name="Werra-Meißner-Kreis")


@pytest.fixture
def koordination(anmelden, kommune):
    return anmelden(rollen.KOORDINATION, kommunen=[kommune], name="Kim Koordination")


@pytest.fixture
def angebot(kommune):
    return volles_angebot(termine=2, kommune=kommune, einrichtung=f.make_einrichtung())
