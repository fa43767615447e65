"""Before, after and beside an open registration: a clear page each."""

import datetime as dt

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.factories import make_fachtag, make_landesprogramm, make_veranstaltung
from tests.veranstaltungen.formular import adresse, eingaben
from tests.veranstaltungen.hilfen import ALEX, anmelden, belegt
from veranstaltungen.models import Anmeldung, Veranstaltung

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()


TAG = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("felder", "ueberschrift"),
    [
        (
            {"anmeldung_von": TAG, "anmeldung_bis": 2 * TAG},
            "Die Anmeldung ist noch nicht offen",
        ),
        ({"anmeldung_von": -2 * TAG, "anmeldung_bis": -TAG}, "Die Anmeldung ist geschlossen"),
        ({"status": Veranstaltung.Status.ABGESAGT}, "Diese Veranstaltung ist abgesagt"),
        ({"status": Veranstaltung.Status.SAVE_THE_DATE}, "noch nicht offen"),
        (
            {
                "beginn": -3 * TAG,
                "ende": -2 * TAG,
                "anmeldung_von": -9 * TAG,
                "anmeldung_bis": -3 * TAG,
            },
            "Diese Veranstaltung ist vorbei",
        ),
        ({"anmeldung_von": None, "anmeldung_bis": None}, "Hier gibt es keine Anmeldung"),
    ],
)
def test_outside_the_window_there_is_a_page_and_no_form(client, felder, ueberschrift):
    treffen = make_veranstaltung(plaetze=3)
    for feld, wert in felder.items():
        setattr(
            treffen, feld, timezone.now() + wert if isinstance(wert, dt.timedelta) else wert
        )
    treffen.save()

    gelesen = client.get(adresse(treffen))
    geschickt = client.post(adresse(treffen), eingaben(treffen))

    assert (gelesen.status_code, geschickt.status_code) == (200, 409)
    assert ueberschrift in gelesen.text
    assert "<form" not in gelesen.text
    assert not gelesen.cookies
    assert not Anmeldung.objects.exists()


def test_a_full_event_offers_its_waiting_list_and_says_what_that_is(client):
    treffen = make_veranstaltung(plaetze=1)
    for _ in range(3):
        anmelden(treffen)

    gelesen = client.get(adresse(treffen)).text
    geschickt = client.post(adresse(treffen), eingaben(treffen))

    assert "<h1>Anmeldung zur Warteliste</h1>" in gelesen
    assert "Alle Plätze sind vergeben. 2 Personen warten schon." in gelesen
    assert "Auf die Warteliste</button>" in gelesen
    assert geschickt.status_code == 302
    assert not Anmeldung.objects.get(**ALEX).hausplatz
    assert belegt(treffen) == {"haus": 1}


def test_in_a_full_house_fora_are_wishes_without_numbers(client):
    fachtag = make_fachtag(plaetze=0)

    html = client.get(adresse(fachtag)).text

    assert html.count('type="radio"') == 8
    assert "Plätze frei" not in html
    assert "ausgebucht" not in html
    assert "Bis dahin" not in html


def test_the_fee_is_named_and_never_taken(client):
    treffen = make_veranstaltung(plaetze=5, beitrag=25, kosten_text="Eine Rechnung folgt.")

    html = client.get(adresse(treffen)).text

    assert "Die Teilnahme kostet 25,00 Euro. Eine Rechnung folgt." in html
    assert "Das Portal nimmt kein Geld an." in html


def test_a_closed_house_takes_nobody_and_says_so(client):
    treffen = make_veranstaltung(plaetze=5)
    treffen.kontingente.update(gesperrt=True)

    gelesen = client.get(adresse(treffen))
    geschickt = client.post(adresse(treffen), eingaben(treffen))

    assert "<h1>Die Anmeldung macht eine Pause</h1>" in gelesen.text
    assert (gelesen.status_code, geschickt.status_code) == (200, 409)
    assert not Anmeldung.objects.exists()


def test_before_it_opens_one_can_be_reminded_by_the_calendar(client):
    oeffnet = timezone.now() + TAG
    bald = make_veranstaltung(plaetze=5, titel="Fachtag", anmeldung_von=oeffnet)
    offen = make_veranstaltung(plaetze=5)

    seite = client.get(adresse(bald)).text
    response = client.get(f"{adresse(bald)}kalender.ics")

    [termin] = Calendar.from_ical(response.content).events
    assert f'href="{adresse(bald)}kalender.ics"' in seite
    assert termin["SUMMARY"] == "Anmeldung öffnet: Fachtag"
    assert termin.start == oeffnet.replace(microsecond=0)
    assert termin["URL"] == f"https://portal.example.org{adresse(bald)}"
    assert client.get(f"{adresse(offen)}kalender.ics").status_code == 404
