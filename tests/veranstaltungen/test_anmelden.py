"""The registration form: what people see, what is kept, what a stranger never learns."""

import re

import pytest
from django.test import Client

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm, make_veranstaltung
from tests.veranstaltungen.formular import adresse, eingaben, gewaehlt
from tests.veranstaltungen.hilfen import ALEX, anmelden, belegt, wahl
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Veranstaltung

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()


def test_the_form_offers_every_forum_with_its_places_and_chooses_none(client):
    fachtag = make_fachtag(foren=3, je_forum=1)
    for _ in range(3):
        anmelden(fachtag, wahl=wahl(fachtag, 1, None))
    fachtag.kontingente.filter(durchgang__nummer=2, fachforum__nummer=3).update(gesperrt=True)

    html = client.get(adresse(fachtag)).text

    assert html.count('type="radio"') == 8
    assert gewaehlt(html) == ["kein", "kein"]
    assert len(re.findall(r'type="radio"[^>]* disabled', html)) == 1
    assert html.count("<b>Warteliste:</b> ausgebucht, 2\xa0warten") == 1
    assert html.count("nur noch 1 Platz frei") == 4
    assert html.count("<small>geschlossen</small>") == 1
    assert html.count("Kein Fachforum in diesem Durchgang") == 2


def test_only_name_and_address_are_needed(client):
    fachtag = make_fachtag()

    leer = client.post(adresse(fachtag), {})
    knapp = client.post(adresse(fachtag), ALEX)

    assert "Bitte prüfen Sie 2 Angaben" in leer.text
    assert knapp.status_code == 302
    assert belegt(fachtag) == {"haus": 1}


def test_a_full_forum_is_waited_for_with_another_seat_in_hand(client):
    fachtag = make_fachtag(je_forum=1)
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    html = client.get(adresse(fachtag)).text
    client.post(adresse(fachtag), eingaben(fachtag, (1, 3), 2))

    neue = Anmeldung.objects.get(**ALEX)
    assert html.count("Bis dahin nehme ich") == 1
    assert {(w.durchgang.nummer, w.fachforum.nummer, w.status) for w in neue.wahlen.all()} == {
        (1, 1, "wartend"),
        (1, 3, "belegt"),
        (2, 2, "belegt"),
    }


def test_a_seat_until_then_is_forgotten_when_the_wish_is_free(client):
    """She thought again; the field is hidden by then, and must not stand in her way."""
    fachtag = make_fachtag(je_forum=1)
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    response = client.post(adresse(fachtag), eingaben(fachtag, (2, 3), 3))

    assert response.status_code == 302
    assert belegt(fachtag) == {"haus": 2, (1, 1): 1, (1, 2): 1, (2, 3): 1}


def test_a_seat_until_then_counts_as_chosen(client):
    fachtag = make_fachtag(je_forum=1)
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    response = client.post(adresse(fachtag), eingaben(fachtag, (1, 2), 2))

    assert response.status_code == 422
    assert "„Forum 2“ haben Sie schon in Durchgang 1 gewählt." in response.text
    assert "Frei ist hier zum Beispiel „Forum 3“." in response.text
    assert '<option value="' in response.text
    assert response.text.count(" selected") == 1


def test_a_full_forum_cannot_be_the_seat_until_then(client):
    fachtag = make_fachtag(je_forum=1)
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    response = client.post(adresse(fachtag), eingaben(fachtag, (1, 1), None))

    assert response.status_code == 422
    assert "„Forum 1“ haben Sie schon in Durchgang 1 gewählt." in response.text


def test_a_registration_leads_to_a_page_of_its_own_and_into_the_outbox(client):
    fachtag = make_fachtag()

    response = client.post(adresse(fachtag), eingaben(fachtag, 1, 2))

    assert response.status_code == 302
    assert response.url == f"{adresse(fachtag)}fertig/"
    assert Anmeldung.objects.get().name == ALEX["name"]
    assert Mail.objects.get().an == ALEX["email"]
    assert ALEX["email"] in client.get(response.url).content.decode()


def test_no_forum_in_a_durchgang_can_be_chosen(client):
    fachtag = make_fachtag()

    client.post(adresse(fachtag), eingaben(fachtag, None, 3))

    assert belegt(fachtag) == {"haus": 1, (2, 3): 1}


def test_an_event_without_fachforen_asks_for_none(client):
    treffen = make_veranstaltung(plaetze=3)

    response = client.post(adresse(treffen), eingaben(treffen))

    assert response.status_code == 302
    assert belegt(treffen) == {"haus": 1}


def test_errors_stand_above_the_heading_and_at_the_field_and_keep_what_was_typed(client):
    fachtag = make_fachtag()

    response = client.post(
        adresse(fachtag), eingaben(fachtag, 1, 1, email="koordination@", organisation="Amt <b>")
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert re.search(r"<title>Fehler: ", html)
    assert html.index('role="alert"') < html.index("<h1")
    assert html.count("Diese E-Mail-Adresse ist unvollständig") == 2
    assert html.count("„Forum 1“ haben Sie schon in Durchgang 1 gewählt.") == 2
    assert "Frei ist hier zum Beispiel „Forum 2“." in html
    assert 'href="#id_email"' in html
    assert 'href="#id_durchgang_2_0"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="koordination@"' in html
    assert "Amt &lt;b&gt;" in html
    assert len(gewaehlt(html)) == 2
    assert not Anmeldung.objects.exists()


def test_a_forum_that_filled_up_while_the_form_was_open_is_waited_for(client):
    fachtag = make_fachtag(je_forum=1)
    daten = eingaben(fachtag, 1, 2)
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    response = client.post(adresse(fachtag), daten)

    assert response.status_code == 302
    neue = Anmeldung.objects.get(**ALEX)
    assert neue.wahlen.get(durchgang__nummer=1).status == "wartend"
    assert "Warteliste, Platz 1: 1 · Forum 1" in Mail.objects.get(an=ALEX["email"]).text
    assert belegt(fachtag) == {"haus": 2, (1, 1): 1, (2, 2): 1}


def test_a_forum_closed_while_the_form_was_open_brings_it_back_with_new_numbers(client):
    fachtag = make_fachtag()
    daten = eingaben(fachtag, 1, 2, organisation="Jugendamt")
    fachtag.kontingente.filter(durchgang__nummer=1, fachforum__nummer=1).update(gesperrt=True)

    response = client.post(adresse(fachtag), daten)

    assert response.status_code == 422
    satz = "„Forum 1“ ist in Durchgang 1 für die Anmeldung geschlossen."
    assert response.text.count(satz) == 2
    assert "Frei ist hier zum Beispiel „Forum 3“." in response.text
    assert 'value="Jugendamt"' in response.text
    assert f'value="{daten["schluessel"]}"' in response.text
    assert len(gewaehlt(response.text)) == 1
    assert belegt(fachtag) == {}


def test_the_link_of_the_error_summary_leads_to_a_control_that_is_not_disabled(client):
    fachtag = make_fachtag()
    fachtag.kontingente.filter(durchgang__nummer=1, fachforum__nummer=1).update(gesperrt=True)

    html = client.post(adresse(fachtag), eingaben(fachtag, 1, 2)).text

    erstes = re.search(r'<input[^>]*id="id_durchgang_1_0"[^>]*>', html)[0]
    assert "#id_durchgang_1_0" in html
    assert "disabled" not in erstes


@pytest.mark.parametrize("wert", ["999999", "abc", "-1", "9" * 400, "kein\x00", "1.0"])
def test_a_forged_choice_is_refused_in_words(client, wert):
    fachtag = make_fachtag()

    response = client.post(adresse(fachtag), eingaben(fachtag, 1, 2, durchgang_2=wert))

    assert response.status_code == 422
    assert "Das gibt es in Durchgang 2 nicht." in response.content.decode()


def test_the_forum_of_another_event_is_refused(client):
    fachtag, fremder = make_fachtag(), make_fachtag()
    forum = fremder.fachforen.first()

    response = client.post(adresse(fachtag), eingaben(fachtag, 1, 2, durchgang_2=forum.pk))

    assert response.status_code == 422
    assert belegt(fachtag) == belegt(fremder) == {}


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({"name": "x" * 1_000_000}, "120"),
        ({"name": ""}, "Bitte nennen Sie Ihren Namen."),
        ({"name": "Gewinnen Sie auf www.example.com"}, "nur den Namen"),
        ({"name": "Alex\nhttp://example.com"}, "nur den Namen"),
        ({"name": "Al\x00ex"}, "Nullzeichen"),
        ({"email": "a" * 1_000_000}, "254"),
        ({"funktion": "x" * 121}, "120"),
        ({"bitte_leer": "http://spam.example"}, "Bitte lassen Sie dieses Feld frei."),
    ],
)
def test_absurd_fields_come_back_with_a_sentence(client, felder, satz):
    fachtag = make_fachtag()

    response = client.post(adresse(fachtag), eingaben(fachtag, 1, 2, **felder))

    assert response.status_code == 422
    assert satz in response.content.decode()
    assert not Anmeldung.objects.exists()


def test_a_broken_key_is_simply_a_new_one(client):
    fachtag = make_fachtag()

    response = client.post(adresse(fachtag), eingaben(fachtag, 1, 2, schluessel="kaputt\x00"))

    assert response.status_code == 302


def test_sending_the_form_twice_registers_once_even_on_the_last_seat(client):
    fachtag = make_fachtag(je_forum=1, plaetze=1)
    daten = eingaben(fachtag, 1, 2)

    erste = client.post(adresse(fachtag), daten)
    zweite = client.post(adresse(fachtag), daten)

    assert (erste.status_code, erste.url) == (zweite.status_code, zweite.url)
    assert Anmeldung.objects.count() == Mail.objects.count() == 1


def test_sending_again_after_an_error_registers_once(client):
    """Error, corrected, "back", corrected once more: one form, one key, one seat."""
    fachtag = make_fachtag()
    daten = eingaben(fachtag, 1, 1)

    falsch = client.post(adresse(fachtag), daten)
    richtig = daten | {"durchgang_2": fachtag.fachforen.get(nummer=2).pk}
    antworten = [client.post(adresse(fachtag), richtig) for _ in range(2)]

    assert falsch.status_code == 422
    assert f'value="{daten["schluessel"]}"' in falsch.text
    assert [a.status_code for a in antworten] == [302, 302]
    assert belegt(fachtag) == {"haus": 1, (1, 1): 1, (2, 2): 1}
    assert Mail.objects.count() == 1


def test_two_tabs_with_other_fora_keep_what_was_sent_first(client):
    fachtag = make_fachtag()

    client.post(adresse(fachtag), eingaben(fachtag, 1, 2))
    zweiter = client.post(adresse(fachtag), eingaben(fachtag, 3, 1))

    assert zweiter.status_code == 302
    assert belegt(fachtag) == {"haus": 1, (1, 1): 1, (2, 2): 1}


def antwort(response) -> tuple:
    html = re.sub(r'name="(csrfmiddlewaretoken|schluessel)" value="[^"]*"', "", response.text)
    return response.status_code, response.headers.get("Location"), html


@pytest.mark.parametrize("foren", [(1, 2), (3, 3), (2, 1)])
def test_a_stranger_cannot_learn_from_the_answer_who_is_registered(client, foren):
    """Good, doubled and full choices: the page is the same for known and unknown people."""
    fachtag = make_fachtag(je_forum=3)
    anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 2, 3))
    for _ in range(2):
        anmelden(fachtag, wahl=wahl(fachtag, 2, 3))

    fremder = Client()
    bekannt = client.post(adresse(fachtag), eingaben(fachtag, *foren))
    Anmeldung.objects.filter(email=ALEX["email"]).update(email_norm="x@example.org")
    fremd = fremder.post(adresse(fachtag), eingaben(fachtag, *foren))

    assert antwort(bekannt) == antwort(fremd)
    fertig = f"{adresse(fachtag)}fertig/"
    assert client.get(fertig).text == fremder.get(fertig).text


def test_the_page_after_registering_tells_a_stranger_nothing(client):
    fachtag = make_fachtag()
    client.post(adresse(fachtag), eingaben(fachtag, 1, 2))

    html = Client().get(f"{adresse(fachtag)}fertig/").content.decode()

    assert ALEX["email"] not in html
    assert ALEX["name"] not in html
    assert "Forum" not in html


def test_a_forged_cookie_is_ignored(client):
    fachtag = make_fachtag()
    client.cookies["anmeldung_fertig"] = "boss@example.org"

    response = client.get(f"{adresse(fachtag)}fertig/")

    assert response.status_code == 200
    assert "boss@example.org" not in response.content.decode()


@pytest.mark.parametrize("seite", ["", "fertig/"])
def test_a_draft_has_no_registration(client, seite):
    entwurf = make_veranstaltung(plaetze=3, status=Veranstaltung.Status.ENTWURF)

    assert client.get(adresse(entwurf) + seite).status_code == 404


def test_too_many_people_at_once_get_their_form_back(client, monkeypatch):
    fachtag = make_fachtag()

    def ueberlastet(*args, **kwargs):
        raise plaetze.Ueberlastet

    monkeypatch.setattr(plaetze, "anmelden", ueberlastet)

    response = client.post(adresse(fachtag), eingaben(fachtag, 1, 2))

    assert response.status_code == 503
    assert response["Retry-After"]
    assert 'value="Alex Beispiel"' in response.text
    assert len(gewaehlt(response.text)) == 2
    assert "noch einmal ab" in response.text


def test_the_form_needs_its_token_and_is_never_stored():
    fachtag = make_fachtag()
    client = Client(enforce_csrf_checks=True)

    gelesen = client.get(adresse(fachtag))
    ohne = client.post(adresse(fachtag), eingaben(fachtag, 1, 2))

    assert "no-store" in gelesen["Cache-Control"]
    assert set(gelesen.cookies) == {"csrftoken"}
    assert ohne.status_code == 403
    assert not Anmeldung.objects.exists()
