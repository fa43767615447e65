"""One verb, one transaction: tried again where only the moment was bad."""

import logging
import random
import time
from collections.abc import Callable

from django.db import IntegrityError, OperationalError, transaction

log = logging.getLogger(__name__)

VERSUCHE = 5
GEDULD = 10  # seconds after which no further attempt begins
WIEDERHOLBAR = {"40001", "40P01", "55P03"}  # serialisation, deadlock, lock timeout


class Ueberlastet(Exception):
    """The moment was bad; nothing was written, and trying again is the right thing."""


def in_einem_zug(verb: Callable):
    """Run a verb in its own transaction and return what it returns; raises Ueberlastet."""
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
