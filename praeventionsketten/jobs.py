"""Background work on one table: claimed by lease, retried, periodic by unique key.

A function becomes a job by `@job`; with `alle_minuten` the worker enqueues it by itself.
Jobs run at least once, so they must be idempotent.
"""

import logging
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from praeventionsketten.models import Job

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MAX_VERSUCHE = 5


@dataclass(frozen=True)
class Aufgabe:
    funktion: Callable
    alle_minuten: int | None


AUFGABEN: dict[str, Aufgabe] = {}
_laufend: ContextVar[Job | None] = ContextVar("laufend", default=None)


def job(name: str, *, alle_minuten: int | None = None):
    """Register a function as a job under a stable name."""

    def anmelden(funktion: Callable) -> Callable:
        AUFGABEN[name] = Aufgabe(funktion, alle_minuten)
        return funktion

    return anmelden


def einreihen(name: str, *, schluessel: str | None = None, **daten) -> None:
    """Enqueue a job inside the caller's transaction; a key makes it unique."""
    if schluessel is None:
        Job.objects.create(name=name, daten=daten)
    else:
        Job.objects.get_or_create(
            schluessel=schluessel, defaults={"name": name, "daten": daten}
        )


def lebenszeichen() -> None:
    """What a long job gives between two pieces, or another worker would take it over.

    Without effect where the function was called by hand.
    """
    if auftrag := _laufend.get():
        Job.objects.filter(pk=auftrag.pk).update(lease_bis=timezone.now() + LEASE)


def periodische_einreihen() -> None:
    """Enqueue each periodic job once per period, however many workers there are."""
    jetzt = timezone.now()
    for name, aufgabe in AUFGABEN.items():
        if aufgabe.alle_minuten:
            periode = int(jetzt.timestamp() // (aufgabe.alle_minuten * 60))
            einreihen(name, schluessel=f"{name}:{periode}")


def eine_runde() -> int:
    """Run everything that is due; returns how many jobs were finished."""
    periodische_einreihen()
    fertig = 0
    while (naechster := _beanspruchen()) is not None:
        fertig += _ausfuehren(naechster)
    return fertig


def _beanspruchen() -> Job | None:
    jetzt = timezone.now()
    offen = Job.objects.filter(
        Q(lease_bis__isnull=True) | Q(lease_bis__lt=jetzt),
        erledigt_am__isnull=True,
        faellig_ab__lte=jetzt,
        versuche__lt=MAX_VERSUCHE,
    ).order_by("faellig_ab", "pk")
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            offen = offen.select_for_update(skip_locked=True)
        naechster = offen.first()
        if naechster:
            naechster.lease_bis = jetzt + LEASE
            naechster.versuche += 1
            naechster.save(update_fields=["lease_bis", "versuche"])
    return naechster


def _ausfuehren(auftrag: Job) -> bool:
    marke = _laufend.set(auftrag)
    try:
        AUFGABEN[auftrag.name].funktion(**auftrag.daten)
    except Exception:  # one broken job must not stop the worker
        log.exception("Job %s failed", auftrag.name)
        auftrag.fehler = traceback.format_exc()[-4000:]
        auftrag.faellig_ab = timezone.now() + timedelta(
            seconds=30 * 4 ** (auftrag.versuche - 1)
        )
        auftrag.lease_bis = None
        auftrag.save()
        return False
    finally:
        _laufend.reset(marke)
    auftrag.erledigt_am = timezone.now()
    auftrag.lease_bis = None
    auftrag.fehler = ""
    auftrag.save()
    return True
