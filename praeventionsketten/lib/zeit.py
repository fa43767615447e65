"""Dates and times in words: the one place that decides how they read.

No line ends between day and month, or before „Uhr“: hence the spaces that do not break.
"""

import datetime as dt

from django.utils import dateformat, timezone


def _lokal(wert: dt.date) -> dt.date:
    return timezone.localtime(wert) if isinstance(wert, dt.datetime) else wert


def tag(wert: dt.date) -> str:
    """„10. Dezember 2024“."""
    return dateformat.format(_lokal(wert), "j.\xa0F Y")


def wochentag(wert: dt.date) -> str:
    """„Dienstag, 10. Dezember 2024“."""
    return dateformat.format(_lokal(wert), "l, j.\xa0F Y")


def uhrzeit(wert: dt.datetime | dt.time) -> str:
    """„8:30“, without „Uhr“."""
    zeit = _lokal(wert) if isinstance(wert, dt.datetime) else wert
    return f"{zeit.hour}:{zeit.minute:02d}"


def uhrzeiten(beginn: dt.datetime | dt.time, ende: dt.datetime | dt.time) -> str:
    """„8:30 bis 16:30 Uhr“."""
    return f"{uhrzeit(beginn)} bis {uhrzeit(ende)}\xa0Uhr"


def zeitspanne(beginn: dt.datetime, ende: dt.datetime, *, mit_uhrzeit: bool = True) -> str:
    """„Dienstag, 10. Dezember 2024, 8:30 bis 16:30 Uhr“, over several days „… bis …“."""
    beginn, ende = _lokal(beginn), _lokal(ende)
    if beginn.date() == ende.date():
        return (
            f"{wochentag(beginn)}, {uhrzeiten(beginn, ende)}"
            if mit_uhrzeit
            else wochentag(beginn)
        )
    if not mit_uhrzeit:
        return f"{wochentag(beginn)} bis {wochentag(ende)}"
    return f"{wochentag(beginn)}, {uhrzeit(beginn)}\xa0Uhr bis {wochentag(ende)}, {uhrzeit(ende)}\xa0Uhr"


def ungefaehr(wert: dt.date, genauigkeit: str) -> str:
    """The date as exactly as it is known: tag, monat, quartal or jahr."""
    match genauigkeit:
        case "jahr":
            return str(wert.year)
        case "quartal":
            return f"{(wert.month + 2) // 3}. Quartal {wert.year}"
        case "monat":
            return dateformat.format(wert, "F Y")
    return tag(wert)


def alter(monate: int) -> str:
    """An age in words: „18 Monate“ below two years, else „6 Jahre“."""
    if monate < 24 and monate % 12:
        return "1 Monat" if monate == 1 else f"{monate} Monate"
    jahre, rest = divmod(monate, 12)
    if rest == 6:
        return f"{jahre}½ Jahre"
    return "1 Jahr" if jahre == 1 else f"{jahre} Jahre"


def altersspanne(von: int | None, bis: int | None) -> str:
    """„3 bis 6 Jahre“, „ab 3 Jahren“, „bis 10 Jahre“; months in, empty without a limit."""
    if von and bis:
        anfang, ende = alter(von), alter(bis)
        zahl, _, einheit = anfang.partition(" ")
        # „1 bis 6 Jahre“, but „18 Monate bis 6 Jahre“.
        gleich = ende.partition(" ")[2].rstrip("e") == einheit.rstrip("e")
        return f"{zahl if gleich else anfang} bis {ende}"
    if von:
        text = alter(von)
        return f"ab {text}n" if text.endswith("e") else f"ab {text}"
    return f"bis {alter(bis)}" if bis else ""
