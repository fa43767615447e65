import re
import uuid

import pytest

from praeventionsketten.models import Barrieremeldung, Mail
from tests.factories import make_landesprogramm

pytestmark = pytest.mark.django_db
ADRESSE = "/barriere-melden/"


@pytest.fixture(autouse=True)
def programm():
    return make_landesprogramm(email="programm@example.org")


def felder(**fields) -> dict:
    defaults = {"text": "Das Menü geht nicht mit der Tastatur.", "schluessel": uuid.uuid4()}
    return defaults | fields


def test_a_report_is_stored_and_mailed_and_answered_with_a_redirect(client):
    antwort = client.post(
        ADRESSE, felder(seite="/angebote/", name="Kim", email="kim@example.org")
    )

    assert antwort.status_code == 302
    meldung = Barrieremeldung.objects.get()
    assert (meldung.seite, meldung.name, meldung.email) == (
        "/angebote/",
        "Kim",
        "kim@example.org",
    )
    mail = Mail.objects.get()
    assert mail.an == "programm@example.org"
    assert mail.betreff == "Eine Barriere wurde gemeldet"
    assert "Das Menü geht nicht" in mail.text
    assert "kim@example.org" in mail.text
    assert "Danke" in client.get(antwort["Location"]).content.decode()


def test_nobody_has_to_say_who_they_are(client):
    client.post(ADRESSE, felder())

    assert Barrieremeldung.objects.get().email == ""


def test_the_same_form_sent_twice_is_one_report(client):
    daten = felder()

    antworten = [client.post(ADRESSE, daten) for _ in range(2)]

    assert [antwort.status_code for antwort in antworten] == [302, 302]
    assert Barrieremeldung.objects.count() == Mail.objects.count() == 1


def test_two_forms_are_two_reports(client):
    client.post(ADRESSE, felder())
    client.post(ADRESSE, felder())

    assert Barrieremeldung.objects.count() == Mail.objects.count() == 2


@pytest.mark.parametrize("schluessel", ["", "x", "\0", "1" * 9000])
def test_a_forged_key_costs_nobody_their_report(client, schluessel):
    client.post(ADRESSE, felder(schluessel=schluessel))

    assert Barrieremeldung.objects.count() == int(schluessel != "\0")


@pytest.mark.parametrize(
    ("fields", "worte"),
    [
        ({"text": ""}, "Bitte schreiben Sie, was nicht geht."),
        ({"text": "  \n "}, "Bitte schreiben Sie, was nicht geht."),
        ({"text": "a" * 1_000_000}, "Bitte kürzen Sie den Text auf 5000 Zeichen."),
        ({"email": "kim@"}, "Bitte prüfen Sie die E-Mail-Adresse"),
        ({"name": "K" * 121}, "höchstens 120 Zeichen"),
        ({"text": "nul\0"}, "Null"),
        ({"bitte_leer": "https://werbung.example"}, "Bitte lassen Sie dieses Feld frei."),
    ],
)
def test_a_wrong_entry_is_said_in_words_and_nothing_typed_is_lost(client, fields, worte):
    daten = felder(seite="/kommunen/") | fields

    antwort = client.post(ADRESSE, daten)

    html = antwort.content.decode()
    assert antwort.status_code == 422
    assert re.search(r"<title>\s*Fehler: ", html)
    assert worte in html
    assert html.index('role="alert"') < html.index("<h1>")
    assert 'value="/kommunen/"' in html
    assert str(daten["schluessel"]) in html
    assert not Barrieremeldung.objects.exists()
    assert not Mail.objects.exists()


def test_an_error_leads_to_its_field(client):
    html = client.post(ADRESSE, felder(text="")).content.decode()

    (ziel,) = re.findall(r'<li><a href="#([^"]+)">', html)
    assert re.search(rf'<textarea[^>]*id="{ziel}"', html)
    assert re.search(r'<textarea[^>]*aria-invalid="true"', html)


def test_the_trap_is_hidden_until_it_was_touched(client):
    leer = client.get(ADRESSE).content.decode()
    gefuellt = client.post(ADRESSE, felder(bitte_leer="x")).content.decode()

    assert re.search(r"<div hidden>\s*<div[^>]*>\s*<label[^>]*bitte_leer", leer)
    assert not re.search(r"<div hidden>\s*<div[^>]*>\s*<label[^>]*bitte_leer", gefuellt)


@pytest.mark.parametrize("query", ["?seite=/kommunen/", ""])
def test_the_page_it_is_about_is_filled_in(client, query):
    headers = {} if query else {"referer": "https://portal.example.org/kommunen/"}

    html = client.get(ADRESSE + query, headers=headers).content.decode()

    assert 'kommunen/"' in re.search(r'<input[^>]*name="seite"[^>]*>', html)[0]


def test_only_this_form_sets_the_cookie_it_needs(client):
    assert list(client.get(ADRESSE).cookies) == ["csrftoken"]
    assert not client.get("/barriere-melden/danke/").cookies


def test_a_form_of_another_site_is_refused(django_user_model):
    from django.test import Client

    antwort = Client(enforce_csrf_checks=True).post(ADRESSE, felder())

    assert antwort.status_code == 403
    assert "zu lange offen" in antwort.content.decode()
    assert not Barrieremeldung.objects.exists()


def test_what_is_reported_does_not_become_a_header_of_the_mail(client):
    client.post(ADRESSE, felder(name="Kim\r\nBcc: alle@example.org"))

    assert "Bcc" not in Mail.objects.get().betreff
