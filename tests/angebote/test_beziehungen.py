"""One query instead of one for each relation, with the same result."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from angebote.beziehungen import lade
from angebote.models import Angebot
from kommunen.models import Ferien
from tests.factories import (
    make_angebot,
    make_angebotsformat,
    make_einrichtung,
    make_ferien,
    make_handlungsfeld,
    make_kontakt,
    make_lebensphase,
    make_leitdimension,
    make_ort,
    make_sprache,
    make_termin,
    make_uebergang,
    make_zeitfenster,
    make_zielgruppe,
)

pytestmark = pytest.mark.django_db

RELATIONEN = (
    "lebensphasen",
    "uebergaenge",
    "handlungsfelder",
    "zielgruppen",
    "leitdimensionen",
    "sprachen",
    "formate",
    "partner",
    "orte",
    "kontakte",
)


def volles_angebot() -> Angebot:
    saal = make_ort(name="Saal", lat=51.3, lon=9.5, stufenlos="ja", adresse_verborgen=True)
    angebot = make_angebot(
        lebensphasen=[make_lebensphase("kita"), make_lebensphase("fruehe-kindheit")],
        uebergaenge=[make_uebergang("in-die-kita", frage="Wie geht das?")],
        handlungsfelder=[make_handlungsfeld("wohnen", beschreibung="Miete & mehr, „so“")],
        zielgruppen=[make_zielgruppe("kinder")],
        leitdimensionen=[make_leitdimension("kinderrechte")],
        sprachen=[
            make_sprache("ar", name="Arabisch", eigenname="العربية", rtl=True, reihenfolge=2),
            make_sprache("tr", name="Türkisch", eigenname="Türkçe", reihenfolge=1),
        ],
        formate=[make_angebotsformat("vor-ort")],
        partner=[make_einrichtung(name="Zweites Haus"), make_einrichtung(name="Erstes Haus")],
        orte=[saal, make_ort(name="Aula")],
    )
    make_zeitfenster(angebot, ort=saal)
    make_zeitfenster(angebot, ort=None)
    make_termin(angebot, ort=make_ort(name="Park"))
    make_termin(angebot, ort=make_ort(name="gestern"), in_tagen=-1)
    make_kontakt(angebot, reihenfolge=2)
    make_kontakt(angebot, art="pflege", email="pflege@example.org")
    return angebot


def felder(objekt) -> dict:
    return {feld.attname: getattr(objekt, feld.attname) for feld in objekt._meta.fields}


@pytest.mark.parametrize("name", RELATIONEN)
def test_a_relation_is_the_same_as_by_the_orm(name, django_assert_num_queries):
    angebot = volles_angebot()
    volles_angebot()

    lade([angebot], *RELATIONEN)

    with django_assert_num_queries(0):
        geladen = list(getattr(angebot, name).all())
    erwartet = list(getattr(Angebot.objects.get(pk=angebot.pk), name).all())
    assert erwartet
    assert [felder(o) for o in geladen] == [felder(o) for o in erwartet]


def test_the_places_from_now_on_are_each_there_once():
    angebot = volles_angebot()

    lade([angebot], "aktuelle_orte")

    assert [ort.name for ort in angebot.aktuelle_orte] == ["Aula", "Park", "Saal"]
    assert angebot.aktuelle_orte == Angebot.objects.get(pk=angebot.pk).aktuelle_orte


@pytest.mark.parametrize("name", ["aktuelle_zeiten", "kommende_termine"])
def test_times_and_dates_from_now_on_bring_their_places(name, django_assert_num_queries):
    angebot = volles_angebot()
    gestern = timezone.localdate() - dt.timedelta(days=1)
    make_zeitfenster(angebot, gueltig_bis=gestern)
    make_termin(angebot, abgesagt=True, in_tagen=3)

    lade([angebot], name)

    mit_ort = {"aktuelle_zeiten": angebot.zeitfenster.gueltig()}.get(
        name, angebot.termine.kommend()
    )
    erwartet = list(mit_ort.select_related("ort"))
    with django_assert_num_queries(0):
        geladen = [(felder(o), o.ort and felder(o.ort)) for o in getattr(angebot, name)]
    assert len(erwartet) == 2
    assert geladen == [(felder(o), o.ort and felder(o.ort)) for o in erwartet]


def test_other_tables_can_come_along_in_the_same_query(django_assert_num_queries):
    angebot = volles_angebot()
    ferien = [make_ferien(), make_ferien()]

    with django_assert_num_queries(1):
        dazu = lade([angebot], "sprachen", dazu={"ferien": Ferien.objects.kommend()})

    assert [felder(f) for f in dazu["ferien"]] == [felder(f) for f in ferien]
    assert lade([], dazu={"ferien": Ferien.objects.none()}) == {"ferien": []}


def test_every_angebot_of_a_list_gets_its_own():
    kita, schule = make_lebensphase("kita"), make_lebensphase("grundschule")
    eins, zwei = make_angebot(lebensphasen=[kita]), make_angebot(lebensphasen=[schule])
    leer = make_angebot()

    lade([eins, zwei, leer], "lebensphasen")

    assert [list(a.lebensphasen.all()) for a in (eins, zwei, leer)] == [[kita], [schule], []]


def test_many_angebote_cost_one_query(django_assert_num_queries):
    angebote = [volles_angebot() for _ in range(3)]
    assert connection.features.supports_json_field  # asks the database once per connection

    with django_assert_num_queries(1):
        lade(angebote, *RELATIONEN, "aktuelle_orte")


def test_nothing_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        lade([], "lebensphasen")
