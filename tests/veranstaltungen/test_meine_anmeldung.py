"""One's own page: reached by the link of the mail, changed by POST alone."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from praeventionsketten.lib import signatur
from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm
from tests.veranstaltungen.eigene import link, seite
from tests.veranstaltungen.hilfen import ALEX, angemeldet, anmelden, belegt, wahl
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung

pytestmark = pytest.mark.django_db


@pytest.fixture
def anmeldung() -> Anmeldung:
    make_landesprogramm()
    fachtag = make_fachtag()
    return angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))


def test_the_link_takes_the_token_out_of_the_address(client, anmeldung):
    response = client.get(link(anmeldung))

    assert (response.status_code, response.url) == (302, seite(anmeldung))
    cookie = response.cookies["meine_anmeldung"]
    assert cookie["path"] == seite(anmeldung)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("ziel", "unter"),
    [("absagen", "absagen/"), ("foren", ""), ("https://boese.example", ""), ("", "")],
)
def test_a_reminder_leads_to_the_question_and_nowhere_else(client, anmeldung, ziel, unter):
    response = client.get(link(anmeldung), {"ziel": ziel})

    assert response.url == seite(anmeldung, unter)
    assert belegt(anmeldung.veranstaltung)["haus"] == 1


def test_the_page_shows_event_person_and_both_fora_and_is_kept_nowhere(client, anmeldung):
    client.get(link(anmeldung))

    response = client.get(seite(anmeldung))

    assert "Sie sind angemeldet" in response.text
    for text in (ALEX["name"], ALEX["email"], "1 · Forum 1", "2 · Forum 2"):
        assert text in response.text.replace("<wbr>", "")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert anmeldung.zeichen not in response.text


def test_opening_the_link_and_the_page_changes_nothing(client, anmeldung):
    vorher, mails = Anmeldung.objects.values().get(), Mail.objects.count()

    for _ in range(3):
        client.get(link(anmeldung))
        client.head(link(anmeldung))
        client.get(seite(anmeldung))

    assert Anmeldung.objects.values().get() == vorher
    assert Mail.objects.count() == mails
    assert client.post(link(anmeldung)).status_code == 405


def test_cancelling_asks_once_and_frees_the_seats(client, anmeldung):
    client.get(link(anmeldung))

    frage = client.get(f"{seite(anmeldung)}absagen/")
    assert "Möchten Sie wirklich absagen?" in frage.text
    assert belegt(anmeldung.veranstaltung)["haus"] == 1

    response = client.post(f"{seite(anmeldung)}absagen/", follow=True)

    assert "Sie sind nicht mehr angemeldet" in response.text
    assert belegt(anmeldung.veranstaltung) == {}


def test_cancelling_twice_is_friendly(client, anmeldung):
    client.get(link(anmeldung))
    client.post(f"{seite(anmeldung)}absagen/")

    nochmal = client.post(f"{seite(anmeldung)}absagen/", follow=True)
    zurueck = client.get(f"{seite(anmeldung)}absagen/", follow=True)

    for response in (nochmal, zurueck):
        assert response.status_code == 200
        assert "Sie sind nicht mehr angemeldet" in response.text
    assert Mail.objects.filter(schluessel__contains=":storniert:").count() == 1


def test_after_the_deadline_the_page_says_whom_to_write_to(client, anmeldung):
    veranstaltung = anmeldung.veranstaltung
    veranstaltung.storno_bis = timezone.now() - dt.timedelta(hours=1)
    veranstaltung.save()
    client.get(link(anmeldung))

    html = client.get(seite(anmeldung)).text
    client.post(f"{seite(anmeldung)}absagen/")

    assert "absagen/" not in html
    assert "mailto:programm@example.org" in html
    anmeldung.refresh_from_db()
    assert anmeldung.ist_aktiv


def test_cancelling_needs_the_csrf_token(anmeldung):
    client = Client(enforce_csrf_checks=True)
    client.get(link(anmeldung))

    response = client.post(f"{seite(anmeldung)}absagen/")

    assert response.status_code == 403
    assert belegt(anmeldung.veranstaltung)["haus"] == 1


def test_unknown_foreign_old_and_forged_links_get_the_same_answer(client, anmeldung):
    andere = anmelden(anmeldung.veranstaltung).anmeldung
    anderer_zweck = signatur.zeichen("angebot-bestaetigen", anmeldung.public_id, 1)
    alte_version = signatur.zeichen("meine-anmeldung", anmeldung.public_id, 0)

    antworten = [
        client.get(link(anmeldung, andere.zeichen)),
        client.get(link(anmeldung, anderer_zweck)),
        client.get(link(anmeldung, alte_version)),
        client.get(link(anmeldung, "gefaelscht")),
        client.get(reverse("meine_anmeldung_link", args=["nie-vergeben", anmeldung.zeichen])),
        client.get(seite(anmeldung)),
        client.get("/meine-anmeldung/nie-vergeben/"),
        client.post(seite(anmeldung)),
    ]

    assert {a.status_code for a in antworten} == {404}
    assert all("Dieser Link gilt nicht" in a.text for a in antworten)
    assert not any(ALEX["email"] in a.text for a in antworten)
    assert not client.cookies
    assert belegt(anmeldung.veranstaltung)["haus"] == 2


def test_a_cookie_of_one_registration_does_not_open_another(client, anmeldung):
    andere = anmelden(anmeldung.veranstaltung).anmeldung
    client.cookies["meine_anmeldung"] = andere.zeichen

    assert client.get(seite(anmeldung)).status_code == 404
    assert client.post(seite(anmeldung)).status_code == 404


def test_a_new_token_version_revokes_link_and_cookie(client, anmeldung):
    alter_link = link(anmeldung)
    client.get(alter_link)
    Anmeldung.objects.update(token_version=2)

    assert client.get(seite(anmeldung)).status_code == 404
    assert client.get(alter_link).status_code == 404


def test_the_online_link_appears_when_it_is_time_and_only_with_a_seat(client, anmeldung):
    veranstaltung = anmeldung.veranstaltung
    veranstaltung.online_link = "https://treffen.example.org/raum"
    veranstaltung.link_ab = timezone.now() + dt.timedelta(hours=1)
    veranstaltung.save()
    client.get(link(anmeldung))

    zu_frueh = client.get(seite(anmeldung)).text
    veranstaltung.link_ab = timezone.now()
    veranstaltung.save()
    rechtzeitig = client.get(seite(anmeldung)).text
    plaetze.stornieren(anmeldung)
    storniert = client.get(seite(anmeldung)).text

    assert [veranstaltung.online_link in s for s in (zu_frueh, rechtzeitig, storniert)] == [
        False,
        True,
        False,
    ]


def test_too_busy_to_cancel_says_that_nothing_changed(client, anmeldung, monkeypatch):
    client.get(link(anmeldung))

    def ueberlastet(_):
        raise plaetze.Ueberlastet

    monkeypatch.setattr(plaetze, "stornieren", ueberlastet)

    response = client.post(f"{seite(anmeldung)}absagen/")

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "unverändert" in response.text
