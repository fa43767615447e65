"""Once a week coordinators hear what waits, and nothing if nothing does.

On Tuesday: the inbox of Monday is through, hardly anybody who works part-time is off, and
four days are left to reach a Träger by phone. After a holiday on the next working day.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from praeventionsketten import rollen
from praeventionsketten.lib.arbeitszeit import ist_arbeitstag
from praeventionsketten.models import Konto

from . import mails
from .arbeitsvorrat import Bereich, aufgaben

DIENSTAG = 1
AB_UHR = 7


def verschicken() -> None:
    """Run as often as one likes: the outbox takes one mail per person and week."""
    jetzt = timezone.localtime()
    if jetzt.date() != versandtag(jetzt.date()) or jetzt.hour < AB_UHR:
        return
    jahr, woche, _tag = jetzt.isocalendar()
    for konto in _koordinationen():
        offen = aufgaben(Bereich(tuple(konto.eigene_kommunen), landesweit=False))
        if offen:
            with transaction.atomic():
                mails.arbeitsvorrat(konto, f"{jahr}-W{woche:02}", offen)


def versandtag(tag: dt.date) -> dt.date:
    """Tuesday of this week, or the first working day after it."""
    tag += dt.timedelta(days=DIENSTAG - tag.weekday())
    while not ist_arbeitstag(tag):
        tag += dt.timedelta(days=1)
    return tag


def _koordinationen():
    aktive = Konto.objects.filter(is_active=True, is_staff=True, wochenmail=True)
    return aktive.filter(groups__name=rollen.KOORDINATION)
