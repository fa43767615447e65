"""When, where and how, in words a family reads."""

import datetime as dt

import pytest

from angebote.models import Zeitfenster, zusammengefasst
from kommunen.models import Ort, Sprache
from tests.factories import make_angebot, make_ort, make_termin

DIENSTAG = {"wochentag": 1, "von": dt.time(9, 30), "bis": dt.time(11)}


@pytest.mark.parametrize(
    ("fields", "worte"),
    [
        ({}, "jeden Dienstag, 9:30 bis 11:00\xa0Uhr"),
        (
            {"ferienregel": "pausiert"},
            "jeden Dienstag, 9:30 bis 11:00\xa0Uhr, pausiert in den Schulferien",
        ),
        ({"takt": "erste"}, "jeden ersten Dienstag im Monat, 9:30 bis 11:00\xa0Uhr"),
        ({"takt": "letzte"}, "jeden letzten Dienstag im Monat, 9:30 bis 11:00\xa0Uhr"),
        (
            {"takt": "anders", "text": "alle zwei Wochen"},
            "Dienstag, 9:30 bis 11:00\xa0Uhr, alle zwei Wochen",
        ),
    ],
)
def test_a_rhythm_reads_as_one_says_it(fields, worte):
    assert Zeitfenster(**DIENSTAG | fields).in_worten == worte


@pytest.mark.parametrize(
    ("wochentage", "worte"),
    [
        ([0, 1, 2, 3], "Montag bis Donnerstag, 9:30 bis 11:00\xa0Uhr"),
        ([0, 1], "jeden Montag und Dienstag, 9:30 bis 11:00\xa0Uhr"),
        ([0, 2, 4], "jeden Montag, Mittwoch und Freitag, 9:30 bis 11:00\xa0Uhr"),
    ],
)
def test_days_with_the_same_times_are_told_together(wochentage, worte):
    zeiten = [Zeitfenster(**DIENSTAG | {"wochentag": tag}) for tag in wochentage]

    assert [z.in_worten for z in zusammengefasst(zeiten)] == [worte]


def test_days_that_differ_in_anything_stay_apart():
    zeiten = [
        Zeitfenster(**DIENSTAG),
        Zeitfenster(**DIENSTAG | {"wochentag": 2, "bis": dt.time(12)}),
        Zeitfenster(**DIENSTAG | {"wochentag": 3, "ort_id": 7}),
        Zeitfenster(**DIENSTAG | {"wochentag": 4, "ferienregel": "pausiert"}),
    ]

    assert zusammengefasst(zeiten) == zeiten


@pytest.mark.django_db
def test_a_place_has_its_name_and_several_only_a_word():
    park, saal = make_ort(name="Park"), make_ort(name="Saal")
    wechselnd = make_angebot(zeiten="einzeltermine")
    make_termin(wechselnd, ort=park)
    make_termin(wechselnd, ort=saal)

    assert make_angebot(orte=[park]).wo == "Park"
    assert make_angebot(orte=[park, saal]).wo == "mehrere Orte"
    assert wechselnd.wo == "wechselnde Orte"
    assert make_angebot().wo == ""


@pytest.mark.django_db
def test_a_hidden_place_is_called_by_its_town():
    ort = make_ort(name="Haus Lindenweg", ort="Kassel", adresse_verborgen=True)

    assert make_angebot(orte=[ort]).wo == "Kassel"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("angaben", "erwartet"),
    [
        ([], "unbekannt"),
        (["ja"], "ja"),
        (["nein", "nein"], "nein"),
        (["ja", "nein"], "je-nach-ort"),
        (["ja", "unbekannt"], "je-nach-ort"),
        (["unbekannt"], "unbekannt"),
    ],
)
def test_accessibility_is_what_all_places_say(angaben, erwartet):
    angebot = make_angebot(orte=[make_ort(stufenlos=angabe) for angabe in angaben])

    assert angebot.stufenlos == erwartet


@pytest.mark.django_db
def test_nothing_known_about_access_is_told_as_one_answer():
    assert make_angebot(orte=[make_ort()]).barrierefreiheit == []
    assert make_angebot(orte=[make_ort(wc="nein")]).barrierefreiheit == [
        ("stufenlos", Ort.Angabe.UNBEKANNT),
        ("barrierefreies WC", Ort.Angabe.NEIN),
        ("Hörhilfe", Ort.Angabe.UNBEKANNT),
        ("Gebärdensprache", Ort.Angabe.UNBEKANNT),
    ]


def test_a_language_stands_in_its_own_script_and_in_german():
    arabisch = Sprache(code="ar", name="Arabisch", eigenname="العربية", rtl=True)
    deutsch = Sprache(code="de", name="Deutsch", eigenname="Deutsch")
    boese = Sprache(code="x", name="<b>", eigenname="<i>")

    assert arabisch.beschriftung == '<span lang="ar" dir="rtl">العربية</span> (Arabisch)'
    assert deutsch.beschriftung == "Deutsch"
    assert boese.beschriftung == '<span lang="x" dir="ltr">&lt;i&gt;</span> (&lt;b&gt;)'
