"""How long what an entry says keeps: dates soon go off, a description hardly ever."""

import datetime as dt
from collections.abc import Iterable

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from angebote.models.frische import VORLAUF

ZEITEN, KONTAKT, BESCHREIBUNG = "zeiten", "kontakt", "beschreibung"
TEILE = {ZEITEN: 3, KONTAKT: 12, BESCHREIBUNG: 24}  # months


def abgelaufene(bestaetigungen: Iterable) -> tuple[str, ...]:
    """The parts to ask for today; dates always, for something must be asked.

    A Bestätigung without parts is of all of them.
    """
    alle = list(bestaetigungen)
    faellig_bis = timezone.localdate() + VORLAUF
    return tuple(
        teil
        for teil, monate in TEILE.items()
        if teil == ZEITEN or not _gilt_noch(alle, teil, monate, faellig_bis)
    )


def _gilt_noch(bestaetigungen: list, teil: str, monate: int, bis: dt.date) -> bool:
    tage = [
        timezone.localdate(b.wann) for b in bestaetigungen if not b.felder or teil in b.felder
    ]
    return bool(tage) and max(tage) + relativedelta(months=monate) > bis
