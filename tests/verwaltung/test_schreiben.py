"""A mail to some of the registered: previewed, counted, sent once, and nothing evaluated."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from praeventionsketten import rollen
from praeventionsketten.models import Mail
from tests import factories as f
from tests.veranstaltungen.hilfen import anmelden as einbuchen
from tests.veranstaltungen.hilfen import wahl
from veranstaltungen.models import Protokoll
from veranstaltungen.rundmail import PLATZHALTER

BASIS = "/verwaltung/veranstaltungen/veranstaltung/"
ANLASS = "00000000-0000-4000-8000-000000000007"


@pytest.fixture
def team(anmelden):
    return anmelden(rollen.VERANSTALTUNGSTEAM)


@pytest.fixture
def fachtag(gruppen):
    fachtag = f.make_fachtag(je_forum=1, titel="Fachtag Herbst", ort="Kassel")
    for name, forum, quelle in [
        ("Anna Eins", 1, "telefon"),
        ("Berta Wartet", 1, "telefon"),
        ("Cora Offen", 2, "web"),
        ("Dora {link} {{ 7|add:7 }} %s", 3, "telefon"),
    ]:
        einbuchen(fachtag, name=name, wahl=wahl(fachtag, forum, None), quelle=quelle)
    storniert = einbuchen(fachtag, name="Weg Storniert", quelle="telefon").anmeldung
    storniert.status, storniert.hausplatz = "storniert", False
    storniert.save()
    Mail.objects.all().delete()
    return fachtag


def schreibe(client, fachtag, **werte):
    vorgabe = {
        "gruppe": "platz",
        "fachforum": "",
        "durchgang": "",
        "betreff": "Neuer Raum",
        "text": "Hallo {name}!",
    }
    daten = vorgabe | {"anlass": ANLASS} | werte
    return client.post(f"{BASIS}{fachtag.pk}/schreiben/", daten, follow=True)


def empfaenger() -> set[str]:
    return {
        m.text.split("!")[0].removeprefix("Hallo ").split(" ")[0] for m in Mail.objects.all()
    }


def test_first_it_is_shown_and_nothing_is_sent(team, fachtag):
    antwort = schreibe(team, fachtag, text="Hallo {name}, {titel} in {wo}: {foren} {link}")

    seite = antwort.content.decode()
    anna = fachtag.anmeldungen.get(name="Anna Eins")
    assert antwort.context["anzahl"] == 3
    assert "Hallo Anna Eins, Fachtag Herbst in Kassel: Durchgang 1: 1 · Forum 1" in seite
    assert anna.zeichen not in seite
    assert seite.count('id="id_text"') == 1
    assert not Mail.objects.exists()


def test_then_it_goes_to_each_once_however_often_one_presses(team, fachtag):
    for _ in range(2):
        antwort = schreibe(team, fachtag, senden="1")

    assert "war schon unterwegs" in antwort.content.decode()
    assert Mail.objects.count() == 3
    assert {m.betreff for m in Mail.objects.all()} == {"Neuer Raum"}
    schritt = Protokoll.objects.get(was="rundmail")
    assert (schritt.konto, schritt.daten["anzahl"]) == (team.konto, 3)


def test_two_thousand_letters_cost_one_statement_each(
    team, fachtag, django_assert_max_num_queries
):
    text = "Hallo {name}, {titel} in {wo}: {foren} {link}"
    with CaptureQueriesContext(connection) as an_vier:
        schreibe(team, fachtag, gruppe="alle", text=text, senden="1")
    for _ in range(10):
        einbuchen(fachtag, quelle="telefon", wahl=wahl(fachtag, 1, 2))
    Mail.objects.all().delete()

    with django_assert_max_num_queries(len(an_vier) + 10):
        schreibe(
            team,
            fachtag,
            gruppe="alle",
            text=text,
            senden="1",
            anlass=ANLASS.replace("7", "8"),
        )

    assert Mail.objects.count() == 14


def test_another_occasion_is_another_mail(team, fachtag):
    schreibe(team, fachtag, senden="1")
    schreibe(team, fachtag, senden="1", anlass=ANLASS.replace("7", "8"))

    assert Mail.objects.count() == 6


@pytest.mark.parametrize(
    ("gruppe", "forum", "wer"),
    [
        ("platz", None, {"Anna", "Berta", "Dora"}),
        ("platz", 1, {"Anna"}),
        ("wartend", None, {"Berta"}),
        ("wartend", 1, {"Berta"}),
        ("unbestaetigt", None, {"Cora"}),
        ("alle", None, {"Anna", "Berta", "Cora", "Dora"}),
        ("alle", 2, {"Cora"}),
        ("wartend", 2, set()),
    ],
)
def test_it_goes_to_the_chosen_ones_alone(team, fachtag, gruppe, forum, wer):
    pk = fachtag.fachforen.get(nummer=forum).pk if forum else ""

    schreibe(team, fachtag, gruppe=gruppe, fachforum=pk, senden="1")

    assert empfaenger() == wer


def test_a_selection_without_people_is_said(team, fachtag):
    runde = fachtag.durchgaenge.get(nummer=2)

    antwort = schreibe(team, fachtag, durchgang=runde.pk)

    assert "gehört gerade niemand" in antwort.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "{email}",
        "{name.__class__}",
        "{0}",
        "{}",
        "{anmeldung}",
        "{ name }",
        "{name!r}",
        "{{ 7 }}",
        "{% now %}",
    ],
)
def test_any_other_word_in_braces_is_refused(team, fachtag, text):
    antwort = schreibe(team, fachtag, text=f"Hallo {text}", senden="1")

    assert antwort.status_code == 422
    assert "kann das Portal nicht ersetzen" in antwort.content.decode()
    assert not Mail.objects.exists()


def test_nothing_else_is_evaluated_neither_in_the_text_nor_in_a_name(team, fachtag):
    schreibe(team, fachtag, text="Hallo {name}! %(name)s $name <b>&amp;</b>", senden="1")

    [dora] = [m.text for m in Mail.objects.all() if "Dora" in m.text]
    assert "Hallo Dora {link} {{ 7|add:7 }} %s!" in dora
    assert "%(name)s $name <b>&amp;</b>" in dora


def test_a_subject_stays_one_line(team, fachtag):
    schreibe(team, fachtag, betreff="Neuer Raum\r\nBcc: x@example.org {name}", senden="1")

    assert all("\n" not in m.betreff for m in Mail.objects.all())
    assert Mail.objects.filter(betreff="Neuer Raum Bcc: x@example.org Anna Eins").exists()


def test_every_word_that_is_offered_is_replaced(team, fachtag):
    text = " ".join(f"{{{wort}}}" for wort in PLATZHALTER)

    schreibe(team, fachtag, text=text, senden="1")

    anna = Mail.objects.get(text__contains="Anna Eins").text
    assert "{" not in anna


@pytest.mark.parametrize(
    "werte",
    [
        {"betreff": ""},
        {"text": ""},
        {"gruppe": "x"},
        {"fachforum": "999999"},
        {"durchgang": "x"},
        {"anlass": "x"},
    ],
)
def test_a_wrong_form_comes_back_and_nothing_is_lost(team, fachtag, werte):
    antwort = schreibe(team, fachtag, **{"text": "Langer Text."} | werte, senden="1")

    assert antwort.status_code == 422
    assert ("Langer Text." in antwort.content.decode()) is ("text" not in werte)
    assert not Mail.objects.exists()


def test_a_room_of_another_event_is_refused(team, fachtag):
    fremd = f.make_fachtag()

    for feld, reihe in [("fachforum", fremd.fachforen), ("durchgang", fremd.durchgaenge)]:
        antwort = schreibe(team, fachtag, **{feld: reihe.first().pk}, senden="1")
        assert antwort.status_code == 422


def test_the_log_keeps_no_word_of_it(team, fachtag):
    schreibe(team, fachtag, betreff="Anna ist krank", text="Anna Eins", senden="1")

    zeilen = json.dumps([p.daten for p in Protokoll.objects.filter(was="rundmail")])
    assert "Anna" not in zeilen


def test_a_mail_of_the_team_outlives_the_next_mail_about_seats(team, fachtag):
    from veranstaltungen import plaetze

    schreibe(team, fachtag, senden="1")
    plaetze.link_senden(fachtag.anmeldungen.get(name="Anna Eins"), durch=team.konto)

    assert not Mail.objects.filter(
        schluessel__contains="rundmail", status="abgebrochen"
    ).exists()


def test_only_the_team_writes(anmelden, fachtag):
    client = anmelden(rollen.KOORDINATION, kommunen=[f.make_kommune()])

    antwort = schreibe(client, fachtag, senden="1")

    assert antwort.status_code in {403, 404}
    assert "Anna" not in antwort.content.decode()
    assert not Mail.objects.exists()
