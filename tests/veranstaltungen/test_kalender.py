"""Calendar files, read back by the library that calendars trust."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests.factories import make_veranstaltung
from veranstaltungen.models import Veranstaltung

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


def kalender(client, adresse: str) -> Calendar:
    response = client.get(adresse)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    assert not response.cookies
    return Calendar.from_ical(response.content)


def der_kalender(client, veranstaltung) -> Calendar:
    return kalender(client, f"/veranstaltungen/{veranstaltung.slug}/kalender.ics")


def test_an_event_reads_back_with_zone_place_and_address(client):
    fachtag = make_veranstaltung(
        titel="Fachtag, Teil 1; mehr",
        teaser="Zeile eins\nZeile <b>zwei</b>",
        beginn=dt.datetime(2027, 3, 28, 9, tzinfo=BERLIN),
        ende=dt.datetime(2027, 3, 28, 16, 30, tzinfo=BERLIN),
        ort_name="Tagungshaus",
        strasse="Weg 1",
        plz="34117",
        ort="Kassel",
    )

    gelesen = der_kalender(client, fachtag)

    [termin] = gelesen.events
    assert termin["UID"] == f"veranstaltung-{fachtag.pk}@portal.example.org"
    assert termin["SUMMARY"] == "Fachtag, Teil 1; mehr"
    assert termin["DESCRIPTION"] == "Zeile eins\nZeile <b>zwei</b>"
    assert termin["LOCATION"] == "Tagungshaus, Weg 1, 34117 Kassel"
    assert termin["URL"] == f"https://portal.example.org/veranstaltungen/{fachtag.slug}/"
    assert termin["STATUS"] == "CONFIRMED"
    assert termin["DTSTART"].params["TZID"] == "Europe/Berlin"
    # The night before, the clocks went forward.
    assert termin.start == dt.datetime(2027, 3, 28, 7, tzinfo=dt.UTC)
    assert termin.end == dt.datetime(2027, 3, 28, 14, 30, tzinfo=dt.UTC)
    assert [zone["TZID"] for zone in gelesen.timezones] == ["Europe/Berlin"]


def test_a_day_without_an_hour_is_a_whole_day(client):
    treffen = make_veranstaltung(
        zeit_bekannt=False,
        beginn=dt.datetime(2027, 5, 10, 10, tzinfo=BERLIN),
        ende=dt.datetime(2027, 5, 11, 16, tzinfo=BERLIN),
    )

    [termin] = der_kalender(client, treffen).events

    assert (termin.start, termin.end) == (dt.date(2027, 5, 10), dt.date(2027, 5, 12))


@pytest.mark.parametrize(
    ("status", "wort"),
    [
        ("save_the_date", "TENTATIVE"),
        ("veroeffentlicht", "CONFIRMED"),
        ("abgesagt", "CANCELLED"),
    ],
)
def test_the_status_says_how_sure_it_is(client, status, wort):
    treffen = make_veranstaltung(status=status)

    [termin] = der_kalender(client, treffen).events

    assert termin["STATUS"] == wort


def test_the_subscription_holds_all_that_is_public_and_ahead(client):
    treffen, abgesagt = make_veranstaltung(), make_veranstaltung(status="abgesagt")
    make_veranstaltung(titel="Geheimer Entwurf", status=Veranstaltung.Status.ENTWURF)
    make_veranstaltung(titel="Gestern", in_tagen=-2)
    make_veranstaltung(titel="Irgendwann", zeitraum_text="Herbst 2027")

    gelesen = kalender(client, "/veranstaltungen/kalender.ics")

    titel = {str(termin["SUMMARY"]) for termin in gelesen.events}
    assert titel == {treffen.titel, abgesagt.titel}


def test_without_any_event_the_subscription_is_empty_and_valid(client):
    assert kalender(client, "/veranstaltungen/kalender.ics").events == []


@pytest.mark.parametrize("felder", [{"status": "entwurf"}, {"zeitraum_text": "Herbst 2027"}])
def test_no_file_for_a_draft_or_an_event_without_a_day(client, felder):
    treffen = make_veranstaltung(**felder)

    assert client.get(f"/veranstaltungen/{treffen.slug}/kalender.ics").status_code == 404
