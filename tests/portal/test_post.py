"""The outbox: rows live and die with their transaction, and are sent by lease."""

import datetime as dt
import os
from email import message_from_bytes
from pathlib import Path

import pytest
from django.core import mail as django_mail
from django.core.mail import send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from praeventionsketten import post
from praeventionsketten.models import Mail
from tests.factories import make_landesprogramm

pytestmark = pytest.mark.django_db


class Kaputt(BaseEmailBackend):
    """A mail server that never answers well."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("kein Server")


@pytest.fixture(autouse=True)
def _vorlage(tmp_path, settings):
    vorlagen = tmp_path / "mail"
    vorlagen.mkdir()
    (vorlagen / "gruss.txt").write_text("Guten Tag, {{ name }}\n\nSchön, dass Sie da sind.")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    settings.EMAIL_BACKEND = "praeventionsketten.post.Postausgang"
    settings.EMAIL_FILE_PATH = tmp_path / "post"
    settings.VERSAND_BACKEND = "praeventionsketten.post.EmlDateien"
    make_landesprogramm()


def schreibe(schluessel: str = "gruss-1", **kontext) -> Mail:
    post.schreiben(
        schluessel, an="a@example.org", vorlage="gruss", **{"name": "Alex"} | kontext
    )
    return Mail.objects.get(schluessel=schluessel)


def test_the_first_line_of_the_template_is_the_subject():
    mail = schreibe()

    assert (mail.betreff, mail.text) == ("Guten Tag, Alex", "Schön, dass Sie da sind.\n")


def test_one_occasion_is_one_mail():
    assert schreibe().pk == schreibe().pk
    assert Mail.objects.count() == 1


def test_a_subject_cannot_carry_a_second_header():
    mail = schreibe(name="Alex\nBcc: fremd@example.org")

    assert "\n" not in mail.betreff


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_mail():
    with transaction.atomic():
        schreibe()
        transaction.set_rollback(True)

    assert not Mail.objects.exists()


def test_sent_mail_lies_as_a_file_and_carries_its_row_s_message_id(settings):
    mail = schreibe()

    assert post.versenden() == 1

    mail.refresh_from_db()
    (datei,) = Path(settings.EMAIL_FILE_PATH).glob("*.eml")
    nachricht = message_from_bytes(datei.read_bytes())
    assert mail.status == Mail.Status.GESENDET
    assert nachricht["Message-ID"] == mail.message_id
    assert nachricht["Auto-Submitted"] == "auto-generated"


def test_a_sent_mail_is_not_sent_again():
    schreibe()
    post.versenden()

    assert post.versenden() == 0


def test_a_mail_under_another_worker_s_lease_is_left_alone():
    Mail.objects.filter(pk=schreibe().pk).update(
        lease_bis=timezone.now() + dt.timedelta(minutes=1)
    )

    assert post.versenden() == 0


def test_a_lease_left_by_a_dead_worker_runs_out():
    Mail.objects.filter(pk=schreibe().pk).update(
        lease_bis=timezone.now() - dt.timedelta(minutes=1)
    )

    assert post.versenden() == 1


def test_a_refused_mail_waits_longer_each_time(settings):
    settings.VERSAND_BACKEND = "tests.portal.test_post.Kaputt"
    mail = schreibe()
    abstaende = []

    for _ in range(3):
        Mail.objects.update(naechster_versuch=timezone.now())
        post.versenden()
        mail.refresh_from_db()
        abstaende.append(round((mail.naechster_versuch - timezone.now()).total_seconds() / 60))

    assert abstaende == [1, 5, 15]
    assert mail.status == Mail.Status.NEU
    assert "kein Server" in mail.fehler


def test_after_three_days_of_failing_a_mail_is_given_up_and_says_why(settings):
    settings.VERSAND_BACKEND = "tests.portal.test_post.Kaputt"
    Mail.objects.filter(pk=schreibe().pk).update(
        gestoert_seit=timezone.now() - dt.timedelta(hours=73)
    )

    post.versenden()

    mail = Mail.objects.get()
    assert mail.status == Mail.Status.FEHLER
    assert "kein Server" in mail.fehler


def test_a_mail_the_worker_never_tried_is_not_given_up_for_its_age(settings):
    settings.VERSAND_BACKEND = "tests.portal.test_post.Kaputt"
    Mail.objects.filter(pk=schreibe().pk).update(
        erstellt_am=timezone.now() - dt.timedelta(days=10)
    )

    post.versenden()

    assert Mail.objects.get().status == Mail.Status.NEU


def test_one_broken_mail_does_not_hold_up_the_next():
    kaputt = schreibe("kaputt")
    Mail.objects.filter(pk=kaputt.pk).update(anhaenge=[{"falsch": 1}])
    schreibe("heil")

    assert post.versenden() == 1


def test_mails_of_other_libraries_go_through_the_outbox_and_leave_no_text(settings):
    send_mail("Ihr Code", "Der Code ist 4711.", None, ["a@example.org"])
    (mail,) = Mail.objects.all()
    assert "4711" in mail.text
    assert not getattr(django_mail, "outbox", [])

    post.versenden()

    mail.refresh_from_db()
    assert mail.text == ""
    (datei,) = Path(settings.EMAIL_FILE_PATH).glob("*.eml")
    assert b"4711" in datei.read_bytes()


def test_mails_that_lie_as_files_are_gone_after_a_month(settings):
    ordner = Path(settings.EMAIL_FILE_PATH)
    ordner.mkdir()
    for name, tage in (("alt.eml", 31), ("neu.eml", 29)):
        (ordner / name).write_text("x")
        zeit = (timezone.now() - dt.timedelta(days=tage)).timestamp()
        os.utime(ordner / name, (zeit, zeit))
    schreibe()

    post.versenden()

    assert not (ordner / "alt.eml").exists()
    assert (ordner / "neu.eml").exists()


# ------------------------------------------------------------------ withdrawal


def test_a_withdrawn_mail_is_never_sent():
    ueberholt = schreibe("eins", bezug="anmeldung-1")
    anderes = schreibe("zwei", bezug="anmeldung-12")

    zurueckgezogen = post.zurueckziehen("anmeldung-1")

    assert zurueckgezogen == 1
    assert post.versenden() == 1
    ueberholt.refresh_from_db()
    anderes.refresh_from_db()
    assert ueberholt.status == Mail.Status.ABGEBROCHEN
    assert anderes.status == Mail.Status.GESENDET


def test_what_went_out_stays_sent_when_its_matter_is_overtaken():
    schreibe(bezug="anmeldung-1")
    post.versenden()

    assert post.zurueckziehen("anmeldung-1") == 0
    assert Mail.objects.get().status == Mail.Status.GESENDET


def test_a_withdrawal_that_is_rolled_back_withdraws_nothing():
    schreibe(bezug="anmeldung-1")

    with transaction.atomic():
        post.zurueckziehen("anmeldung-1")
        transaction.set_rollback(True)

    assert post.versenden() == 1


def test_a_mail_in_a_worker_s_hands_is_not_counted_as_withdrawn_and_may_arrive():
    schreibe(bezug="anmeldung-1")
    mail = post._beanspruchen()

    assert post.zurueckziehen("anmeldung-1") == 0

    post._gesendet(mail)
    assert Mail.objects.get().status == Mail.Status.GESENDET


def test_a_mail_withdrawn_in_a_worker_s_hands_is_not_tried_again():
    schreibe(bezug="anmeldung-1")
    mail = post._beanspruchen()
    post.zurueckziehen("anmeldung-1")

    post._gescheitert(mail, ConnectionRefusedError("kein Server"))

    Mail.objects.update(naechster_versuch=timezone.now())
    assert post.versenden() == 0
    assert Mail.objects.get().status == Mail.Status.ABGEBROCHEN


def test_a_withdrawal_without_a_matter_is_refused():
    schreibe()

    with pytest.raises(ValueError, match="every mail"):
        post.zurueckziehen("")

    assert post.versenden() == 1
