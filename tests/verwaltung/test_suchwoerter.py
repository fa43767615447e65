"""The Redaktion teaches the search words; junk is refused with a word to the person."""

import pytest
from django.http import QueryDict

from angebote.filters import AngebotFilter
from praeventionsketten import rollen
from praeventionsketten.jobs import eine_runde
from praeventionsketten.models import Wortgruppe
from tests.factories import make_angebot, make_wortgruppe

pytestmark = pytest.mark.django_db

LISTE = "/verwaltung/praeventionsketten/wortgruppe/"


@pytest.fixture
def redaktion(anmelden):
    return anmelden(rollen.REDAKTION)


def gefunden(text: str) -> list[int]:
    query = QueryDict(mutable=True)
    query["q"] = text
    return list(AngebotFilter(query).ergebnis.seite())


def test_a_synonym_finds_once_the_job_has_run_and_no_more_when_it_is_gone(redaktion):
    angebot = make_angebot(titel="Krabbelgruppe")
    make_angebot(titel="Fußball")
    assert gefunden("Zwergentreff") == []

    antwort = redaktion.post(
        f"{LISTE}add/",
        {"art": "synonyme", "woerter": "Krabbelgruppe,\n Zwergentreff"},
        follow=True,
    )
    eine_runde()

    assert "Die Suche lernt die Wörter in den nächsten Minuten." in antwort.content.decode()
    assert gefunden("Zwergentreff") == [angebot.pk]
    assert gefunden("Spatzentreff") == []

    gruppe = Wortgruppe.objects.get()
    assert gruppe.woerter == "Krabbelgruppe, Zwergentreff"
    redaktion.post(f"{LISTE}{gruppe.pk}/delete/", {"post": "yes"})
    eine_runde()

    assert gefunden("Zwergentreff") == []


def test_deleting_several_at_once_is_learned_as_well(redaktion):
    make_angebot(titel="Krabbelgruppe")
    gruppe = make_wortgruppe("synonyme", "Krabbelgruppe, Zwergentreff")
    eine_runde()
    assert gefunden("Zwergentreff")

    redaktion.post(
        LISTE, {"action": "delete_selected", "_selected_action": [gruppe.pk], "post": "yes"}
    )
    eine_runde()

    assert gefunden("Zwergentreff") == []


@pytest.mark.parametrize(
    ("art", "woerter", "satz"),
    [
        ("synonyme", "Kita", "Bitte nennen Sie mindestens zwei"),
        ("begriffe", ",,, ,", "Bitte nennen Sie mindestens zwei"),
        ("lexikon", "Kita, —, Treff", "„—“ enthält keinen Buchstaben"),
        ("stopp", "x" * 61, "ist zu lang"),
        ("stopp", "x" * 90_000, "ist zu lang"),
        ("schwach", "a, " * 2001, "Mehr als 2000"),
        ("unsinn", "Kita, Krippe", "keine gültige Auswahl"),
    ],
)
def test_junk_is_refused_in_words(redaktion, art, woerter, satz):
    antwort = redaktion.post(f"{LISTE}add/", {"art": art, "woerter": woerter})

    assert antwort.status_code == 200
    assert satz in antwort.content.decode()
    assert not Wortgruppe.objects.exists()


@pytest.mark.parametrize(
    "woerter", ["🙂a, b", "<b>x</b>, y", "%s, {0}", "\\, a", "ﬀ, ß", "١٢, 12"]
)
def test_whatever_may_be_written_breaks_no_search(redaktion, woerter):
    angebot = make_angebot(titel="Hebamme")
    for art in Wortgruppe.Art.values:
        redaktion.post(f"{LISTE}add/", {"art": art, "woerter": woerter})

    eine_runde()

    assert gefunden("Hebamme") == [angebot.pk]
    assert redaktion.get(LISTE).status_code == 200
    gefunden(woerter)


def test_only_the_redaktion_may_touch_the_words(anmelden):
    gruppe = make_wortgruppe("synonyme", "Kita, Kindergarten")
    client = anmelden(rollen.KOORDINATION)

    assert client.get(LISTE).status_code == 403
    assert client.post(f"{LISTE}{gruppe.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Wortgruppe.objects.exists()
