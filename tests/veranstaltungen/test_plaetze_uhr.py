"""Deadlines while the clocks change: 24 hours are 24 hours, and 9 o'clock is 9 o'clock."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_veranstaltung
from tests.veranstaltungen.hilfen import angemeldet, anmelden, foren, pruefe_zaehler, wahl
from veranstaltungen import plaetze

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def uhr(monkeypatch):
    """Sets the clock: `uhr(2026, 3, 28, 14)` is two in the afternoon in Berlin."""

    def stellen(*zeit: int) -> dt.datetime:
        moment = dt.datetime(*zeit, tzinfo=BERLIN).astimezone(dt.UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return stellen


@pytest.mark.parametrize(
    ("eingang", "ende"),
    [
        pytest.param((2026, 3, 28, 14), (2026, 3, 29, 15), id="an-hour-is-skipped"),
        pytest.param((2026, 10, 24, 14), (2026, 10, 25, 13), id="an-hour-comes-twice"),
        pytest.param((2026, 5, 2, 14), (2026, 5, 3, 14), id="an-ordinary-day"),
    ],
)
def test_a_hold_lasts_24_hours_whatever_the_clock_on_the_wall_says(uhr, eingang, ende):
    uhr(*eingang)
    treffen = make_veranstaltung(plaetze=1)
    haelt = anmelden(treffen).anmeldung

    bis = uhr(*ende)
    assert haelt.haltefrist == bis
    uhr(*ende[:3], ende[3] - 1, 59)
    assert plaetze.fristen_ablaufen() == 0
    uhr(*ende)
    assert plaetze.fristen_ablaufen() == 1

    haelt.refresh_from_db()
    assert haelt.status == "verfallen"
    pruefe_zaehler(treffen)


def test_by_the_clock_on_the_wall_a_hold_would_end_an_hour_early(uhr, monkeypatch):
    """The negative control: 24 hours added to the time of day are 23 on that night."""
    am_nachmittag = dt.datetime(2026, 3, 28, 14, tzinfo=BERLIN)
    monkeypatch.setattr(timezone, "now", lambda: am_nachmittag)
    treffen = make_veranstaltung(plaetze=1)

    haelt = anmelden(treffen).anmeldung

    assert haelt.haltefrist == uhr(2026, 3, 29, 15) - 60 * MINUTE


@pytest.mark.parametrize(
    ("frei", "bis"),
    [
        # 16 working hours: one on Friday, eight on Monday, seven on Tuesday.
        pytest.param((2026, 3, 27, 16), (2026, 3, 31, 16), id="summer-begins"),
        pytest.param((2026, 10, 23, 16), (2026, 10, 27, 16), id="summer-ends"),
        # Thursday from 16; Friday and Monday are holidays.
        pytest.param((2026, 4, 2, 16), (2026, 4, 8, 16), id="easter"),
    ],
)
def test_an_offer_ends_at_the_same_time_of_day_across_a_clock_change(uhr, frei, bis):
    uhr(*frei[:3], 9)
    fachtag = make_fachtag(foren=2, plaetze=1, nachruecken="angebot", in_tagen=60)
    geht = angemeldet(fachtag, wahl=wahl(fachtag, 1, 2))
    erste, zweite = (angemeldet(fachtag, wahl=wahl(fachtag, 1, 2)) for _ in range(2))
    uhr(*frei)
    plaetze.stornieren(geht)

    erste.refresh_from_db()
    assert (erste.status, erste.angebot_bis) == ("angeboten", dt.datetime(*bis, tzinfo=BERLIN))
    uhr(*bis[:3], bis[3] - 1, 59)
    plaetze.fristen_ablaufen()
    erste.refresh_from_db()
    assert erste.status == "angeboten"
    uhr(*bis)
    plaetze.fristen_ablaufen()
    erste.refresh_from_db()
    zweite.refresh_from_db()
    assert (erste.status, zweite.status) == ("verfallen", "angeboten")
    pruefe_zaehler(fachtag)


def test_a_hold_never_outlives_the_beginning_of_the_event(uhr):
    uhr(2026, 3, 28, 14)
    treffen = make_veranstaltung(plaetze=1, in_tagen=1)
    treffen.beginn -= dt.timedelta(hours=5)
    treffen.anmeldung_bis = treffen.beginn
    treffen.save()

    anmeldung = anmelden(treffen).anmeldung

    assert anmeldung.haltefrist == treffen.beginn


def test_two_offers_of_one_person_that_end_together_are_told_in_one_mail(uhr):
    """A second mail of the same number would be dropped, and the first was withdrawn."""
    uhr(2026, 3, 2, 9)
    fachtag = make_fachtag(foren=2, je_forum=1, nachruecken="angebot", in_tagen=60)
    hat = angemeldet(fachtag, wahl=wahl(fachtag, 1, 2))
    wartet = angemeldet(fachtag, wahl=wahl(fachtag, 1, 2))
    plaetze.stornieren(hat)
    assert set(foren(wartet).values()) == {"angeboten"}
    uhr(2026, 3, 9, 9)

    plaetze.fristen_ablaufen()

    offen = Mail.objects.filter(bezug=f"anmeldung-{wartet.pk}", status=Mail.Status.NEU)
    assert [mail.schluessel.split(":")[1] for mail in offen] == ["angebot-abgelaufen"]
    assert foren(wartet) == {}
