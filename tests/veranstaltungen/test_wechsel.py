"""Changing Fachforen, and handing the seats to another person."""

import datetime as dt

import pytest
from django.utils import timezone

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_konto
from tests.veranstaltungen.hilfen import (
    ALEX,
    angemeldet,
    anmelden,
    belegt,
    foren,
    pruefe_zaehler,
    wahl,
)
from veranstaltungen import plaetze
from veranstaltungen.models import Bedarf, Veranstaltung
from veranstaltungen.plaetze import Ergebnis, Hindernis, Wunsch

pytestmark = pytest.mark.django_db

Art = Ergebnis.Art
KIM = {"name": "Kim Vertretung", "email": "kim@example.org"}


def test_a_change_to_a_free_forum_gives_the_old_seat_to_who_waits():
    fachtag = make_fachtag(je_forum=1)
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    wartet = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))

    ergebnis = plaetze.wechseln(erste, wahl(fachtag, 2, None))

    assert ergebnis.art is Art.GEAENDERT
    assert foren(erste) == {(1, 2): "belegt"}
    assert foren(wartet) == {(1, 1): "belegt"}
    pruefe_zaehler(fachtag)


def test_the_old_seat_is_kept_until_the_new_one_is_sure():
    fachtag = make_fachtag(je_forum=1)
    in_zwei = angemeldet(fachtag, wahl=wahl(fachtag, 2, None))
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))

    plaetze.wechseln(anmeldung, wahl(fachtag, 2, None))
    assert foren(anmeldung) == {(1, 1): "belegt", (1, 2): "wartend"}

    plaetze.stornieren(in_zwei)
    assert foren(anmeldung) == {(1, 2): "belegt"}
    pruefe_zaehler(fachtag)


def test_both_fora_can_change_places_in_one_step():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, 1, 2))

    plaetze.wechseln(anmeldung, wahl(fachtag, 2, 1))

    assert foren(anmeldung) == {(1, 2): "belegt", (2, 1): "belegt"}


def test_a_forum_that_stays_held_elsewhere_cannot_be_taken_too():
    fachtag = make_fachtag(je_forum=1)
    angemeldet(fachtag, wahl=wahl(fachtag, 2, None))
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))

    # The seat in 1 stays until 2 comes free, so 1 cannot be had in the second Durchgang.
    ergebnis = plaetze.wechseln(anmeldung, wahl(fachtag, 2, 1))

    assert list(ergebnis.hindernisse.values()) == [Hindernis.DOPPELT]
    assert foren(anmeldung) == {(1, 1): "belegt"}


def test_choosing_the_same_again_keeps_seat_and_place_in_the_queue():
    fachtag = make_fachtag(je_forum=1)
    angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, (1, 2), 3))
    vorher = list(anmeldung.wahlen.values())

    ergebnis = plaetze.wechseln(anmeldung, wahl(fachtag, 1, 3))

    assert ergebnis.art is Art.UNVERAENDERT
    assert list(anmeldung.wahlen.values()) == vorher


def test_going_back_to_the_seat_one_holds_ends_the_waiting():
    fachtag = make_fachtag(je_forum=1)
    angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, (1, 2), None))

    plaetze.wechseln(anmeldung, wahl(fachtag, 2, None))

    assert foren(anmeldung) == {(1, 2): "belegt"}


def test_another_seat_may_be_held_while_the_place_in_the_queue_stays():
    fachtag = make_fachtag(je_forum=1)
    angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, (1, 2), None))
    position = anmeldung.wahlen.get(status="wartend").position

    plaetze.wechseln(anmeldung, wahl(fachtag, (1, 3), None))

    assert foren(anmeldung) == {(1, 1): "wartend", (1, 3): "belegt"}
    assert anmeldung.wahlen.get(status="wartend").position == position
    pruefe_zaehler(fachtag)


def test_no_forum_gives_back_seat_and_wish():
    fachtag = make_fachtag(je_forum=1)
    angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, (1, 2), 3))

    plaetze.wechseln(anmeldung, wahl(fachtag, None, 3))

    assert foren(anmeldung) == {(2, 3): "belegt"}
    pruefe_zaehler(fachtag)


def test_a_change_in_one_durchgang_leaves_the_other_alone():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, 1, 2))
    erster, _ = fachtag.durchgaenge.all()
    drei = fachtag.fachforen.get(nummer=3)

    plaetze.wechseln(anmeldung, {erster.pk: Wunsch(drei.pk)})

    assert foren(anmeldung) == {(1, 3): "belegt", (2, 2): "belegt"}


def test_a_forum_of_another_event_changes_nothing():
    fachtag, fremder = make_fachtag(), make_fachtag()
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, 1, 2))

    ergebnis = plaetze.wechseln(anmeldung, wahl(fremder, 1, 2))

    assert set(ergebnis.hindernisse.values()) == {Hindernis.FREMD}
    assert foren(anmeldung) == {(1, 1): "belegt", (2, 2): "belegt"}
    assert belegt(fremder) == {}


def test_after_the_deadline_only_the_team_changes():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    Veranstaltung.objects.filter(pk=fachtag.pk).update(
        wahl_aenderung_bis=timezone.now() - dt.timedelta(hours=1)
    )

    selbst = plaetze.wechseln(anmeldung, wahl(fachtag, 2, None))
    team = plaetze.wechseln(anmeldung, wahl(fachtag, 3, None), durch=make_konto())

    assert (selbst.art, team.art) == (Art.GESCHLOSSEN, Art.GEAENDERT)
    assert foren(anmeldung) == {(1, 3): "belegt"}


def test_spare_seats_are_for_the_team_alone():
    fachtag = make_fachtag(je_forum=1)
    fachtag.kontingente.filter(fachforum__nummer=1).update(notplaetze=1)
    angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    assert foren(anmeldung) == {(1, 1): "wartend"}
    plaetze.wechseln(anmeldung, wahl(fachtag, None, None))

    plaetze.wechseln(anmeldung, wahl(fachtag, 1, None), durch=make_konto(), notplatz=True)

    assert foren(anmeldung) == {(1, 1): "belegt"}
    pruefe_zaehler(fachtag)


def test_a_cancelled_registration_changes_nothing_any_more():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    plaetze.stornieren(anmeldung)

    ergebnis = plaetze.wechseln(anmeldung, wahl(fachtag, 2, None))

    assert ergebnis.art is Art.GESCHLOSSEN
    assert belegt(fachtag) == {}


# ---------------------------------------------------------------- another person


def test_a_substitute_takes_over_the_seats_and_confirms_herself():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))
    Bedarf.objects.create(anmeldung=anmeldung, art="essen", text="vegan")
    altes_zeichen = anmeldung.zeichen

    plaetze.ersetzen(anmeldung, **KIM)

    anmeldung.refresh_from_db()
    assert (anmeldung.name, anmeldung.status) == (KIM["name"], "unbestaetigt")
    assert foren(anmeldung) == {(1, 1): "belegt", (2, 2): "belegt"}
    assert not anmeldung.gilt(altes_zeichen)
    assert not anmeldung.bedarfe.exists()
    offen = Mail.objects.filter(status="neu").values_list("an", "schluessel")
    assert [(an, s.split(":")[1]) for an, s in offen.order_by("pk")] == [
        (ALEX["email"], "abgegeben"),
        (KIM["email"], "bitte-bestaetigen"),
    ]


def test_nothing_of_the_first_person_stays_in_the_row():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, organisation="Kita Muster", funktion="Leitung")

    plaetze.ersetzen(anmeldung, **KIM)

    anmeldung.refresh_from_db()
    zeile = str(vars(anmeldung)).casefold()
    assert not [spur for spur in ("alex", "muster", "leitung") if spur in zeile]


def test_somebody_who_is_registered_already_cannot_be_the_substitute():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX)
    angemeldet(fachtag, **KIM)

    ergebnis = plaetze.ersetzen(anmeldung, **KIM)

    assert ergebnis.hindernisse == {None: Hindernis.DOPPELT}
    anmeldung.refresh_from_db()
    assert anmeldung.name == ALEX["name"]


def test_a_place_in_the_queue_cannot_be_handed_over():
    fachtag = make_fachtag(plaetze=1)
    angemeldet(fachtag)
    wartet = angemeldet(fachtag, **ALEX)

    assert plaetze.ersetzen(wartet, **KIM).art is Art.GESCHLOSSEN


def test_a_form_sent_again_after_handing_over_finds_no_old_key():
    fachtag = make_fachtag()
    erste = anmelden(fachtag, **ALEX).anmeldung
    plaetze.bestaetigen(erste)
    plaetze.ersetzen(erste, **KIM)

    nochmal = anmelden(fachtag, **ALEX, idempotenz=erste.idempotenz)

    assert nochmal.art is Art.NEU
    assert nochmal.anmeldung != erste


def test_the_old_link_moves_nothing_once_the_seats_are_handed_over():
    """Her page was open before; the row under the lock is somebody else's by now."""
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, None))
    plaetze.ersetzen(anmeldung, **KIM)

    for verb in (plaetze.stornieren, plaetze.bestaetigen):
        with pytest.raises(plaetze.Ueberlastet):
            verb(anmeldung)

    assert foren(anmeldung) == {(1, 1): "belegt"}
