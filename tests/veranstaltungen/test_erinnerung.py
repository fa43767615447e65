"""Reminders: seven and two days before, once each, to those with a seat."""

import datetime as dt

import pytest
from django.utils import timezone

from praeventionsketten import jobs
from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm
from tests.veranstaltungen.hilfen import ALEX, anmelden, wahl
from veranstaltungen import erinnerung, plaetze
from veranstaltungen.models import Protokoll, Veranstaltung

pytestmark = pytest.mark.django_db

TAG = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def fachtag():
    make_landesprogramm()
    return make_fachtag(je_forum=1)


def beginnt_in(fachtag: Veranstaltung, dauer: dt.timedelta) -> None:
    """Moves the day; what has happened so far lies weeks back."""
    Protokoll.objects.update(wann=timezone.now() - 30 * TAG)
    fachtag.beginn = timezone.now() + dauer
    fachtag.ende = fachtag.beginn + 7 * TAG / 24
    fachtag.anmeldung_bis = fachtag.beginn
    fachtag.save()


def erinnerte() -> list[str]:
    mails = Mail.objects.filter(schluessel__contains=":erinnerung-").order_by("schluessel")
    return [f"{m.an} {m.schluessel[-1]}" for m in mails]


def test_everybody_with_a_seat_is_reminded_once_seven_and_two_days_before(fachtag):
    anmelden(fachtag, **ALEX, quelle="telefon", wahl=wahl(fachtag, 1, 2))
    beginnt_in(fachtag, 7 * TAG - MINUTE)

    erinnerung.verschicken()
    erinnerung.verschicken()
    beginnt_in(fachtag, 2 * TAG - MINUTE)
    erinnerung.verschicken()

    assert erinnerte() == ["alex@example.org 2", "alex@example.org 7"]
    text = Mail.objects.filter(schluessel__endswith="erinnerung-2").get().text
    assert "Sie können nicht kommen?" in text
    assert "/meine-anmeldung/" in text
    assert "1 · Forum 1" in text


@pytest.mark.parametrize(
    "dauer", [8 * TAG, 7 * TAG + MINUTE, 5 * TAG, 23 * TAG / 24, -TAG / 24]
)
def test_on_no_other_day(fachtag, dauer):
    anmelden(fachtag, quelle="telefon")
    beginnt_in(fachtag, dauer)

    erinnerung.verschicken()

    assert erinnerte() == []


def test_who_has_no_confirmed_seat_is_not_reminded(fachtag):
    fachtag.kontingente.filter(art="gesamt").update(kapazitaet=2)
    anmelden(fachtag)  # has not confirmed
    abgesagt = anmelden(fachtag, quelle="telefon").anmeldung
    anmelden(fachtag, quelle="telefon")  # waits for the house
    fachtag.kontingente.filter(art="gesamt").update(gesperrt=True)
    plaetze.stornieren(abgesagt)
    beginnt_in(fachtag, 7 * TAG - MINUTE)

    erinnerung.verschicken()

    assert erinnerte() == []


def test_who_has_heard_from_us_since_that_day_is_not_reminded(fachtag):
    """The control: with the step a minute earlier she is."""
    anmelden(fachtag, quelle="telefon")
    beginnt_in(fachtag, 7 * TAG - 2 * MINUTE)
    stichtag = fachtag.beginn - 7 * TAG
    Protokoll.objects.update(was="nachgerueckt", wann=stichtag + MINUTE / 2)

    erinnerung.verschicken()
    still = erinnerte()
    Protokoll.objects.update(wann=stichtag - MINUTE / 2)
    erinnerung.verschicken()

    assert still == []
    assert len(erinnerte()) == 1


@pytest.mark.parametrize("status", ["abgesagt", "entwurf", "save_the_date"])
def test_nobody_is_reminded_of_an_event_that_is_not_on(fachtag, status):
    anmelden(fachtag, quelle="telefon")
    beginnt_in(fachtag, 7 * TAG - MINUTE)
    Veranstaltung.objects.update(status=status)

    erinnerung.verschicken()

    assert erinnerte() == []


def test_cancelling_takes_back_a_reminder_that_has_not_gone_out(fachtag):
    anmeldung = anmelden(fachtag, quelle="telefon").anmeldung
    beginnt_in(fachtag, 2 * TAG - MINUTE)
    erinnerung.verschicken()

    plaetze.stornieren(anmeldung)

    assert Mail.objects.get(schluessel__contains="erinnerung").status == "abgebrochen"


def test_the_worker_reminds_by_itself(fachtag):
    anmelden(fachtag, quelle="telefon")
    beginnt_in(fachtag, 7 * TAG - MINUTE)

    jobs.eine_runde()

    assert len(erinnerte()) == 1
