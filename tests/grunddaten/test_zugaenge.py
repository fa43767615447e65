"""The list of demo accounts is what people log in with, so it must be true."""

import stat

import pytest

from praeventionsketten import rollen
from praeventionsketten.management.laden import konten
from praeventionsketten.models import Konto
from tests.factories import make_kommune

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ordner(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    rollen.einrichten()
    for slug in ("werra-meissner-kreis", "stadt-kassel"):
        make_kommune(slug=slug)


def zeilen(settings) -> list[list[str]]:
    text = (settings.VAR_DIR / konten.DATEI).read_text()
    return [zeile.split("\t") for zeile in text.splitlines()]


def test_every_listed_password_opens_its_account(settings):
    konten.konten()

    for rolle, email, passwort in zeilen(settings):
        konto = Konto.objects.get(email=email)
        assert konto.check_password(passwort)
        assert konto.groups.get().name == rolle
        assert not konto.is_superuser


def test_only_the_owner_reads_the_list(settings):
    konten.konten()

    modus = (settings.VAR_DIR / konten.DATEI).stat().st_mode
    assert stat.S_IMODE(modus) == 0o600


def test_a_new_database_leaves_no_old_password_in_the_list(settings):
    konten.konten()
    Konto.objects.all().delete()

    konten.konten()

    assert len(zeilen(settings)) == len(konten.KONTEN)
    for _, email, passwort in zeilen(settings):
        assert Konto.objects.get(email=email).check_password(passwort)
    for _, email, passwort in zeilen(settings):
        assert Konto.objects.get(email=email).check_password(passwort)


def test_an_account_that_exists_keeps_its_password(settings):
    konten.konten()
    vorher = zeilen(settings)

    konten.konten()

    assert zeilen(settings) == vorher
