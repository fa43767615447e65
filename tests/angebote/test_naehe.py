"""How far Angebote are from a point: the nearest of their current public places counts."""

import datetime as dt

import pytest
from django.utils import timezone

from angebote.naehe import entfernungen, lagen
from kommunen.naehe import Genauigkeit, Mittelpunkt
from tests.factories import make_angebot, make_ort, make_termin, make_zeitfenster

pytestmark = pytest.mark.django_db

MITTE = Mittelpunkt(51.0, 9.0, "Mitte", Genauigkeit.ORT)


def ort(km: float, **felder):
    """A place so many kilometres north of MITTE."""
    return make_ort(**{"lat": 51.0 + km / 111.195, "lon": 9.0} | felder)


def test_the_nearest_current_place_counts(django_assert_num_queries):
    angebot, fern = make_angebot(orte=[ort(12)]), make_angebot(orte=[ort(40)])
    make_zeitfenster(angebot, ort=ort(8))
    make_termin(angebot, ort=ort(5))

    with django_assert_num_queries(2):
        alle = lagen()

    weiten = entfernungen(MITTE, alle)
    assert weiten[angebot.pk] == pytest.approx(5, abs=0.01)
    assert weiten[fern.pk] == pytest.approx(40, abs=0.05)
    assert set(entfernungen(MITTE, alle, km=10)) == {angebot.pk}


def test_what_is_over_or_cancelled_is_nowhere():
    angebot = make_angebot()
    make_termin(angebot, ort=ort(1), in_tagen=-3)
    make_termin(angebot, ort=ort(2), abgesagt=True)
    gestern = timezone.localdate() - dt.timedelta(days=1)
    make_zeitfenster(angebot, ort=ort(3), gueltig_bis=gestern)

    assert lagen() == {}


def test_a_place_without_coordinates_counts_at_its_postleitzahl():
    make_ort(plz="34117", lat=51.0, lon=9.0)
    angebot = make_angebot(orte=[make_ort(plz="34117")])
    unbekannt = make_angebot(orte=[make_ort(plz="99999")])

    alle = lagen([angebot.pk, unbekannt.pk])

    assert alle == {angebot.pk: [(51.0, 9.0)]}


def test_a_hidden_address_is_known_only_by_the_kilometre():
    angebot = make_angebot(orte=[make_ort(lat=51.012345, lon=9.012345, adresse_verborgen=True)])

    assert lagen([angebot.pk]) == {angebot.pk: [(51.01, 9.01)]}


def test_only_those_asked_for_are_looked_up():
    eines, anderes = make_angebot(orte=[ort(1)]), make_angebot(orte=[ort(2)])

    assert set(lagen([eines.pk])) == {eines.pk}
    assert set(lagen()) == {eines.pk, anderes.pk}
    assert lagen([]) == {}
