"""What people miss is counted; nobody's words are kept, and no GET writes anything."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from angebote import fehlsuchen
from angebote.arbeitsvorrat import Bereich, aufgaben
from angebote.fehlsuchen import SAMMLER, Suche
from angebote.models import Fehlsuche
from tests.factories import make_angebot, make_kommune, make_landesprogramm

pytestmark = pytest.mark.django_db
HEUTE = timezone.localdate


@pytest.fixture(autouse=True)
def programm():
    make_landesprogramm()


@pytest.fixture
def kommune():
    return make_kommune(slug="kassel")


def suche(adresse: str, mensch: int = 1) -> None:
    antwort = Client(REMOTE_ADDR=f"203.0.113.{mensch}").get(adresse)
    assert antwort.status_code == 200


def vermisst(monkeypatch, menschen: int, tage: int, kommune: str = "kassel") -> None:
    """So many people, spread over so many days, do not find a Quastenflosser."""
    for nummer in range(menschen):
        tag = HEUTE() - dt.timedelta(days=nummer % tage)
        with monkeypatch.context() as damals:
            damals.setattr(fehlsuchen.timezone, "localdate", lambda tag=tag: tag)
            SAMMLER.merke(str(nummer), [Suche(kommune, "quastenflosser")])
            SAMMLER.schreibe()


def gesuchte(*kommunen, landesweit: bool = False) -> list[str]:
    bereich = Bereich(tuple(k.pk for k in kommunen), landesweit)
    return [a.titel for a in aufgaben(bereich) if a.tat == "Angebot eintragen"]


def test_a_search_without_hits_writes_nothing_and_is_written_later(kommune):
    suche("/angebote/?q=Quastenflosser&kommune=kassel")  # what is remembered per version

    with CaptureQueriesContext(connection) as abfragen:
        suche("/angebote/?q=Quastenflosser&kommune=kassel", mensch=2)

    assert not [a for a in abfragen if a["sql"].startswith(("INSERT", "UPDATE"))]
    assert not Fehlsuche.objects.exists()
    SAMMLER.schreibe()
    zeile = Fehlsuche.objects.get()
    assert (zeile.kommune, zeile.anzahl, zeile.tag) == (kommune, 2, HEUTE())


def test_below_the_minimum_no_word_is_kept(kommune):
    suche("/angebote/?q=Quastenflosser&kommune=kassel")
    SAMMLER.schreibe()

    zeile = Fehlsuche.objects.get()

    assert zeile.wort == ""
    assert "quastenflosser" not in str(vars(zeile)).lower()


def test_one_person_counts_once_a_day_however_often_she_tries(kommune):
    for _ in range(9):
        suche("/angebote/?q=Quastenflosser&kommune=kassel")
        SAMMLER.schreibe()

    assert Fehlsuche.objects.get().anzahl == 1


@pytest.mark.parametrize(
    ("menschen", "tage", "gezeigt"),
    [(5, 3, True), (4, 3, False), (40, 2, False), (12, 5, True)],
)
def test_a_word_is_shown_when_enough_people_missed_it_on_enough_days(
    kommune, monkeypatch, menschen, tage, gezeigt
):
    vermisst(monkeypatch, menschen, tage)

    assert (gesuchte(kommune) == ["„quastenflosser“"]) is gezeigt
    assert Fehlsuche.objects.exclude(wort="").exists() is gezeigt


def test_what_was_missed_elsewhere_is_not_shown(kommune, monkeypatch):
    vermisst(monkeypatch, 9, 3)

    assert gesuchte(make_kommune()) == []
    assert gesuchte(landesweit=True) == []


def test_a_search_in_no_kommune_is_for_those_who_look_after_all(kommune, monkeypatch):
    vermisst(monkeypatch, 9, 3, kommune="")

    assert gesuchte(kommune) == []
    assert gesuchte(landesweit=True) == ["„quastenflosser“"]


def test_what_was_missed_long_ago_is_forgotten(kommune, monkeypatch):
    vermisst(monkeypatch, 9, 3)
    for zeile in Fehlsuche.objects.all():
        zeile.tag -= dt.timedelta(days=31)
        zeile.save()

    assert gesuchte(kommune) == []


def test_what_is_found_by_now_is_missing_no_more(kommune, monkeypatch):
    vermisst(monkeypatch, 9, 3)
    fehlsuchen.vergiss_gefundene()
    assert gesuchte(kommune) == ["„quastenflosser“"]

    make_angebot(titel="Der Quastenflosser zu Besuch", kommune=kommune)
    fehlsuchen.vergiss_gefundene()

    assert gesuchte(kommune) == []


@pytest.mark.parametrize(
    "frage",
    [
        "q=Elterncaf%C3%A9&kommune=kassel",
        "kommune=kassel&sprache=tr",
        "q=0561+123456",
        "q=kim@example.org",
        "q=" + "Quasten+" * 12,
        "q=meine+Nachbarin+trinkt+zu+viel",
    ],
)
def test_hits_numbers_addresses_and_sentences_are_not_counted(kommune, frage):
    make_angebot(titel="Elterncafé", kommune=kommune)

    suche(f"/angebote/?{frage}")
    SAMMLER.schreibe()

    assert not Fehlsuche.objects.exists()


def test_a_head_request_counts_nothing(client, kommune):
    client.head("/angebote/?q=Quastenflosser")
    SAMMLER.schreibe()

    assert not Fehlsuche.objects.exists()


def test_a_flood_of_words_fills_no_memory(monkeypatch):
    monkeypatch.setattr(fehlsuchen, "GENUG", 3)

    for nummer in range(10):
        suche(f"/angebote/?q=Quastenflosser{'x' * nummer}")
    SAMMLER.schreibe()

    assert Fehlsuche.objects.count() == 3


def test_what_is_written_once_is_not_written_again(kommune):
    suche("/angebote/?q=Quastenflosser")
    SAMMLER.schreibe()
    SAMMLER.schreibe()

    assert Fehlsuche.objects.get().anzahl == 1
