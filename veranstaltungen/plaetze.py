"""Seats: the only module that writes pools, Forumswahlen and the status of an Anmeldung.

Every verb is one transaction. It locks pools in one query, in the order of their keys, so
that two people never wait for each other; what gives seats back locks all pools of the
event. The constraints of the tables are the proof, not the means: a verb that hits one has
lost a race and looks again.
"""

import enum
import logging
import random
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from . import mails
from .models import Anmeldung, Forumswahl, Platzkontingent, Veranstaltung

log = logging.getLogger(__name__)

# Durchgang → Fachforum by primary key; None is "kein Fachforum in diesem Durchgang".
Wahl = dict[int, int | None]

VERSUCHE = 5
GEDULD = 10  # seconds after which no further attempt begins
WIEDERHOLBAR = {"40001", "40P01", "55P03"}  # serialisation, deadlock, lock timeout


class Ueberlastet(Exception):
    """Too many people at once; nothing was written, and trying again is the right thing."""


class Hindernis(enum.Enum):
    VOLL = "voll"
    FREMD = "fremd"
    DOPPELT = "doppelt"


@dataclass(frozen=True)
class Ergebnis:
    """What became of a registration; without `anmeldung` nothing was written."""

    class Art(enum.Enum):
        NEU = "neu"
        BEKANNT = "bekannt"
        GESCHLOSSEN = "geschlossen"
        ABGELEHNT = "abgelehnt"

    art: Art
    anmeldung: Anmeldung | None = None
    hindernisse: dict[int | None, Hindernis] = field(default_factory=dict)


def anmelden(
    veranstaltung: Veranstaltung,
    *,
    name: str,
    email: str,
    wahl: Wahl,
    idempotenz: uuid.UUID,
    organisation: str = "",
    funktion: str = "",
    quelle: str = Anmeldung.Quelle.WEB,
    mit_mail: bool = True,
) -> Ergebnis:
    """Give a person seats in the house and the chosen Fachforen, all or none.

    The same key again returns the first result. The same person again gets no second seat
    but a mail with her link; whoever asked cannot tell her from a stranger.
    """
    angaben = {
        "name": name,
        "email": email,
        "organisation": organisation,
        "funktion": funktion,
        "quelle": quelle,
        "idempotenz": idempotenz,
    }
    return _in_einem_zug(partial(_anmelden, veranstaltung.pk, angaben, wahl, mit_mail))


def stornieren(anmeldung: Anmeldung) -> bool:
    """Give back every seat of the person; False if she held a place no longer."""
    return _in_einem_zug(partial(_stornieren, anmeldung.veranstaltung_id, anmeldung.pk))


def hindernisse(
    kontingente: Iterable[Platzkontingent], wahl: Wahl
) -> dict[int | None, Hindernis]:
    """What stands against this choice, by Durchgang; None is the house."""
    frei = {(k.durchgang_id, k.fachforum_id): k.frei for k in kontingente}
    gefunden = {} if frei.get((None, None)) else {None: Hindernis.VOLL}
    gewaehlt = set()
    for durchgang, forum in wahl.items():
        if forum is None:
            continue
        if (durchgang, forum) not in frei:
            gefunden[durchgang] = Hindernis.FREMD
        elif forum in gewaehlt:
            gefunden[durchgang] = Hindernis.DOPPELT
        elif not frei[durchgang, forum]:
            gefunden[durchgang] = Hindernis.VOLL
        gewaehlt.add(forum)
    return gefunden


def _anmelden(veranstaltung_id: int, angaben: dict, wahl: Wahl, mit_mail: bool) -> Ergebnis:
    kontingente = _sperren(veranstaltung_id, wahl)
    # Read after the lock: who waited for it must see an event cancelled meanwhile.
    veranstaltung = Veranstaltung.objects.get(pk=veranstaltung_id)
    neu = Anmeldung(veranstaltung=veranstaltung, bestaetigt_am=timezone.now(), **angaben)
    bekannt = _dieselbe_person(neu)
    if bekannt and bekannt.idempotenz == neu.idempotenz:
        return Ergebnis(Ergebnis.Art.BEKANNT, bekannt)
    if not veranstaltung.anmeldung_laeuft:
        return Ergebnis(Ergebnis.Art.GESCHLOSSEN)
    if bekannt and mit_mail:
        mails.schon_angemeldet(bekannt)
    # Asked of known people too: a stranger must not learn from the answer who is registered.
    if gegen := hindernisse(kontingente, wahl):
        return Ergebnis(Ergebnis.Art.ABGELEHNT, hindernisse=gegen)
    if bekannt:
        return Ergebnis(Ergebnis.Art.BEKANNT, bekannt)
    wahlen = _einbuchen(neu, kontingente)
    if mit_mail:
        mails.bestaetigt(neu, wahlen)
    return Ergebnis(Ergebnis.Art.NEU, neu)


def _stornieren(veranstaltung_id: int, anmeldung_id: int) -> bool:
    kontingente = _sperren(veranstaltung_id)
    anmeldung = Anmeldung.objects.select_related("veranstaltung").get(pk=anmeldung_id)
    if not anmeldung.ist_aktiv:
        return False
    wahlen = anmeldung.wahlen.filter(status__in=Forumswahl.AKTIV)
    frei_geworden = {w.kontingent_id for w in wahlen if w.status in Forumswahl.MIT_PLATZ}
    if anmeldung.hat_platz:
        frei_geworden |= {k.pk for k in kontingente if k.art == Platzkontingent.Art.GESAMT}
    wahlen.update(status=Forumswahl.Status.ABGEGEBEN, angebot_bis=None)
    Platzkontingent.objects.filter(pk__in=frei_geworden).update(belegt=F("belegt") - 1)
    anmeldung.status = Anmeldung.Status.STORNIERT
    anmeldung.storniert_am = timezone.now()
    anmeldung.save(update_fields=["status", "storniert_am"])
    mails.storniert(anmeldung)
    return True


def _sperren(veranstaltung_id: int, wahl: Wahl | None = None) -> list[Platzkontingent]:
    """Lock the house and the chosen pools, or without a choice all pools of the event.

    One query in key order, evaluated at once; on SQLite the transaction itself is the lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
    kontingente = (
        Platzkontingent.objects.filter(veranstaltung=veranstaltung_id)
        .select_related("fachforum", "durchgang")
        .select_for_update(no_key=True, of=("self",))
    )
    if wahl is not None:
        ziel = Q(art=Platzkontingent.Art.GESAMT)
        for durchgang, forum in wahl.items():
            if forum is not None:
                ziel |= Q(durchgang=durchgang, fachforum=forum)
        kontingente = kontingente.filter(ziel)
    return list(kontingente.order_by("pk"))


def _dieselbe_person(neu: Anmeldung) -> Anmeldung | None:
    """The active registration of this person; a spent key is replaced by a fresh one."""
    neu.normalisieren()
    person = Q(
        veranstaltung=neu.veranstaltung,
        email_norm=neu.email_norm,
        name_norm=neu.name_norm,
        status__in=Anmeldung.AKTIV,
    )
    bekannt = None
    for anmeldung in Anmeldung.objects.filter(person | Q(idempotenz=neu.idempotenz)):
        if (
            anmeldung.ist_aktiv
            and anmeldung.veranstaltung_id == neu.veranstaltung_id
            and anmeldung.email_norm == neu.email_norm
            and anmeldung.name_norm == neu.name_norm
        ):
            bekannt = anmeldung
        else:
            # "Back" and another name, or a new try after cancelling: not a double click.
            neu.idempotenz = uuid.uuid4()
    return bekannt


def _einbuchen(neu: Anmeldung, kontingente: list[Platzkontingent]) -> list[Forumswahl]:
    """Write the registration, its Forumswahlen and the counters of the locked pools."""
    haus = next(k for k in kontingente if k.art == Platzkontingent.Art.GESAMT)
    neu.position = haus.naechste_position + 1
    neu.save(force_insert=True)
    wahlen = Forumswahl.objects.bulk_create(
        Forumswahl(
            anmeldung=neu,
            kontingent=k,
            fachforum=k.fachforum,
            durchgang=k.durchgang,
            position=k.naechste_position + 1,
        )
        for k in kontingente
        if k is not haus
    )
    Platzkontingent.objects.filter(pk__in=[k.pk for k in kontingente]).update(
        belegt=F("belegt") + 1, naechste_position=F("naechste_position") + 1
    )
    return wahlen


def _in_einem_zug(verb: Callable):
    """Run a verb in its own transaction; again where only the moment was bad."""
    ende = time.monotonic() + GEDULD
    for versuch in range(1, VERSUCHE + 1):
        try:
            with transaction.atomic(durable=True):
                return verb()
        except (OperationalError, IntegrityError) as fehler:
            if not _wiederholbar(fehler):
                raise
            if versuch == VERSUCHE or time.monotonic() > ende:
                log.warning("Gave up on seats after %s attempts: %s", versuch, fehler)
                raise Ueberlastet from fehler
        time.sleep(random.uniform(0.01, 0.05) * versuch)  # noqa: S311
    raise AssertionError("unreachable")


def _wiederholbar(fehler: Exception) -> bool:
    # A constraint was hit: somebody else was faster, and a second look will find her row.
    if isinstance(fehler, IntegrityError):
        return True
    sqlstate = getattr(fehler.__cause__, "sqlstate", None)
    return sqlstate in WIEDERHOLBAR or "locked" in str(fehler)
