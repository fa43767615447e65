"""What the worker does for registrations, and the alarm when counters drift."""

import datetime as dt
import io
import logging

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from praeventionsketten import jobs
from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm, make_veranstaltung
from tests.veranstaltungen.hilfen import ALEX, anmelden, belegt, pruefe_zaehler, wahl
from veranstaltungen import aufgaben, plaetze
from veranstaltungen.models import Anmeldung, Platzkontingent, Veranstaltung

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programm(db):
    make_landesprogramm()


def test_the_worker_ends_holds_that_ran_out():
    fachtag = make_fachtag()
    anmeldung = anmelden(fachtag, wahl=wahl(fachtag, 1, 2)).anmeldung
    Anmeldung.objects.update(haltefrist=timezone.now() - dt.timedelta(seconds=1))

    jobs.eine_runde()

    anmeldung.refresh_from_db()
    assert anmeldung.status == Anmeldung.Status.VERFALLEN
    assert belegt(fachtag) == {}


def test_the_worker_tells_everybody_that_an_event_is_called_off():
    fachtag, anderer = make_fachtag(), make_fachtag()
    anmelden(fachtag, **ALEX, quelle="telefon", wahl=wahl(fachtag, 1, 2))
    anmelden(anderer, quelle="telefon")
    Veranstaltung.objects.filter(pk=fachtag.pk).update(status="abgesagt")

    jobs.eine_runde()
    aufgaben.absagen(fachtag.pk)

    assert Mail.objects.filter(schluessel__contains=":abgesagt:").count() == 1
    assert belegt(fachtag) == {}
    assert belegt(anderer) == {"haus": 1}
    pruefe_zaehler(fachtag)


def test_nobody_hears_now_that_an_event_of_the_past_was_called_off():
    fachtag = make_fachtag()
    anmelden(fachtag, quelle="telefon")
    vorbei = timezone.now() - dt.timedelta(days=3)
    Veranstaltung.objects.update(
        status="abgesagt",
        beginn=vorbei - dt.timedelta(hours=7),
        ende=vorbei,
        anmeldung_von=vorbei - dt.timedelta(days=9),
        anmeldung_bis=vorbei - dt.timedelta(days=1),
    )

    jobs.eine_runde()

    assert not Mail.objects.filter(schluessel__contains=":abgesagt:").exists()


def test_the_nightly_check_alarms_on_drift_and_only_then(caplog):
    fachtag = make_fachtag()
    anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))
    with caplog.at_level(logging.ERROR):
        aufgaben.pruefen()
    assert caplog.records == []
    fachtag.kontingente.filter(fachforum__nummer=1, durchgang__nummer=1).update(belegt=3)

    with caplog.at_level(logging.ERROR):
        aufgaben.pruefen()

    assert "counter 3, rows 1" in caplog.text
    assert "Alex" not in caplog.text


def test_the_check_finds_somebody_waiting_beside_a_free_seat():
    treffen = make_veranstaltung(plaetze=1)
    for _ in range(2):
        anmelden(treffen, quelle="telefon")
    vorher = plaetze.abgleich()
    Platzkontingent.objects.update(kapazitaet=2)  # a door that calls nobody

    [abweichung] = plaetze.abgleich()

    assert vorher == []
    assert "1 warten" in abweichung.in_worten


def test_the_check_is_one_query_however_many_events(django_assert_num_queries):
    for _ in range(3):
        anmelden(make_fachtag(), quelle="telefon")

    with django_assert_num_queries(1):
        assert plaetze.abgleich() == []


def test_the_command_says_what_is_wrong_and_fails():
    fachtag = make_fachtag(titel="Fachtag Herbst")
    gut, schlecht = io.StringIO(), io.StringIO()

    call_command("plaetze_pruefen", stdout=gut)
    fachtag.kontingente.filter(art="gesamt").update(belegt=2)
    with pytest.raises(CommandError, match="Abweichungen bei den Plätzen: 1"):
        call_command("plaetze_pruefen", stdout=schlecht)

    assert "Alle Zähler stimmen" in gut.getvalue()
    assert "Fachtag Herbst" in schlecht.getvalue()
