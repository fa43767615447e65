"""Everything at once: all verbs on one event, crossing locks, jobs that run twice."""

import itertools
import os
import random
import threading
import time

import pytest
from django.db import OperationalError, connection, transaction

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_veranstaltung
from tests.veranstaltungen.hilfen import (
    angemeldet,
    anmelden,
    belegt,
    gleichzeitig,
    pruefe_zaehler,
    wahl,
)
from veranstaltungen import plaetze
from veranstaltungen.models import Platzkontingent, Protokoll
from veranstaltungen.plaetze import ausgang, zug
from veranstaltungen.plaetze.bestand import Bestand, gelesen, sperren

pytestmark = pytest.mark.django_db(transaction=True)

MENSCHEN = 500  # far more than threads: the rest queues up in front of the door
GRUPPEN = 40
# All 10,000 take longer than a suite should: KREUZUNGEN=10000 pytest tests/veranstaltungen
OFT = 20  # tries of a negative control: without the lock it is chance who comes first
KREUZUNGEN = int(os.environ.get("KREUZUNGEN", "1000"))


def ohne_sperre(veranstaltung_id, wahl=None) -> Bestand:
    """What `sperren` reads, without locking it; a moment later, so that others get between."""
    kontingente = Platzkontingent.objects.filter(veranstaltung=veranstaltung_id)
    bestand = gelesen(list(kontingente.values_list("pk", flat=True)))
    time.sleep(0.02)
    return bestand


# ------------------------------------------------------------------ T1, T2


def test_of_many_people_exactly_as_many_as_there_are_seats_get_one(monkeypatch):
    monkeypatch.setattr(zug, "GEDULD", 60)
    treffen = make_veranstaltung(plaetze=37)

    ergebnisse = gleichzeitig(lambda _: anmelden(treffen), range(MENSCHEN))

    assert not [e for e in ergebnisse if isinstance(e, Exception)]
    reihe = list(treffen.anmeldungen.order_by("position").values_list("position", "hausplatz"))
    assert [position for position, _ in reihe] == list(range(1, MENSCHEN + 1))
    assert [platz for _, platz in reihe] == [True] * 37 + [False] * (MENSCHEN - 37)
    assert belegt(treffen) == {"haus": 37}
    assert Mail.objects.count() == MENSCHEN


@pytest.mark.sqlite  # IMMEDIATE is its lock alone
def test_without_the_lock_of_sqlite_people_are_turned_away(monkeypatch):
    """The negative control: a transaction that reads first must lose to one that writes.

    PostgreSQL has its own in test_plaetze_parallel.
    """
    monkeypatch.setattr(zug, "VERSUCHE", 1)
    treffen = make_veranstaltung(plaetze=5)

    def anmelden_ohne_sperre(_):
        connection.ensure_connection()
        connection.transaction_mode = "DEFERRED"
        return anmelden(treffen)

    ergebnisse = gleichzeitig(anmelden_ohne_sperre, range(40))

    assert [e for e in ergebnisse if isinstance(e, plaetze.Ueberlastet)]


# ------------------------------------------------------------------ T3


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        )
        return cursor.fetchone()[0]


@pytest.mark.postgresql  # on SQLite nobody locks a single row
def test_people_who_cross_again_and_again_never_deadlock():
    fachtag = make_fachtag(foren=2, je_forum=3000, plaetze=9000)
    kreuz = [wahl(fachtag, 1, 2), wahl(fachtag, 2, 1)] * (GRUPPEN // 2)
    vorher = deadlocks()

    def oft(foren):
        for _ in range(KREUZUNGEN // GRUPPEN):
            with transaction.atomic():
                sperren(fachtag.pk, foren)
                sperren(fachtag.pk, foren)

    ergebnisse = gleichzeitig(oft, kreuz)

    assert ergebnisse == [None] * GRUPPEN
    assert deadlocks() == vorher


@pytest.mark.postgresql
def test_locking_one_pool_after_the_other_in_any_order_does_deadlock():
    """The negative control of the test above: the same rows, in the order of the wish."""
    fachtag = make_fachtag(foren=2)
    eins, zwei = fachtag.kontingente.filter(fachforum__isnull=False)[:2]
    beide_haben_einen = threading.Barrier(2, timeout=20)

    def nacheinander(reihenfolge):
        with transaction.atomic():
            for kontingent in reihenfolge:
                Platzkontingent.objects.select_for_update(no_key=True).get(pk=kontingent.pk)
                if kontingent is reihenfolge[0]:
                    beide_haben_einen.wait()

    ergebnisse = gleichzeitig(nacheinander, [(eins, zwei), (zwei, eins)])

    [fehler] = [e for e in ergebnisse if e]
    assert isinstance(fehler, OperationalError)
    assert fehler.__cause__.sqlstate == "40P01"


# ------------------------------------------------------------------ T6


def test_all_verbs_at_once_leave_true_counters_and_nobody_waiting_beside_a_seat(monkeypatch):
    monkeypatch.setattr(zug, "GEDULD", 60)
    fachtag = make_fachtag(foren=3, je_forum=4, plaetze=18)
    wuensche = [wahl(fachtag, *paar) for paar in itertools.permutations([1, 2, 3], 2)] + [
        wahl(fachtag, (1, 2), 3),
        wahl(fachtag, 2, (3, 1)),
    ]
    da = [angemeldet(fachtag, wahl=wuensche[n % 8]) for n in range(18)]
    foren = list(fachtag.kontingente.filter(fachforum__isnull=False))
    auftraege = [
        *[lambda w=w: bestaetigt(anmelden(fachtag, wahl=w)) for w in wuensche * 3],
        *[lambda a=a: plaetze.stornieren(a) for a in da[:9]],
        *[
            lambda a=a, w=w: plaetze.wechseln(a, w)
            for a, w in zip(da[4:12], wuensche, strict=True)
        ],
        *[
            lambda a=a: plaetze.ersetzen(a, name="Neu", email=f"neu{a.pk}@x.de")
            for a in da[12:16]
        ],
        *[
            lambda k=k, n=n: plaetze.raum_aendern(k, kapazitaet=n, notplaetze=3)
            for k, n in zip(foren * 2, [6, 4, 5, 7, 3, 6, 5, 8, 4, 6, 7, 5], strict=True)
        ],
        *[plaetze.fristen_ablaufen] * 3,
    ]
    random.Random(4).shuffle(auftraege)  # noqa: S311

    ergebnisse = gleichzeitig(lambda verb: verb(), auftraege)

    fehler = [e for e in ergebnisse if isinstance(e, Exception)]
    assert all(isinstance(e, plaetze.ZuWenig) for e in fehler), fehler
    pruefe_zaehler(fachtag)


@pytest.mark.postgresql  # on SQLite the transaction itself is the lock
def test_without_the_lock_two_free_seats_go_to_the_same_person(monkeypatch):
    """The negative control of the test above: its counters would not be true."""
    monkeypatch.setattr(zug, "VERSUCHE", 1)
    monkeypatch.setattr(ausgang, "sperren", ohne_sperre)

    def zaehlt_falsch() -> bool:
        fachtag = make_fachtag(foren=2, je_forum=2, plaetze=9)
        alle = [angemeldet(fachtag, wahl=wahl(fachtag, 1, None)) for _ in range(4)]
        gleichzeitig(plaetze.stornieren, alle[:2])
        try:
            pruefe_zaehler(fachtag)
        except AssertionError:
            return True
        return False

    assert any(zaehlt_falsch() for _ in range(OFT))


def bestaetigt(ergebnis: plaetze.Ergebnis) -> bool:
    return plaetze.bestaetigen(ergebnis.anmeldung)


# ------------------------------------------------------------------ T10


def abgelaufene(monkeypatch, anzahl: int):
    """An event whose holds have all run out, with as many people waiting for them."""
    fachtag = make_fachtag(foren=2, je_forum=20, plaetze=anzahl)
    wunsch = wahl(fachtag, 1, 2)
    for _ in range(anzahl):
        anmelden(fachtag, wahl=wunsch)
    for _ in range(anzahl):
        angemeldet(fachtag, wahl=wunsch)
    fachtag.anmeldungen.filter(status="unbestaetigt").update(haltefrist="2020-01-01T00:00Z")
    Mail.objects.all().delete()
    return fachtag


def test_the_deadline_job_running_four_times_at_once_ends_each_hold_once(monkeypatch):
    fachtag = abgelaufene(monkeypatch, 6)

    gleichzeitig(lambda _: plaetze.fristen_ablaufen(), range(4))

    schritte = Protokoll.objects.filter(was="verfallen").values_list("anmeldung", flat=True)
    assert len(schritte) == len(set(schritte)) == 6
    assert fachtag.anmeldungen.filter(status="verfallen").count() == 6
    assert fachtag.anmeldungen.filter(status="bestaetigt").count() == 6
    assert Mail.objects.count() == 12  # six ended, six moved up
    pruefe_zaehler(fachtag)


@pytest.mark.postgresql  # on SQLite the transaction itself is the lock
def test_without_the_lock_the_deadline_job_ends_a_hold_twice(monkeypatch):
    """The negative control of the test above."""
    monkeypatch.setattr(zug, "VERSUCHE", 1)
    monkeypatch.setattr(ausgang, "sperren", ohne_sperre)

    def endet_doppelt() -> bool:
        abgelaufene(monkeypatch, 6)
        ergebnisse = gleichzeitig(lambda _: plaetze.fristen_ablaufen(), range(4))
        verfallene = Protokoll.objects.filter(was="verfallen")
        schritte = list(verfallene.values_list("anmeldung", flat=True))
        gescheitert = any(isinstance(e, Exception) for e in ergebnisse)
        return gescheitert or len(schritte) > len(set(schritte))

    assert any(endet_doppelt() for _ in range(OFT))
