"""The demo accounts: one per role, passwords only in a file the owner alone reads."""

import pytest
from django.contrib.auth import authenticate

from praeventionsketten import rollen
from praeventionsketten.management.laden import konten
from praeventionsketten.models import Konto
from tests.factories import make_kommune


@pytest.fixture
def datei(db, settings, tmp_path):
    """Made in a folder of its own, with the groups and Kommunen the accounts need."""
    settings.VAR_DIR = tmp_path
    rollen.einrichten()
    for slug in ("werra-meissner-kreis", "stadt-kassel"):
        make_kommune(slug=slug)
    konten.konten()
    return tmp_path / "demo-zugaenge.txt"


def test_there_is_an_account_for_every_role(datei):
    zeilen = [zeile.split("\t") for zeile in datei.read_text().splitlines()]

    assert {rolle for rolle, _, _ in zeilen} == set(rollen.ROLLEN)
    for rolle, email, _ in zeilen:
        konto = Konto.objects.get(email=email)
        assert rollen.rollen_von(konto) == {rolle}
        assert not konto.is_superuser


def test_the_written_password_opens_the_account_and_another_does_not(datei, rf):
    _, email, passwort = datei.read_text().splitlines()[0].split("\t")

    assert Konto.objects.get(email=email).check_password(passwort)
    assert not Konto.objects.get(email=email).check_password(passwort + "x")
    assert authenticate(rf.get("/"), email=email, password=passwort)


def test_only_the_owner_may_read_the_passwords(datei):
    assert datei.stat().st_mode & 0o777 == 0o600


def test_coordinators_work_for_one_kommune_each(datei):
    zustaendig = {
        konto.email: [z.kommune.slug for z in konto.zustaendigkeiten.all()]
        for konto in Konto.objects.filter(groups__name=rollen.KOORDINATION)
    }

    assert zustaendig == {
        "koordination@example.org": ["werra-meissner-kreis"],
        "koordination-kassel@example.org": ["stadt-kassel"],
    }


def test_a_second_run_leaves_accounts_and_passwords_alone(datei):
    Konto.objects.filter(email="redaktion@example.org").update(name="Erika Beispiel")
    vorher = datei.read_text()

    neu = konten.konten()

    assert neu == 0
    assert datei.read_text() == vorher
    assert Konto.objects.get(email="redaktion@example.org").name == "Erika Beispiel"
