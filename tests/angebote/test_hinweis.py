"""Whoever finds an entry wrong says so: no account, hardly a field, nothing lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from angebote import abwehr
from angebote.models import Angebot, Hinweis, Sendung
from tests.factories import make_angebot, make_bestaetigung, make_kommune, make_landesprogramm

from .rueckmeldung import absenden, ausgefuellt, warten

pytestmark = pytest.mark.django_db
ADRESSE = "/angebote/elterncafe/hinweis/"
FELDER = {"thema": "telefon", "text": "Kein Anschluss unter dieser Nummer."}


@pytest.fixture(autouse=True)
def angebot():
    make_landesprogramm()
    return make_angebot(titel="Elterncafé", slug="elterncafe", kommune=make_kommune())


def test_a_hinweis_is_stored_and_thanked_for(client, angebot):
    antwort = absenden(client, ADRESSE, **FELDER, absender_email="kim@example.org")

    assert (antwort.status_code, antwort["Location"]) == (302, f"{ADRESSE}danke/")
    hinweis = Hinweis.objects.offen().get()
    assert (hinweis.angebot, hinweis.thema, hinweis.text, hinweis.absender_email) == (
        angebot,
        "telefon",
        FELDER["text"],
        "kim@example.org",
    )
    assert "Danke" in client.get(antwort["Location"]).content.decode()


def test_one_choice_is_enough(client):
    absenden(client, ADRESSE, thema="zeiten")

    assert Hinweis.objects.offen().count() == 1


def test_the_page_of_the_angebot_leads_there(client):
    html = client.get("/angebote/elterncafe/").content.decode()

    assert f'href="{ADRESSE}"' in html
    assert "Stimmt etwas nicht?" in html


def test_from_then_on_the_entry_counts_as_overdue_and_lists_say_so(client, angebot):
    make_bestaetigung(angebot)
    vorher = client.get("/angebote/").content.decode()

    absenden(client, ADRESSE, **FELDER)

    nachher = client.get("/angebote/").content.decode()
    assert Angebot.objects.mit_bestaetigung().get().ueberfaellig
    assert "bestätigt" in vorher
    assert vorher != nachher
    Hinweis.objects.get().erledigen(None, Hinweis.Ergebnis.STIMMT)
    assert not Angebot.objects.mit_bestaetigung().get().ueberfaellig


def test_what_waits_apart_changes_nothing_for_the_public(client, angebot):
    make_bestaetigung(angebot)
    vorher = client.get("/angebote/").content

    client.post(ADRESSE, ausgefuellt(client, ADRESSE, sofort=True, **FELDER))

    assert client.get("/angebote/").content == vorher


def test_a_draft_has_no_such_page(client):
    make_angebot(titel="Entwurf", slug="entwurf", status="entwurf")

    assert client.get("/angebote/entwurf/hinweis/").status_code == 404
    assert client.get("/angebote/entwurf/hinweis/danke/").status_code == 404


def test_the_same_form_sent_in_ten_tabs_is_one_hinweis(client):
    daten = ausgefuellt(client, ADRESSE, **FELDER)

    antworten = [client.post(ADRESSE, daten) for _ in range(10)]

    assert {antwort.status_code for antwort in antworten} == {302}
    assert Hinweis.objects.count() == Sendung.objects.count() == 1


def test_ten_forms_are_ten_hinweise(client):
    for nummer in range(10):
        absenden(client, ADRESSE, thema="sonstiges", text=f"Raum {nummer} gibt es nicht.")

    assert Hinweis.objects.offen().count() == 10


@pytest.mark.parametrize(
    ("felder", "worte"),
    [
        ({"thema": ""}, "Bitte wählen Sie aus, was nicht stimmt."),
        ({"thema": "erfunden"}, "Bitte wählen Sie aus, was nicht stimmt."),
        ({"thema": "sonstiges", "text": " \n "}, "in einem Satz, was nicht stimmt"),
        ({"text": "a" * 1_000_000}, "Bitte kürzen Sie den Text auf 2000 Zeichen."),
        ({"text": "nul\0"}, "Null"),
        ({"absender_email": "kim@"}, "Diese E-Mail-Adresse ist unvollständig."),
        ({"bitte_leer": "https://werbung.example"}, "Bitte lassen Sie dieses Feld frei."),
    ],
)
def test_a_wrong_entry_is_said_in_words_and_nothing_typed_is_lost(client, felder, worte):
    daten = ausgefuellt(client, ADRESSE, **FELDER | felder)

    antwort = client.post(ADRESSE, daten)

    html = antwort.content.decode()
    assert antwort.status_code == 422
    assert re.search(r"<title>\s*Fehler: ", html)
    assert html.index('role="alert"') < html.index("<h1>")
    assert worte in html
    assert daten["zeichen"] in html
    assert not Hinweis.objects.exists()
    assert not Sendung.objects.exists()


@pytest.mark.parametrize("zeichen", ["", "x", "a:b:c", "1" * 9000])
def test_a_forged_mark_costs_a_second_press_and_no_text(client, zeichen):
    daten = ausgefuellt(client, ADRESSE, **FELDER) | {"zeichen": zeichen}

    antwort = client.post(ADRESSE, daten)

    html = antwort.content.decode()
    assert antwort.status_code == 422
    assert "sehr lange offen" in html
    assert FELDER["text"] in html
    assert not Hinweis.objects.exists()
    frisches = re.search(r'name="zeichen" value="([^"]+)"', html)[1]
    assert client.post(ADRESSE, daten | {"zeichen": frisches}).status_code == 302


def test_a_mark_of_yesterday_is_old(client, monkeypatch):
    daten = ausgefuellt(client, ADRESSE, **FELDER)
    warten(monkeypatch, 13 * 60 * 60)

    assert client.post(ADRESSE, daten).status_code == 422


def test_a_form_of_another_site_is_refused():
    client = Client(enforce_csrf_checks=True)

    antwort = client.post(ADRESSE, FELDER)

    assert antwort.status_code == 403
    assert not Hinweis.objects.exists()


# ------------------------------------------------------------------ the defence


def test_an_office_behind_one_address_is_not_held_up(client, monkeypatch):
    monkeypatch.setattr(abwehr, "SEKUNDEN", 0)
    jetzt = timezone.now()

    for minute in range(60):
        monkeypatch.setattr(
            abwehr.timezone, "now", lambda m=minute: jetzt + timedelta(minutes=m)
        )
        antwort = absenden(
            client, ADRESSE, thema="telefon", text=f"Nummer {minute} ist falsch."
        )
        assert antwort.status_code == 302

    assert Hinweis.objects.offen().count() == 60


def test_an_office_reporting_many_entries_is_heard_and_puts_few_of_them_in_doubt(
    client, angebot, monkeypatch
):
    jetzt = timezone.now()
    slugs = [
        make_angebot(titel=f"Treff {n}", slug=f"treff-{n}", kommune=angebot.kommune).slug
        for n in range(60)
    ]

    for minute, slug in enumerate(slugs):
        monkeypatch.setattr(
            abwehr.timezone, "now", lambda m=minute: jetzt + timedelta(minutes=m * 0.9)
        )
        antwort = absenden(client, f"/angebote/{slug}/hinweis/", thema="telefon")
        assert antwort.status_code == 302

    assert Hinweis.objects.offen().count() == 10
    assert Hinweis.objects.verdaechtig().count() == 50
    gestoert = Angebot.objects.mit_bestaetigung().filter(gestoert=True)
    assert set(gestoert.values_list("slug", flat=True)) == set(slugs[:10])


def test_the_eleventh_entry_counts_again_once_the_hour_is_over(client, angebot, monkeypatch):
    monkeypatch.setattr(abwehr, "VERSCHIEDENE", 1)
    jetzt = timezone.now()
    for nummer, minuten in enumerate([0, 1, 62]):
        slug = make_angebot(slug=f"treff-{nummer}", kommune=angebot.kommune).slug
        monkeypatch.setattr(
            abwehr.timezone, "now", lambda m=minuten: jetzt + timedelta(minutes=m)
        )
        absenden(client, f"/angebote/{slug}/hinweis/", thema="telefon")

    stand = dict(Hinweis.objects.values_list("angebot__slug", "status"))
    assert stand == {"treff-0": "offen", "treff-1": "verdacht", "treff-2": "offen"}


def test_a_programme_with_two_hundred_in_a_minute_does_not_get_through(client):
    status = []
    for nummer in range(200):
        antwort = absenden(
            client, ADRESSE, thema="telefon", text=f"Nummer {nummer} ist falsch."
        )
        status.append(antwort.status_code)

    assert status.count(429) == 160
    assert Hinweis.objects.offen().count() == 20
    assert Hinweis.objects.verdaechtig().count() == 20
    assert Sendung.objects.count() == 40


def test_who_comes_too_often_keeps_what_was_typed(client, monkeypatch):
    monkeypatch.setattr(abwehr, "ZU_VIEL", {abwehr.MINUTE: 0})

    antwort = absenden(client, ADRESSE, **FELDER)

    html = antwort.content.decode()
    assert (antwort.status_code, antwort["Retry-After"]) == (429, "120")
    assert FELDER["text"] in html
    assert "in ein paar Minuten" in html
    assert re.search(r"<title>\s*Fehler: ", html)


def test_another_address_is_not_punished_for_it(client, monkeypatch):
    monkeypatch.setattr(abwehr, "ZU_VIEL", {abwehr.MINUTE: 1})
    absenden(client, ADRESSE, thema="telefon")
    assert absenden(client, ADRESSE, thema="telefon").status_code == 429

    andere = Client(REMOTE_ADDR="203.0.113.9")

    assert absenden(andere, ADRESSE, thema="telefon").status_code == 302


def test_all_addresses_of_a_network_are_one_sender(monkeypatch):
    monkeypatch.setattr(abwehr, "ZU_VIEL", {abwehr.MINUTE: 1})
    absenden(Client(REMOTE_ADDR="2001:db8::1"), ADRESSE, thema="telefon")

    nachbar = absenden(Client(REMOTE_ADDR="2001:db8::ffff"), ADRESSE, thema="telefon")
    anderes = absenden(Client(REMOTE_ADDR="2001:db8:1::1"), ADRESSE, thema="telefon")

    assert (nachbar.status_code, anderes.status_code) == (429, 302)


def test_what_is_sent_faster_than_read_waits_apart(client):
    daten = ausgefuellt(client, ADRESSE, sofort=True, **FELDER)

    antwort = client.post(ADRESSE, daten)

    assert antwort.status_code == 302
    assert Hinweis.objects.get().status == Hinweis.Status.VERDACHT


def test_the_same_words_again_and_again_wait_apart_wherever_they_come_from():
    for nummer in range(5):
        text = f"Kaufen Sie{' ' * nummer} hier!"
        fremd = Client(REMOTE_ADDR=f"203.0.113.{nummer}")
        absenden(fremd, ADRESSE, thema="sonstiges", text=text)

    assert Hinweis.objects.offen().count() == 3
    assert Hinweis.objects.verdaechtig().count() == 2


def test_many_without_a_word_are_not_the_same_words(client):
    for _ in range(5):
        absenden(client, ADRESSE, thema="telefon")

    assert Hinweis.objects.offen().count() == 5


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Neue Seite: https://beispiel.de", "offen"),
        ("https://a.example https://b.example", "verdacht"),
        ("[url=x]Jetzt[/url] www.a.example", "verdacht"),
    ],
)
def test_many_links_wait_apart_and_one_does_not(client, text, status):
    absenden(client, ADRESSE, thema="sonstiges", text=text)

    assert Hinweis.objects.get().status == status


def test_what_is_kept_of_the_sender_is_no_address_and_ends_with_the_day(client, monkeypatch):
    absenden(client, ADRESSE, **FELDER)
    heute = Sendung.objects.get()
    morgen = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(abwehr.timezone, "localdate", lambda: morgen)
    absenden(client, ADRESSE, **FELDER)
    spaeter = Sendung.objects.exclude(pk=heute.pk).get()

    assert "127.0.0.1" not in str(vars(heute))
    assert heute.gegenstand != spaeter.gegenstand
    assert heute.absender != spaeter.absender
    assert heute.inhalt != spaeter.inhalt
