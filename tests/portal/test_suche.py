import pytest

from praeventionsketten.lib.suche import woerter
from tests.factories import (
    make_angebot,
    make_bericht,
    make_kommune,
    make_landesprogramm,
    make_seite,
    make_veranstaltung,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def programm():
    return make_landesprogramm()


def make_world(wort: str, **fields) -> None:
    make_angebot(titel=f"{wort} im Angebot", **fields)
    make_kommune(name=f"Kreis {wort}", **fields)
    make_veranstaltung(titel=f"{wort} im Termin", **fields)
    make_bericht(titel=f"{wort} im Bericht", **fields)


def test_the_search_finds_every_kind_of_page(client):
    make_world("Hebamme")
    make_seite(slug="programm", titel="Hebamme auf einer Seite")
    make_world("Anderes")

    html = client.get("/suche/?q=hebamme").content.decode()

    for art in ("angebote", "kommunen", "veranstaltungen", "berichte", "seiten"):
        assert f'id="t-{art}"' in html
    assert "Anderes" not in html


def test_the_search_finds_only_what_is_public(client):
    make_world("Hebamme", status="entwurf")
    make_seite(slug="programm", titel="Hebamme", status="entwurf")
    make_seite(slug="ohne-adresse", titel="Hebamme")

    assert "Nichts gefunden" in client.get("/suche/?q=hebamme").content.decode()


def test_the_search_costs_the_same_for_few_and_for_many(client, django_assert_max_num_queries):
    make_world("Kita")
    client.get("/suche/?q=kita")
    with django_assert_max_num_queries(2):
        client.get("/suche/?q=kita")
    for _ in range(25):
        make_world(
            "Kita",
        )

    # Once after something was published a worker reads what has changed.
    client.get("/suche/?q=kita")
    with django_assert_max_num_queries(2):
        html = client.get("/suche/?q=kita").content.decode()
    with django_assert_max_num_queries(2):
        seite = client.get("/suche/?q=kita&art=angebote&seite=2").content.decode()

    assert "Alle 26 Treffer: Angebote" in html
    assert html.count("im Angebot</a>") == 10
    assert seite.count("im Angebot</a>") == 6


def test_from_the_angebote_one_may_go_on_to_narrow_them(client):
    make_angebot(titel="Elterncafé")

    html = client.get("/suche/?q=Elterncaf%C3%A9").content.decode()

    assert 'href="/angebote/?q=Elterncaf%C3%A9">Diese Angebote nach Ort' in html
    assert '<p class="vh" role="status">1 Treffer</p>' in html


def test_every_word_must_occur_in_any_order(client):
    make_angebot(titel="Elterncafé", kurzbeschreibung="Treffen in der Kita")
    make_angebot(titel="Elterncafé", kurzbeschreibung="Treffen im Rathaus")

    html = client.get("/suche/?q=kita+elterncaf%C3%A9").content.decode()

    assert 'id="t-angebote">Angebote <span class="leise zahl">1</span>' in html


@pytest.mark.parametrize("wort", ["übergang", "ÜBERGANG", "Übergang"])
def test_umlauts_know_no_case(client, wort):
    make_bericht(titel="Übergang gestalten")

    assert "Übergang</mark> gestalten" in client.get("/suche/", {"q": wort}).content.decode()


def test_hits_are_marked_and_nothing_else_becomes_markup(client):
    make_bericht(titel="<b>Kita</b> & mehr")

    html = client.get("/suche/", {"q": "kita <b>"}).content.decode()

    assert "&lt;b&gt;</mark><mark>Kita</mark>" in html.replace("<mark>&lt;", "&lt;")
    assert "<b>Kita" not in html


def test_wildcards_are_plain_letters(client):
    make_bericht(titel="Kita")

    assert "Nichts gefunden" in client.get("/suche/", {"q": "K_t% %"}).content.decode()


@pytest.mark.parametrize("q", ["", "   ", "\t\n", "\u00a0"])
def test_an_empty_search_explains_itself(client, q):
    make_bericht()

    html = client.get("/suche/", {"q": q}).content.decode()

    assert "Ein oder zwei Wörter reichen" in html
    assert "Nichts gefunden" not in html


def test_a_very_long_search_is_shortened_with_a_word(client):
    antwort = client.get("/suche/", {"q": "kita " * 10 + "x" * 7000})

    assert antwort.status_code == 200
    assert "nur nach den ersten Wörtern" in antwort.content.decode()


def test_only_so_many_words_are_looked_for():
    assert woerter("a b a c") == ["a", "b", "c"]
    assert len(woerter(" ".join(map(str, range(100))))) == 8
    assert woerter("x" * 999) == ["x" * 60]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=kita&art=quatsch", 200),
        ("q=kita&art=berichte&seite=10%5E30", 404),
        ("q=kita&art=berichte&seite=2", 404),
        ("q=%00", 400),
        ("q=%F0%9F%8C%B3&art=angebote&seite=7", 200),
        ("q=%ff%fe", 200),
    ],
)
def test_absurd_requests_get_a_page_in_plain_german(client, query, status):
    make_bericht(titel="Kita")

    antwort = client.get(f"/suche/?{query}")

    assert antwort.status_code == status
    assert "<h1>" in antwort.content.decode()
