"""A mother knows of an offer that is missing: she writes what she knows."""

import re

import pytest

from angebote.models import Vorschlag
from tests.factories import make_angebot, make_kommune, make_landesprogramm

from .rueckmeldung import absenden, ausgefuellt

pytestmark = pytest.mark.django_db
ADRESSE = "/angebote/vorschlagen/"
FELDER = {
    "titel": "Krabbelgruppe Birkenhain",
    "kurzbeschreibung": "Singen und Spielen mit Kindern bis drei.",
    "wo": "Gemeindehaus, Hauptstraße 3",
    "erreichbar": "Frau Beispiel, 0561 000-2",
    "traeger": "Kirchengemeinde",
}


@pytest.fixture(autouse=True)
def kommune():
    make_landesprogramm()
    return make_kommune(name="Landkreis Kassel", kurzname="Kassel", slug="kassel")


def test_a_proposal_is_stored_and_thanked_for(client, kommune):
    antwort = absenden(
        client, ADRESSE, **FELDER, kommune="kassel", absender_email="kim@example.org"
    )

    assert (antwort.status_code, antwort["Location"]) == (302, f"{ADRESSE}danke/")
    vorschlag = Vorschlag.objects.offen().get()
    assert (vorschlag.kommune, vorschlag.angebot, vorschlag.herkunft) == (
        kommune,
        None,
        "oeffentlich",
    )
    assert {name: vorschlag.neu(name) for name in FELDER} == FELDER
    assert vorschlag.absender_email == "kim@example.org"
    assert "Danke" in client.get(antwort["Location"]).content.decode()


def test_without_a_kommune_it_is_for_the_redaktion(client):
    absenden(client, ADRESSE, **FELDER)

    assert Vorschlag.objects.offen().get().kommune is None


def test_a_kommune_that_is_not_public_cannot_be_chosen(client):
    make_kommune(slug="geheim", kurzname="Geheim", status="entwurf")

    html = client.get(ADRESSE).content.decode()
    antwort = absenden(client, ADRESSE, **FELDER, kommune="geheim")

    assert "Geheim" not in html
    assert antwort.status_code == 422
    assert not Vorschlag.objects.exists()


def test_what_could_be_the_same_is_shown_first_and_nothing_is_lost(client, kommune):
    make_angebot(titel="Krabbelgruppe am Birkenhain", slug="krabbel", kommune=kommune)
    daten = ausgefuellt(client, ADRESSE, **FELDER, kommune="kassel")

    antwort = client.post(ADRESSE, daten)

    html = antwort.content.decode()
    assert antwort.status_code == 200
    assert "Gibt es das schon?" in html
    assert 'href="/angebote/krabbel/"' in html
    assert all(wert in html for wert in FELDER.values())
    assert daten["zeichen"] in html
    assert not Vorschlag.objects.exists()


def test_who_says_that_it_is_new_is_believed(client, kommune):
    make_angebot(titel="Krabbelgruppe am Birkenhain", kommune=kommune)

    absenden(client, ADRESSE, **FELDER, kommune="kassel", neu="1")

    assert Vorschlag.objects.offen().count() == 1


def test_what_nobody_may_read_is_not_given_away_as_found(client, kommune):
    make_angebot(titel="Krabbelgruppe Birkenhain", kommune=kommune, status="entwurf")

    antwort = absenden(client, ADRESSE, **FELDER, kommune="kassel")

    assert antwort.status_code == 302


def test_the_same_form_sent_in_ten_tabs_is_one_proposal(client):
    daten = ausgefuellt(client, ADRESSE, **FELDER)

    antworten = [client.post(ADRESSE, daten) for _ in range(10)]

    assert {antwort.status_code for antwort in antworten} == {302}
    assert Vorschlag.objects.count() == 1


@pytest.mark.parametrize(
    ("felder", "worte"),
    [
        ({"titel": ""}, "Bitte schreiben Sie, wie das Angebot heißt."),
        ({"titel": "T" * 1_000_000}, "Bitte kürzen Sie den Text auf 120 Zeichen."),
        ({"kurzbeschreibung": " "}, "Bitte schreiben Sie in einem Satz"),
        ({"wo": ""}, "Bitte schreiben Sie, wo es ist."),
        ({"kommune": "atlantis"}, "Bitte wählen Sie eine Kommune aus der Liste."),
        ({"erreichbar": "0" * 281}, "Bitte kürzen Sie den Text auf 280 Zeichen."),
        ({"traeger": "nul\0"}, "Null"),
        ({"absender_email": "kim@"}, "Diese E-Mail-Adresse ist unvollständig."),
        ({"bitte_leer": "x"}, "Bitte lassen Sie dieses Feld frei."),
    ],
)
def test_a_wrong_entry_is_said_in_words_and_nothing_typed_is_lost(client, felder, worte):
    antwort = absenden(client, ADRESSE, **FELDER | felder)

    html = antwort.content.decode()
    assert antwort.status_code == 422
    assert re.search(r"<title>\s*Fehler: ", html)
    assert worte in html
    for name, wert in FELDER.items():
        assert name in felder or wert in html
    assert not Vorschlag.objects.exists()


def test_what_looks_like_advertising_waits_apart(client):
    werbung = FELDER | {"kurzbeschreibung": "https://a.example https://b.example"}

    absenden(client, ADRESSE, **werbung)

    assert Vorschlag.objects.verdaechtig().count() == 1


@pytest.mark.parametrize(
    "adresse", ["/angebote/?q=Quastenflosser", "/angebote/", "/suche/?q=Quastenflosser"]
)
def test_one_finds_the_form_where_something_is_missing(client, kommune, adresse):
    make_angebot(titel="Elterncafé", kommune=kommune)

    assert f'href="{ADRESSE}"' in client.get(adresse).content.decode()
