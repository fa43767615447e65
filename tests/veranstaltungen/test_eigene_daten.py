"""One's own data: to read, to take along, to delete, and the way back to a lost link."""

import datetime as dt
import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm, make_veranstaltung
from tests.veranstaltungen.eigene import alles, geoeffnet, link, seite
from tests.veranstaltungen.hilfen import ALEX, angemeldet, anmelden, belegt, foren, wahl
from veranstaltungen import plaetze
from veranstaltungen.models import (
    Anmeldung,
    Bedarf,
    Einwilligung,
    Einwilligungstext,
    Veranstaltung,
)

pytestmark = pytest.mark.django_db

VERLOREN = "/meine-anmeldung/"


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()
    cache.clear()


def volle_anmeldung() -> Anmeldung:
    fachtag = make_fachtag()
    text = Einwilligungstext.objects.create(zweck="foto", fassung=3, text="Fotos sind gut.")
    return angemeldet(
        fachtag,
        **ALEX,
        organisation="Jugendamt",
        wahl=wahl(fachtag, 1, 2),
        bedarfe=[Bedarf(art="essen", text="ohne Nüsse")],
        einwilligungen=[Einwilligung(zweck="foto", text=text)],
    )


ANGABEN = [
    ALEX["name"],
    ALEX["email"],
    "Jugendamt",
    "1 · Forum 1: Platz",
    "ohne Nüsse",
    "Fotos, Fassung 3",
    "Fotos sind gut.",
    "Anmeldung bestätigt (die Person selbst)",
    "Sie sind angemeldet: ",
]


def test_the_page_and_the_file_tell_everything_we_know():
    anmeldung = volle_anmeldung()
    client = geoeffnet(anmeldung)

    html = client.get(seite(anmeldung, "daten/")).text
    datei = client.get(seite(anmeldung, "daten.json"))

    als_text = json.dumps(json.loads(datei.content), ensure_ascii=False)
    for angabe in ANGABEN:
        assert angabe in html
        assert angabe in als_text
    assert "attachment" in datei["Content-Disposition"]
    assert "no-store" in datei["Cache-Control"]


def test_a_substitute_reads_nothing_of_the_person_before():
    anmeldung = volle_anmeldung()
    plaetze.wechseln(anmeldung, wahl(anmeldung.veranstaltung, 3, 2))
    plaetze.ersetzen(anmeldung, name="Kim Muster", email="kim@example.org")
    anmeldung.refresh_from_db()

    html = geoeffnet(anmeldung).get(seite(anmeldung, "daten/")).text

    assert "kim@example.org" in html
    assert "3 · Forum 3: Platz" in html
    for fremd in ("Alex", ALEX["email"], "Nüsse", "Fotos", "Forum 1", "Sie sind angemeldet"):
        assert fremd not in html


@pytest.mark.parametrize(
    ("stand", "tage"), [("bestaetigt", 90), ("storniert", 30), ("warteliste", 30)]
)
def test_the_page_says_when_the_data_go(stand, tage):
    treffen = make_veranstaltung(plaetze=0 if stand == "warteliste" else 5)
    anmeldung = angemeldet(treffen, **ALEX)
    if stand == "storniert":
        plaetze.stornieren(anmeldung)
        anmeldung.refresh_from_db()

    assert anmeldung.status == stand
    assert anmeldung.loeschen_am == treffen.ende + dt.timedelta(days=tage)


def test_deleting_asks_once_and_says_what_is_lost():
    anmeldung = volle_anmeldung()

    html = geoeffnet(anmeldung).get(seite(anmeldung, "loeschen/")).text

    assert "Sollen wir Ihre Daten jetzt löschen?" in html
    assert "Damit sagen Sie auch ab." in html


def test_deleting_now_leaves_no_trace_and_lets_the_next_move_up():
    anmeldung = volle_anmeldung()
    fachtag = anmeldung.veranstaltung
    fachtag.kontingente.filter(fachforum__nummer=1).update(kapazitaet=1)
    wartend = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    alter_link, client = link(anmeldung), geoeffnet(anmeldung)

    response = client.post(seite(anmeldung, "loeschen/"), follow=True)

    reste = repr(alles())
    assert "Ihre Daten sind gelöscht" in response.text
    for spur in (ALEX["name"], ALEX["email"], "ohne Nüsse", anmeldung.public_id):
        assert spur not in reste
    assert foren(wartend) == {(1, 1): "belegt"}
    assert belegt(fachtag) == {"haus": 1, (1, 1): 1}
    assert client.get(alter_link).status_code == 404


def test_after_the_event_deleting_takes_the_name_and_not_the_number():
    anmeldung = volle_anmeldung()
    fachtag = anmeldung.veranstaltung
    fachtag.beginn -= dt.timedelta(days=40)
    fachtag.ende -= dt.timedelta(days=40)
    fachtag.anmeldung_von, fachtag.anmeldung_bis = (
        fachtag.beginn - dt.timedelta(days=9),
        fachtag.beginn,
    )
    fachtag.save()

    geoeffnet(anmeldung).post(seite(anmeldung, "loeschen/"))

    anmeldung.refresh_from_db()
    assert (anmeldung.name, anmeldung.status) == ("", "bestaetigt")
    assert belegt(fachtag)["haus"] == 1


# ------------------------------------------------------------------ lost link


def frage(email: str):
    return Client().post(VERLOREN, {"email": email}, follow=True)


def test_a_known_address_gets_the_links_of_all_coming_events_in_one_mail():
    erste, zweite = (
        angemeldet(make_fachtag(), **ALEX),
        anmelden(make_veranstaltung(plaetze=0), **ALEX).anmeldung,
    )
    fremde = angemeldet(erste.veranstaltung)
    vorbei = angemeldet(make_fachtag(), **ALEX)
    tag = dt.timedelta(days=1)
    Veranstaltung.objects.filter(pk=vorbei.veranstaltung_id).update(
        beginn=erste.eingang - 2 * tag,
        ende=erste.eingang - tag,
        anmeldung_von=erste.eingang - 4 * tag,
        anmeldung_bis=erste.eingang - 3 * tag,
    )
    Mail.objects.all().delete()

    frage("ALEX@example.org ")

    mail = Mail.objects.get()
    assert mail.an == "ALEX@example.org"
    assert erste.zeichen in mail.text
    assert zweite.zeichen in mail.text
    assert fremde.zeichen not in mail.text
    assert vorbei.zeichen not in mail.text


def test_the_answer_never_tells_whether_an_address_is_known():
    angemeldet(make_fachtag(), **ALEX)
    Mail.objects.all().delete()

    bekannt, fremd = frage(ALEX["email"]), frage("lisa@example.org")

    assert bekannt.status_code == fremd.status_code == 200
    assert bekannt.text == fremd.text.replace("lisa@example.org", ALEX["email"])
    assert [m.an for m in Mail.objects.all()] == [ALEX["email"]]


def test_a_known_and_an_unknown_address_cost_the_same_statements():
    angemeldet(make_fachtag(), **ALEX)
    client = Client()
    client.post(VERLOREN, {"email": "vorher@example.org"})

    arbeit = []
    for email in (ALEX["email"], "lisa@example.org"):
        with CaptureQueriesContext(connection) as abfragen:
            client.post(VERLOREN, {"email": email})
        arbeit.append([" ".join(q["sql"].split()[:3]) for q in abfragen])

    bekannt, fremd = (
        [sql for sql in schritte if "SAVEPOINT" not in sql] for schritte in arbeit
    )
    assert bekannt == fremd
    assert any(sql.startswith("INSERT") for sql in fremd)


def test_asking_again_in_a_hurry_sends_no_second_mail():
    angemeldet(make_fachtag(), **ALEX)
    Mail.objects.all().delete()

    for _ in range(3):
        frage(ALEX["email"])

    assert Mail.objects.count() <= 2  # ten minutes may end between two of them


def test_a_whole_office_may_ask_and_a_machine_may_not():
    client = Client()

    antworten = [client.post(VERLOREN, {"email": f"p{n}@example.org"}) for n in range(61)]

    assert {a.status_code for a in antworten[:60]} == {302}
    assert antworten[60].status_code == 429
    assert "in zehn Minuten noch einmal" in antworten[60].text
    assert 'value="p60@example.org"' in antworten[60].text


@pytest.mark.parametrize(
    "email", ["", "alex", "alex@", "x" * 400 + "@example.org", "a\x00@b.de"]
)
def test_a_broken_address_comes_back_with_a_sentence(email):
    response = Client().post(VERLOREN, {"email": email})

    assert response.status_code == 422
    assert "<title>Fehler: " in response.text
