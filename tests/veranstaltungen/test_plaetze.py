"""Seats, one person after the other: what is written, what is refused, what is sent."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm, make_veranstaltung
from tests.veranstaltungen.hilfen import ALEX, anmelden, belegt, foren, pruefe_zaehler, wahl
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Forumswahl, Veranstaltung
from veranstaltungen.plaetze import Ergebnis, Hindernis

pytestmark = pytest.mark.django_db


def test_a_registration_takes_one_seat_of_the_house_and_one_of_each_chosen_forum():
    fachtag = make_fachtag()

    ergebnis = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))

    assert ergebnis.art is Ergebnis.Art.NEU
    assert ergebnis.anmeldung.status == Anmeldung.Status.UNBESTAETIGT
    gewaehlt = ergebnis.anmeldung.wahlen.values_list("durchgang__nummer", "fachforum__nummer")
    assert list(gewaehlt) == [(1, 1), (2, 2)]
    assert belegt(fachtag) == {"haus": 1, (1, 1): 1, (2, 2): 1}
    pruefe_zaehler(fachtag)


def test_no_forum_in_a_durchgang_is_a_choice():
    fachtag = make_fachtag()

    anmelden(fachtag, wahl=wahl(fachtag, None, 3))

    assert belegt(fachtag) == {"haus": 1, (2, 3): 1}


def test_an_event_without_fachforen_registers_on_the_house_alone():
    treffen = make_veranstaltung(plaetze=2)

    anmelden(treffen)

    assert belegt(treffen) == {"haus": 1}


def test_the_same_forum_twice_is_refused_and_nothing_is_written():
    fachtag = make_fachtag()
    zweimal = wahl(fachtag, 2, 2)

    ergebnis = anmelden(fachtag, wahl=zweimal)

    assert ergebnis.hindernisse == {list(zweimal)[1]: Hindernis.DOPPELT}
    assert not Anmeldung.objects.exists()
    assert not Mail.objects.exists()
    assert belegt(fachtag) == {}


def test_in_a_full_forum_one_waits_and_keeps_the_seat_in_the_other():
    fachtag = make_fachtag(je_forum=1)
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    ergebnis = anmelden(fachtag, wahl=wahl(fachtag, 1, 2))

    assert ergebnis.art is Ergebnis.Art.NEU
    assert foren(ergebnis.anmeldung) == {(1, 1): "wartend", (2, 2): "belegt"}
    assert belegt(fachtag) == {"haus": 2, (1, 1): 1, (2, 2): 1}


def test_while_one_waits_one_may_hold_another_seat_of_the_durchgang():
    fachtag = make_fachtag(je_forum=1)
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    ergebnis = anmelden(fachtag, wahl=wahl(fachtag, (1, 3), 2))

    assert foren(ergebnis.anmeldung) == {
        (1, 1): "wartend",
        (1, 3): "belegt",
        (2, 2): "belegt",
    }


def test_the_seat_meant_for_waiting_is_not_taken_where_the_wish_is_free():
    fachtag = make_fachtag()

    ergebnis = anmelden(fachtag, wahl=wahl(fachtag, (1, 3), None))

    assert foren(ergebnis.anmeldung) == {(1, 1): "belegt"}


def test_in_a_full_house_one_waits_for_everything_even_where_a_forum_has_seats():
    fachtag = make_fachtag(plaetze=1)
    anmelden(fachtag, wahl=wahl(fachtag, None, None))

    ergebnis = anmelden(fachtag, wahl=wahl(fachtag, 1, 2))

    assert ergebnis.anmeldung.hausplatz is False
    assert foren(ergebnis.anmeldung) == {(1, 1): "wartend", (2, 2): "wartend"}
    assert belegt(fachtag) == {"haus": 1}


def test_a_closed_pool_gives_no_seat():
    fachtag = make_fachtag()
    fachtag.kontingente.filter(fachforum__nummer=1).update(gesperrt=True)

    ergebnis = anmelden(fachtag, wahl=wahl(fachtag, 1, 2))

    assert list(ergebnis.hindernisse.values()) == [Hindernis.GESPERRT]


def test_a_forum_of_another_event_is_refused_and_keeps_its_seats():
    fachtag, fremder = make_fachtag(), make_fachtag()
    forum = fremder.fachforen.first()
    gefaelscht = {fachtag.durchgaenge.first().pk: plaetze.Wunsch(forum.pk)}

    ergebnis = anmelden(fachtag, wahl=gefaelscht)

    assert list(ergebnis.hindernisse.values()) == [Hindernis.FREMD]
    assert belegt(fremder) == belegt(fachtag) == {}


def test_a_pool_of_another_event_is_refused_as_a_whole():
    fachtag, fremder = make_fachtag(), make_fachtag()

    ergebnis = anmelden(fachtag, wahl=wahl(fremder, 1, 2))

    assert set(ergebnis.hindernisse.values()) == {Hindernis.FREMD}
    assert belegt(fremder) == belegt(fachtag) == {}


def test_a_forum_that_is_not_offered_in_a_durchgang_is_refused():
    fachtag = make_fachtag()
    fachtag.kontingente.filter(fachforum__nummer=1, durchgang__nummer=2).delete()

    ergebnis = anmelden(fachtag, wahl=wahl(fachtag, None, 1))

    assert list(ergebnis.hindernisse.values()) == [Hindernis.FREMD]


TAG = dt.timedelta(days=1)


@pytest.mark.parametrize(
    "fenster",
    [
        {"anmeldung_von": TAG, "anmeldung_bis": 2 * TAG},
        {"anmeldung_von": -2 * TAG, "anmeldung_bis": -TAG},
        {"beginn": -TAG, "ende": 2 * TAG, "anmeldung_bis": TAG},
        {"anmeldung_von": None, "anmeldung_bis": None},
        {"status": Veranstaltung.Status.ABGESAGT},
        {"status": Veranstaltung.Status.SAVE_THE_DATE},
        {"status": Veranstaltung.Status.ENTWURF},
    ],
)
def test_outside_its_window_an_event_takes_nobody(fenster):
    fachtag = make_fachtag()
    for feld, wert in fenster.items():
        setattr(
            fachtag, feld, timezone.now() + wert if isinstance(wert, dt.timedelta) else wert
        )
    fachtag.save()

    ergebnis = anmelden(fachtag, wahl=wahl(fachtag, 1, 2))

    assert ergebnis.art is Ergebnis.Art.GESCHLOSSEN
    assert not Anmeldung.objects.exists()


def test_the_same_key_again_returns_the_first_result_and_sends_nothing_more():
    fachtag, key = make_fachtag(), uuid.uuid4()
    erste = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2), idempotenz=key)

    zweite = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2), idempotenz=key)

    assert zweite.anmeldung == erste.anmeldung
    assert Mail.objects.count() == 1
    assert belegt(fachtag)["haus"] == 1


def test_the_same_key_still_counts_when_it_took_the_last_seat():
    fachtag, key = make_fachtag(je_forum=1, plaetze=1), uuid.uuid4()
    erste = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2), idempotenz=key)

    zweite = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2), idempotenz=key)

    assert zweite.anmeldung == erste.anmeldung


def test_going_back_and_registering_a_colleague_with_the_same_form_works():
    fachtag, key = make_fachtag(), uuid.uuid4()
    anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2), idempotenz=key)

    zweite = anmelden(
        fachtag, **ALEX | {"name": "Kim"}, wahl=wahl(fachtag, 1, 2), idempotenz=key
    )

    assert zweite.art is Ergebnis.Art.NEU
    assert belegt(fachtag)["haus"] == 2


def test_going_back_after_cancelling_registers_anew():
    fachtag, key = make_fachtag(), uuid.uuid4()
    erste = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2), idempotenz=key)
    plaetze.stornieren(erste.anmeldung)

    zweite = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2), idempotenz=key)

    assert zweite.art is Ergebnis.Art.NEU
    assert belegt(fachtag)["haus"] == 1


@pytest.mark.parametrize(
    "person",
    [
        {"name": "alex  BEISPIEL"},
        {"name": " Alex Beispiel "},
        {"email": "ALEX@example.ORG"},
    ],
)
def test_the_same_person_again_gets_no_second_seat_but_a_mail_with_the_link(person):
    fachtag = make_fachtag()
    erste = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2)).anmeldung

    zweite = anmelden(fachtag, **ALEX | person, wahl=wahl(fachtag, 3, 1))

    assert zweite == Ergebnis(Ergebnis.Art.BEKANNT, erste)
    assert belegt(fachtag) == {"haus": 1, (1, 1): 1, (2, 2): 1}
    mail = Mail.objects.get(schluessel__contains="schon-angemeldet")
    assert mail.an == erste.email
    assert erste.zeichen in mail.text


def test_however_often_a_person_is_registered_again_she_gets_one_mail_a_day():
    fachtag = make_fachtag()
    anmelden(fachtag, **ALEX)

    for _ in range(5):
        anmelden(fachtag, **ALEX)

    assert Mail.objects.filter(schluessel__contains="schon-angemeldet").count() == 1


def test_the_answer_to_a_closed_forum_is_the_same_for_known_and_unknown_people():
    fachtag = make_fachtag(je_forum=1)
    anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))
    fachtag.kontingente.filter(fachforum__nummer=1).update(gesperrt=True)

    bekannt = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 3))
    fremd = anmelden(fachtag, wahl=wahl(fachtag, 1, 3))

    assert bekannt == fremd


def test_colleagues_may_share_one_address():
    fachtag = make_fachtag()

    anmelden(fachtag, name="Kim Muster", email="kita@example.org")
    anmelden(fachtag, name="Toni Muster", email="kita@example.org")

    assert belegt(fachtag) == {"haus": 2}


def test_a_name_that_grows_when_folded_fits_its_column():
    fachtag = make_fachtag()

    ergebnis = anmelden(fachtag, name="ΐ" * 120, email="a@example.org")

    assert len(ergebnis.anmeldung.name_norm) == 240


def test_cancelling_frees_every_seat_and_the_next_person_gets_them():
    fachtag = make_fachtag(je_forum=1, plaetze=1)
    erste = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2)).anmeldung

    plaetze.stornieren(erste)
    zweite = anmelden(fachtag, wahl=wahl(fachtag, 1, 2))

    erste.refresh_from_db()
    assert erste.status == Anmeldung.Status.STORNIERT
    assert erste.storniert_am
    assert set(erste.wahlen.values_list("status", flat=True)) == {"abgegeben"}
    assert zweite.art is Ergebnis.Art.NEU
    pruefe_zaehler(fachtag)


def test_cancelling_twice_frees_one_seat_and_sends_one_mail():
    fachtag = make_fachtag()
    erste = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2)).anmeldung
    anmelden(fachtag, wahl=wahl(fachtag, 1, 2))

    assert plaetze.stornieren(erste) is True
    assert plaetze.stornieren(erste) is False

    assert belegt(fachtag) == {"haus": 1, (1, 1): 1, (2, 2): 1}
    assert Mail.objects.filter(schluessel__contains=":storniert").count() == 1


def test_cancelling_withdraws_a_confirmation_that_is_not_sent_yet():
    fachtag = make_fachtag()
    erste = anmelden(fachtag, **ALEX).anmeldung
    andere = anmelden(fachtag).anmeldung

    plaetze.stornieren(erste)

    stand = dict(Mail.objects.values_list("schluessel", "status"))
    assert stand == {
        f"anmeldung-{erste.pk}:bitte-bestaetigen:0": "abgebrochen",
        f"anmeldung-{erste.pk}:storniert:1": "neu",
        f"anmeldung-{andere.pk}:bitte-bestaetigen:0": "neu",
    }


def test_an_import_may_stay_silent():
    fachtag = make_fachtag()

    anmelden(fachtag, mit_mail=False, quelle=Anmeldung.Quelle.IMPORT)

    assert not Mail.objects.exists()


@pytest.mark.parametrize("je_forum", [10, 1], ids=["free", "full"])
def test_a_registration_costs_at_most_eight_statements(je_forum):
    make_landesprogramm()
    fachtag = make_fachtag(je_forum=je_forum)
    beide = wahl(fachtag, 1, 2)
    anmelden(fachtag, wahl=beide)  # the worker knows the event

    with CaptureQueriesContext(connection) as queries:
        anmelden(fachtag, **ALEX, wahl=beide)

    # The transaction of the test turns BEGIN and COMMIT into one pair of savepoints.
    assert len(queries) - 2 <= 8, [q["sql"] for q in queries]


# ------------------------------------------------- both rules, attacked below the code


def test_the_database_refuses_two_fora_in_one_durchgang():
    fachtag = make_fachtag()
    anmeldung = anmelden(fachtag, wahl=wahl(fachtag, 1, None)).anmeldung
    anderes = fachtag.kontingente.get(fachforum__nummer=2, durchgang__nummer=1)

    with pytest.raises(IntegrityError, match="durchgang"), transaction.atomic():
        Forumswahl.objects.create(
            anmeldung=anmeldung,
            kontingent=anderes,
            fachforum=anderes.fachforum,
            durchgang=anderes.durchgang,
            position=99,
        )


@pytest.mark.parametrize("status", ["belegt", "wartend", "angeboten"])
def test_the_database_refuses_the_same_forum_twice_even_to_raw_sql(status):
    fachtag = make_fachtag()
    anmeldung = anmelden(fachtag, wahl=wahl(fachtag, 1, None)).anmeldung
    nochmal = fachtag.kontingente.get(fachforum__nummer=1, durchgang__nummer=2)
    zeile = [anmeldung.pk, nochmal.pk, nochmal.fachforum_id, nochmal.durchgang_id, status]

    with (
        pytest.raises(IntegrityError, match="forum"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO veranstaltungen_forumswahl (anmeldung_id, kontingent_id,"
            " fachforum_id, durchgang_id, status, position, angebot_bis)"
            " VALUES (%s, %s, %s, %s, %s, 99, '2030-01-01 00:00:00+00')",
            zeile,
        )


def test_the_database_refuses_to_count_past_the_capacity():
    fachtag = make_fachtag(je_forum=1)
    anmelden(fachtag, wahl=wahl(fachtag, 1, None))

    with (
        pytest.raises(IntegrityError, match="ueberbucht"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE veranstaltungen_platzkontingent SET belegt = kapazitaet + 1"
            " WHERE veranstaltung_id = %s",
            [fachtag.pk],
        )


def test_the_database_refuses_the_same_person_twice():
    fachtag = make_fachtag()
    anmelden(fachtag, **ALEX)

    with pytest.raises(IntegrityError, match="norm"), transaction.atomic():
        Anmeldung.objects.create(veranstaltung=fachtag, hausplatz=True, **ALEX)
