"""Mails that come back: noted on the contact, so that somebody calls instead."""

import email
import re
from email.message import EmailMessage
from email.policy import default as STANDARD
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from angebote.models import Angebot, Kontakt, Pflegelink
from praeventionsketten.models import Mail

BEZUG = re.compile(r"^pflegelink-(\d+)$")


@transaction.atomic
def vermerken(adresse: str) -> int:
    """No mail reaches this address; returns how many contacts have it."""
    kontakte = Kontakt.objects.pflege().filter(
        email__iexact=adresse, unzustellbar_seit__isnull=True
    )
    angebote = list(kontakte.values_list("angebot", flat=True))
    kontakte.update(unzustellbar_seit=timezone.now())
    Angebot.objects.filter(pk__in=angebote).indizieren()
    return len(angebote)


@transaction.atomic
def erreichbar(adresse: str) -> None:
    """An answer came from there, or somebody had it repaired."""
    kontakte = Kontakt.objects.pflege().filter(
        email__iexact=adresse, unzustellbar_seit__isnull=False
    )
    angebote = list(kontakte.values_list("angebot", flat=True))
    if angebote:
        kontakte.update(unzustellbar_seit=None)
        Angebot.objects.filter(pk__in=angebote).indizieren()


def aus_dem_postausgang() -> int:
    """What the mail server refused for good, each refusal once."""
    abgelehnt = Mail.objects.filter(
        bezug__startswith="pflegelink-", status=Mail.Status.UNZUSTELLBAR
    )
    for mail in abgelehnt:
        with transaction.atomic():
            link = _link(mail)
            if link is not None:
                vermerken(link.adresse.email)
            # The contact says it now; as a dead letter it would be done twice.
            Mail.objects.filter(pk=mail.pk).erledigen()
    return len(abgelehnt)


class Rueckmeldung(NamedTuple):
    """What a bounce message (RFC 3464) says: whose mail, and which of ours."""

    adresse: str
    message_id: str


def lies(roh: bytes) -> list[Rueckmeldung]:
    """The final failures in a bounce message; a delay is none."""
    nachricht = email.message_from_bytes(roh, policy=STANDARD)
    message_id = _message_id(nachricht)
    return [
        Rueckmeldung(adresse, message_id)
        for teil in nachricht.walk()
        if teil.get_content_type() == "message/delivery-status"
        for adresse in _gescheitert(teil)
    ]


def annehmen(roh: bytes) -> int:
    """Note what a bounce message says, if it is about one of our mails.

    Anybody can write such a message: without the Message-ID of a mail we sent to this very
    address it would silence whoever it names.
    """
    anzahl = 0
    for adresse, message_id in lies(roh):
        mail = Mail.objects.filter(message_id=message_id).first() if message_id else None
        link = mail and _link(mail)
        if link and link.adresse.email == adresse:
            anzahl += vermerken(adresse) > 0
    return anzahl


def _link(mail: Mail) -> Pflegelink | None:
    treffer = BEZUG.match(mail.bezug)
    links = Pflegelink.objects.select_related("adresse")
    return links.filter(pk=treffer[1]).first() if treffer else None


def _gescheitert(teil: EmailMessage) -> list[str]:
    adressen = []
    for block in teil.get_payload():
        gescheitert = str(block.get("Action", "")).strip().lower() == "failed"
        endgueltig = str(block.get("Status", "5")).strip().startswith("5")
        _, _, adresse = str(block.get("Final-Recipient", "")).rpartition(";")
        if gescheitert and endgueltig and adresse.strip():
            adressen.append(adresse.strip().strip("<>").lower())
    return adressen


def _message_id(nachricht: EmailMessage) -> str:
    """Of the mail that came back: its headers are the last part of the report."""
    for teil in nachricht.walk():
        art = teil.get_content_type()
        if art == "message/rfc822" and teil.get_payload():
            return str(teil.get_payload(0).get("Message-ID", "")).strip()
        if art == "text/rfc822-headers":
            kopf = email.message_from_string(teil.get_content(), policy=STANDARD)
            return str(kopf.get("Message-ID", "")).strip()
    return ""
