"""Lists of people: who stands on which, and in what form they are taken away."""

import csv
import io

import openpyxl
import pytest

from praeventionsketten import rollen
from tests import factories as f
from tests.veranstaltungen.hilfen import anmelden as einbuchen
from tests.veranstaltungen.hilfen import wahl
from veranstaltungen.admin.worte import in_worten
from veranstaltungen.models import Bedarf, Einwilligung, Einwilligungstext, Protokoll

BASIS = "/verwaltung/veranstaltungen/veranstaltung/"


@pytest.fixture
def fachtag(gruppen):
    """Anna sits in Forum 1, Boese has a formula for a name, Cora waits, Doris has not confirmed."""
    fachtag = f.make_fachtag(je_forum=2)
    anmelden(fachtag, "Anna Öz", 1)
    anmelden(fachtag, "=HYPERLINK(1) Boese", 1)
    anmelden(fachtag, "Cora Wartet", 1)
    einbuchen(fachtag, name="Doris Offen", wahl=wahl(fachtag, 2, None))
    return fachtag


def anmelden(fachtag, name: str, forum: int):
    daten = {"name": name, "organisation": "Kita", "quelle": "telefon"}
    return einbuchen(fachtag, wahl=wahl(fachtag, forum, None), **daten).anmeldung


def zeilen(antwort) -> list[list[str]]:
    inhalt = io.StringIO(antwort.content.decode("utf-8-sig"))
    return list(csv.reader(inhalt, delimiter=";"))


def hole(client, fachtag, kennung: str, **frage):
    return client.get(f"{BASIS}{fachtag.pk}/listen/{kennung}/", frage)


@pytest.fixture
def team(anmelden):
    return anmelden(rollen.VERANSTALTUNGSTEAM)


def test_the_door_list_of_a_forum_names_who_sits_there(team, fachtag):
    raum = fachtag.kontingente.get(fachforum__nummer=1, durchgang__nummer=1)

    tuer = zeilen(hole(team, fachtag, "tuer", raum=raum.pk, als="csv"))

    assert tuer[0] == ["Nr.", "Name", "Einrichtung oder Kommune", "Unterschrift"]
    assert [z[1] for z in tuer[1:]] == ["'=HYPERLINK(1) Boese", "Anna Öz"]


def test_the_door_list_of_the_house_names_all_with_a_confirmed_seat(team, fachtag):
    tuer = zeilen(hole(team, fachtag, "tuer", als="csv"))

    assert [z[1] for z in tuer[1:]] == ["'=HYPERLINK(1) Boese", "Anna Öz", "Cora Wartet"]


def test_the_list_of_the_team_is_complete(team, fachtag):
    liste = zeilen(hole(team, fachtag, "team", als="csv"))

    je_name = {z[0]: z for z in liste[1:]}
    assert set(je_name) == {"'=HYPERLINK(1) Boese", "Anna Öz", "Cora Wartet", "Doris Offen"}
    assert "1 · Forum 1 (wartet)" in je_name["Cora Wartet"]
    assert "noch nicht bestätigt" in je_name["Doris Offen"]


def test_the_list_for_participants_names_only_who_agreed(team, fachtag):
    text, _ = Einwilligungstext.objects.get_or_create(
        zweck="teilnehmerliste", fassung=91, defaults={"text": "x"}
    )
    anna, cora = (fachtag.anmeldungen.get(name=n) for n in ("Anna Öz", "Cora Wartet"))
    for wer, widerrufen in [(anna, None), (cora, fachtag.anmeldung_von)]:
        Einwilligung.objects.create(
            anmeldung=wer, zweck="teilnehmerliste", text=text, widerrufen_am=widerrufen
        )
    doris = fachtag.anmeldungen.get(name="Doris Offen")
    Einwilligung.objects.create(anmeldung=doris, zweck="teilnehmerliste", text=text)

    liste = zeilen(hole(team, fachtag, "teilnahme", als="csv"))

    assert liste == [["Name", "Einrichtung oder Kommune"], ["Anna Öz", "Kita"]]


def test_every_list_of_names_can_be_of_one_forum(team, fachtag):
    text, _ = Einwilligungstext.objects.get_or_create(
        zweck="teilnehmerliste", fassung=91, defaults={"text": "x"}
    )
    for wer in fachtag.anmeldungen.all():
        Einwilligung.objects.create(anmeldung=wer, zweck="teilnehmerliste", text=text)
    raum = fachtag.kontingente.get(fachforum__nummer=1, durchgang__nummer=1)

    teilnahme = zeilen(hole(team, fachtag, "teilnahme", raum=raum.pk, als="csv"))
    alle = zeilen(hole(team, fachtag, "team", raum=raum.pk, als="csv"))

    assert [z[0] for z in teilnahme[1:]] == ["'=HYPERLINK(1) Boese", "Anna Öz"]
    assert [z[0] for z in alle[1:]] == ["'=HYPERLINK(1) Boese", "Anna Öz", "Cora Wartet"]


def test_a_name_that_was_deleted_leaves_no_empty_row(team, fachtag):
    anna = fachtag.anmeldungen.get(name="Anna Öz")
    anna.name = anna.email = anna.organisation = ""
    anna.anonymisiert_am = fachtag.anmeldung_von
    anna.save()

    for kennung in ("team", "tuer"):
        assert len(zeilen(hole(team, fachtag, kennung, als="csv"))) == (
            4 if kennung == "team" else 3
        )


def test_a_consent_to_photos_is_none_to_the_list(team, fachtag):
    text, _ = Einwilligungstext.objects.get_or_create(
        zweck="foto", fassung=91, defaults={"text": "x"}
    )
    anna = fachtag.anmeldungen.get(name="Anna Öz")
    Einwilligung.objects.create(anmeldung=anna, zweck="foto", text=text)

    assert len(zeilen(hole(team, fachtag, "teilnahme", als="csv"))) == 1


def test_needs_stand_on_a_list_of_their_own(team, fachtag):
    anna = fachtag.anmeldungen.get(name="Anna Öz")
    Bedarf.objects.create(anmeldung=anna, art="essen", text="vegan")

    liste = zeilen(hole(team, fachtag, "bedarf", als="csv"))
    andere = hole(team, fachtag, "team", als="csv").content.decode()

    assert liste[1:] == [["Essen", "vegan", "Anna Öz"]]
    assert "vegan" not in andere


def test_the_page_to_print_says_how_old_it_is(team, fachtag):
    seite = " ".join(hole(team, fachtag, "tuer").content.decode().split())

    assert "<strong>Stand " in seite
    assert "Unterschrift</th>" in seite
    assert "=HYPERLINK(1) Boese</td>" in seite
    assert seite.count("<tr>") == 4


def test_excel_gets_the_same_people_as_text(team, fachtag):
    antwort = hole(team, fachtag, "tuer", als="xlsx")

    blatt = openpyxl.load_workbook(io.BytesIO(antwort.content)).active
    namen = [zeile[1].value for zeile in blatt.iter_rows(min_row=2)]
    assert namen == ["'=HYPERLINK(1) Boese", "Anna Öz", "Cora Wartet"]
    assert {z.data_type for zeile in blatt.iter_rows() for z in zeile} <= {"s", "inlineStr"}
    assert "attachment" in antwort.headers["Content-Disposition"]
    assert "no-store" in antwort.headers["Cache-Control"]


def test_a_list_costs_the_same_with_many_people(team, fachtag, django_assert_max_num_queries):
    for n in range(5):
        anmelden(fachtag, f"Person {n} Viel", 3)

    with django_assert_max_num_queries(12):
        hole(team, fachtag, "team")


@pytest.mark.parametrize("raum", ["x", "999999", "9" * 40, "-1"])
def test_an_unknown_room_is_not_found(team, fachtag, raum):
    assert hole(team, fachtag, "tuer", raum=raum).status_code == 404


def test_a_room_of_another_event_and_an_unknown_list_are_not_found(team, fachtag):
    fremd = f.make_fachtag().kontingente.first()

    assert hole(team, fachtag, "tuer", raum=fremd.pk).status_code == 404
    assert hole(team, fachtag, "alle").status_code == 404


@pytest.mark.parametrize("als", ["", "csv", "xlsx"])
@pytest.mark.parametrize("kennung", ["tuer", "team", "teilnahme", "bedarf"])
def test_a_coordinator_gets_no_list(anmelden, fachtag, kennung, als):
    """Even of an event in her own Kommune; the control is the team above."""
    kommune = f.make_kommune()
    fachtag.kommunen.add(kommune)
    client = anmelden(rollen.KOORDINATION, kommunen=[kommune])

    antwort = hole(client, fachtag, kennung, als=als)

    assert antwort.status_code in {403, 404}
    assert "Anna" not in antwort.content.decode()


def test_who_takes_a_list_away_stands_in_the_log_without_a_name_on_it(team, fachtag):
    hole(team, fachtag, "tuer", als="xlsx")
    hole(team, fachtag, "team", als="<b>")

    schritte = Protokoll.objects.filter(was="liste_geholt").order_by("pk")
    assert [in_worten(s) for s in schritte] == [
        "Liste geholt: Türliste (Excel)",
        "Liste geholt: Liste für das Team (zum Drucken)",
    ]
    assert all(s.konto and s.veranstaltung == fachtag and not s.anmeldung for s in schritte)
    assert "Anna" not in str([s.daten for s in schritte])
