"""The list of events: what comes, what was, by Art."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import (
    make_bericht,
    make_fachtag,
    make_landesprogramm,
    make_veranstaltung,
    make_veranstaltungsart,
)
from tests.veranstaltungen.hilfen import angemeldet, anmelden
from veranstaltungen import plaetze
from veranstaltungen.models import Veranstaltung

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()


def test_the_list_parts_what_comes_from_what_was(client):
    kommend, vergangen = make_veranstaltung(), make_veranstaltung(in_tagen=-30)
    make_bericht(veranstaltung=vergangen)

    html = client.get("/veranstaltungen/").text

    vorher, nachher = html.split('id="vergangen"')
    assert kommend.titel in vorher
    assert vergangen.titel in nachher
    assert "Bericht lesen" in nachher


def test_the_list_shows_no_draft_of_event_or_report(client):
    make_veranstaltung(titel="Geheimer Entwurf", status=Veranstaltung.Status.ENTWURF)
    vergangen = make_veranstaltung(in_tagen=-30)
    make_bericht(titel="Geheimer Bericht", veranstaltung=vergangen, status="entwurf")

    html = client.get("/veranstaltungen/").text

    assert vergangen.titel in html
    assert "Geheimer" not in html
    assert "Bericht lesen" not in html


def test_the_list_filters_by_art_and_offers_only_those_in_use(client):
    treffen = make_veranstaltung(art=make_veranstaltungsart("austauschtreffen"))
    fachtag = make_veranstaltung(art=make_veranstaltungsart("jahresfachtag"))
    make_veranstaltung(art=make_veranstaltungsart("geheim"), status="entwurf")

    html = client.get("/veranstaltungen/?art=austauschtreffen").text

    assert treffen.titel in html
    assert fachtag.titel not in html
    assert "?art=geheim" not in html


def test_the_list_says_how_registration_stands(client):
    tag, jetzt = dt.timedelta(days=1), timezone.now()
    make_veranstaltung(titel="Offen", plaetze=50)
    make_veranstaltung(titel="Knapp", plaetze=3)
    make_veranstaltung(titel="Voll", plaetze=0)
    make_veranstaltung(titel="Bald", plaetze=5, anmeldung_von=jetzt + tag)
    make_veranstaltung(
        titel="Zu", plaetze=5, anmeldung_von=jetzt - 2 * tag, anmeldung_bis=jetzt - tag
    )

    zeilen = client.get("/veranstaltungen/").text.split('<li class="termin')[1:]

    worte = ["Plätze frei", "Noch 3 Plätze", "Warteliste", "Anmeldung ab ", "geschlossen"]
    for titel, wort in zip(["Offen", "Knapp", "Voll", "Bald", "Zu"], worte, strict=True):
        [zeile] = [z for z in zeilen if f">{titel}</a>" in z]
        assert [w for w in worte if w in zeile] == [wort]


@pytest.mark.parametrize("wo", ["/", "/veranstaltungen/"])
def test_a_freed_seat_kept_for_somebody_who_waits_is_not_called_free(client, wo):
    treffen = make_veranstaltung(plaetze=1)
    geht = angemeldet(treffen)
    anmelden(treffen)  # waits, and has not confirmed yet
    plaetze.stornieren(geht)

    html = client.get(wo).text

    assert "Warteliste" in html
    assert "Noch 1 Platz" not in html


@pytest.mark.parametrize("art", ["gibtesnicht", "x" * 3000, "'; DROP TABLE"])
def test_an_unknown_art_is_ignored_with_a_word(client, art):
    fachtag = make_veranstaltung()

    html = client.get("/veranstaltungen/", {"art": art}).text

    assert fachtag.titel in html
    assert "kennen wir nicht" in html


def test_the_review_has_pages_that_keep_the_filter(client):
    for _ in range(21):
        make_veranstaltung(in_tagen=-30)
    kommend = make_veranstaltung()

    erste = client.get("/veranstaltungen/?art=jahresfachtag").text
    zweite = client.get("/veranstaltungen/?art=jahresfachtag&seite=2").text

    assert "?art=jahresfachtag&amp;seite=2" in erste
    assert zweite.count('class="termin"') == 1
    assert kommend.titel not in zweite
    assert "<title>Jahresfachtag, Seite 2" in zweite


@pytest.mark.parametrize("nummer", ["2", "abc", "0", "10^30", "-1"])
def test_a_page_that_does_not_exist_is_a_404_with_a_way_back(client, nummer):
    response = client.get("/veranstaltungen/", {"seite": nummer})

    assert response.status_code == 404
    assert 'href="/veranstaltungen/"' in response.text


def test_the_list_costs_the_same_with_one_and_with_many_events(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    def fuelle():
        make_fachtag()
        make_bericht(veranstaltung=make_veranstaltung(in_tagen=-9))

    fuelle()
    with django_assert_max_num_queries(8) as eine:
        client.get("/veranstaltungen/")
    for _ in range(5):
        fuelle()
    with django_assert_num_queries(len(eine)):
        client.get("/veranstaltungen/")
