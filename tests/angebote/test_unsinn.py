"""Whatever stands in the address, the directory answers, and says what it left out."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tests.factories import (
    make_angebot,
    make_handlungsfeld,
    make_kommune,
    make_lebensphase,
    make_ort,
)

pytestmark = pytest.mark.django_db
NAMEN = [
    "q",
    "kommune",
    "phase",
    "uebergang",
    "feld",
    "zielgruppe",
    "sprache",
    "kosten",
    "zugang",
    "stufenlos",
    "format",
    "alter",
    "plz",
    "km",
    "sort",
]
WERTE = [
    "-1",
    "1e9",
    "٣",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\ue000zahl feld wohnen\ue001",
    "{{ 7 }}{% now %}",
    "%s%(n)s{0}",
    "../../etc/passwd",
    "a" * 3000,
    "🙂" * 200,
    "ä" * 500,
    "\u202e\u200b\u0301",
    "kita,grundschule",
]


@pytest.fixture
def _welt():
    make_angebot(
        titel="Elterncafé",
        kommune=make_kommune(slug="kassel"),
        handlungsfelder=[make_handlungsfeld("wohnen")],
        lebensphasen=[make_lebensphase("kita")],
    )


@pytest.mark.usefixtures("_welt")
@pytest.mark.parametrize("wert", WERTE, ids=range(len(WERTE)))
def test_no_value_of_any_parameter_breaks_the_page(wert):
    for name in NAMEN:
        antwort = Client().get("/angebote/", {name: [wert, wert, ""], "feld": "wohnen"})

        html = antwort.content.decode()
        assert antwort.status_code == 200, name
        assert "<script>alert" not in html
        assert html.count("<h1") == 1


@pytest.mark.usefixtures("_welt")
@pytest.mark.parametrize("name", sorted({*NAMEN} - {"q", "plz", "km"}))
def test_what_nobody_knows_is_named_and_changes_nothing(client, name):
    html = client.get("/angebote/", {name: "un<sinn"}).content.decode()

    assert f"„{escape('un<sinn')}“ kennen wir nicht" in html
    assert "1 Angebot<" in html


@pytest.mark.usefixtures("_welt")
@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"feld=x{n}" for n in range(900)),
        "&".join(["feld=wohnen"] * 500),
        "&".join(f"unbekannt{n}=1" for n in range(500)),
        "kommune=landesweit&kommune=kassel&phase=kita&alter=99&kosten=frei&sort=naehe",
        "sort=beste&sort=stand&sort=titel&sort=naehe",
        "q=" + "+".join(f"wort{n}" for n in range(1000)),
        "q=a&q=b&q=Elterncaf%C3%A9",
        "plz=34117&plz=&km=0&km=999",
        "=&=1&&&&;;",
    ],
)
def test_very_many_and_contradictory_values_get_an_answer(client, query):
    antwort = client.get(f"{reverse('angebot_liste')}?{query}")

    assert antwort.status_code == 200
    assert antwort.content.count(b"<h1") == 1


@pytest.mark.usefixtures("_welt")
def test_the_last_of_several_texts_counts(client):
    html = client.get("/angebote/?q=Hebamme&q=Elterncaf%C3%A9").content.decode()

    assert 'value="Elterncafé"' in html
    assert "1 Angebot<" in html


@pytest.mark.usefixtures("_welt")
@pytest.mark.parametrize(
    ("query", "satz"),
    [
        (
            "alter=3&alter=5",
            "Zu „Alter des Kindes in Jahren“ stehen mehrere Angaben in der Adresse."
            " Wir haben nur „5“ genommen.",
        ),
        (
            "q=Hebamme&q=Elterncaf%C3%A9",
            "Zu „Stichwort“ stehen mehrere Angaben in der Adresse."
            " Wir haben nur „Elterncafé“ genommen.",
        ),
        (
            "sort=titel&sort=stand",
            "Zu „Sortierung“ stehen mehrere Angaben in der Adresse."
            " Wir haben nur „von A bis Z“ genommen.",
        ),
        (
            "km=10",
            "Den Umkreis haben wir nicht berücksichtigt:"
            " Nennen Sie dazu eine Postleitzahl oder einen Ort.",
        ),
        (
            "sort=naehe",
            "Nach Entfernung ordnen wir die Liste,"
            " wenn Sie eine Postleitzahl oder einen Ort nennen.",
        ),
        (
            "sort=beste",
            "Nach den besten Treffern ordnen wir die Liste, wenn Sie ein Stichwort nennen.",
        ),
        (
            "plz=34117&km=0",
            "„0“ kennen wir nicht und haben es nicht berücksichtigt."
            " Umkreis in Kilometern: eine ganze Zahl von 1 bis 200.",
        ),
        ("feld=x%E2%80%AEun%01sinn", "„x un sinn“ kennen wir nicht"),
    ],
)
def test_what_means_nothing_here_is_said(client, query, satz):
    html = client.get(f"/angebote/?{query}").content.decode()

    assert satz in html


@pytest.mark.usefixtures("_welt")
@pytest.mark.parametrize(
    "query", ["alter=3&alter=3", "alter=3&alter=", "km=&plz=", "q=Elterncaf%C3%A9&sort=beste"]
)
def test_what_says_one_thing_needs_no_word(client, query):
    html = client.get(f"/angebote/?{query}").content.decode()

    assert 'class="meldung"' not in html


@pytest.mark.usefixtures("_welt")
def test_what_nobody_can_see_is_not_written_back(client):
    html = client.get("/angebote/?q=%01Eltern%E2%80%AEcaf%C3%A9%7F").content.decode()

    assert 'value="Eltern café"' in html


@pytest.mark.usefixtures("_welt")
def test_a_long_text_is_cut_between_words(client):
    html = client.get("/angebote/?q=" + "Elterncaf%C3%A9+" * 30).content.decode()

    assert "1 Angebot<" in html
    assert "Alle Wörter zusammen kommen nicht vor" not in html


@pytest.mark.usefixtures("_welt")
@pytest.mark.parametrize(
    ("query", "feld"),
    [
        (
            "plz=Atlantis",
            'id="id_plz" name="plz" maxlength="80" autocomplete="off" value="Atlantis"',
        ),
        (
            "alter=zwei",
            'id="id_alter" name="alter" inputmode="numeric" maxlength="9" value="zwei"',
        ),
        (
            "plz=34117&km=%22weit",
            'name="km" inputmode="numeric" maxlength="6" value="&quot;weit"',
        ),
    ],
)
def test_what_was_not_understood_stays_in_its_field(client, query, feld):
    html = client.get(f"/angebote/?{query}").content.decode()

    assert feld in html


@pytest.mark.usefixtures("_welt")
@pytest.mark.parametrize(
    ("query", "falsch"),
    [
        ("plz=Atlantis", {"plz": "Wo „Atlantis“ liegt, wissen wir nicht."}),
        ("km=10", {"plz": "Zum Umkreis fehlt eine Postleitzahl oder ein Ort."}),
        (
            "alter=zwei",
            {"alter": "„zwei“ passt hier nicht: bitte eine ganze Zahl von 0 bis 99."},
        ),
        (
            "plz=<b>&km=weit",
            {
                "plz": "Wo „<b>“ liegt, wissen wir nicht.",
                "km": "„weit“ passt hier nicht: bitte eine ganze Zahl von 1 bis 200.",
            },
        ),
        ("plz=&km=&alter=3", {}),
    ],
)
def test_a_field_says_itself_what_was_not_understood(client, query, falsch):
    client.get("/angebote/?plz=Atlantis&km=x&alter=x")  # what one person typed stays hers

    html = client.get(f"/angebote/?{query}").content.decode()

    for name in ("plz", "km", "alter"):
        feld = re.search(rf'<input [^>]*id="id_{name}"[^>]*>', html)[0]
        satz = re.search(rf'<p class="fehlertext" id="id_{name}_fehler">([^<]*)</p>', html)
        assert (unescape(satz[1]) if satz else None) == falsch.get(name)
        assert ('aria-invalid="true"' in feld) == (name in falsch)
        assert (f"id_{name}_fehler" in feld) == (name in falsch)
        assert (f"id_{name}_hinweis" in feld) == (name != "plz")


def test_a_misspelt_place_is_put_right_at_its_field(client):
    make_angebot(orte=[make_ort(ort="Kassel", lat=51.31, lon=9.49)])

    html = client.get("/angebote/?plz=Kasel").content.decode()

    assert "Wo „Kasel“ liegt, wissen wir nicht. Meinten Sie Kassel?</p>" in html


@pytest.mark.usefixtures("_welt")
@pytest.mark.parametrize("query", ["km=10", "plz=Atlantis&km=10"])
def test_a_distance_without_a_place_stays_in_its_field(client, query):
    html = client.get(f"/angebote/?{query}").content.decode()

    assert 'name="km" inputmode="numeric" maxlength="6" value="10"' in html
    assert "km um" not in html
