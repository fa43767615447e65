"""What a worker remembers of an event never outlives what it was read from."""

import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from praeventionsketten.models import Landesprogramm
from tests.factories import make_fachtag, make_landesprogramm
from tests.veranstaltungen.formular import adresse, eingaben, versteckt
from tests.veranstaltungen.hilfen import anmelden, wahl
from veranstaltungen.aushang import mit_plaetzen
from veranstaltungen.forms import AnmeldungForm
from veranstaltungen.models import (
    Anmeldung,
    Durchgang,
    Einwilligungstext,
    Fachforum,
    Platzkontingent,
)
from veranstaltungen.views.rahmen import rahmen

pytestmark = pytest.mark.django_db


@pytest.fixture
def fachtag():
    make_landesprogramm()
    fachtag = make_fachtag(foren=2, je_forum=1)
    Client().get(adresse(fachtag))
    return fachtag


def seite(fachtag) -> str:
    return Client().get(adresse(fachtag)).text


def test_a_remembered_form_costs_two_queries(client, fachtag):
    with CaptureQueriesContext(connection) as abfragen:
        client.get(adresse(fachtag))

    assert len(abfragen) == 2


def test_a_seat_given_shows_at_the_next_look(fachtag):
    assert seite(fachtag).count("nur noch 1 Platz frei") == 4

    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    html = seite(fachtag)
    assert html.count("nur noch 1 Platz frei") == 3
    assert html.count("ausgebucht, noch wartet niemand") == 1
    assert html.count("Bis dahin nehme ich") == 1


def test_two_people_share_neither_token_nor_key(fachtag):
    eine, andere = Client(), Client()

    seiten = [eine.get(adresse(fachtag)), andere.get(adresse(fachtag))]

    assert eine.cookies["csrftoken"].value != andere.cookies["csrftoken"].value
    schluessel = {versteckt(s.text)["schluessel"] for s in seiten}
    token = {versteckt(s.text)["csrfmiddlewaretoken"] for s in seiten}
    assert len(schluessel) == len(token) == 2


def test_the_token_of_a_remembered_form_is_accepted(fachtag):
    streng = Client(enforce_csrf_checks=True)
    html = streng.get(adresse(fachtag)).text

    antwort = streng.post(adresse(fachtag), eingaben(fachtag, **versteckt(html)))

    assert antwort.status_code == 302


@pytest.mark.parametrize(
    "aendern",
    [
        lambda fachtag: Fachforum.objects.get(nummer=1, veranstaltung=fachtag),
        lambda fachtag: fachtag,
        lambda fachtag: Landesprogramm.objects.get(),
    ],
    ids=["Fachforum", "Veranstaltung", "Landesprogramm"],
)
def test_what_the_team_renames_shows_at_the_next_look(fachtag, aendern):
    objekt = aendern(fachtag)
    feld = "titel" if hasattr(objekt, "titel") else "stelle"
    setattr(objekt, feld, "Ganz neu genannt")
    objekt.save()

    assert "Ganz neu genannt" in seite(fachtag)


def test_a_pool_that_is_added_can_be_chosen_at_once(fachtag):
    forum = Fachforum.objects.create(veranstaltung=fachtag, nummer=9, titel="Spät gekommen")
    Platzkontingent.objects.create(
        veranstaltung=fachtag,
        fachforum=forum,
        durchgang=Durchgang.objects.filter(veranstaltung=fachtag).first(),
        kapazitaet=3,
    )

    assert "Spät gekommen" in seite(fachtag)


def test_a_wording_begins_to_hold_at_its_moment(fachtag):
    gleich = timezone.now() + timedelta(seconds=0.5)
    Einwilligungstext.objects.create(
        zweck="foto", fassung=2, text="Ja zu den Fotos von morgen.", gueltig_ab=gleich
    )
    assert "von morgen" not in seite(fachtag)

    time.sleep(0.6)

    assert "von morgen" in seite(fachtag)


def test_an_event_called_off_takes_nobody_any_more(client, fachtag):
    daten = eingaben(fachtag)
    fachtag.status = fachtag.Status.ABGESAGT
    fachtag.save()

    antwort = client.post(adresse(fachtag), daten)

    assert antwort.status_code == 409
    assert not Anmeldung.objects.exists()


def test_a_draft_is_not_found_where_it_was_public(client, fachtag):
    fachtag.status = fachtag.Status.ENTWURF
    fachtag.save()

    assert client.get(adresse(fachtag)).status_code == 404
    assert client.get(f"{adresse(fachtag)}fertig/").status_code == 404


def test_what_stands_in_the_thanks_is_escaped(client, fachtag):
    client.post(adresse(fachtag), eingaben(fachtag, email="o'neill&co@example.org"))

    html = client.get(f"{adresse(fachtag)}fertig/").text

    assert "o&#x27;neill&amp;co@example.org" in html
    assert "neill" not in Client().get(f"{adresse(fachtag)}fertig/").text


@pytest.mark.parametrize("stand", ["free", "one full", "one closed", "house full"])
def test_the_filled_in_page_is_the_one_that_django_renders(rf, stand):
    make_landesprogramm()
    fachtag = make_fachtag(foren=2, je_forum=2, plaetze=2 if stand == "house full" else 9)
    for _ in range(3 if stand in ("one full", "house full") else 0):
        anmelden(fachtag, wahl=wahl(fachtag, 1, None))
    if stand == "one closed":
        fachtag.kontingente.filter(fachforum__nummer=2).update(gesperrt=True)
    html = seite(fachtag)

    tafel, jetzt = mit_plaetzen(fachtag.slug)
    form = AnmeldungForm(veranstaltung=jetzt, texte=tafel.texte, initial=versteckt(html))
    context = {"form": form, **rahmen(jetzt, "Anmeldung")}
    erwartet = render_to_string(
        "veranstaltungen/anmelden.html", context, rf.get(adresse(fachtag))
    )

    ohne_token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert ohne_token.sub("", html).split() == ohne_token.sub("", erwartet).split()
