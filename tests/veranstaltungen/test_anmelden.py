"""The registration form: what people see, what is kept, what a stranger never learns."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm, make_veranstaltung
from tests.veranstaltungen.hilfen import ALEX, anmelden, belegt, wahl
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Veranstaltung

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()


def adresse(veranstaltung) -> str:
    return f"/veranstaltungen/{veranstaltung.slug}/anmelden/"


def eingaben(veranstaltung, *foren, **felder) -> dict:
    """What a browser sends; the Fachforum numbers in the order of the Durchgänge."""
    gewaehlt = wahl(veranstaltung, *foren) if foren else {}
    nummern = dict(veranstaltung.durchgaenge.values_list("pk", "nummer"))
    je_durchgang = {
        f"durchgang_{nummern[d]}": "kein" if forum is None else forum
        for d, forum in gewaehlt.items()
    }
    return ALEX | {"schluessel": str(uuid.uuid4())} | je_durchgang | felder


def test_the_form_offers_every_forum_with_its_places_and_chooses_none(client):
    fachtag = make_fachtag(foren=2, je_forum=1)
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    html = client.get(adresse(fachtag)).content.decode()

    assert html.count('type="radio"') == 6
    assert "checked" not in html
    assert len(re.findall(r'type="radio"[^>]* disabled', html)) == 1
    assert html.count("ausgebucht") == 1
    assert html.count("noch 1 Platz frei") == 3
    assert html.count("Kein Fachforum in diesem Durchgang") == 2


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
    assert html.count("checked") == 2
    assert not Anmeldung.objects.exists()


def test_a_choice_is_asked_for_in_every_durchgang(client):
    fachtag = make_fachtag()

    response = client.post(adresse(fachtag), eingaben(fachtag))

    html = response.content.decode()
    assert html.count("Bitte wählen Sie für Durchgang 1 ein Fachforum") == 2
    assert html.count("Bitte wählen Sie für Durchgang 2 ein Fachforum") == 2


def test_a_seat_lost_while_the_form_was_open_brings_it_back_with_new_numbers(client):
    fachtag = make_fachtag(je_forum=1)
    daten = eingaben(fachtag, 1, 2, organisation="Jugendamt")
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    response = client.post(adresse(fachtag), daten)

    html = response.content.decode()
    assert response.status_code == 422
    assert html.count("„Forum 1“ ist in Durchgang 1 jetzt ausgebucht.") == 2
    assert "Frei ist hier zum Beispiel „Forum 3“." in html
    assert 'value="Jugendamt"' in html
    assert f'value="{daten["schluessel"]}"' in html
    assert html.count("checked") == 1
    assert 'id="id_durchgang_1_0"' in html
    assert belegt(fachtag) == {"haus": 1, (1, 1): 1}


def test_the_link_of_the_error_summary_leads_to_a_control_that_is_not_disabled(client):
    fachtag = make_fachtag(je_forum=1)
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    html = client.post(adresse(fachtag), eingaben(fachtag)).content.decode()

    erstes = re.search(r'<input[^>]*id="id_durchgang_1_0"[^>]*>', html)[0]
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


TAG = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("felder", "ueberschrift"),
    [
        (
            {"anmeldung_von": TAG, "anmeldung_bis": 2 * TAG},
            "Die Anmeldung ist noch nicht offen",
        ),
        ({"anmeldung_von": -2 * TAG, "anmeldung_bis": -TAG}, "Die Anmeldung ist geschlossen"),
        ({"status": Veranstaltung.Status.ABGESAGT}, "Diese Veranstaltung ist abgesagt"),
        ({"status": Veranstaltung.Status.SAVE_THE_DATE}, "noch nicht offen"),
        (
            {
                "beginn": -3 * TAG,
                "ende": -2 * TAG,
                "anmeldung_von": -9 * TAG,
                "anmeldung_bis": -3 * TAG,
            },
            "Diese Veranstaltung ist vorbei",
        ),
        ({"anmeldung_von": None, "anmeldung_bis": None}, "Hier gibt es keine Anmeldung"),
    ],
)
def test_outside_the_window_there_is_a_page_and_no_form(client, felder, ueberschrift):
    treffen = make_veranstaltung(plaetze=3)
    for feld, wert in felder.items():
        setattr(
            treffen, feld, timezone.now() + wert if isinstance(wert, dt.timedelta) else wert
        )
    treffen.save()

    gelesen = client.get(adresse(treffen))
    geschickt = client.post(adresse(treffen), eingaben(treffen))

    assert (gelesen.status_code, geschickt.status_code) == (200, 409)
    assert ueberschrift in gelesen.text
    assert "<form" not in gelesen.text
    assert not gelesen.cookies
    assert not Anmeldung.objects.exists()


def test_a_full_event_says_so(client):
    treffen = make_veranstaltung(plaetze=1)
    anmelden(treffen)

    gelesen = client.get(adresse(treffen))
    geschickt = client.post(adresse(treffen), eingaben(treffen))

    assert "<h1>Ausgebucht</h1>" in gelesen.text
    assert geschickt.status_code == 409


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
    assert response.text.count("checked") == 2
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
