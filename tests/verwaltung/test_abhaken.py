"""A word people search for in vain is ticked off „Zu tun“ by hand."""

import datetime as dt

import pytest
from django.utils import timezone

from angebote.fehlsuchen import kennung
from angebote.models import Fehlsuche
from praeventionsketten import rollen
from tests import factories as f

pytestmark = pytest.mark.django_db
ADRESSE = "/verwaltung/angebote/angebot/abhaken/"


def gesucht(kommune, wort: str, *vor_tagen: int) -> None:
    """Searched for in vain twice on each of these days."""
    pk = kommune and kommune.pk
    for tage in vor_tagen:
        tag = timezone.localdate() - dt.timedelta(days=tage)
        Fehlsuche.zaehlen(tag, pk, kennung(wort), wort, 2)


def worte(client) -> list[str]:
    kaesten = client.get("/verwaltung/").context["kaesten"]
    vorrat = next(k.kontext for k in kaesten if "aufgaben" in k.kontext)
    return [aufgabe.titel for aufgabe in vorrat["aufgaben"]]


def test_a_press_takes_the_word_away_and_no_other(sie, kommune):
    gesucht(kommune, "musikgarten", 1, 4, 8)
    gesucht(kommune, "trauergruppe", 1, 4, 8)

    html = sie.get("/verwaltung/").content.decode()
    antwort = sie.post(ADRESSE, {"wort": "musikgarten", "kommune": kommune.pk}, follow=True)

    assert 'name="wort" value="musikgarten"' in html
    assert worte(sie) == ["„trauergruppe“"]
    assert "„musikgarten“ steht die nächsten Wochen nicht mehr hier." in antwort.text


def test_new_searches_do_not_bring_it_back_at_once(sie, kommune):
    gesucht(kommune, "musikgarten", 3, 4, 8)
    sie.post(ADRESSE, {"wort": "musikgarten", "kommune": kommune.pk})

    gesucht(kommune, "musikgarten", 0, 1, 2)

    assert worte(sie) == []


def test_it_comes_back_once_the_old_searches_are_forgotten(sie, kommune, monkeypatch):
    gesucht(kommune, "musikgarten", 3, 4, 8)
    sie.post(ADRESSE, {"wort": "musikgarten", "kommune": kommune.pk})
    gesucht(kommune, "musikgarten", 0, 1, 2)

    spaeter = timezone.localdate() + dt.timedelta(days=28)
    monkeypatch.setattr(timezone, "localdate", lambda *_: spaeter)

    assert [zeile["wort"] for zeile in Fehlsuche.objects.haeufige()] == ["musikgarten"]


def test_words_of_another_kommune_stay_where_they_are(anmelden, sie, kommune):
    andere = f.make_kommune()
    gesucht(andere, "musikgarten", 1, 4, 8)
    gesucht(None, "musikgarten", 1, 4, 8)
    gesucht(kommune, "musikgarten", 1, 4, 8)

    for pk in (andere.pk, "", "x"):
        sie.post(ADRESSE, {"wort": "musikgarten", "kommune": pk})

    assert not Fehlsuche.objects.filter(erledigt=True).exists()
    assert worte(anmelden(rollen.KOORDINATION, kommunen=[andere])) == ["„musikgarten“"]
    assert worte(sie) == ["„musikgarten“"]


def test_the_redaktion_ticks_off_what_belongs_to_no_kommune(anmelden, sie, kommune):
    redaktion = anmelden(rollen.REDAKTION)
    gesucht(None, "elterntelefon", 1, 4, 8)
    gesucht(kommune, "elterntelefon", 1, 4, 8)

    redaktion.post(ADRESSE, {"wort": "elterntelefon", "kommune": ""})

    assert worte(redaktion) == []
    assert worte(sie) == ["„elterntelefon“"]


@pytest.mark.parametrize(
    "daten",
    [{}, {"wort": ""}, {"wort": "a\0b"}, {"wort": "x" * 9000, "kommune": "9" * 400}],
)
def test_nonsense_ticks_off_nothing(sie, kommune, daten):
    gesucht(kommune, "musikgarten", 1)

    assert sie.post(ADRESSE, daten | {"kommune": kommune.pk}).status_code == 302
    assert not Fehlsuche.objects.filter(erledigt=True).exists()


def test_a_link_ticks_off_nothing_and_a_stranger_may_not(sie, anmelden, kommune):
    gesucht(kommune, "musikgarten", 1, 4, 8)
    daten = {"wort": "musikgarten", "kommune": kommune.pk}

    assert sie.get(ADRESSE, daten).status_code == 405
    assert anmelden(rollen.VERANSTALTUNGSTEAM).post(ADRESSE, daten).status_code == 403
    assert not Fehlsuche.objects.filter(erledigt=True).exists()
