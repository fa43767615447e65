"""Seats under many hands at once: real threads with connections of their own."""

import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_veranstaltung
from tests.veranstaltungen.hilfen import (
    ALEX,
    anmelden,
    arten,
    belegt,
    gleichzeitig,
    pruefe_zaehler,
    wahl,
)
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Platzkontingent
from veranstaltungen.plaetze import Ueberlastet, eingang, zug
from veranstaltungen.plaetze.bestand import gelesen

pytestmark = pytest.mark.django_db(transaction=True)


def test_forty_people_at_once_fill_ten_seats_exactly():
    treffen = make_veranstaltung(plaetze=10)

    ergebnisse = gleichzeitig(lambda _: anmelden(treffen), range(40))

    assert arten(ergebnisse) == {"neu": 40}
    assert belegt(treffen) == {"haus": 10}
    assert Mail.objects.count() == 40
    nach_position = treffen.anmeldungen.order_by("position")
    assert list(nach_position.values_list("position", flat=True)) == list(range(1, 41))
    assert list(nach_position.values_list("hausplatz", flat=True)) == [True] * 10 + [False] * 30
    pruefe_zaehler(treffen)


def test_forty_people_at_once_fill_the_fachforen_exactly():
    fachtag = make_fachtag(foren=2, je_forum=5, plaetze=40)
    foren = wahl(fachtag, 1, 2)

    ergebnisse = gleichzeitig(lambda _: anmelden(fachtag, wahl=foren), range(40))

    assert arten(ergebnisse) == {"neu": 40}
    assert belegt(fachtag) == {"haus": 40, (1, 1): 5, (2, 2): 5}
    for kontingent in fachtag.kontingente.filter(fachforum__isnull=False, belegt__gt=0):
        nach_position = kontingent.wahlen.order_by("position")
        assert list(nach_position.values_list("status", flat=True)) == (
            ["belegt"] * 5 + ["wartend"] * 35
        )
    pruefe_zaehler(fachtag)


def test_with_the_lock_nobody_ever_meets_a_constraint(monkeypatch):
    monkeypatch.setattr(zug, "VERSUCHE", 1)
    treffen = make_veranstaltung(plaetze=10)

    ergebnisse = gleichzeitig(lambda _: anmelden(treffen), range(20))

    assert arten(ergebnisse) == {"neu": 20}


@pytest.mark.postgresql  # on SQLite the transaction is the lock
def test_without_the_lock_only_the_constraint_stops_overselling(monkeypatch):
    """The negative control: it would be green with the lock, and the test above is."""
    monkeypatch.setattr(zug, "VERSUCHE", 1)
    treffen = make_veranstaltung(plaetze=10)
    alle_haben_gelesen = threading.Barrier(20, timeout=20)

    def lesen_ohne_sperre(veranstaltung_id, wahl=None):
        kontingente = Platzkontingent.objects.filter(veranstaltung=veranstaltung_id)
        bestand = gelesen(list(kontingente.values_list("pk", flat=True)))
        alle_haben_gelesen.wait()
        return bestand

    monkeypatch.setattr(eingang, "sperren", lesen_ohne_sperre)

    ergebnisse = gleichzeitig(lambda _: anmelden(treffen), range(20))

    gestoppt = [e for e in ergebnisse if isinstance(e, Ueberlastet)]
    assert len(gestoppt) == 10
    assert all("nie_ueberbucht" in str(e.__cause__) for e in gestoppt)
    assert belegt(treffen) == {"haus": 10}


def test_the_lock_is_the_first_thing_a_transaction_asks_for():
    fachtag = make_fachtag()

    with CaptureQueriesContext(connection) as queries:
        anmelden(fachtag)

    anfang = [q["sql"] for q in queries if "SET LOCAL" not in q["sql"]][:2]
    if connection.vendor == "postgresql":
        assert anfang[0] == "BEGIN"
        assert 'FOR NO KEY UPDATE OF "veranstaltungen_platzkontingent"' in anfang[1]
    else:
        assert anfang[0] == "BEGIN IMMEDIATE"


def test_people_who_cross_never_block_each_other(monkeypatch):
    monkeypatch.setattr(zug, "VERSUCHE", 1)
    fachtag = make_fachtag(foren=2, je_forum=40, plaetze=100)
    kreuz = [wahl(fachtag, 1, 2), wahl(fachtag, 2, 1)] * 20

    ergebnisse = gleichzeitig(lambda foren: anmelden(fachtag, wahl=foren), kreuz)

    assert arten(ergebnisse) == {"neu": 40}
    pruefe_zaehler(fachtag)


def test_the_same_person_at_once_is_registered_once():
    fachtag = make_fachtag()
    foren = wahl(fachtag, 1, 2)

    ergebnisse = gleichzeitig(lambda _: anmelden(fachtag, **ALEX, wahl=foren), range(20))

    assert arten(ergebnisse) == {"neu": 1, "bekannt": 19}
    assert len({e.anmeldung.pk for e in ergebnisse}) == 1
    assert belegt(fachtag) == {"haus": 1, (1, 1): 1, (2, 2): 1}
    assert Mail.objects.count() == 2  # the confirmation, and one "already registered" a day


def test_the_same_key_at_once_is_one_registration_and_one_mail():
    fachtag, key = make_fachtag(je_forum=1, plaetze=1), uuid.uuid4()
    foren = wahl(fachtag, 1, 2)

    ergebnisse = gleichzeitig(
        lambda _: anmelden(fachtag, **ALEX, wahl=foren, idempotenz=key), range(20)
    )

    assert arten(ergebnisse) == {"neu": 1, "bekannt": 19}
    assert Anmeldung.objects.count() == Mail.objects.count() == 1


def test_a_row_that_appears_past_the_lock_is_found_on_the_second_look(monkeypatch):
    """Another door of the house wrote the same person between our look and our insert."""
    treffen = make_veranstaltung(plaetze=5)
    echt = eingang._dieselbe_person
    vorher = []

    def zu_frueh_gesehen(neu):
        if not vorher:
            vorher.append(True)
            raise IntegrityError("anmeldung_person_einmal")
        return echt(neu)

    erste = anmelden(treffen, **ALEX).anmeldung
    monkeypatch.setattr(eingang, "_dieselbe_person", zu_frueh_gesehen)

    zweite = anmelden(treffen, **ALEX)

    assert zweite.anmeldung == erste


def test_registering_and_cancelling_at_once_keeps_every_counter_true():
    fachtag = make_fachtag(foren=2, je_forum=6, plaetze=12)
    da = [anmelden(fachtag, wahl=wahl(fachtag, 1, 2)).anmeldung for _ in range(6)]
    foren = wahl(fachtag, 2, 1)
    auftraege = [*da, *[None] * 20, *da]

    def verb(anmeldung):
        if anmeldung:
            return plaetze.stornieren(anmeldung)
        return anmelden(fachtag, wahl=foren)

    ergebnisse = gleichzeitig(verb, auftraege)

    assert ergebnisse.count(True) == ergebnisse.count(False) == 6
    assert not [e for e in ergebnisse if isinstance(e, Exception)]
    pruefe_zaehler(fachtag)


def test_a_change_that_is_rolled_back_leaves_no_mail(monkeypatch):
    fachtag = make_fachtag()
    monkeypatch.setattr(zug, "VERSUCHE", 1)
    echt = eingang.mails.nach_der_anmeldung

    def danach_bricht_es(*args):
        echt(*args)
        raise IntegrityError("crash after the mail was written")

    monkeypatch.setattr(eingang.mails, "nach_der_anmeldung", danach_bricht_es)

    with pytest.raises(Ueberlastet):
        anmelden(fachtag, wahl=wahl(fachtag, 1, 2))

    assert not Mail.objects.exists()
    assert not Anmeldung.objects.exists()
    assert belegt(fachtag) == {}


def test_seats_refuse_to_be_part_of_a_longer_transaction():
    fachtag = make_fachtag()

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        anmelden(fachtag)


@pytest.mark.postgresql  # SQLite waits by its own timeout of 20 seconds
def test_an_event_whose_pools_stay_locked_asks_to_come_back(monkeypatch):
    monkeypatch.setattr(zug, "VERSUCHE", 1)
    treffen = make_veranstaltung(plaetze=5)

    with transaction.atomic():
        list(Platzkontingent.objects.order_by("pk").select_for_update())
        [ergebnis] = gleichzeitig(lambda _: anmelden(treffen), [None])

    assert isinstance(ergebnis, Ueberlastet)
    assert not Anmeldung.objects.exists()
