"""The outbox: every mail is a row written with the change it tells about; a worker sends it.

`schreiben` is the way in for our own mails; Django's and allauth's mails arrive through the
backend `Postausgang`. Delivery is at least once, with one Message-ID per row.
"""

import logging
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from praeventionsketten.models import Landesprogramm, Mail

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
AUFGEBEN_NACH = timedelta(hours=72)
WARTEZEITEN = [1, 5, 15, 60, 180, 360]  # minutes; the last one repeats


def schreiben(
    schluessel: str, *, an: str, vorlage: str, anhaenge: list | None = None, **kontext
) -> Mail:
    """Put one mail into the outbox, once per key; returns the row, new or old.

    The template's first line is the subject. `anhaenge` are dicts of name, inhalt (text)
    and typ. Call it inside the transaction of the change.
    """
    kontext["programm"] = Landesprogramm.objects.first()
    text = render_to_string(f"mail/{vorlage}.txt", kontext)
    betreff, _, rumpf = text.strip().partition("\n")
    mail, _ = Mail.objects.get_or_create(
        schluessel=schluessel,
        defaults={
            "an": an,
            "betreff": " ".join(betreff.split()),
            "text": rumpf.strip() + "\n",
            "anhaenge": anhaenge or [],
            "message_id": _neue_message_id(),
        },
    )
    return mail


class Postausgang(BaseEmailBackend):
    """Takes Django's and allauth's mails into the outbox; their texts are not kept."""

    def send_messages(self, email_messages) -> int:
        for nachricht in email_messages:
            for empfaenger in nachricht.recipients():
                html = next(
                    (
                        inhalt
                        for inhalt, typ in getattr(nachricht, "alternatives", [])
                        if typ == "text/html"
                    ),
                    "",
                )
                Mail.objects.create(
                    schluessel=f"django:{uuid.uuid4()}",
                    an=empfaenger,
                    betreff=nachricht.subject,
                    text=nachricht.body,
                    html=html,
                    vertraulich=True,
                    message_id=_neue_message_id(),
                )
        return len(email_messages)


class EmlDateien(BaseEmailBackend):
    """Local mode: every sent mail lies as an .eml file in var/post/."""

    def send_messages(self, email_messages) -> int:
        ordner = Path(settings.EMAIL_FILE_PATH)
        ordner.mkdir(parents=True, exist_ok=True)
        for nachricht in email_messages:
            jetzt = timezone.localtime()
            name = f"{jetzt:%Y%m%d-%H%M%S-%f}.eml"
            (ordner / name).write_bytes(nachricht.message().as_bytes())
        return len(email_messages)


def versenden(hoechstens: int = 50) -> int:
    """Send what is due; returns how many mails went out."""
    gesendet = 0
    for mail in _beanspruchen(hoechstens):
        try:
            _nachricht(mail).send()
        except Exception as fehler:  # a mail that fails must not hold up the others
            _spaeter(mail, fehler)
        else:
            _erledigt(mail)
            gesendet += 1
    return gesendet


def _beanspruchen(hoechstens: int) -> list[Mail]:
    """Claim due rows by lease, so that two workers never send the same one."""
    jetzt = timezone.now()
    frei = Mail.objects.filter(status=Mail.Status.NEU, naechster_versuch__lte=jetzt).exclude(
        lease_bis__gt=jetzt
    )
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            frei = frei.select_for_update(skip_locked=True)
        mails = list(frei.order_by("naechster_versuch")[:hoechstens])
        Mail.objects.filter(pk__in=[m.pk for m in mails]).update(lease_bis=jetzt + LEASE)
    return mails


def _nachricht(mail: Mail) -> EmailMultiAlternatives:
    nachricht = EmailMultiAlternatives(
        mail.betreff,
        mail.text,
        to=[mail.an],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=get_connection(settings.VERSAND_BACKEND),
    )
    if mail.html:
        nachricht.attach_alternative(mail.html, "text/html")
    for anhang in mail.anhaenge:
        nachricht.attach(anhang["name"], anhang["inhalt"], anhang["typ"])
    return nachricht


def _erledigt(mail: Mail) -> None:
    mail.status = Mail.Status.GESENDET
    mail.gesendet_am = timezone.now()
    mail.lease_bis = None
    mail.fehler = ""
    mail.versuche += 1
    if mail.vertraulich:
        # Login codes and links must not be readable in the admin afterwards.
        mail.text = mail.html = ""
    mail.save()


def _spaeter(mail: Mail, fehler: Exception) -> None:
    mail.versuche += 1
    mail.lease_bis = None
    mail.fehler = f"{type(fehler).__name__}: {fehler}"[:1000]
    if timezone.now() - mail.erstellt_am > AUFGEBEN_NACH:
        mail.status = Mail.Status.FEHLER
        log.error("Mail %s given up after %s tries", mail.pk, mail.versuche)
    else:
        warten = WARTEZEITEN[min(mail.versuche, len(WARTEZEITEN)) - 1]
        mail.naechster_versuch = timezone.now() + timedelta(minutes=warten)
    mail.save()


def _neue_message_id() -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{uuid.uuid4()}@{domain}>"
