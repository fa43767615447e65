"""Mails that come back are noted, and nobody can forge that they do."""

import io
import sys

import pytest
from django.core.management import call_command

from angebote import aufgaben
from angebote.models import Angebot, Kontakt
from angebote.pflege import unzustellbar, versand
from praeventionsketten.models import Mail

from .hilfen import EMAIL, make_faelliges

pytestmark = pytest.mark.django_db

BERICHT = """\
From: MAILER-DAEMON@mx.example
To: portal@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grenze"

--grenze
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--grenze
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {an}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--grenze
Content-Type: {art}

From: portal@example.org
To: {an}
Subject: Stimmt das noch?
Message-ID: {message_id}

--grenze--
"""


def bericht(mail: Mail, **felder) -> bytes:
    vorgabe = {
        "an": mail.an,
        "action": "failed",
        "status": "5.1.1",
        "art": "text/rfc822-headers",
        "message_id": mail.message_id,
    }
    return BERICHT.format(**vorgabe | felder).encode()


@pytest.fixture
def mail() -> Mail:
    make_faelliges(tage=5)
    versand.fragen()
    return Mail.objects.get()


def kommt_zurueck() -> bool:
    return Kontakt.objects.filter(email=EMAIL, unzustellbar_seit__isnull=False).exists()


@pytest.mark.parametrize("art", ["text/rfc822-headers", "message/rfc822"])
def test_a_bounce_message_is_noted_on_the_contact(mail, art):
    assert unzustellbar.annehmen(bericht(mail, art=art)) == 1
    assert kommt_zurueck()


@pytest.mark.parametrize(
    "felder",
    [
        {"message_id": "<erfunden@example.org>"},
        {"an": "jemand-anders@kita.example"},
        {"action": "delayed", "status": "4.4.1"},
        {"action": "delivered", "status": "2.0.0"},
    ],
)
def test_a_forged_report_or_a_delay_silences_nobody(mail, felder):
    assert unzustellbar.annehmen(bericht(mail, **felder)) == 0
    assert not kommt_zurueck()


@pytest.mark.parametrize(
    "roh", [b"", b"\xff\xfe", b"Hallo!", b"Content-Type: multipart/report\n\n"]
)
def test_what_is_no_report_is_passed_over(roh):
    assert unzustellbar.annehmen(roh) == 0


def test_the_command_reads_from_standard_input(mail, monkeypatch, capsys):
    eingang = io.TextIOWrapper(io.BytesIO(bericht(mail)))
    monkeypatch.setattr(sys, "stdin", eingang)

    call_command("unzustellbar")

    assert "Vermerkt." in capsys.readouterr().out
    assert kommt_zurueck()


def test_what_the_server_refuses_for_good_is_noted_once(mail):
    Mail.objects.update(status=Mail.Status.UNZUSTELLBAR)

    aufgaben.pflege()
    aufgaben.pflege()

    assert kommt_zurueck()
    assert Mail.objects.get().status == Mail.Status.ERLEDIGT


def test_without_anybody_to_reach_the_entry_counts_as_overdue(mail):
    angebot = Angebot.objects.mit_bestaetigung().get()
    assert angebot.frische.stufe == "faellig"

    unzustellbar.annehmen(bericht(mail))

    angebot = Angebot.objects.mit_bestaetigung().get()
    assert angebot.frische.stufe == "ueberfaellig"
    assert angebot.suchzeile.karte["gestoert"]


def test_a_new_address_is_asked_again(mail):
    unzustellbar.annehmen(bericht(mail))
    kontakt = Kontakt.objects.get(email=EMAIL)

    kontakt.email = "neu@kita.example"
    kontakt.save()

    assert kontakt.unzustellbar_seit is None
    assert Angebot.objects.mit_bestaetigung().get().frische.stufe == "faellig"
