"""Websites that do not answer on three days become a task."""

import datetime as dt

import pytest
from django.utils import timezone

from angebote import aufgaben as jobs
from angebote.arbeitsvorrat import Bereich, aufgaben
from angebote.linkpruefung import pruefe_eine
from angebote.models import Angebot, Linkpruefung
from tests.factories import make_angebot, make_bestaetigung, make_kommune
from tests.fremde_seite import fremde_seite

pytestmark = pytest.mark.django_db
MONTAG = timezone.make_aware(dt.datetime(2027, 3, 1, 12))


@pytest.fixture
def seite():
    with fremde_seite() as server:
        server.antworten = {("HEAD", "/"): (200, "")}
        yield server


@pytest.fixture
def pruefe(seite, monkeypatch):
    """Asks the next website so many days after Monday at noon, and some minutes."""

    def pruefe(tage: int = 0, minuten: int = 0) -> Linkpruefung | None:
        jetzt = MONTAG + dt.timedelta(days=tage, minutes=minuten)
        monkeypatch.setattr(timezone, "now", lambda: jetzt)
        return pruefe_eine(seite.erlaubt)

    return pruefe


def zu_tun(angebot: Angebot) -> list[tuple[str, str]]:
    bereich = Bereich((angebot.kommune_id,), landesweit=False)
    return [(a.titel, a.tat) for a in aufgaben(bereich) if "Website" in a.was]


def wird_geprueft(client, angebot: Angebot) -> tuple[bool, bool]:
    """What the page of the entry says, and the list."""
    eigene, liste = (
        client.get(adresse).content.decode()
        for adresse in (angebot.get_absolute_url(), "/angebote/")
    )
    return "können veraltet sein" in eigene, "Angaben werden gerade geprüft" in liste


def mit_seite(seite, pfad: str = "/", **fields) -> Angebot:
    angaben = {"kommune": make_kommune(), "website": f"{seite.adresse}{pfad}"}
    return make_angebot(**angaben | fields)


def test_three_silent_days_are_a_task_and_two_are_none(seite, pruefe):
    angebot = mit_seite(seite, "/weg", titel="Elterncafé")

    for tag in (0, 1):
        pruefe(tag)
    nach_zweien = zu_tun(angebot)
    pruefung = pruefe(2)

    assert nach_zweien == []
    assert zu_tun(angebot) == [("Elterncafé", "Adresse ändern")]
    assert pruefung.stumm_seit == MONTAG.date()


def test_families_read_that_it_is_being_checked_until_the_website_answers(
    seite, pruefe, client
):
    angebot = mit_seite(seite, "/weg")
    make_bestaetigung(angebot, wann=MONTAG - dt.timedelta(days=30))
    gelesen = []

    for tag in (0, 1, 2):
        pruefe(tag)
        gelesen.append(wird_geprueft(client, angebot))
    seite.antworten["HEAD", "/weg"] = (200, "")
    pruefe(3)

    assert gelesen == [(False, False), (False, False), (True, True)]
    assert wird_geprueft(client, angebot) == (False, False)


def test_who_confirms_the_entry_meanwhile_knows_better(seite, pruefe, client):
    angebot = mit_seite(seite, "/weg")
    for tag in (0, 1, 2):
        pruefe(tag)

    angebot.bestaetigen("telefon")
    pruefe(3)

    assert zu_tun(angebot) == []
    assert wird_geprueft(client, angebot) == (False, False)


def test_asking_often_on_one_day_is_one_failure(seite, pruefe):
    angebot = mit_seite(seite, "/weg")
    pruefe()

    for _ in range(3):
        Linkpruefung.vermerken(angebot, angebot.website, antwortet=False)

    assert Linkpruefung.objects.get().fehltage == 1
    assert pruefe(0, minuten=30) is None


def test_one_answer_ends_it(seite, pruefe):
    angebot = mit_seite(seite, "/weg")
    for tag in (0, 1, 2):
        pruefe(tag)
    assert zu_tun(angebot)

    seite.antworten["HEAD", "/weg"] = (200, "")
    pruefung = pruefe(3)

    assert zu_tun(angebot) == []
    assert (pruefung.fehltage, pruefung.stumm_seit) == (0, None)


def test_a_new_address_begins_anew(seite, pruefe):
    angebot = mit_seite(seite, "/weg")
    for tag in (0, 1, 2):
        pruefe(tag)
    Angebot.objects.update(website=f"{seite.adresse}/auch-weg")

    sofort = zu_tun(angebot)
    pruefung = pruefe(2, minuten=5)

    assert sofort == []
    assert (pruefung.adresse, pruefung.fehltage) == (f"{seite.adresse}/auch-weg", 1)


def test_each_website_is_asked_once_a_week_and_never_two_in_a_minute(seite, pruefe):
    for pfad in ("/", "/zwei"):
        seite.antworten["HEAD", pfad] = (200, "")
        mit_seite(seite, pfad)

    pruefe(0)
    pruefe(0, minuten=0.5)
    pruefe(0, minuten=2)
    for tag in range(1, 7):
        pruefe(tag)

    assert seite.gefragt == [("HEAD", "/"), ("HEAD", "/zwei")]
    assert pruefe(7).adresse == f"{seite.adresse}/"


def test_what_nobody_reads_is_not_asked(seite, pruefe):
    mit_seite(seite, status="entwurf")
    mit_seite(seite, status="beendet")
    make_angebot(website="")

    assert pruefe() is None
    assert seite.gefragt == []


def test_an_entry_that_ended_is_no_task(seite, pruefe):
    angebot = mit_seite(seite, "/weg")
    for tag in (0, 1, 2):
        pruefe(tag)
    assert zu_tun(angebot)

    Angebot.objects.update(status="beendet")

    assert zu_tun(angebot) == []


def test_another_kommune_hears_nothing_of_it(seite, pruefe):
    angebot, anderes = mit_seite(seite, "/weg"), make_angebot(kommune=make_kommune())
    for tag in (0, 1, 2):
        pruefe(tag)

    assert zu_tun(angebot)
    assert zu_tun(anderes) == []


@pytest.mark.parametrize("an", [False, True])
def test_nobody_is_asked_unless_the_operator_wants_it(seite, settings, an):
    mit_seite(seite)
    settings.LINKPRUEFUNG = an

    jobs.links_pruefen()

    assert Linkpruefung.objects.exists() is an
    assert seite.gefragt == []  # it is on this machine, where nobody may ask


def test_the_list_costs_the_same_with_one_silent_website_and_with_many(
    seite, django_assert_max_num_queries
):
    def stummes() -> Angebot:
        angebot = mit_seite(seite, "/weg")
        make_bestaetigung(angebot)
        Linkpruefung.objects.create(
            angebot=angebot,
            adresse=angebot.website,
            geprueft_am=timezone.now(),
            fehltage=3,
            stumm_seit=timezone.localdate(),
        )
        return angebot

    def liste() -> list[int]:
        alle = Bereich(tuple(Angebot.objects.values_list("kommune", flat=True)), True)
        with django_assert_max_num_queries(20) as abfragen:
            titel = [a.titel for a in aufgaben(alle)]
        return [len(abfragen), len(titel)]

    stummes()
    [mit_einem, _] = liste()
    for _ in range(4):
        stummes()

    assert liste() == [mit_einem, 5]
