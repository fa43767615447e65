"""The worker against a real mail server: killed, doubled, refused (T8 and T9)."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils import timezone
from icalendar import Calendar

from praeventionsketten import post
from praeventionsketten.models import Mail
from tests.factories import make_mail
from tests.portal.postamt import Postamt

pytestmark = pytest.mark.django_db(transaction=True)

ARBEITER = (
    "import django; django.setup(); from praeventionsketten import post; post.versenden(200)"
)


@pytest.fixture
def postamt(settings):
    with Postamt() as amt:
        settings.VERSAND_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", amt.port
        yield amt


def arbeiter(postamt: Postamt) -> subprocess.Popen:
    """A worker in a process of its own, on the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    umgebung = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "praeventionsketten.settings",
        "PORTAL_MODUS": "lokal",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "DATABASE_URL": url,
        "EMAIL_URL": f"smtp://127.0.0.1:{postamt.port}",
    }
    return subprocess.Popen([sys.executable, "-c", ARBEITER], env=umgebung)


# ------------------------------------------------------------------ T8: killed


def test_a_worker_killed_before_it_took_note_makes_one_copy_with_the_same_id(postamt):
    mail = make_mail()
    prozess = []
    bereit = threading.Event()

    def toeten():
        bereit.wait(30)
        os.kill(prozess[0].pid, signal.SIGKILL)
        prozess[0].wait(30)

    postamt.nach_annahme = toeten
    prozess.append(arbeiter(postamt))
    bereit.set()
    prozess[0].wait(60)

    assert prozess[0].returncode == -signal.SIGKILL
    mail.refresh_from_db()
    assert (mail.status, mail.lease_bis > timezone.now()) == (Mail.Status.NEU, True)
    postamt.nach_annahme = lambda: None
    assert post.versenden() == 0  # it might still be alive

    Mail.objects.update(lease_bis=timezone.now() - dt.timedelta(seconds=1))
    assert post.versenden() == 1

    mail.refresh_from_db()
    assert mail.status == Mail.Status.GESENDET
    assert postamt.exemplare == {mail.message_id: 2}
    assert post.versenden() == 0


def test_a_worker_killed_before_the_server_took_it_loses_nothing(postamt):
    mail = make_mail()
    post._beanspruchen()  # the last thing this worker did
    assert postamt.exemplare == {}

    Mail.objects.update(lease_bis=timezone.now() - dt.timedelta(seconds=1))
    post.versenden()

    assert postamt.exemplare == {mail.message_id: 1}


def test_a_worker_that_overslept_its_lease_does_not_undo_what_another_noted(postamt):
    make_mail()
    verschlafen = post._beanspruchen()
    Mail.objects.update(lease_bis=timezone.now() - dt.timedelta(seconds=1))
    post.versenden()

    post._gescheitert(verschlafen, TimeoutError("zu spät"))

    assert Mail.objects.get().status == Mail.Status.GESENDET
    assert post.versenden() == 0


# ------------------------------------------------------------------ T9: two workers


def test_three_workers_at_once_send_every_mail_once(postamt):
    for _ in range(60):
        make_mail()

    prozesse = [arbeiter(postamt) for _ in range(3)]

    assert [prozess.wait(60) for prozess in prozesse] == [0, 0, 0]
    assert len(postamt.exemplare) == 60
    assert set(postamt.exemplare.values()) == {1}
    assert Mail.objects.filter(status=Mail.Status.GESENDET, versuche=1).count() == 60


def zwei_arbeiter() -> None:
    def lauf(_):
        try:
            return post.versenden()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lauf, range(2)))


def test_without_the_lease_two_workers_would_send_it_twice(postamt, monkeypatch):
    """The negative control of the two tests above."""
    beide_haben_gelesen = threading.Barrier(2, timeout=20)

    def ohne_lease():
        mail = Mail.objects.faellig().first()
        beide_haben_gelesen.wait()
        return mail

    make_mail()
    monkeypatch.setattr(post, "_beanspruchen", ohne_lease)
    monkeypatch.setattr(post.versenden, "__defaults__", (1,))

    zwei_arbeiter()

    assert set(postamt.exemplare.values()) == {2}


def test_with_the_lease_two_workers_send_it_once(postamt):
    make_mail()

    zwei_arbeiter()

    assert set(postamt.exemplare.values()) == {1}


@pytest.mark.postgresql  # SQLite lets the worker wait until the change is decided
@pytest.mark.parametrize(("verworfen", "kommen_an"), [(False, 0), (True, 1)])
def test_a_worker_passes_by_what_is_being_withdrawn(postamt, verworfen, kommen_an):
    mail = make_mail(bezug="anmeldung-1")

    with transaction.atomic():
        post.zurueckziehen("anmeldung-1")
        zwei_arbeiter()
        assert postamt.exemplare == {}
        transaction.set_rollback(verworfen)
    zwei_arbeiter()

    assert postamt.exemplare[mail.message_id] == kommen_an


# ------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("antwort", "status"),
    [
        ("550 5.1.1 unknown user", "unzustellbar"),
        ("551 user moved", "unzustellbar"),
        ("552 5.2.2 mailbox full", "unzustellbar"),
        ("450 4.2.1 greylisted", "neu"),
        ("421 too many connections", "neu"),
        # about us, not about the recipient: trying again can help once it is put right
        ("530 authentication required", "neu"),
        ("554 5.7.1 relay access denied", "neu"),
    ],
)
def test_a_recipient_refused_for_good_is_undeliverable_at_once(postamt, antwort, status):
    mail = make_mail(an="weg@example.org")
    make_mail(an="da@example.org")
    postamt.absagen = {"weg@example.org": antwort}

    post.versenden()

    mail.refresh_from_db()
    assert mail.status == status
    assert antwort[:3] in mail.fehler
    assert len(postamt.empfangen) == 1  # the other one arrived


def test_the_error_keeps_no_address(postamt):
    mail = make_mail(an="weg@example.org")
    postamt.absagen = {"weg@example.org": "550 5.1.1 <WEG@example.org>: unknown user"}

    post.versenden()

    mail.refresh_from_db()
    assert "weg@example.org" not in mail.fehler.lower()
    assert "unknown user" in mail.fehler


def test_a_mail_refused_after_its_text_is_undeliverable_too(postamt):
    make_mail()
    postamt.nach_daten = "552 5.3.4 message too big"

    post.versenden()

    assert Mail.objects.get().status == Mail.Status.UNZUSTELLBAR


def test_without_a_mail_server_one_attempt_a_round_is_enough(settings):
    settings.VERSAND_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for _ in range(3):
        make_mail()

    assert post.versenden() == 0

    assert sorted(Mail.objects.values_list("versuche", flat=True)) == [0, 0, 1]
    assert not Mail.objects.filter(lease__isnull=False).exists()


# ------------------------------------------------------------------ what goes over the wire


def kalenderdatei(methode: str) -> dict:
    zeilen = [
        "BEGIN:VCALENDAR",
        "PRODID:x",
        "VERSION:2.0",
        f"METHOD:{methode}",
        "BEGIN:VEVENT",
        "UID:eins@portal.example.org",
        "DTSTAMP:20261122T080000Z",
        "DTSTART:20261210T073000Z",
        "SUMMARY:Fachtag „Übergänge gestalten“ mit einer langen Überschrift\\, d",
        " ie gefaltet wird",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    inhalt = "\r\n".join([*zeilen, ""])
    return {"name": "termin.ics", "inhalt": inhalt, "typ": "text/calendar; method=FALSCH"}


@pytest.mark.parametrize("methode", ["REQUEST", "CANCEL"])
def test_a_calendar_part_says_its_method_inside_and_outside_alike(postamt, methode):
    make_mail(anhaenge=[kalenderdatei(methode)])

    post.versenden()

    [nachricht] = postamt.empfangen
    [teil] = nachricht.iter_attachments()
    assert teil.get_content_type() == "text/calendar"
    assert dict(teil["Content-Type"].params) == {"charset": "utf-8", "method": methode}
    assert teil.get_filename() == "termin.ics"
    kalender = Calendar.from_ical(teil.get_content())
    assert kalender["METHOD"] == methode
    [termin] = kalender.events
    assert termin["SUMMARY"].startswith("Fachtag „Übergänge gestalten“")
    assert termin["SUMMARY"].endswith("die gefaltet wird")
    assert nachricht.get_body().get_content().strip() == "Schön, dass Sie da sind."


def test_other_files_keep_their_type(postamt):
    make_mail(anhaenge=[{"name": "liste.csv", "inhalt": "a;ü\n", "typ": "text/csv"}])

    post.versenden()

    [teil] = postamt.empfangen[0].iter_attachments()
    assert (teil.get_content_type(), teil.get_content().strip()) == ("text/csv", "a;ü")
