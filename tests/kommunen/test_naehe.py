"""Places by Postleitzahl or name, known from our own addresses and an official list."""

import pytest

from kommunen.models import Postleitzahl
from kommunen.naehe import Genauigkeit, mittelpunkt
from praeventionsketten.lib import geo
from tests.factories import make_einrichtung, make_kommune, make_ort

KASSEL, HERSFELD = (51.315, 9.49), (50.868, 9.707)


def ort(plz: str, name: str, lage: tuple[float, float], **felder):
    return make_ort(plz=plz, ort=name, lat=lage[0], lon=lage[1], **felder)


def test_a_degree_of_latitude_is_111_kilometres():
    assert geo.entfernung(50, 9, 51, 9) == pytest.approx(111.2, abs=0.1)
    assert geo.entfernung(*KASSEL, *HERSFELD) == pytest.approx(51.9, abs=0.5)
    assert geo.entfernung(*KASSEL, *KASSEL) == 0


@pytest.mark.parametrize("lon", [8.2, 9.49, 10.8])
@pytest.mark.parametrize("lat", [50.5, 51.315, 52.1])
@pytest.mark.parametrize("km", [1, 10, 60])
def test_the_cheap_test_never_drops_what_is_near(lat, lon, km):
    if geo.weit_weg(*KASSEL, lat, lon, km):
        assert geo.entfernung(*KASSEL, lat, lon) > km


@pytest.mark.django_db
def test_a_postleitzahl_is_the_middle_of_its_places(django_assert_num_queries):
    ort("34117", "Kassel", (51.31, 9.49))
    make_einrichtung(plz="34117", ort="Kassel", lat=51.33, lon=9.51)
    ort("34119", "Kassel", (51.0, 9.0))

    with django_assert_num_queries(1):
        mitte = mittelpunkt(" 34117 Kassel")

    assert mitte.name == "34117 Kassel"
    assert mitte.genauigkeit == Genauigkeit.PLZ
    assert (mitte.lat, mitte.lon) == pytest.approx((51.32, 9.50))


@pytest.mark.django_db
def test_an_unknown_postleitzahl_is_answered_by_the_kommune_around_it():
    kassel = make_kommune(kurzname="Stadt Kassel")
    fulda = make_kommune(kurzname="Kreis Fulda")
    ort("34117", "Kassel", KASSEL, kommune=kassel)
    ort("36251", "Bad Hersfeld", HERSFELD, kommune=fulda)
    ort("34292", "Ahnatal", (51.37, 9.41))

    mitte = mittelpunkt("34130")

    assert (mitte.name, mitte.genauigkeit) == ("Stadt Kassel", Genauigkeit.KOMMUNE)
    assert (mitte.lat, mitte.lon) == pytest.approx(KASSEL)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["80331", "1234", "123456", "", "Atlantis", "x", "%", "🙂" * 500]
)
def test_what_nobody_knows_has_no_middle(text):
    ort("34117", "Kassel", KASSEL, kommune=make_kommune())

    assert mittelpunkt(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Gießen", "giessen", "GIESSEN "])
def test_case_and_umlauts_of_a_name_do_not_matter(text):
    ort("35390", "Gießen", (50.58, 8.67))

    mitte = mittelpunkt(text)

    assert (mitte.name, mitte.genauigkeit) == ("Gießen", Genauigkeit.ORT)


@pytest.mark.django_db
def test_the_short_name_of_a_town_finds_the_one_with_most_places():
    ort("60311", "Frankfurt am Main", (50.11, 8.68))
    ort("60313", "Frankfurt am Main", (50.13, 8.70))
    Postleitzahl.objects.create(plz="15230", ort="Frankfurt (Oder)", lat=52.3, lon=14.5)

    mitte = mittelpunkt("Frankfurt")

    assert mitte.name == "Frankfurt am Main"
    assert mitte.lat == pytest.approx(50.12)


@pytest.mark.django_db
def test_a_kommune_is_found_by_its_names():
    kreis = make_kommune(name="Werra-Meißner-Kreis", kurzname="Werra-Meißner")
    ort("37269", "Eschwege", (51.18, 10.05), kommune=kreis)

    for text in ("werra-meissner", "Werra-Meißner-Kreis"):
        mitte = mittelpunkt(text)
        assert (mitte.name, mitte.genauigkeit) == ("Werra-Meißner", Genauigkeit.KOMMUNE)


@pytest.mark.django_db
def test_the_official_list_knows_what_our_addresses_do_not():
    Postleitzahl.objects.create(plz="34549", ort="Edertal", lat=51.15, lon=9.1)

    assert mittelpunkt("34549").name == "34549 Edertal"
    assert mittelpunkt("edertal").genauigkeit == Genauigkeit.ORT


@pytest.mark.django_db
def test_neither_a_hidden_address_nor_a_draft_kommune_gives_itself_away():
    ort("34117", "Kassel", KASSEL, adresse_verborgen=True)
    entwurf = make_kommune(kurzname="Geheimkreis", status="entwurf")
    ort("36251", "Bad Hersfeld", HERSFELD, kommune=entwurf)

    assert mittelpunkt("34117") is None
    assert mittelpunkt("36252") is None
    assert mittelpunkt("Geheimkreis") is None
    assert mittelpunkt("36251").name == "36251 Bad Hersfeld"
