"""Nonsense in an address or a form of the admin never ends in a 500."""

import pytest

from praeventionsketten import rollen

from .formulare import senden

ANGEBOTE = "/verwaltung/angebote/angebot/"
VERANSTALTUNGEN = "/verwaltung/veranstaltungen/veranstaltung/"


@pytest.mark.parametrize(
    "adresse",
    [
        f"{ANGEBOTE}?kommune__id__exact=x",
        f"{ANGEBOTE}?kommune__id__exact={'9' * 40}",
        f"{ANGEBOTE}?p=99999999",
        f"{ANGEBOTE}?p=x&o=x.y&all=x",
        f"{ANGEBOTE}?status__exact=gibt-es-nicht",
        f"{ANGEBOTE}?q={'%C3%A4' * 1200}",
        f"{ANGEBOTE}?__connector=OR&_connector=x",
        f"{ANGEBOTE}{'9' * 40}/change/",
        f"{ANGEBOTE}x/change/",
        f"{ANGEBOTE}_5B/history/",
        f"{ANGEBOTE}{'9' * 40}/knopf/bestaetigen/",
        f"{ANGEBOTE}1/knopf/delete/",
        f"{ANGEBOTE}add/?kommune=x&lebensphasen=x,y&alter_von=x",
        f"{VERANSTALTUNGEN}?beginn__year=x",
        f"{VERANSTALTUNGEN}?beginn__year=99999&beginn__month=77",
        "/verwaltung/autocomplete/",
        "/verwaltung/autocomplete/?app_label=x&model_name=y&field_name=z",
        "/verwaltung/autocomplete/?app_label=angebote&model_name=angebot&field_name=titel",
        "/verwaltung/r/1/1/",
        "/verwaltung/gibt-es-nicht/",
    ],
)
def test_nonsense_in_an_address(anmelden, adresse):
    for rolle in (rollen.REDAKTION, rollen.KOORDINATION):
        antwort = anmelden(rolle).get(adresse)

        assert antwort.status_code in {200, 302, 400, 403, 404}, (rolle, antwort.status_code)


@pytest.mark.parametrize(
    "aenderungen",
    [
        {"titel": "ä" * 1_000_000},
        {"titel": "a\0b"},
        {"alter_von": "9" * 40},
        {"alter_von": "-1", "alter_bis": "x"},
        {"einrichtung": "9" * 40},
        {"orte": ["x", "1; DROP TABLE"]},
        {"zeitfenster-TOTAL_FORMS": "x"},
        {"zeitfenster-TOTAL_FORMS": "100000"},
        {"zeitfenster-INITIAL_FORMS": None},
        {"zeitfenster-0-id": "x"},
        {"zeitfenster-0-von": "25:99"},
        {"slug": "merkliste"},
        {"website": "javascript:alert(1)"},
        {"hinweis_bis": "31.02.2027"},
    ],
)
def test_nonsense_in_a_form_comes_back_with_its_errors(koordination, eigenes, aenderungen):
    angebot = eigenes["angebot"]

    antwort = senden(koordination, f"{ANGEBOTE}{angebot.pk}/change/", **aenderungen)

    assert antwort.status_code == 200
    assert "Das hat noch nicht geklappt" in antwort.content.decode()
    assert 'id="id_kurzbeschreibung"' in antwort.content.decode()


def test_what_was_typed_is_still_there_after_an_error(koordination, eigenes):
    adresse = f"{ANGEBOTE}{eigenes['angebot'].pk}/change/"

    antwort = senden(
        koordination,
        adresse,
        titel="",
        kurzbeschreibung="Das habe ich lange überlegt.",
        **{"kontakte-0-funktion": "Team Nordstadt"},
    )

    seite = antwort.content.decode()
    assert "Das habe ich lange überlegt." in seite
    assert "Team Nordstadt" in seite
