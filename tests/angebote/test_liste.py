"""The page /angebote/: what a visitor reads, and what no parameter can break."""

import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import (
    make_angebot,
    make_bestaetigung,
    make_handlungsfeld,
    make_kommune,
    make_kontakt,
    make_landesprogramm,
    make_lebensphase,
    make_ort,
    make_sprache,
    make_termin,
    make_uebergang,
    make_zeitfenster,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()
    # Asks SQLite once per connection whether it knows JSON; not the page's query.
    assert connection.features.supports_json_field


def seite(client, query: str = "", status: int = 200) -> str:
    response = client.get(f"/angebote/?{query}" if query else "/angebote/")

    assert response.status_code == status
    return unescape(response.content.decode())


def worte(html: str) -> str:
    """The text of the page, as one reads it."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def ueberschriften(html: str, ebene: int) -> list[str]:
    return [worte(t) for t in re.findall(rf"<h{ebene}[^>]*>(.*?)</h{ebene}>", html, re.S)]


def volles_angebot(kommune=None, **fields):
    saal, park = make_ort(stufenlos="ja"), make_ort()
    angebot = make_angebot(
        kommune=kommune,
        lebensphasen=[make_lebensphase("kita"), make_lebensphase("grundschule")],
        uebergaenge=[make_uebergang()],
        sprachen=[make_sprache("de"), make_sprache("tr")],
        **fields,
    )
    make_zeitfenster(angebot, ort=saal)
    make_termin(angebot, ort=park)
    make_kontakt(angebot)
    make_bestaetigung(angebot)
    return angebot


@pytest.mark.parametrize("query", ["", "q=caf%C3%A9&phase=kita&stufenlos=1&kommune=kassel"])
def test_a_page_costs_two_queries_whatever_is_chosen(
    client, django_assert_max_num_queries, query
):
    kommune = make_kommune(slug="kassel")
    volles_angebot(kommune)
    with django_assert_max_num_queries(12):
        seite(client, query)
    with django_assert_max_num_queries(2):
        seite(client, query)

    for n in range(30):
        volles_angebot(make_kommune() if n % 2 else kommune)
    # Once after something was published a worker reads what has changed.
    with django_assert_max_num_queries(10):
        seite(client, "sort=stand")

    with django_assert_max_num_queries(2):
        seite(client, query)


def test_a_row_tells_what_a_family_asks_first(client):
    make_lebensphase("kita", kurz="Kita")
    angebot = volles_angebot(
        make_kommune(kurzname="Kreis Kassel"),
        kosten="kostenlos",
        zugang="anmeldung",
        titel="Elterncafé",
    )
    angebot.termine.all().delete()
    angebot.indizieren()

    html = seite(client)

    assert f'href="/angebote/{angebot.slug}/"' in html
    assert f"Kreis Kassel · {angebot.zeitfenster.get().ort.name}" in html
    for text in ("kostenlos", "mit Anmeldung", "2 Sprachen", "stufenlos", "Kita"):
        assert text in worte(html)


def test_a_row_says_how_fresh_it_is(client):
    heute = timezone.now()
    for titel, tage in (("frisch", 10), ("überfällig", 300), ("ungesichert", 800)):
        make_bestaetigung(make_angebot(titel=titel), wann=heute - dt.timedelta(days=tage))
    make_angebot(titel="nie")

    text = worte(seite(client, "ungesichert=1"))

    assert "bestätigt " in text
    assert "Bestätigung überfällig seit " in text
    assert "lange nicht bestätigt, zuletzt " in text
    assert "noch nicht bestätigt" in text


def test_a_pause_says_until_when_and_when_that_is_over(client):
    bald = timezone.localdate() + dt.timedelta(days=40)
    make_angebot(status="pausiert", pausiert_bis=bald)
    make_angebot(status="pausiert", pausiert_bis=dt.date(2024, 5, 3))

    text = worte(seite(client))

    assert f"pausiert bis {bald.day}. " in text
    assert "die Pause sollte am 3. Mai 2024 enden" in text


def test_drafts_and_ended_ones_are_not_listed(client):
    make_angebot(titel="Entwurf Eins", status="entwurf")
    make_angebot(titel="Beendet Zwei", status="beendet")

    html = seite(client)

    assert "Entwurf Eins" not in html
    assert "Beendet Zwei" not in html
    assert "0 Angebote" in ueberschriften(html, 2)


def test_what_is_for_the_whole_land_has_its_own_heading(client):
    kassel = make_kommune(slug="kassel")
    make_angebot(titel="A für alle")
    make_angebot(titel="B in Kassel", kommune=kassel)
    make_angebot(titel="C anderswo", kommune=make_kommune())

    html = seite(client, "kommune=kassel")

    assert ueberschriften(html, 3) == ["B in Kassel", "A für alle"]
    assert {"1 Angebot vor Ort", "1 Angebot für das ganze Land"} < set(ueberschriften(html, 2))
    assert "für das ganze Land" not in "".join(ueberschriften(seite(client), 2))


def test_near_ones_have_a_distance_and_what_is_for_everybody_a_heading(client):
    make_angebot(titel="A für alle")
    make_angebot(titel="B nebenan", orte=[make_ort(lat=51.31, lon=9.49)])
    make_angebot(titel="C am Main", orte=[make_ort(lat=50.1, lon=8.6, plz="60311")])

    html = seite(client, "plz=34117")

    assert ueberschriften(html, 3) == ["B nebenan", "A für alle"]
    zweite = ueberschriften(html, 2)
    assert {"1 Angebot im Umkreis", "1 Angebot für das ganze Land"} < set(zweite)
    assert "Dazu kommt am Ende der Liste ein Angebot für das ganze Land." in html
    assert "Sie können sie von überall nutzen." in html
    assert html.count(" km</p>") == 1


def test_pages_of_a_circle_end_with_what_is_for_everybody(client):
    nebenan = make_ort(lat=51.31, lon=9.49)
    for n in range(22):
        make_angebot(titel=f"Nebenan {n}", orte=[nebenan])
    for n in range(3):
        make_angebot(titel=f"Für alle {n}")

    erste, zweite = seite(client, "plz=34117"), seite(client, "plz=34117&seite=2")

    assert "22 Angebote im Umkreis" in ueberschriften(erste, 2)
    assert "3 Angebote für das ganze Land" not in ueberschriften(erste, 2)
    assert "3 Angebote für das ganze Land" in ueberschriften(zweite, 2)
    titel = ueberschriften(erste, 3) + ueberschriften(zweite, 3)
    assert [t.partition(" ")[0] for t in titel] == ["Nebenan"] * 22 + ["Für"] * 3
    assert len(set(titel)) == 25


def test_found_words_are_marked_and_nothing_a_visitor_types_becomes_markup(client):
    make_angebot(titel="Beratung", kurzbeschreibung="Beratung <b>& Hilfe</b> für alle")

    html = client.get("/angebote/", {"q": "beratung <b>"}).content.decode()

    assert "<mark>Beratung</mark> <mark>&lt;b&gt;</mark>&amp; Hilfe&lt;/b&gt;" in html
    assert '<a href="/angebote/beratung/"><mark>Beratung</mark></a>' in html


@pytest.mark.parametrize("getippt", ["Elterncafe", "ELTERNCAFÉ", "elterncafé"])
def test_a_word_is_marked_however_it_is_typed(client, getippt):
    make_angebot(titel="Elterncafé", kurzbeschreibung="Für alle")

    assert "><mark>Elterncafé</mark></a>" in seite(client, f"q={getippt}")


def test_an_umlaut_is_marked_where_it_was_written_out(client):
    make_angebot(titel="Die Ärztin rät", kurzbeschreibung="Für alle")

    assert "<mark>Ärztin</mark>" in seite(client, "q=aerztin")


def test_the_count_is_a_status_and_a_heading_with_a_name(client):
    make_angebot()

    html = seite(client)

    # A status inside a heading would leave it without a name.
    assert '<div role="status"><h2 id="treffer" tabindex="-1">1 Angebot</h2></div>' in html


@pytest.mark.parametrize("name", ["q", "feld", "kommune", "alter", "sort", "kosten", "plz"])
def test_no_parameter_can_inject_markup(client, name):
    html = client.get("/angebote/", {name: '"><script>x</script>'}).content.decode()

    assert "<script" not in html


def test_unknown_values_are_told_and_not_obeyed(client):
    make_angebot(titel="da", handlungsfelder=[make_handlungsfeld("wohnen")])

    text = worte(seite(client, "feld=wohnen&feld=xyz&alter=abc&km=weit"))

    assert "„xyz“ kennen wir nicht und haben es nicht berücksichtigt." in text
    assert "„abc“ kennen wir nicht" in text
    assert "„weit“ kennen wir nicht" in text
    assert "1 Angebot" in text


def test_a_sort_order_or_page_is_no_filter_to_be_removed(client):
    make_angebot()

    html = seite(client, "sort=stand&seite=1")

    assert "Aktive Filter" not in html
    assert "Alle Filter entfernen" not in html


def test_every_chosen_value_can_be_removed_alone(client):
    make_handlungsfeld("wohnen", name="Wohnen")
    make_lebensphase("kita", kurz="Kita")

    html = seite(client, "feld=wohnen&phase=kita&kosten=frei")

    assert 'href="/angebote/?phase=kita&kosten=frei#treffer">Wohnen' in html
    assert 'href="/angebote/?feld=wohnen&kosten=frei#treffer">Kita' in html
    assert "Alle Filter entfernen" in html


def test_the_form_carries_along_what_it_has_no_field_for(client):
    make_lebensphase("kita")
    make_uebergang("in-die-kita")

    html = seite(client, "phase=kita&uebergang=in-die-kita&sort=stand&seite=1")

    assert re.findall(r'<input type="hidden" name="(\w+)" value="([\w-]+)"', html) == [
        ("phase", "kita"),
        ("uebergang", "in-die-kita"),
        ("sort", "stand"),
    ]


def test_the_kette_counts_what_the_other_filters_leave(client):
    kita, wohnen = make_lebensphase("kita"), make_handlungsfeld("wohnen")
    make_angebot(lebensphasen=[kita], handlungsfelder=[wohnen])
    make_angebot(lebensphasen=[make_lebensphase("grundschule")], handlungsfelder=[wohnen])
    make_angebot(lebensphasen=[kita])

    html = seite(client, "feld=wohnen&phase=kita&seite=1")
    grundschule, kita = re.findall(r'<li class="kette__phase.*?</li>', html, re.S)

    assert worte(kita).endswith("1 Angebot")
    assert worte(grundschule).endswith("1 Angebot")
    assert 'aria-current="true"' in kita
    assert 'href="/angebote/?feld=wohnen&phase=grundschule"' in grundschule


def test_pages_keep_the_parameters(client):
    feld = make_handlungsfeld("wohnen")
    for n in range(45):
        make_angebot(titel=f"Angebot {n:02}", handlungsfelder=[feld])

    html = seite(client, "seite=2&feld=wohnen&sort=stand")

    assert len(ueberschriften(html, 3)) == 20
    assert 'href="?feld=wohnen&sort=stand&seite=3"' in html
    assert "45 Angebote" in ueberschriften(html, 2)


@pytest.mark.parametrize("nummer", ["2", "0", "-1", "abc", "10^30", "9" * 40, "1.5"])
def test_a_page_that_does_not_exist_leads_to_the_first(client, nummer):
    make_handlungsfeld("wohnen")
    make_angebot()

    html = seite(client, f"feld=wohnen&seite={nummer}", status=404)

    assert 'href="/angebote/?feld=wohnen"' in html


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "wort+" * 1600,
        "feld=" + "x" * 8000,
        "&".join(f"feld=x{n}" for n in range(900)),
        "&".join(f"sprache=tr&kommune=k{n}" for n in range(400)),
        "alter=" + "9" * 4000,
        "alter=-1",
        "alter=3&alter=%C2%B2",
        "q=%FF%FE",
        "q=%F0%9F%92%A9",
        "=&&=x&q",
        "sort=titel&sort=stand",
        "stufenlos=0&kosten=FREI",
    ],
)
def test_junk_in_the_address_is_answered_with_a_page(client, query):
    make_angebot()

    assert len(seite(client, query)) < 60_000


def test_a_nul_byte_is_a_bad_request(client):
    assert client.get("/angebote/?q=%00").status_code == 400


def test_a_long_query_says_that_it_was_cut(client):
    assert "sehr lang" in seite(client, "q=" + "x" * 200)
    assert "sehr lang" not in seite(client, "q=" + "x" * 90)


def test_an_empty_list_helps_on(client):
    html = seite(client, "q=gibtesnicht")

    assert 'href="/angebote/?kommune=landesweit"' in html
    assert "mailto:programm@example.org" in html


@pytest.mark.parametrize(
    ("query", "noindex"),
    [("", False), ("feld=wohnen", False), ("feld=wohnen&alter=3", True), ("q=kita", True)],
)
def test_only_single_choices_are_for_search_engines(client, query, noindex):
    make_angebot(titel="Kita", handlungsfelder=[make_handlungsfeld("wohnen")])

    assert ('<meta name="robots" content="noindex">' in seite(client, query)) is noindex


def test_equal_lists_name_one_canonical_address(client):
    make_handlungsfeld("wohnen")
    make_lebensphase("kita")

    html = seite(client, "feld=wohnen&phase=kita&phase=kita&feld=xyz&seite=1&utm_source=x")

    adresse = "https://portal.example.org/angebote/?phase=kita&feld=wohnen"
    assert f'<link rel="canonical" href="{adresse}">' in html


def test_the_page_can_only_be_read(client):
    assert client.post("/angebote/").status_code == 405
    assert not client.get("/angebote/").cookies


def test_every_value_says_how_many_it_would_give(client):
    wohnen, geld = make_handlungsfeld("wohnen"), make_handlungsfeld("geld")
    make_handlungsfeld("essen")
    make_angebot(handlungsfelder=[wohnen], kosten="kostenlos")
    make_angebot(handlungsfelder=[wohnen, geld], kosten="kostenlos")
    make_angebot(handlungsfelder=[geld], kosten="betrag")

    html = seite(client, "feld=wohnen&kosten=frei")

    zahlen = dict(re.findall(r'value="(\w+)"(?: checked)?><label.*?wahl__zahl">(\d+)<', html))
    assert {code: zahlen[code] for code in ("wohnen", "geld", "essen", "frei")} == {
        "wohnen": "2",
        "geld": "1",
        "essen": "0",
        "frei": "2",
    }


@pytest.mark.parametrize(("gewaehlt", "offen"), [("feld-1", False), ("feld-8", True)])
def test_an_option_behind_the_click_is_open_when_it_is_chosen(client, gewaehlt, offen):
    for n in range(9):
        make_handlungsfeld(f"feld-{n}", reihenfolge=n)

    html = seite(client, f"feld={gewaehlt}")

    assert ('<details class="filter__mehr" open>' in html) is offen
    assert "3 weitere" in html
