"""What the parameters of /angebote/ mean: each filter, and how they join."""

import pytest
from django.http import QueryDict

from angebote.filters import AngebotFilter
from angebote.models import Angebot
from kommunen.models import Kommune
from tests.factories import (
    make_angebot,
    make_angebotsformat,
    make_bestaetigung,
    make_handlungsfeld,
    make_kommune,
    make_lebensphase,
    make_ort,
    make_sprache,
    make_termin,
    make_uebergang,
    make_zeitfenster,
    make_zielgruppe,
)

pytestmark = pytest.mark.django_db


def gefiltert(query: str) -> AngebotFilter:
    return AngebotFilter(QueryDict(query))


def titel(query: str) -> list[str]:
    titel_je = dict(Angebot.objects.values_list("pk", "titel"))
    return [titel_je[pk] for pk in gefiltert(query).ergebnis.seite()]


@pytest.mark.parametrize(
    ("query", "feld", "make"),
    [
        ("phase=a", "lebensphasen", make_lebensphase),
        ("uebergang=a", "uebergaenge", make_uebergang),
        ("feld=a", "handlungsfelder", make_handlungsfeld),
        ("zielgruppe=a", "zielgruppen", make_zielgruppe),
        ("sprache=a", "sprachen", make_sprache),
        ("format=a", "formate", make_angebotsformat),
    ],
)
def test_a_code_leaves_what_has_it(query, feld, make):
    make_angebot(titel="mit", **{feld: [make("a"), make("b")]})
    make_angebot(titel="anders", **{feld: [make("b")]})
    make_angebot(titel="ohne")

    assert titel(query) == ["mit"]


@pytest.mark.parametrize(
    ("query", "fields", "other"),
    [
        ("kosten=frei", {"kosten": "kostenlos"}, {"kosten": "betrag"}),
        ("kosten=frei", {"kosten": "kostenlos"}, {"kosten": "unbekannt"}),
        ("zugang=offen", {"zugang": "offen"}, {"zugang": "anmeldung"}),
    ],
)
def test_a_switch_leaves_what_is_so(query, fields, other):
    make_angebot(titel="ja", **fields)
    make_angebot(titel="nein", **other)

    assert titel(query) == ["ja"]


def test_several_codes_of_a_group_widen_the_list_and_list_nothing_twice():
    wohnen, geld = make_handlungsfeld("wohnen"), make_handlungsfeld("geld")
    make_angebot(titel="beide", handlungsfelder=[wohnen, geld])
    make_angebot(titel="Geld", handlungsfelder=[geld])
    make_angebot(titel="keins", handlungsfelder=[make_handlungsfeld("essen")])

    assert titel("feld=wohnen&feld=geld&feld=geld") == ["beide", "Geld"]


def test_groups_narrow_each_other():
    wohnen, tuerkisch = make_handlungsfeld("wohnen"), make_sprache("tr")
    make_angebot(titel="beides", handlungsfelder=[wohnen], sprachen=[tuerkisch])
    make_angebot(titel="nur Wohnen", handlungsfelder=[wohnen])
    make_angebot(titel="nur Türkisch", sprachen=[tuerkisch])

    assert titel("feld=wohnen&sprache=tr") == ["beides"]


def test_phases_and_transitions_are_one_group():
    kita, wechsel = make_lebensphase("kita"), make_uebergang("in-die-kita")
    make_angebot(titel="Phase", lebensphasen=[kita])
    make_angebot(titel="Übergang", uebergaenge=[wechsel])
    make_angebot(titel="nichts davon", lebensphasen=[make_lebensphase("grundschule")])

    assert titel("phase=kita&uebergang=in-die-kita") == ["Phase", "Übergang"]


def test_the_life_course_still_narrows_the_other_groups():
    kita, wohnen = make_lebensphase("kita"), make_handlungsfeld("wohnen")
    make_angebot(titel="beides", lebensphasen=[kita], handlungsfelder=[wohnen])
    make_angebot(titel="nur Kita", lebensphasen=[kita])

    assert titel("phase=kita&feld=wohnen") == ["beides"]


def test_a_kommune_shows_its_own_first_and_then_what_is_for_everybody():
    kassel, fulda = make_kommune(slug="kassel"), make_kommune(slug="fulda")
    make_angebot(titel="B in Kassel", kommune=kassel)
    make_angebot(titel="A landesweit")
    make_angebot(titel="C in Fulda", kommune=fulda)

    assert titel("kommune=kassel") == ["B in Kassel", "A landesweit"]
    assert titel("kommune=kassel&kommune=fulda") == [
        "B in Kassel",
        "C in Fulda",
        "A landesweit",
    ]
    assert titel("kommune=landesweit") == ["A landesweit"]


@pytest.fixture
def umkreis() -> None:
    """Something of each kind near Kassel and far from it."""
    dort, telefonisch = make_kommune(slug="kassel"), make_angebotsformat("telefonisch")
    main = make_kommune(slug="main")
    kassel = make_ort(lat=51.31, lon=9.49, kommune=dort)
    frankfurt = make_ort(lat=50.1, lon=8.6, plz="60311", kommune=main)
    make_angebot(titel="A in Kassel", kommune=dort, orte=[kassel])
    make_angebot(titel="B in Kassel, ohne Ort", kommune=dort)
    make_angebot(titel="C am Main", kommune=main, orte=[frankfurt])
    make_angebot(titel="C am Main, ohne Ort", kommune=main)
    make_angebot(titel="D für alle, ohne Ort")
    make_angebot(titel="E für alle, am Main", orte=[frankfurt])
    make_angebot(titel="F für alle, am Telefon", orte=[frankfurt], formate=[telefonisch])
    make_angebot(titel="G für alle, in Kassel", orte=[kassel])


@pytest.mark.usefixtures("umkreis")
@pytest.mark.parametrize("sort", ["titel", "stand", "naehe"])
def test_a_circle_ends_with_what_is_for_everybody_wherever_they_live(sort):
    reihe = titel(f"plz=34117&km=20&sort={sort}")

    assert sorted(reihe[:3]) == [
        "A in Kassel",
        "B in Kassel, ohne Ort",
        "G für alle, in Kassel",
    ]
    assert sorted(reihe[3:]) == ["D für alle, ohne Ort", "F für alle, am Telefon"]


@pytest.mark.usefixtures("umkreis")
def test_what_comes_to_the_people_of_a_kommune_stands_behind_what_they_go_to():
    reihe = titel("plz=34117&km=20&sort=naehe")

    assert reihe[2] == "B in Kassel, ohne Ort"
    assert "C am Main, ohne Ort" not in reihe
    # Who looks so far may travel, but whoever visits the people at the Main does not.
    assert "C am Main, ohne Ort" not in titel("plz=34117&km=200")
    assert "C am Main" in titel("plz=34117&km=200")


@pytest.mark.usefixtures("umkreis")
def test_what_is_on_site_is_nowhere_between_two_dates():
    vor_ort = make_angebotsformat("vor-ort")
    kassel = Kommune.objects.get(slug="kassel")
    make_angebot(titel="H in Kassel, bald wieder", kommune=kassel, formate=[vor_ort])
    make_angebot(titel="I für alle, bald wieder", formate=[vor_ort])

    reihe = titel("plz=34117&km=20")

    assert not {"H in Kassel, bald wieder", "I für alle, bald wieder"} & set(reihe)


@pytest.mark.usefixtures("umkreis")
def test_who_visits_people_is_found_where_her_office_is_not():
    aufsuchend, kassel = make_angebotsformat("aufsuchend"), Kommune.objects.get(slug="kassel")
    buero = make_ort(lat=50.9, lon=9.49, plz="34590", kommune=kassel)
    make_angebot(titel="J kommt", kommune=kassel, orte=[buero], formate=[aufsuchend])
    make_angebot(titel="K im Büro", kommune=kassel, orte=[buero])

    reihe = titel("plz=34117&km=10")

    assert "J kommt" in reihe
    assert "K im Büro" not in reihe


@pytest.mark.usefixtures("umkreis")
def test_a_county_comes_to_its_villages_even_far_from_its_middle():
    kreis = make_kommune(slug="kreis")
    make_ort(lat=51.30, lon=9.45, plz="34131", kommune=kreis)
    make_ort(lat=50.80, lon=9.45, plz="34576", kommune=kreis)
    make_angebot(titel="Hausbesuch im Kreis", kommune=kreis)

    assert "Hausbesuch im Kreis" in titel("plz=34131&km=5")
    assert "Hausbesuch im Kreis" not in titel("plz=60311&km=5")


@pytest.mark.usefixtures("umkreis")
def test_a_circle_and_a_kommune_narrow_each_other_but_not_what_is_for_everybody():
    assert titel("plz=34117&km=20&kommune=kassel&sort=titel") == [
        "A in Kassel",
        "B in Kassel, ohne Ort",
        "G für alle, in Kassel",
        "D für alle, ohne Ort",
        "F für alle, am Telefon",
    ]
    assert titel("plz=34117&km=20&kommune=main&sort=titel")[0] == "G für alle, in Kassel"


@pytest.mark.usefixtures("umkreis")
def test_the_best_hits_of_a_circle_come_before_those_for_everybody():
    assert titel("q=Kassel+alle&plz=34117")[:1] == ["G für alle, in Kassel"]
    assert titel("q=Telefon&plz=34117") == ["F für alle, am Telefon"]


@pytest.mark.parametrize(
    ("jahre", "erwartet"),
    [
        ("0", ["0 bis 2 Jahre", "ohne Grenze"]),
        ("2", ["0 bis 2 Jahre", "2½ bis 6 Jahre", "ohne Grenze"]),
        ("2,5", ["0 bis 2 Jahre", "2½ bis 6 Jahre", "ohne Grenze"]),
        ("6 Monate", ["0 bis 2 Jahre", "ohne Grenze"]),
        ("18 Monate", ["0 bis 2 Jahre", "ohne Grenze"]),
        ("3 Jahre", ["2½ bis 6 Jahre", "ohne Grenze"]),
        ("6", ["2½ bis 6 Jahre", "ab 6 Jahren", "ohne Grenze"]),
        ("99", ["ab 6 Jahren", "ohne Grenze"]),
    ],
)
def test_an_age_in_years_finds_every_range_that_covers_it(jahre, erwartet):
    make_angebot(titel="0 bis 2 Jahre", alter_von=0, alter_bis=24)
    make_angebot(titel="2½ bis 6 Jahre", alter_von=30, alter_bis=72)
    make_angebot(titel="ab 6 Jahren", alter_von=72)
    make_angebot(titel="ohne Grenze")

    assert titel(f"alter={jahre}") == erwartet


def test_step_free_counts_places_from_now_on():
    rampe, stufe = make_ort(stufenlos="ja"), make_ort(stufenlos="nein")
    make_zeitfenster(make_angebot(titel="a jede Woche"), ort=rampe)
    make_termin(make_angebot(titel="b bald"), ort=rampe)
    make_angebot(titel="c nach Vereinbarung", orte=[rampe, stufe])
    make_termin(make_angebot(titel="vorbei"), ort=rampe, in_tagen=-7)
    make_termin(make_angebot(titel="abgesagt"), ort=rampe, abgesagt=True)
    make_zeitfenster(make_angebot(titel="abgelaufen"), ort=rampe, gueltig_bis="2020-01-01")
    make_zeitfenster(make_angebot(titel="Stufe"), ort=stufe)
    make_angebot(titel="unbekannt", orte=[make_ort()])

    assert titel("stufenlos=1") == ["a jede Woche", "b bald", "c nach Vereinbarung"]


def test_what_is_not_public_is_found_by_no_filter():
    kita = make_lebensphase("kita")
    make_angebot(titel="Entwurf", status="entwurf", lebensphasen=[kita])
    make_angebot(titel="beendet", status="beendet", lebensphasen=[kita])
    make_angebot(
        titel="pausiert", status="pausiert", pausiert_bis="2030-01-01", lebensphasen=[kita]
    )

    assert titel("phase=kita") == ["pausiert"]


def test_titles_sort_as_a_german_reads_them():
    for name in ("Zebra", "Ärztin", "elterncafé", "„Bunt“", "Übergang", "Vater"):
        make_angebot(titel=name)

    assert titel("") == ["Ärztin", "„Bunt“", "elterncafé", "Übergang", "Vater", "Zebra"]


def test_the_last_confirmed_stand_first_and_the_never_confirmed_last():
    make_angebot(titel="nie")
    for name, tag in (("alt", "2025-01-01T12:00Z"), ("neu", "2026-06-01T12:00Z")):
        angebot = make_angebot(titel=name)
        make_bestaetigung(angebot, wann="2024-01-01T12:00Z")
        make_bestaetigung(angebot, wann=tag)

    assert titel("sort=stand&ungesichert=1") == ["neu", "alt", "nie"]


def test_unknown_values_are_left_out_and_named():
    make_kommune(slug="kassel")
    make_kommune(slug="entwurf", status="entwurf")
    make_angebot(titel="da", handlungsfelder=[make_handlungsfeld("wohnen")])
    make_angebot(titel="nicht da")

    query = "feld=wohnen&feld=xyz&kommune=entwurf&kosten=viel&alter=abc&sort=quer&phase="
    filterset = gefiltert(query)

    assert filterset.ergebnis.anzahl == 1
    unbekannt = {wert for _name, wert in filterset.unbekannt}
    assert unbekannt == {"xyz", "entwurf", "viel", "abc", "quer"}


def test_addresses_keep_what_was_understood_in_one_order():
    make_handlungsfeld("wohnen")
    make_lebensphase("kita")

    eins = gefiltert("feld=wohnen&q=%C3%BCbergang&phase=kita&sort=beste&feld=xyz&seite=3")
    zwei = gefiltert("phase=kita&q=++%C3%BCbergang&feld=wohnen&feld=wohnen")

    assert eins.adresse() == "/angebote/?q=%C3%BCbergang&phase=kita&feld=wohnen"
    assert zwei.adresse() == eins.adresse()
    assert [wahl.ohne for wahl in eins.gewaehlt] == [
        "/angebote/?phase=kita&feld=wohnen",
        "/angebote/?q=%C3%BCbergang&feld=wohnen",
        "/angebote/?q=%C3%BCbergang&phase=kita",
    ]


@pytest.mark.parametrize(
    ("query", "fuer_suchmaschinen"),
    [
        ("", True),
        ("feld=wohnen", True),
        ("feld=wohnen&phase=kita", False),
        ("q=kita", False),
        ("alter=3", False),
        ("sort=stand", False),
    ],
)
def test_search_engines_get_single_choices_only(query, fuer_suchmaschinen):
    make_handlungsfeld("wohnen")
    make_lebensphase("kita")

    assert gefiltert(query).fuer_suchmaschinen is fuer_suchmaschinen
