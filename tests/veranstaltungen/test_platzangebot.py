"""Late in time a seat is offered until a date, not given."""

import pytest
from django.utils import timezone

from praeventionsketten.lib.arbeitszeit import nach_arbeitsstunden
from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm
from tests.veranstaltungen.hilfen import (
    angemeldet,
    anlaesse,
    belegt,
    foren,
    neu_gelesen,
    pruefe_zaehler,
    wahl,
)
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Forumswahl, Veranstaltung

pytestmark = pytest.mark.django_db

Status = Anmeldung.Status


def kurz_vorher(**fields) -> Veranstaltung:
    make_landesprogramm()
    return make_fachtag(in_tagen=5, **fields)


def test_late_in_time_a_seat_is_offered_and_nothing_is_lost_by_it():
    fachtag = kurz_vorher(je_forum=1)
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    wartet = angemeldet(fachtag, wahl=wahl(fachtag, (1, 2), None))

    plaetze.stornieren(erste)

    assert foren(wartet) == {(1, 1): "angeboten", (1, 2): "belegt"}
    angebot = wartet.wahlen.get(status="angeboten")
    assert angebot.angebot_bis <= min(
        fachtag.beginn, nach_arbeitsstunden(timezone.now(), fachtag.angebot_stunden)
    )
    assert (
        "Angeboten bis" in Mail.objects.get(bezug=f"anmeldung-{wartet.pk}", status="neu").text
    )
    pruefe_zaehler(fachtag)


def test_an_accepted_offer_frees_the_seat_held_meanwhile():
    fachtag = kurz_vorher(je_forum=1)
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    wartet = angemeldet(fachtag, wahl=wahl(fachtag, (1, 2), None))
    naechste = angemeldet(fachtag, wahl=wahl(fachtag, 2, None))
    plaetze.stornieren(erste)

    assert plaetze.annehmen(wartet, wartet.wahlen.get(status="angeboten")) is True

    assert foren(wartet) == {(1, 1): "belegt"}
    assert foren(naechste) == {(1, 2): "angeboten"}
    pruefe_zaehler(fachtag)


def test_a_declined_offer_goes_to_the_next_and_leaves_the_seat_held():
    fachtag = kurz_vorher(je_forum=1)
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    wartet = angemeldet(fachtag, wahl=wahl(fachtag, (1, 2), None))
    naechste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    plaetze.stornieren(erste)

    assert plaetze.ablehnen(wartet, wartet.wahlen.get(status="angeboten")) is True

    assert foren(wartet) == {(1, 2): "belegt"}
    assert foren(naechste) == {(1, 1): "angeboten"}
    assert anlaesse(wartet) == ["geaendert"]  # and no offer that is none any more


def test_an_offer_nobody_answers_goes_to_the_next():
    treffen = kurz_vorher(plaetze=1)
    erste, zweite, dritte = (angemeldet(treffen) for _ in range(3))
    plaetze.stornieren(erste)
    assert neu_gelesen(zweite).status == Status.ANGEBOTEN
    Anmeldung.objects.filter(pk=zweite.pk).update(angebot_bis=timezone.now())

    plaetze.fristen_ablaufen()

    assert neu_gelesen(zweite).status == Status.VERFALLEN
    assert neu_gelesen(dritte).status == Status.ANGEBOTEN
    assert anlaesse(zweite) == ["verfallen"]
    pruefe_zaehler(treffen)


def test_a_forum_offer_nobody_answers_ends_alone():
    fachtag = kurz_vorher(je_forum=1)
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    wartet = angemeldet(fachtag, wahl=wahl(fachtag, (1, 2), None))
    plaetze.stornieren(erste)
    wartet.wahlen.filter(status="angeboten").update(angebot_bis=timezone.now())

    plaetze.fristen_ablaufen()

    assert foren(wartet) == {(1, 2): "belegt"}
    assert neu_gelesen(wartet).status == Status.BESTAETIGT
    assert anlaesse(wartet) == ["angebot-abgelaufen"]


def test_an_offered_seat_of_the_house_is_taken_by_one_answer():
    treffen = kurz_vorher(plaetze=1)
    erste, zweite = angemeldet(treffen), angemeldet(treffen)
    plaetze.stornieren(erste)

    assert plaetze.annehmen(zweite) is True
    assert plaetze.annehmen(zweite) is False

    assert neu_gelesen(zweite).status == Status.BESTAETIGT
    assert belegt(treffen) == {"haus": 1}


def test_an_offer_of_somebody_else_cannot_be_taken():
    fachtag = kurz_vorher(je_forum=1)
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    wartet = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    fremd = angemeldet(fachtag, wahl=wahl(fachtag, 3, None))
    plaetze.stornieren(erste)
    angebot = Forumswahl.objects.get(status="angeboten")

    assert plaetze.annehmen(fremd, angebot) is False
    assert plaetze.ablehnen(fremd, angebot) is False

    assert foren(wartet) == {(1, 1): "angeboten"}
