"""Public holidays by rule (Hessisches Feiertagsgesetz § 1); most hang on Easter."""

import datetime as dt
from functools import cache

from dateutil.easter import easter

FESTE = {(1, 1): "Neujahr", (5, 1): "Tag der Arbeit", (10, 3): "Tag der Deutschen Einheit"}
FESTE |= {(12, 25): "1. Weihnachtstag", (12, 26): "2. Weihnachtstag"}
# Days after Easter Sunday. Its Sundays are no holidays by law, but nothing is open.
BEWEGLICHE = {
    -2: "Karfreitag",
    0: "Ostersonntag",
    1: "Ostermontag",
    39: "Christi Himmelfahrt",
    49: "Pfingstsonntag",
    50: "Pfingstmontag",
    60: "Fronleichnam",
}


@cache
def feiertage(jahr: int) -> dict[dt.date, str]:
    """All public holidays of a year with their names."""
    ostern = easter(jahr)
    return {dt.date(jahr, *tag): name for tag, name in FESTE.items()} | {
        ostern + dt.timedelta(days=abstand): name for abstand, name in BEWEGLICHE.items()
    }


def feiertag(tag: dt.date) -> str:
    """The name of the holiday, empty on a common day."""
    return feiertage(tag.year).get(tag, "")
