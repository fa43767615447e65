"""The outbox: every mail is a row written with the change it tells about; a worker sends it.

`schreiben` is the way in for our own mails; Django's and allauth's mails arrive through the
backend `Postausgang`. Delivery is at least once: only a worker that dies between the mail
server's "yes" and its own note makes a second copy, and both carry the same Message-ID.
"""

import logging
import re
import smtplib
import uuid
from datetime import timedelta
from email.mime.text import MIMEText
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from praeventionsketten.models import Landesprogramm, Mail

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than any delivery: EMAIL_TIMEOUT bounds each step
AUFGEBEN_NACH = timedelta(hours=72)
WARTEZEITEN = [1, 5, 15, 60, 180, 360]  # minutes; the last one repeats


def schreiben(
    schluessel: str,
    *,
    an: str,
    vorlage: str,
    anhaenge: list | None = None,
    bezug: str = "",
    vertraulich: bool = False,
    **kontext,
) -> None:
    """Put one mail into the outbox, once per key; a second one of the same key is dropped.

    The template's first line is the subject. `anhaenge` are dicts of name, inhalt (text)
    and typ. `bezug` names what the mail is about, so that it can be withdrawn. The text of
    a `vertraulich` one is gone once it is sent. Call it inside the transaction of the change.
    """
    kontext["programm"] = kontext.get("programm") or Landesprogramm.objects.first()
    text = render_to_string(f"mail/{vorlage}.txt", kontext)
    betreff, _, rumpf = text.strip().partition("\n")
    mail = Mail(
        schluessel=schluessel,
        bezug=bezug,
        an=an,
        betreff=" ".join(betreff.split()),
        text=rumpf.strip() + "\n",
        anhaenge=anhaenge or [],
        vertraulich=vertraulich,
        message_id=_neue_message_id(),
    )
    # One statement instead of four: it runs while seats are locked.
    Mail.objects.bulk_create([mail], ignore_conflicts=True)


def zurueckziehen(bezug: str) -> int:
    """Stop every mail about this that has not gone out; returns how many will never go.

    What a worker is sending at this moment cannot be called back and is not counted, but
    it is not tried again either. Belongs into the transaction of the change that overtakes.
    """
    if not bezug:
        raise ValueError("Without a bezug every mail of the house would be withdrawn.")
    offen = Mail.objects.filter(
        bezug=bezug, status__in=[Mail.Status.NEU, *Mail.NICHT_ZUGESTELLT]
    )
    zurueckgezogen = offen.unbeansprucht().update(status=Mail.Status.ABGEBROCHEN)
    offen.update(status=Mail.Status.ABGEBROCHEN)
    return zurueckgezogen


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
    """Local mode: every sent mail lies as an .eml file in var/post/, for a month.

    The folder stands for the mailboxes of the recipients.
    """

    def send_messages(self, email_messages) -> int:
        ordner = Path(settings.EMAIL_FILE_PATH)
        ordner.mkdir(parents=True, exist_ok=True)
        self._aufraeumen(ordner)
        for nachricht in email_messages:
            jetzt = timezone.localtime()
            name = f"{jetzt:%Y%m%d-%H%M%S-%f}.eml"
            (ordner / name).write_bytes(nachricht.message().as_bytes())
        return len(email_messages)

    def _aufraeumen(self, ordner: Path) -> None:
        vor_einem_monat = timezone.now().timestamp() - timedelta(days=30).total_seconds()
        for datei in ordner.glob("*.eml"):
            if datei.stat().st_mtime < vor_einem_monat:
                datei.unlink(missing_ok=True)


# ------------------------------------------------------------------ the worker


def versenden(hoechstens: int = 50) -> int:
    """Send what is due, one claimed mail after the other; returns how many went out."""
    gesendet, verbindung = 0, None
    for _ in range(hoechstens):
        mail = _beanspruchen()
        if mail is None:
            break
        try:
            verbindung = verbindung or _verbinden()
            verbindung.send_messages([nachricht(mail)])
        except Exception as fehler:  # a mail that fails must not hold up the others
            _gescheitert(mail, fehler)
            if verbindung is None:  # no mail server: the others need not run into it too
                return gesendet
            verbindung = _trennen(verbindung)
        else:
            _gesendet(mail)
            gesendet += 1
    _trennen(verbindung)
    return gesendet


def nachricht(mail: Mail) -> EmailMultiAlternatives:
    """The row as it goes over the wire."""
    ergebnis = EmailMultiAlternatives(
        mail.betreff,
        mail.text,
        to=[mail.an],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        ergebnis.attach_alternative(mail.html, "text/html")
    for anhang in mail.anhaenge:
        if anhang["typ"].startswith("text/calendar"):
            ergebnis.attach(_kalenderteil(anhang))
        else:
            ergebnis.attach(anhang["name"], anhang["inhalt"], anhang["typ"])
    return ergebnis


def _kalenderteil(anhang: dict) -> MIMEText:
    """METHOD is read from the file, or a calendar program would believe neither of two."""
    teil = MIMEText(anhang["inhalt"], "calendar", "utf-8")
    methode = re.search(r"^METHOD:(\w+)", anhang["inhalt"], re.MULTILINE)
    teil.set_param("method", methode[1] if methode else "PUBLISH")
    teil.add_header("Content-Disposition", "attachment", filename=anhang["name"])
    return teil


def _verbinden() -> BaseEmailBackend:
    verbindung = get_connection(settings.VERSAND_BACKEND)
    verbindung.open()
    return verbindung


def _trennen(verbindung: BaseEmailBackend | None) -> None:
    """Close it whatever state it is in."""
    if verbindung is not None:
        try:
            verbindung.close()
        except OSError as fehler:
            log.info("Connection to the mail server did not close well: %s", fehler)


def _beanspruchen() -> Mail | None:
    """Take one due row; the lease says whose it is and until when."""
    faellig = Mail.objects.faellig()
    if connection.features.has_select_for_update_skip_locked:
        faellig = faellig.select_for_update(skip_locked=True)
    with transaction.atomic():
        mail = faellig.first()
        if mail is not None:
            mail.lease, mail.lease_bis = uuid.uuid4(), timezone.now() + LEASE
            mail.save(update_fields=["lease", "lease_bis"])
    return mail


def _abschliessen(mail: Mail, **felder) -> None:
    """Write the outcome, unless somebody else holds the row by now."""
    meine = Mail.objects.filter(pk=mail.pk, lease=mail.lease)
    meine.update(versuche=mail.versuche + 1, lease=None, lease_bis=None, **felder)
    # Whoever was erased meanwhile got this last mail, and leaves no trace of it.
    fluechtig = Mail.objects.filter(pk=mail.pk, fluechtig=True)
    if fluechtig.exists():
        fluechtig.vergessen()


def _gesendet(mail: Mail) -> None:
    # Login codes and links must not be readable in the admin afterwards.
    leer = {"text": "", "html": ""} if mail.vertraulich else {}
    _abschliessen(
        mail,
        status=Mail.Status.GESENDET,
        gesendet_am=timezone.now(),
        gestoert_seit=None,
        fehler="",
        **leer,
    )


def _gescheitert(mail: Mail, fehler: Exception) -> None:
    """Try later, or give up; a withdrawn mail is let go."""
    jetzt = timezone.now()
    gestoert_seit = mail.gestoert_seit or jetzt
    felder = {"fehler": _in_worten(fehler, mail.an), "gestoert_seit": gestoert_seit}
    if _unzustellbar(fehler):
        status = Mail.Status.UNZUSTELLBAR
    elif jetzt - gestoert_seit > AUFGEBEN_NACH:
        status = Mail.Status.FEHLER
    else:
        status = Mail.Status.NEU
        warten = WARTEZEITEN[min(mail.versuche, len(WARTEZEITEN) - 1)]
        felder["naechster_versuch"] = jetzt + timedelta(minutes=warten)
    noch_gewollt = Mail.objects.filter(pk=mail.pk, lease=mail.lease, status=Mail.Status.NEU)
    with transaction.atomic():
        noch_gewollt.update(status=status)
        _abschliessen(mail, **felder)
    if status != Mail.Status.NEU:
        log.error("Mail %s given up after %s tries", mail.pk, mail.versuche + 1)


def _unzustellbar(fehler: Exception) -> bool:
    """Whether the server refused this recipient for good.

    5.7 is about who may send, which is our own set-up more often than the recipient's.
    """
    match fehler:
        case smtplib.SMTPRecipientsRefused():
            antworten = fehler.recipients.values()
        case smtplib.SMTPDataError():
            antworten = [(fehler.smtp_code, fehler.smtp_error)]
        case _:
            return False
    return all(
        500 <= code < 600 and code != 530 and not _als_text(text).startswith("5.7.")
        for code, text in antworten
    )


def _in_worten(fehler: Exception, an: str) -> str:
    """The error without the recipient's address, which has a period of its own."""
    match fehler:
        case smtplib.SMTPRecipientsRefused():
            [(code, text)] = fehler.recipients.values()
            worte = f"{code} {_als_text(text)}"
        case smtplib.SMTPResponseException():
            worte = f"{fehler.smtp_code} {_als_text(fehler.smtp_error)}"
        case _:
            worte = f"{type(fehler).__name__}: {fehler}"
    return re.sub(re.escape(an), "…", worte, flags=re.IGNORECASE)[:1000]


def _als_text(antwort: bytes | str) -> str:
    return antwort.decode(errors="replace") if isinstance(antwort, bytes) else str(antwort)


def _neue_message_id() -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{uuid.uuid4()}@{domain}>"
