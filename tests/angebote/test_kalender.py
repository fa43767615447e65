"""Calendar files of Angebote, read back by the library and by the rule engine of dateutil."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.utils import timezone
from icalendar import Calendar

from angebote.models import Angebot
from tests.factories import (
    make_angebot,
    make_ferien,
    make_kommune,
    make_landesprogramm,
    make_ort,
    make_termin,
)
from tests.factories import make_zeitfenster as make_zeitfenster_von_jetzt

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
DIENSTAG = 1


@pytest.fixture
def heute(monkeypatch) -> dt.date:
    """Sunday, 21 February 2027: clocks, Easter and summer lie ahead."""
    jetzt = dt.datetime(2027, 2, 21, 12, tzinfo=BERLIN)
    monkeypatch.setattr(timezone, "now", lambda: jetzt.astimezone(dt.UTC))
    return jetzt.date()


def make_zeitfenster(angebot, **felder):
    """Entered today, whatever day a test has chosen for it."""
    return make_zeitfenster_von_jetzt(angebot, **{"stand": timezone.now()} | felder)


def kalender(client, adresse: str) -> Calendar:
    response = client.get(adresse)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies
    return Calendar.from_ical(response.content)


def des_angebots(client, angebot: Angebot) -> Calendar:
    return kalender(client, f"/angebote/{angebot.slug}/kalender.ics")


def tage(eintrag) -> list[dt.datetime]:
    """All days of an entry, as another engine computes them from its text."""
    regel = eintrag["RRULE"].to_ical().decode()
    ausnahmen = eintrag.get("EXDATE")
    ohne = {wert.dt for wert in ausnahmen.dts} if ausnahmen else set()
    return [tag for tag in rrulestr(regel, dtstart=eintrag.start) if tag not in ohne]


def test_a_date_reads_back_with_zone_place_and_address(client, heute):
    angebot = make_angebot(
        titel="Café, Teil 1; für alle", zugang="anmeldung", zugang_text="Anruf"
    )
    beginn = dt.datetime(2027, 3, 28, 9, tzinfo=BERLIN)
    termin = make_termin(
        angebot,
        beginn=beginn,
        ende=beginn + dt.timedelta(hours=2),
        ort=make_ort(name="Saal", strasse="Weg 1", plz="34117", ort="Kassel"),
        text="mit Frühstück",
    )

    gelesen = des_angebots(client, angebot)

    [eintrag] = gelesen.events
    adresse = f"https://portal.example.org/angebote/{angebot.slug}/"
    assert eintrag["UID"] == f"termin-{termin.pk}@portal.example.org"
    assert eintrag["SEQUENCE"] == 0
    assert eintrag["SUMMARY"] == "Café, Teil 1; für alle"
    assert eintrag["LOCATION"] == "Saal, Weg 1, 34117 Kassel"
    assert eintrag["URL"] == adresse
    assert eintrag["DESCRIPTION"].split("\n") == [
        "mit Frühstück",
        angebot.kurzbeschreibung,
        "Anruf",
        adresse,
    ]
    assert eintrag["STATUS"] == "CONFIRMED"
    assert eintrag["DTSTART"].params["TZID"] == "Europe/Berlin"
    # The night before, the clocks went forward.
    assert eintrag.start == dt.datetime(2027, 3, 28, 7, tzinfo=dt.UTC)
    assert [zone["TZID"] for zone in gelesen.timezones] == ["Europe/Berlin"]
    assert gelesen["X-WR-CALNAME"] == angebot.titel


def test_a_change_keeps_the_uid_and_raises_the_sequence(client):
    angebot = make_angebot()
    termin = make_termin(angebot)
    [vorher] = des_angebots(client, angebot).events

    termin.beginn += dt.timedelta(minutes=15)
    termin.save()

    [nachher] = des_angebots(client, angebot).events
    assert nachher["UID"] == vorher["UID"]
    assert nachher["SEQUENCE"] == 1


def test_a_cancelled_date_stays_and_says_so(client):
    angebot = make_angebot(titel="Elterncafé")
    termin = make_termin(angebot)
    termin.abgesagt = True
    termin.save()

    [eintrag] = des_angebots(client, angebot).events

    assert (eintrag["STATUS"], eintrag["SEQUENCE"]) == ("CANCELLED", 1)
    assert eintrag["SUMMARY"] == "Fällt aus: Elterncafé"


def test_the_same_data_give_the_same_file(client):
    angebot = make_angebot()
    make_termin(angebot)
    make_zeitfenster(angebot)
    adresse = f"/angebote/{angebot.slug}/kalender.ics"

    erste = client.get(adresse)

    assert client.get(adresse).content == erste.content
    assert client.get(adresse, headers={"If-None-Match": erste["ETag"]}).status_code == 304


def test_a_weekly_time_is_one_rule_that_keeps_its_hour_over_the_clock_change(client, heute):
    angebot = make_angebot()
    fenster = make_zeitfenster(angebot, wochentag=DIENSTAG, ferienregel="findet_statt")

    [eintrag] = des_angebots(client, angebot).events

    assert eintrag["UID"] == f"zeit-{fenster.pk}@portal.example.org"
    alle = tage(eintrag)
    assert alle[0] == dt.datetime(2027, 2, 23, 9, 30, tzinfo=BERLIN)
    assert {(tag.hour, tag.minute, tag.weekday()) for tag in alle} == {(9, 30, DIENSTAG)}
    sommer = next(tag for tag in alle if tag.month == 4)
    assert sommer.astimezone(dt.UTC).hour == 7
    assert alle[-1].date() == dt.date(2028, 12, 19)


def test_days_in_the_holidays_are_left_out_if_it_pauses(client, heute):
    make_ferien(dt.date(2027, 3, 22), dt.date(2027, 4, 2))
    pausiert, weiter = make_angebot(), make_angebot()
    make_zeitfenster(pausiert, wochentag=DIENSTAG, ferienregel="pausiert")
    make_zeitfenster(weiter, wochentag=DIENSTAG, ferienregel="findet_statt")

    [mit_pause] = des_angebots(client, pausiert).events
    [ohne_pause] = des_angebots(client, weiter).events

    fehlend = {tag.date() for tag in tage(ohne_pause)} - {t.date() for t in tage(mit_pause)}
    assert fehlend == {dt.date(2027, 3, 23), dt.date(2027, 3, 30)}


def test_where_nobody_knows_about_the_holidays_the_entry_says_ask(client):
    angebot = make_angebot()
    make_zeitfenster(angebot)

    [eintrag] = des_angebots(client, angebot).events

    assert "In den Schulferien fragen Sie bitte vorher nach." in eintrag["DESCRIPTION"]


def test_no_day_falls_on_a_public_holiday(client, heute):
    angebot = make_angebot()
    make_zeitfenster(angebot, wochentag=3, ferienregel="findet_statt")

    [eintrag] = des_angebots(client, angebot).events

    himmelfahrt, fronleichnam = dt.date(2027, 5, 6), dt.date(2027, 5, 27)
    alle = {tag.date() for tag in tage(eintrag)}
    assert {himmelfahrt, fronleichnam}.isdisjoint(alle)
    assert dt.date(2027, 5, 13) in alle


@pytest.mark.parametrize(
    ("takt", "erster"),
    [("erste", 2), ("zweite", 9), ("dritte", 16), ("vierte", 23), ("letzte", 30)],
)
def test_a_monthly_time_falls_on_its_week(client, heute, takt, erster):
    angebot = make_angebot()
    make_zeitfenster(angebot, wochentag=DIENSTAG, takt=takt)

    [eintrag] = des_angebots(client, angebot).events

    maerz = [tag.day for tag in tage(eintrag) if (tag.year, tag.month) == (2027, 3)]
    assert maerz == [erster]


def test_a_rhythm_that_only_its_text_tells_gives_no_date(client):
    angebot = make_angebot()
    make_zeitfenster(angebot, takt="anders", text="alle drei Wochen")

    assert des_angebots(client, angebot).events == []


def test_the_rule_ends_when_the_time_does(client, heute):
    angebot = make_angebot()
    make_zeitfenster(angebot, wochentag=DIENSTAG, gueltig_bis=dt.date(2027, 3, 9))

    [eintrag] = des_angebots(client, angebot).events

    assert [tag.date().day for tag in tage(eintrag)] == [23, 2, 9]


def test_a_time_in_the_lost_hour_is_left_out_rather_than_moved(client, heute):
    angebot = make_angebot()
    make_zeitfenster(
        angebot, wochentag=6, von=dt.time(2, 30), bis=dt.time(5), ferienregel="findet_statt"
    )

    [eintrag] = des_angebots(client, angebot).events

    assert dt.date(2027, 3, 28) not in {tag.date() for tag in tage(eintrag)}


def test_a_pause_takes_its_days_out_until_it_ends(client, heute):
    angebot = make_angebot(status="pausiert", pausiert_bis=dt.date(2027, 3, 8))
    make_zeitfenster(angebot, wochentag=DIENSTAG)
    vorbei = make_angebot(status="pausiert", pausiert_bis=dt.date(2027, 2, 1))
    make_zeitfenster(vorbei, wochentag=DIENSTAG)

    [eintrag] = des_angebots(client, angebot).events

    assert tage(eintrag)[0].date() == dt.date(2027, 3, 9)
    assert des_angebots(client, vorbei).events == []


def test_an_ended_angebot_takes_its_dates_back(client):
    angebot = make_angebot(status="beendet")
    make_zeitfenster(angebot)
    make_termin(angebot)

    [eintrag] = des_angebots(client, angebot).events

    assert eintrag["STATUS"] == "CANCELLED"


def test_a_hidden_address_stays_hidden(client):
    angebot = make_angebot()
    versteck = make_ort(name="Haus am Wald", ort="Kassel", plz="34117", adresse_verborgen=True)
    make_termin(angebot, ort=versteck)

    [eintrag] = des_angebots(client, angebot).events

    assert eintrag["LOCATION"] == "Kassel, 34117 Kassel"


def test_one_date_can_be_kept_alone(client):
    angebot = make_angebot()
    make_zeitfenster(angebot)
    make_termin(angebot)
    termin = make_termin(angebot, in_tagen=9)

    gelesen = kalender(client, f"/angebote/{angebot.slug}/kalender.ics?termin={termin.pk}")

    assert [e["UID"] for e in gelesen.events] == [f"termin-{termin.pk}@portal.example.org"]


@pytest.mark.parametrize("termin", ["", "x", "-1", "9" * 400, "1 OR 1=1"])
def test_a_date_that_is_not_there_is_not_found(client, termin):
    angebot = make_angebot()
    fremd = make_termin(make_angebot())
    adresse = f"/angebote/{angebot.slug}/kalender.ics"

    assert client.get(adresse, {"termin": termin}).status_code == 404
    assert client.get(adresse, {"termin": fremd.pk}).status_code == 404


def test_a_draft_has_no_file(client):
    entwurf = make_angebot(status="entwurf")
    make_termin(entwurf)

    assert client.get(f"/angebote/{entwurf.slug}/kalender.ics").status_code == 404


def test_a_filter_has_its_own_calendar(client, django_assert_max_num_queries):
    kassel = make_kommune(kurzname="Kassel")
    eigenes = make_angebot(titel="Eigenes", kommune=kassel, kosten="kostenlos")
    make_termin(eigenes)
    make_zeitfenster(eigenes)
    for fremd in (
        make_angebot(titel="Fremd", kommune=make_kommune(), kosten="kostenlos"),
        make_angebot(titel="Teuer", kommune=kassel, kosten="betrag"),
        make_angebot(titel="Entwurf", kommune=kassel, status="entwurf", kosten="kostenlos"),
        make_angebot(titel="Beendet", kommune=kassel, status="beendet", kosten="kostenlos"),
    ):
        make_termin(fremd)
    make_angebot(titel="Ohne Zeiten", kommune=kassel, kosten="kostenlos")
    adresse = f"/angebote/kalender.ics?kommune={kassel.slug}&kosten=frei&feld=unsinn"
    kalender(client, adresse)

    with django_assert_max_num_queries(4):
        gelesen = kalender(client, adresse)

    assert [str(e["SUMMARY"]) for e in gelesen.events] == ["Eigenes", "Eigenes"]
    assert gelesen["X-WR-CALNAME"] == "Angebote: Kassel, kostenlos"


def test_a_filter_that_finds_nothing_gives_an_empty_calendar(client):
    make_termin(make_angebot())

    assert kalender(client, "/angebote/kalender.ics?q=Unsinnswort").events == []


def test_a_calendar_that_leaves_something_out_says_so(client, monkeypatch):
    for modul in ("views.kalender", "verzeichnis"):
        monkeypatch.setattr(f"angebote.{modul}.HOECHSTENS", 1)
    make_landesprogramm()
    make_termin(make_angebot(titel="Anfang"))

    alle = kalender(client, "/angebote/kalender.ics")
    make_termin(make_angebot(titel="Ende"))
    gekuerzt = kalender(client, "/angebote/kalender.ics")

    assert "nur die ersten" not in alle["X-WR-CALNAME"]
    assert "(nur die ersten 1)" in gekuerzt["X-WR-CALNAME"]
    assert [str(e["summary"]) for e in gekuerzt.events] == ["Anfang"]
    assert "(höchstens 1 Angebote;" in client.get("/angebote/").content.decode()
