"""Once a week a coordinator hears what waits; with nothing to do there is silence."""

import datetime as dt

import pytest
from django.utils import timezone

from angebote import wochenmail
from angebote.models import Telefonaufgabe
from praeventionsketten import rollen
from praeventionsketten.models import Mail
from tests.factories import (
    make_angebot,
    make_hinweis,
    make_kommune,
    make_kontakt,
    make_landesprogramm,
)
from tests.verwaltung.welt import make_mitglied

pytestmark = pytest.mark.django_db
DIENSTAG = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def gruppen():
    make_landesprogramm()
    rollen.einrichten()


@pytest.fixture
def kommune():
    return make_kommune()


@pytest.fixture
def sie(kommune):
    return make_mitglied(rollen.KOORDINATION, kommunen=[kommune], email="sie@example.org")


@pytest.fixture
def am(monkeypatch):
    """Run the job at this moment of Berlin time."""

    def am(tag: dt.date, stunde: int = 9) -> None:
        jetzt = timezone.make_aware(dt.datetime.combine(tag, dt.time(stunde)))
        monkeypatch.setattr(timezone, "now", lambda: jetzt)
        wochenmail.verschicken()

    return am


def test_she_reads_what_waits_and_where_to_do_it(sie, kommune, am):
    make_hinweis(make_angebot(titel="Elterncafé", kommune=kommune))

    am(DIENSTAG)

    mail = Mail.objects.get()
    assert (mail.an, mail.betreff) == ("sie@example.org", "Eine Sache wartet auf Sie")
    assert "- Elterncafé: Hinweis von außen" in mail.text
    assert "https://portal.example.org/verwaltung/" in mail.text
    assert "Abbestellen" in mail.text


def test_a_call_stands_there_with_its_number(sie, kommune, am):
    angebot = make_angebot(titel="Elterncafé", kommune=kommune)
    make_kontakt(angebot, telefon="05651 000-2")
    Telefonaufgabe.objects.create(angebot=angebot, grund="keine-antwort")

    am(DIENSTAG)

    assert "- Elterncafé: Anrufen: 05651 000-2" in Mail.objects.get().text


def test_with_nothing_to_do_no_mail_comes(sie, am):
    am(DIENSTAG)

    assert not Mail.objects.exists()


def test_it_comes_once_a_week_however_often_the_job_runs(sie, kommune, am):
    make_hinweis(make_angebot(kommune=kommune))

    for stunde in range(7, 17):
        am(DIENSTAG, stunde)
    assert Mail.objects.count() == 1

    am(DIENSTAG + dt.timedelta(days=7))
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    ("tag", "stunde"),
    [
        (DIENSTAG, 6),
        (DIENSTAG - dt.timedelta(days=1), 9),
        (DIENSTAG + dt.timedelta(days=1), 9),
        (DIENSTAG + dt.timedelta(days=4), 9),
    ],
)
def test_it_does_not_come_at_another_time(sie, kommune, am, tag, stunde):
    make_hinweis(make_angebot(kommune=kommune))

    am(tag, stunde)

    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("tag", "versand"),
    [
        (dt.date(2026, 11, 22), dt.date(2026, 11, 17)),
        (dt.date(2026, 11, 23), dt.date(2026, 11, 24)),
        # Easter Monday comes before, Labour Day 2029 is a Tuesday.
        (dt.date(2029, 5, 3), dt.date(2029, 5, 2)),
    ],
)
def test_after_a_holiday_it_comes_on_the_next_working_day(tag, versand):
    assert wochenmail.versandtag(tag) == versand


def test_who_has_stopped_it_hears_nothing(sie, kommune, am):
    make_hinweis(make_angebot(kommune=kommune))
    sie.wochenmail = False
    sie.save()

    am(DIENSTAG)

    assert not Mail.objects.exists()


def test_work_of_another_kommune_is_not_hers_and_others_get_no_mail(sie, kommune, am):
    make_hinweis(make_angebot(titel="Fremdes", kommune=make_kommune()))
    make_hinweis(make_angebot(titel="Landesweites", kommune=None))
    make_mitglied(rollen.REDAKTION)
    make_mitglied(rollen.KOORDINATION, kommunen=[], is_active=False)

    am(DIENSTAG)

    assert not Mail.objects.exists()


def test_a_long_list_is_cut(sie, kommune, am):
    for nummer in range(13):
        make_hinweis(make_angebot(titel=f"Angebot {nummer:02}", kommune=kommune))

    am(DIENSTAG)

    mail = Mail.objects.get()
    assert mail.betreff == "13 Dinge warten auf Sie"
    assert mail.text.count("- Angebot") == 10
    assert "- und noch 3 weitere" in mail.text
