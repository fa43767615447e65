"""Waiting lists: who is next, what that frees, and that nobody is overtaken."""

import datetime as dt

import pytest
from django.utils import timezone

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_veranstaltung
from tests.veranstaltungen.hilfen import (
    ALEX,
    angemeldet,
    anlaesse,
    anmelden,
    belegt,
    foren,
    neu_gelesen,
    pruefe_zaehler,
    wahl,
)
from veranstaltungen import plaetze, stand
from veranstaltungen.models import Anmeldung, Platzkontingent, Veranstaltung
from veranstaltungen.plaetze import ZuWenig, ausgang, warteliste

pytestmark = pytest.mark.django_db

Status = Anmeldung.Status


# ---------------------------------------------------------------- confirming


def test_confirming_makes_the_held_seat_a_seat():
    anmeldung = anmelden(make_fachtag()).anmeldung

    assert plaetze.bestaetigen(anmeldung) is True

    anmeldung = neu_gelesen(anmeldung)
    assert (anmeldung.status, anmeldung.haltefrist) == (Status.BESTAETIGT, None)
    assert anlaesse(anmeldung) == ["bestaetigt"]


def test_confirming_twice_changes_nothing_and_sends_nothing():
    anmeldung = angemeldet(make_fachtag())
    vorher = anlaesse(anmeldung)

    assert plaetze.bestaetigen(anmeldung) is False

    assert anlaesse(anmeldung) == vorher


def test_confirming_without_a_seat_is_a_place_in_the_queue():
    treffen = make_veranstaltung(plaetze=1)
    angemeldet(treffen)

    anmeldung = angemeldet(treffen)

    assert (anmeldung.status, anmeldung.hausplatz) == (Status.WARTELISTE, False)
    assert stand.warteplatz(anmeldung) == 1
    text = Mail.objects.get(bezug=f"anmeldung-{anmeldung.pk}", status="neu").text
    assert "Einen Platz haben Sie noch nicht" in text
    assert "freuen uns auf Sie" not in text


def test_a_seat_is_held_for_a_day_and_then_goes_on():
    treffen = make_veranstaltung(plaetze=1)
    erste = anmelden(treffen).anmeldung
    zweite = angemeldet(treffen)
    assert plaetze.fristen_ablaufen() == 0
    Anmeldung.objects.filter(pk=erste.pk).update(
        haltefrist=timezone.now() - dt.timedelta(minutes=1)
    )

    plaetze.fristen_ablaufen()

    assert neu_gelesen(erste).status == Status.VERFALLEN
    assert neu_gelesen(zweite).status == Status.BESTAETIGT
    assert anlaesse(erste) == ["verfallen"]
    assert anlaesse(zweite) == ["nachgerueckt"]
    pruefe_zaehler(treffen)


def test_running_the_deadlines_twice_ends_each_hold_once():
    treffen = make_veranstaltung(plaetze=1)
    erste = anmelden(treffen).anmeldung
    Anmeldung.objects.filter(pk=erste.pk).update(haltefrist=timezone.now())

    plaetze.fristen_ablaufen()
    plaetze.fristen_ablaufen()

    assert anlaesse(erste) == ["verfallen"]
    assert belegt(treffen) == {}


# ---------------------------------------------------------------- moving up


def test_a_freed_seat_goes_to_whoever_waits_longest():
    treffen = make_veranstaltung(plaetze=1)
    erste, zweite, dritte = (angemeldet(treffen) for _ in range(3))

    plaetze.stornieren(erste)

    assert neu_gelesen(zweite).status == Status.BESTAETIGT
    assert neu_gelesen(dritte).status == Status.WARTELISTE
    assert stand.warteplatz(neu_gelesen(dritte)) == 1


def test_who_has_not_confirmed_is_skipped_and_keeps_the_place_in_the_queue():
    treffen = make_veranstaltung(plaetze=1)
    erste = angemeldet(treffen)
    zoegert = anmelden(treffen).anmeldung
    dritte = angemeldet(treffen)

    plaetze.stornieren(erste)
    plaetze.bestaetigen(zoegert)

    assert neu_gelesen(dritte).status == Status.BESTAETIGT
    assert stand.warteplatz(neu_gelesen(zoegert)) == 1


def test_a_newcomer_never_overtakes_even_where_a_seat_is_free():
    treffen = make_veranstaltung(plaetze=1)
    erste = angemeldet(treffen)
    zoegert = anmelden(treffen).anmeldung
    plaetze.stornieren(erste)

    neue = anmelden(treffen).anmeldung

    assert belegt(treffen) == {}
    assert neue.hausplatz is False
    plaetze.bestaetigen(zoegert)
    assert neu_gelesen(zoegert).status == Status.BESTAETIGT


def test_without_the_question_who_waits_a_newcomer_would_overtake(monkeypatch):
    """The negative control of the test above."""
    treffen = make_veranstaltung(plaetze=1)
    erste = angemeldet(treffen)
    anmelden(treffen)
    plaetze.stornieren(erste)
    monkeypatch.setattr(Platzkontingent, "hat_platz", property(lambda k: k.frei > 0))

    assert anmelden(treffen).anmeldung.hausplatz is True


def test_a_better_seat_replaces_the_one_held_meanwhile_which_goes_on():
    fachtag = make_fachtag(je_forum=1)
    in_eins = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    will_eins = angemeldet(fachtag, wahl=wahl(fachtag, (1, 2), None))
    will_zwei = angemeldet(fachtag, wahl=wahl(fachtag, (2, 3), None))
    will_drei = angemeldet(fachtag, wahl=wahl(fachtag, 3, None))

    plaetze.stornieren(in_eins)

    assert foren(will_eins) == {(1, 1): "belegt"}
    assert foren(will_zwei) == {(1, 2): "belegt"}
    assert foren(will_drei) == {(1, 3): "belegt"}
    for anmeldung in (will_eins, will_zwei, will_drei):
        assert anlaesse(anmeldung) == ["nachgerueckt"]
    pruefe_zaehler(fachtag)


def test_who_gets_into_the_house_gets_the_fachforen_that_are_free():
    fachtag = make_fachtag(plaetze=1)
    erste = angemeldet(fachtag)
    wartet = angemeldet(fachtag, wahl=wahl(fachtag, 1, 2))

    plaetze.stornieren(erste)

    assert foren(wartet) == {(1, 1): "belegt", (2, 2): "belegt"}
    assert anlaesse(wartet) == ["nachgerueckt"]
    pruefe_zaehler(fachtag)


def test_a_promotion_never_gives_the_same_fachforum_twice():
    fachtag = make_fachtag(je_forum=1)
    in_eins = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    wartet = angemeldet(fachtag, wahl=wahl(fachtag, (1, 2), 3))

    ergebnis = plaetze.wechseln(wartet, wahl(fachtag, 1, 1))

    assert set(ergebnis.hindernisse.values()) == {plaetze.Hindernis.DOPPELT}
    plaetze.stornieren(in_eins)
    assert foren(wartet) == {(1, 1): "belegt", (2, 3): "belegt"}


def test_a_larger_room_lets_people_move_up_at_once():
    fachtag = make_fachtag(je_forum=1)
    angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    wartende = [angemeldet(fachtag, wahl=wahl(fachtag, 1, None)) for _ in range(3)]
    saal = fachtag.kontingente.get(fachforum__nummer=1, durchgang__nummer=1)

    assert plaetze.raum_aendern(saal, kapazitaet=3) == 2

    assert [foren(w)[1, 1] for w in wartende] == ["belegt", "belegt", "wartend"]
    pruefe_zaehler(fachtag)


def test_a_room_never_gets_smaller_than_who_is_in_it():
    fachtag = make_fachtag(je_forum=2)
    for _ in range(2):
        angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    saal = fachtag.kontingente.get(fachforum__nummer=1, durchgang__nummer=1)

    with pytest.raises(ZuWenig) as grund:
        plaetze.raum_aendern(saal, kapazitaet=1)

    assert grund.value.belegt == 2
    saal.refresh_from_db()
    assert saal.kapazitaet == 2


def test_nobody_moves_into_a_closed_room():
    fachtag = make_fachtag(je_forum=1)
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    wartet = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    saal = fachtag.kontingente.get(fachforum__nummer=1, durchgang__nummer=1)
    plaetze.raum_aendern(saal, kapazitaet=1, gesperrt=True)

    plaetze.stornieren(erste)
    assert foren(wartet) == {(1, 1): "wartend"}

    plaetze.raum_aendern(saal, kapazitaet=1, gesperrt=False)
    assert foren(wartet) == {(1, 1): "belegt"}


def test_after_the_beginning_nobody_moves_up():
    treffen = make_veranstaltung(plaetze=1)
    erste, zweite = angemeldet(treffen), angemeldet(treffen)
    treffen.beginn = timezone.now() - dt.timedelta(minutes=1)
    treffen.save()

    plaetze.stornieren(erste)

    assert neu_gelesen(zweite).status == Status.WARTELISTE


def test_without_the_promotion_the_check_of_the_counters_would_ring(monkeypatch):
    """The negative control of `pruefe_zaehler`: it sees a seat that nobody was given."""
    treffen = make_veranstaltung(plaetze=1)
    erste = angemeldet(treffen)
    angemeldet(treffen)
    monkeypatch.setattr(warteliste, "_naechste", lambda *args: None)

    plaetze.stornieren(erste)

    assert [a.wartend for a in plaetze.abgleich()] == [1]


# ---------------------------------------------------------------- called off


def test_calling_off_the_event_tells_everybody_once_and_moves_nobody_up(monkeypatch):
    monkeypatch.setattr(ausgang, "BUENDEL", 2)
    fachtag = make_fachtag(je_forum=1)
    alle = [angemeldet(fachtag, wahl=wahl(fachtag, 1, 2)) for _ in range(5)]
    Veranstaltung.objects.filter(pk=fachtag.pk).update(status="abgesagt")

    assert plaetze.absagen(fachtag) == 5
    assert plaetze.absagen(fachtag) == 0

    assert set(fachtag.anmeldungen.values_list("status", flat=True)) == {Status.ABGESAGT}
    assert belegt(fachtag) == {}
    assert [anlaesse(a) for a in alle] == [["abgesagt"]] * 5


def test_an_event_that_takes_place_is_not_called_off():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag)

    assert plaetze.absagen(fachtag) == 0

    assert neu_gelesen(anmeldung).status == Status.BESTAETIGT


def test_every_step_is_logged_and_no_step_names_anybody():
    treffen = make_veranstaltung(plaetze=1)
    erste = angemeldet(treffen, **ALEX)
    zweite = angemeldet(treffen)

    plaetze.stornieren(erste)

    schritte = treffen.protokoll.order_by("pk").values_list("anmeldung", "was", "wer")
    assert list(schritte) == [
        (erste.pk, "angemeldet", "person"),
        (erste.pk, "bestaetigt", "person"),
        (zweite.pk, "angemeldet", "person"),
        (zweite.pk, "bestaetigt", "person"),
        (erste.pk, "storniert", "person"),
        (zweite.pk, "nachgerueckt", "system"),
    ]
    daten = str(list(treffen.protokoll.values()))
    assert ALEX["name"] not in daten
    assert ALEX["email"] not in daten
