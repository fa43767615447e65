import datetime as dt

import pytest
from django.utils import timezone

from praeventionsketten import jobs
from praeventionsketten.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def gelaufen():
    """A registered job that notes its calls, and one that always fails."""
    aufrufe = []
    jobs.AUFGABEN["merken"] = jobs.Aufgabe(lambda zahl=0: aufrufe.append(zahl), None)
    jobs.AUFGABEN["platzen"] = jobs.Aufgabe(lambda: 1 / 0, None)
    yield aufrufe
    del jobs.AUFGABEN["merken"], jobs.AUFGABEN["platzen"]


def test_an_enqueued_job_runs_once(gelaufen):
    jobs.einreihen("merken", zahl=7)

    jobs.eine_runde()
    jobs.eine_runde()

    assert gelaufen == [7]


def test_a_key_makes_a_job_unique(gelaufen):
    jobs.einreihen("merken", schluessel="einmal", zahl=1)
    jobs.einreihen("merken", schluessel="einmal", zahl=2)

    jobs.eine_runde()

    assert gelaufen == [1]


def test_a_periodic_job_is_enqueued_once_per_period_by_many_workers():
    for _ in range(3):
        jobs.periodische_einreihen()

    assert Job.objects.filter(name="loeschen").count() == 1


def test_a_failed_job_is_kept_with_its_error_and_tried_later(gelaufen):
    jobs.einreihen("platzen")

    jobs.eine_runde()

    job = Job.objects.get(name="platzen")
    assert "ZeroDivisionError" in job.fehler
    assert job.erledigt_am is None
    assert job.faellig_ab > timezone.now()


def test_a_job_that_keeps_failing_is_left_in_peace(gelaufen):
    jobs.einreihen("platzen")

    for _ in range(jobs.MAX_VERSUCHE + 2):
        Job.objects.update(faellig_ab=timezone.now())
        jobs.eine_runde()

    assert Job.objects.get(name="platzen").versuche == jobs.MAX_VERSUCHE


def test_a_broken_job_does_not_stop_the_next(gelaufen):
    jobs.einreihen("platzen")
    jobs.einreihen("merken", zahl=1)

    jobs.eine_runde()

    assert gelaufen == [1]


def test_a_lease_of_a_dead_worker_runs_out(gelaufen):
    jobs.einreihen("merken")
    Job.objects.filter(name="merken").update(lease_bis=timezone.now() + dt.timedelta(minutes=1))
    jobs.eine_runde()
    assert gelaufen == []

    Job.objects.filter(name="merken").update(lease_bis=timezone.now() - dt.timedelta(seconds=1))
    jobs.eine_runde()

    assert gelaufen == [0]


def test_a_long_job_that_gives_signs_of_life_keeps_its_lease(monkeypatch):
    uebrig = []

    def lang():
        # Some minutes later; without the sign another worker would take it over.
        meiner = Job.objects.filter(name="lang")
        meiner.update(lease_bis=timezone.now() - dt.timedelta(seconds=1))
        jobs.lebenszeichen()
        uebrig.append(meiner.get().lease_bis - timezone.now())

    monkeypatch.setitem(jobs.AUFGABEN, "lang", jobs.Aufgabe(lang, None))
    jobs.einreihen("lang")

    jobs.eine_runde()

    assert len(uebrig) == 1
    assert uebrig[0] > jobs.LEASE / 2


def test_a_sign_of_life_outside_a_job_means_nothing():
    jobs.einreihen("merken")

    jobs.lebenszeichen()

    assert Job.objects.get(name="merken").lease_bis is None
