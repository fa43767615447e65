"""The days ahead: dates and the days of weekly times, in one list.

A weekly time is a rule of RFC 5545 (`regel`), so that this list and the calendar files
cannot disagree. It is computed in local time without a zone and gets its zone last: nine
o'clock stays nine o'clock when the clocks change.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from dateutil.rrule import rrulestr
from django.utils import timezone

from kommunen.models import Ferien, Ort
from praeventionsketten.lib.feiertage import feiertag

from .models import Angebot, Termin, Zeitfenster

WOCHEN = 8  # further ahead, nobody has planned and few look
HOECHSTENS = 6  # days of weekly times; dates are few and all shown
TAGE = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TAKT = {
    Zeitfenster.Takt.WOECHENTLICH: "FREQ=WEEKLY;BYDAY={}",
    Zeitfenster.Takt.ERSTE: "FREQ=MONTHLY;BYDAY=1{}",
    Zeitfenster.Takt.ZWEITE: "FREQ=MONTHLY;BYDAY=2{}",
    Zeitfenster.Takt.DRITTE: "FREQ=MONTHLY;BYDAY=3{}",
    Zeitfenster.Takt.VIERTE: "FREQ=MONTHLY;BYDAY=4{}",
    Zeitfenster.Takt.LETZTE: "FREQ=MONTHLY;BYDAY=-1{}",
}


class Tag(NamedTuple):
    """One day ahead: a Termin, or a day of a weekly time."""

    beginn: dt.datetime
    ende: dt.datetime
    ort: Ort | None
    text: str
    termin: Termin | None = None
    fenster: Zeitfenster | None = None
    ungewiss: bool = False  # in school holidays, and nobody has said what happens then

    @property
    def faellt_aus(self) -> bool:
        return self.termin is not None and self.termin.abgesagt


class Pause(NamedTuple):
    """The next school holidays, and whether everything pauses in them or some of it."""

    ferien: Ferien
    ganz: bool


class AnOrt(NamedTuple):
    """What happens at one place: times, or days ahead."""

    ort: Ort | None
    eintraege: list


def kommende(
    angebot: Angebot,
    zeiten: Iterable[Zeitfenster],
    termine: Iterable[Termin],
    ferien: Collection[Ferien],
) -> list[Tag]:
    """What is ahead of an Angebot, the next first."""
    jetzt = timezone.localtime()
    von, bis = vorschau(angebot)
    tage = [Tag(t.beginn, t.ende, t.ort, t.text, termin=t) for t in termine if t.ende >= jetzt]
    aus_zeiten = [
        tag
        for fenster in zeiten
        for tag in _tage(fenster, von, bis, ferien, ruht_bis(angebot))
        if tag.ende >= jetzt
    ]
    aus_zeiten.sort(key=lambda tag: tag.beginn)
    return sorted([*tage, *aus_zeiten[:HOECHSTENS]], key=lambda tag: tag.beginn)


def nach_ort(eintraege: Iterable[Tag | Zeitfenster]) -> list[AnOrt]:
    """By place, so that an address is read once; the places as they first occur."""
    gruppen: dict[int | None, AnOrt] = {}
    for eintrag in eintraege:
        ort = eintrag.ort
        gruppen.setdefault(ort and ort.pk, AnOrt(ort, [])).eintraege.append(eintrag)
    return list(gruppen.values())


def vorschau(angebot: Angebot) -> tuple[dt.date, dt.date]:
    """The days we look at; whoever pauses is asked about the time after it."""
    von, ruht = timezone.localdate(), ruht_bis(angebot)
    if ruht is not None and ruht < dt.date.max:
        von = max(von, ruht + dt.timedelta(days=1))
    return von, von + dt.timedelta(weeks=WOCHEN)


def regel(fenster: Zeitfenster) -> str:
    """The rhythm as an RRULE; empty where only its text tells the days."""
    return TAKT.get(fenster.takt, "").format(TAGE[fenster.wochentag])


def tage_der_regel(fenster: Zeitfenster, von: dt.date, bis: dt.date) -> Iterator[dt.date]:
    """All days of the rhythm, whether it takes place on them or not."""
    if not regel(fenster):
        return
    bis = min(bis, fenster.gueltig_bis or bis)
    # The rule of a month counts from its first day, wherever one begins to look.
    anfang = dt.datetime.combine(von.replace(day=1), fenster.von)
    for moment in rrulestr(regel(fenster), dtstart=anfang):
        if moment.date() > bis:
            return
        if moment.date() >= von:
            yield moment.date()


def faellt_weg(
    fenster: Zeitfenster, tag: dt.date, ferien: Collection[Ferien], ruht_bis: dt.date | None
) -> bool:
    """Whether it certainly or probably does not take place on a day of its rhythm."""
    if ruht_bis is not None and tag <= ruht_bis:
        return True
    if feiertag(tag) or not _gibt_es(dt.datetime.combine(tag, fenster.von)):
        return True
    return fenster.ferienregel == Zeitfenster.Ferien.PAUSIERT and in_ferien(tag, ferien)


def in_ferien(tag: dt.date, ferien: Collection[Ferien]) -> bool:
    return any(tag in eintrag for eintrag in ferien)


def naechste_pause(
    angebot: Angebot, zeiten: Iterable[Zeitfenster], ferien: Collection[Ferien]
) -> Pause | None:
    """What the days ahead leave out, if they reach into school holidays."""
    if ruht_bis(angebot) == dt.date.max:
        return None
    mit_regel = [fenster for fenster in zeiten if regel(fenster)]
    pausiert = [f for f in mit_regel if f.ferienregel == Zeitfenster.Ferien.PAUSIERT]
    von, bis = vorschau(angebot)
    nahe = [eintrag for eintrag in ferien if von <= eintrag.bis and eintrag.von <= bis]
    return Pause(nahe[0], pausiert == mit_regel) if pausiert and nahe else None


def ruht_bis(angebot: Angebot) -> dt.date | None:
    """Until when weekly times do not take place; nobody knows once a pause ran over."""
    if angebot.status == Angebot.Status.PAUSIERT:
        return dt.date.max if angebot.pause_abgelaufen else angebot.pausiert_bis
    return dt.date.max if angebot.status == Angebot.Status.BEENDET else None


def mit_zone(tag: dt.date, uhrzeit: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(tag, uhrzeit))


def _tage(fenster, von, bis, ferien, ruht_bis) -> Iterator[Tag]:
    unbekannt = fenster.ferienregel == Zeitfenster.Ferien.UNBEKANNT
    for tag in tage_der_regel(fenster, von, bis):
        if not faellt_weg(fenster, tag, ferien, ruht_bis):
            yield Tag(
                mit_zone(tag, fenster.von),
                mit_zone(tag, fenster.bis),
                fenster.ort,
                fenster.text,
                fenster=fenster,
                ungewiss=unbekannt and in_ferien(tag, ferien),
            )


def _gibt_es(moment: dt.datetime) -> bool:
    """Not in the hour that the night of the clock change leaves out."""
    zone = moment.replace(tzinfo=timezone.get_current_timezone())
    return zone.astimezone(dt.UTC).astimezone(zone.tzinfo).replace(tzinfo=None) == moment
