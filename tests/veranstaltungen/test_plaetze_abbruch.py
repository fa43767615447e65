"""kill -9 at five places: nothing half, and after the next try each mail exactly once."""

import os
import signal
import subprocess
import sys
import uuid

import pytest
from django.db import connection

from praeventionsketten.models import Mail
from tests.factories import make_fachtag
from tests.veranstaltungen.hilfen import angemeldet, anmelden, foren, pruefe_zaehler, wahl
from veranstaltungen import plaetze
from veranstaltungen.models import Protokoll, Veranstaltung

pytestmark = pytest.mark.django_db(transaction=True)

STELLEN = ["before-lock", "after-lock", "after-insert", "before-commit", "after-commit"]


def sterben_lassen(verb: str, fachtage: dict[str, Veranstaltung]) -> None:
    """One process per place, all at once; each must have been killed, not have ended."""
    programm = [sys.executable, "-W", "error", "-m", "tests.veranstaltungen.todesstelle"]
    datenbank = str(connection.settings_dict["NAME"])
    connection.close()
    prozesse = [
        subprocess.Popen([*programm, datenbank, stelle, verb, str(fachtag.pk)], env=os.environ)
        for stelle, fachtag in fachtage.items()
    ]
    assert [p.wait(60) for p in prozesse] == [-signal.SIGKILL] * len(prozesse)


def test_a_registration_cut_off_anywhere_is_whole_or_not_there_at_all():
    fachtage = {stelle: make_fachtag(foren=2) for stelle in STELLEN}

    sterben_lassen("anmelden", fachtage)

    for stelle, fachtag in fachtage.items():
        fertig = int(stelle == "after-commit")
        assert fachtag.anmeldungen.count() == fertig, stelle
        assert mails_an(fachtag) == ["bitte-bestaetigen"] * fertig
        pruefe_zaehler(fachtag)

    for fachtag in fachtage.values():  # the browser sends the same form again
        ergebnis = anmelden(
            fachtag,
            name="Neu Dabei",
            email="neu@example.org",
            wahl=wahl(fachtag, 1, 2),
            idempotenz=uuid.UUID(int=fachtag.pk),
        )
        assert foren(ergebnis.anmeldung) == {(1, 1): "belegt", (2, 2): "belegt"}
        assert fachtag.anmeldungen.count() == 1
        assert mails_an(fachtag) == ["bitte-bestaetigen"]
        pruefe_zaehler(fachtag)


def test_a_cancellation_cut_off_anywhere_moves_the_next_person_up_exactly_once():
    fachtage = {stelle: make_fachtag(foren=2, plaetze=1) for stelle in STELLEN}
    for fachtag in fachtage.values():
        for _ in range(2):
            angemeldet(fachtag, wahl=wahl(fachtag, 1, 2))
    Mail.objects.all().delete()

    sterben_lassen("stornieren", fachtage)

    for stelle, fachtag in fachtage.items():
        fertig = int(stelle == "after-commit")
        assert mails_an(fachtag) == ["nachgerueckt", "storniert"] * fertig, stelle
        pruefe_zaehler(fachtag)

    for fachtag in fachtage.values():
        erste, zweite = fachtag.anmeldungen.order_by("position")
        plaetze.stornieren(erste)
        zweite.refresh_from_db()
        assert (zweite.status, zweite.hausplatz) == ("bestaetigt", True)
        assert mails_an(fachtag) == ["nachgerueckt", "storniert"]
        for was in ("storniert", "nachgerueckt"):
            assert Protokoll.objects.filter(veranstaltung=fachtag, was=was).count() == 1
        pruefe_zaehler(fachtag)


def test_a_mail_that_is_written_after_the_commit_can_get_lost():
    """The negative control: this is what the outbox row in the same transaction prevents."""
    fachtag = make_fachtag(foren=2)

    sterben_lassen("anmelden", {"mail-only-after-commit": fachtag})

    assert fachtag.anmeldungen.count() == 1
    assert mails_an(fachtag) == []


def mails_an(fachtag: Veranstaltung) -> list[str]:
    """The occasions of the mails that will go out, sorted."""
    bezuege = [f"anmeldung-{pk}" for pk in fachtag.anmeldungen.values_list("pk", flat=True)]
    mails = Mail.objects.filter(bezug__in=bezuege, status=Mail.Status.NEU)
    return sorted(mail.schluessel.split(":")[1] for mail in mails)
