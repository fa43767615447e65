"""Working hours: a deadline counted in them never ends at night, at a weekend or on a holiday."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from .feiertage import feiertag

BERLIN = ZoneInfo("Europe/Berlin")
ANFANG, ENDE = dt.time(9), dt.time(17)
SAMSTAG = 5


def nach_arbeitsstunden(ab: dt.datetime, stunden: int) -> dt.datetime:
    """The moment at which so many working hours have passed, in Berlin time.

    Hours count Monday to Friday from 9 to 17 o'clock, without the holidays of Hessen.
    """
    if ab.tzinfo is None:
        raise ValueError("A deadline needs an aware start.")
    if stunden < 0:
        raise ValueError("Working hours are counted forward.")
    rest = dt.timedelta(hours=stunden)
    for beginn, ende in _arbeitszeiten(ab.astimezone(BERLIN)):
        if rest <= ende - beginn:
            return beginn + rest
        rest -= ende - beginn
    raise AssertionError("working days never end")


def ist_arbeitstag(tag: dt.date) -> bool:
    return tag.weekday() < SAMSTAG and not feiertag(tag)


def _arbeitszeiten(ab: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """What is left of each working day. Clocks change on Sundays, so wall time is exact."""
    tag = ab.date()
    while True:
        beginn, ende = (dt.datetime.combine(tag, uhr, BERLIN) for uhr in (ANFANG, ENDE))
        if ist_arbeitstag(tag) and ab < ende:
            yield max(ab, beginn), ende
        tag += dt.timedelta(days=1)
