"""The roles are data, and a check keeps the table whole."""

import pytest
from django.contrib.auth.models import Group

from praeventionsketten import checks, rollen
from praeventionsketten.models import Bild, Konto
from tests.factories import make_konto
from veranstaltungen.models import Anmeldung, Bericht


def test_the_table_of_the_house_is_whole():
    assert checks.check_roles(None) == []


def test_a_model_the_table_forgets_is_refused(monkeypatch):
    monkeypatch.delitem(rollen.RECHTE, "kommunen.ort")

    assert [error.id for error in checks.check_roles(None)] == ["portal.E002"]


def test_a_model_that_does_not_exist_is_refused(monkeypatch):
    monkeypatch.setitem(rollen.RECHTE, "kommunen.dorf", rollen.NUR_LESEN)

    assert [error.id for error in checks.check_roles(None)] == ["portal.E001"]


def test_a_right_that_does_not_exist_is_refused(monkeypatch):
    drucken = rollen.Recht(("print",))
    monkeypatch.setitem(rollen.RECHTE, "kommunen.ort", (drucken,) * 4)

    assert [error.id for error in checks.check_roles(None)] == ["portal.E003"]


@pytest.mark.django_db
def test_einrichten_makes_the_groups_what_the_table_says():
    rollen.einrichten()
    Group.objects.get(name=rollen.KOORDINATION).permissions.clear()

    rollen.einrichten()

    assert set(Group.objects.values_list("name", flat=True)) == set(rollen.ROLLEN)
    team = _member(rollen.VERANSTALTUNGSTEAM)
    assert team.has_perm("veranstaltungen.add_bericht")
    assert not team.has_perm("veranstaltungen.publish_bericht")
    assert team.has_perm("veranstaltungen.change_anmeldung")
    assert not team.has_perm("veranstaltungen.delete_anmeldung")
    assert not _member(rollen.KOORDINATION).has_perm("veranstaltungen.view_anmeldung")
    assert not _member(rollen.REDAKTION).has_perm("veranstaltungen.view_bedarf")
    assert _member(rollen.KOORDINATION).has_perm("angebote.change_angebot")
    assert _member(rollen.REDAKTION).has_perm("veranstaltungen.publish_bericht")


@pytest.mark.django_db
def test_a_right_ends_at_the_own_kommunen_unless_another_role_grants_it_everywhere():
    rollen.einrichten()
    koordination = _member(rollen.KOORDINATION)
    both = _member(rollen.KOORDINATION, rollen.VERANSTALTUNGSTEAM)

    assert rollen.nur_eigene(koordination, Bild, "change")
    assert not rollen.nur_eigene(both, Bild, "change")
    assert rollen.nur_eigene(both, Bild, "delete")
    assert not rollen.nur_eigene(both, Bericht, "change")


@pytest.mark.django_db
def test_what_no_role_grants_is_never_granted_everywhere():
    rollen.einrichten()

    assert rollen.nur_eigene(_member(rollen.REDAKTION), Anmeldung, "delete")
    assert rollen.nur_eigene(make_konto(), Konto, "view")


def _member(*names: str) -> Konto:
    konto = make_konto()
    konto.groups.set(Group.objects.filter(name__in=names))
    return Konto.objects.get(pk=konto.pk)
