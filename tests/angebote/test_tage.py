"""The days ahead of an Angebot, on its page: dates and weekly times in one list."""

import datetime as dt
import re
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from angebote.tage import HOECHSTENS
from tests.factories import (
    make_angebot,
    make_ferien,
    make_ort,
    make_termin,
    make_zeitfenster,
)

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def _heute(monkeypatch):
    """Monday, 1 March 2027, noon: holidays begin on the 22nd, Easter is on the 28th."""
    jetzt = dt.datetime(2027, 3, 1, 12, tzinfo=BERLIN).astimezone(dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: jetzt)
    make_ferien(dt.date(2027, 3, 22), dt.date(2027, 4, 2), name="Osterferien 2027")


def html(client, angebot) -> str:
    seite = unescape(client.get(angebot.get_absolute_url()).content.decode())
    return seite.replace("\u00a0", " ")


def tage(client, angebot) -> list[str]:
    """The dates of the list on the page, in its order."""
    return re.findall(r'<time class="datum" datetime="([\d-]+)"', html(client, angebot))


def am(monat: int, tag: int, stunde: int = 15) -> dict:
    beginn = dt.datetime(2027, monat, tag, stunde, tzinfo=BERLIN)
    return {"beginn": beginn, "ende": beginn + dt.timedelta(hours=2)}


def test_dates_and_weekly_times_stand_in_one_order(client):
    angebot = make_angebot()
    make_termin(angebot, **am(3, 10))
    make_termin(angebot, **am(5, 20))
    make_zeitfenster(angebot, wochentag=1)

    alle = tage(client, angebot)

    assert alle[:3] == ["2027-03-02", "2027-03-09", "2027-03-10"]
    assert alle[-1] == "2027-05-20"
    assert len(alle) == 2 + HOECHSTENS


def test_holidays_are_left_out_and_named(client):
    angebot = make_angebot()
    make_zeitfenster(angebot, wochentag=1, ferienregel="pausiert")

    alle = tage(client, angebot)

    assert {"2027-03-23", "2027-03-30"}.isdisjoint(alle)
    assert "2027-04-06" in alle
    assert (
        "In den Schulferien macht es Pause. Die nächsten sind die Osterferien 2027, "
        "vom 22. März 2027 bis zum 2. April 2027." in html(client, angebot)
    )


def test_only_a_part_may_pause(client):
    angebot = make_angebot()
    make_zeitfenster(angebot, wochentag=1, ferienregel="pausiert")
    make_zeitfenster(angebot, wochentag=2, ferienregel="findet_statt")

    assert "In den Schulferien fällt ein Teil davon aus." in html(client, angebot)


def test_where_nobody_knows_about_the_holidays_the_day_says_ask(client):
    angebot, weiter = make_angebot(), make_angebot()
    make_zeitfenster(angebot, wochentag=1)
    make_zeitfenster(weiter, wochentag=1, ferienregel="findet_statt")

    frage = "In den Schulferien: bitte vorher nachfragen"
    assert html(client, angebot).count(frage) == 2
    assert frage not in html(client, weiter)


def test_public_holidays_and_today_s_past_hours_are_left_out(client):
    angebot = make_angebot()
    make_zeitfenster(angebot, wochentag=0, ferienregel="findet_statt")

    alle = tage(client, angebot)

    assert alle[0] == "2027-03-08"  # today's ended at eleven
    assert "2027-03-29" not in alle  # Ostermontag


def test_the_next_date_is_told_first_whatever_it_comes_from(client):
    angebot = make_angebot()
    make_zeitfenster(angebot, wochentag=1, ort=make_ort(name="Saal"))
    make_termin(angebot, **am(3, 2, 8), abgesagt=True)

    seite = " ".join(re.sub(r"<[^>]+>", " ", html(client, angebot)).split())

    assert "nächster Termin: Dienstag, 2. März 2027, 9:30 bis 11:00 Uhr, Saal" in seite


def test_a_pause_leaves_the_days_after_it(client):
    angebot = make_angebot(status="pausiert", pausiert_bis=dt.date(2027, 4, 12))
    make_zeitfenster(angebot, wochentag=1)

    assert tage(client, angebot)[0] == "2027-04-13"


def test_after_a_long_pause_the_first_days_are_told_and_holidays_in_it_are_not(client):
    angebot = make_angebot(status="pausiert", pausiert_bis=dt.date(2027, 7, 31))
    make_zeitfenster(angebot, wochentag=1, ferienregel="pausiert")

    assert tage(client, angebot)[0] == "2027-08-03"
    assert "In den Schulferien" not in html(client, angebot)


def test_a_pause_that_ran_over_names_no_days_and_no_holidays(client):
    angebot = make_angebot(status="pausiert", pausiert_bis=dt.date(2027, 2, 1))
    make_zeitfenster(angebot, wochentag=1, ferienregel="pausiert")

    assert tage(client, angebot) == []
    assert "Nächste Termine" not in html(client, angebot)


def test_a_date_can_be_saved_and_a_cancelled_one_cannot(client):
    angebot = make_angebot()
    termin = make_termin(angebot, **am(3, 10))
    aus = make_termin(angebot, **am(3, 11), abgesagt=True)

    seite = html(client, angebot)

    adresse = f"{angebot.get_absolute_url()}kalender.ics"
    assert f'href="{adresse}?termin={termin.pk}"' in seite
    assert f"termin={aus.pk}" not in seite
    assert f'href="{adresse}"' in seite


def test_the_way_to_a_place_leads_elsewhere_and_says_so(client):
    offen = make_angebot(orte=[make_ort(strasse="Weg 1", plz="34117", ort="Kassel")])
    verborgen = make_angebot(
        orte=[make_ort(strasse="Geheimweg 7", ort="Kassel", adresse_verborgen=True)]
    )

    seite = html(client, offen)

    ziel = "https://www.openstreetmap.org/search?query=Weg+1%2C+34117+Kassel"
    assert f'href="{ziel}" rel="external noreferrer"' in seite
    assert "(andere Internetseite)" in seite
    assert "openstreetmap" not in html(client, verborgen)
