"""Somebody who reads: reports, events, Leichte Sprache, and a word about a barrier."""

import pytest

from praeventionsketten.models import Barrieremeldung, Mail

pytestmark = pytest.mark.browser


def test_a_reader_goes_from_report_to_event_and_back(mensch):
    mensch.oeffne("/")

    mensch.menue("Aktuelles")
    mensch.folge("Wie es war")
    assert mensch.h1 == "Wie es war"

    mensch.folge("Vorbei")
    assert mensch.pfad == "/veranstaltungen/vorbei/"
    mensch.folge("Bericht lesen")
    assert mensch.h1 == "Wie es war"

    mensch.folge("Übergänge gestalten")
    assert mensch.sieht("Noch 60 von 60 Plätzen frei")


def test_leichte_sprache_is_one_step_away_on_every_page(mensch):
    mensch.oeffne("/angebote/elterncafe/")

    mensch.klappe_auf("Menü")
    mensch.folge("Leichte Sprache")

    assert mensch.h1 == "Leichte Sprache"
    assert mensch.page.locator("h1").evaluate("h1 => h1.closest('[lang]').lang") == "de-simple"


def test_a_barrier_is_told_with_every_wrong_turn(mensch):
    mensch.oeffne("/angebote/elterncafe/")
    mensch.folge("Barriere melden")
    page = mensch.page
    assert page.get_by_label("Auf welcher Seite?").input_value().endswith("/elterncafe/")

    mensch.folge("Meldung abschicken")
    assert page.title().startswith("Fehler: ")
    mensch.folge("Bitte schreiben Sie, was nicht geht.")
    assert page.locator(":focus").get_attribute("name") == "text"

    page.keyboard.type("Der Knopf ist zu klein.")
    mensch.schreibe("Ihre E-Mail-Adresse", "alex@")
    mensch.folge("Meldung abschicken")
    assert mensch.sieht("Bitte prüfen Sie die E-Mail-Adresse")
    assert page.get_by_label("Was ist das Problem?").input_value() == "Der Knopf ist zu klein."

    mensch.schreibe("Ihre E-Mail-Adresse", "alex@example.org")
    mensch.folge("Meldung abschicken")
    assert mensch.pfad == "/barriere-melden/danke/"

    page.go_back()
    mensch.folge("Meldung abschicken")
    assert Barrieremeldung.objects.get().email == "alex@example.org"
    assert Mail.objects.count() == 1
