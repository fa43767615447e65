"""/livez and /readyz: what machines ask."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from praeventionsketten.checks import check_demo_accounts
from praeventionsketten.models import Landesprogramm
from tests.factories import make_konto, make_landesprogramm


def test_livez_answers_without_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/livez")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_readyz_is_green_when_everything_is_there(client, db):
    make_landesprogramm()

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


def test_readyz_is_red_without_the_landesprogramm(client, db):
    Landesprogramm.objects.all().delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert "Landesprogramm" in response.content.decode()


def test_readyz_is_red_while_a_migration_is_missing(client, db):
    make_landesprogramm()
    MigrationRecorder(connection).migration_qs.filter(app="veranstaltungen").delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert "Migration" in response.content.decode()


def test_readyz_is_red_when_the_database_is_silent(client, db):
    def silent(*args):
        raise DatabaseError

    with connection.execute_wrapper(silent):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert "Datenbank" in response.content.decode()


@pytest.mark.parametrize(("lokal", "status"), [(True, 200), (False, 503)])
def test_readyz_is_red_with_demo_accounts_in_production(client, db, settings, lokal, status):
    settings.LOKAL = lokal
    make_landesprogramm()
    make_konto(email="redaktion@Example.org")

    assert client.get("/readyz").status_code == status


def test_readyz_is_green_with_real_accounts_in_production(client, db, settings):
    settings.LOKAL = False
    make_landesprogramm()
    make_konto(email="redaktion@example.org.hessen.test")

    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(("lokal", "found"), [(True, []), (False, ["portal.E010"])])
def test_the_deployment_check_finds_demo_accounts(db, settings, lokal, found):
    settings.LOKAL = lokal
    make_konto(email="redaktion@example.org")

    errors = check_demo_accounts(None, databases=["default"])

    assert [error.id for error in errors] == found


def test_the_deployment_check_leaves_a_database_alone_it_may_not_ask(settings):
    settings.LOKAL = False

    assert check_demo_accounts(None, databases=None) == []


def test_the_demo_accounts_are_listed(db, capsys):
    make_konto(email="redaktion@example.org")
    make_konto(email="echt@hessen.test")

    call_command("demokonten")

    assert capsys.readouterr().out.split() == ["redaktion@example.org"]


def test_the_demo_world_refuses_production(db, settings):
    settings.LOKAL = False

    with pytest.raises(CommandError, match="nur im lokalen Betrieb"):
        call_command("beispielwelt")
