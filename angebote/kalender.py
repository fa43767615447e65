"""iCalendar of Angebote: every Termin, and every weekly time as a rule with exceptions.

A cancelled date stays and says so; a day in the holidays is an exception of its rule. The
UID never changes and a change raises SEQUENCE (models.zeiten.Kalendereintrag), so that a
calendar moves what it has and never shows the same thing twice.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event, vRecur

from kommunen.models import Ferien
from praeventionsketten.lib import ical
from praeventionsketten.lib.adresse import absolut

from . import tage
from .models import Angebot, Termin, Zeitfenster

HOECHSTENS = 200  # Angebote of one list; nobody reads a calendar with more


def kalender(
    angebote: Iterable[Angebot],
    ferien: Collection[Ferien],
    *,
    name: str = "",
    nur_termin: int | None = None,
) -> bytes:
    """The file; the Angebote need `aktuelle_zeiten` and `kommende_termine`.

    `nur_termin` is the key of the one Termin that somebody wants to keep.
    """
    rahmen = ical.rahmen(name=name)
    for angebot in angebote:
        for termin in angebot.kommende_termine:
            if nur_termin in (None, termin.pk):
                rahmen.add_component(_termin(angebot, termin))
        for fenster in angebot.aktuelle_zeiten if nur_termin is None else ():
            if (eintrag := _regelmaessig(angebot, fenster, ferien)) is not None:
                rahmen.add_component(eintrag)
    return ical.als_bytes(rahmen)


def _termin(angebot: Angebot, termin: Termin) -> Event:
    abgesagt = termin.abgesagt or angebot.status == Angebot.Status.BEENDET
    eintrag = _eintrag(angebot, termin, "termin")
    eintrag.add("dtstart", timezone.localtime(termin.beginn))
    eintrag.add("dtend", timezone.localtime(termin.ende))
    eintrag.add("status", "CANCELLED" if abgesagt else "CONFIRMED")
    if abgesagt:
        # Some calendars do not show the status.
        eintrag["summary"] = _("Fällt aus: %(titel)s") % {"titel": angebot.titel}
    return eintrag


def _regelmaessig(
    angebot: Angebot, fenster: Zeitfenster, ferien: Collection[Ferien]
) -> Event | None:
    """None where no day is known: the rhythm is words only, or it has ended."""
    tage_der_regel = list(
        tage.tage_der_regel(fenster, timezone.localdate(fenster.stand), _letzter_tag())
    )
    ruht_bis = tage.ruht_bis(angebot)
    ohne = [t for t in tage_der_regel if tage.faellt_weg(fenster, t, ferien, ruht_bis)]
    if len(ohne) == len(tage_der_regel):
        return None
    eintrag = _eintrag(angebot, fenster, "zeit")
    eintrag.add("dtstart", tage.mit_zone(tage_der_regel[0], fenster.von))
    eintrag.add("dtend", tage.mit_zone(tage_der_regel[0], fenster.bis))
    regel = vRecur.from_ical(tage.regel(fenster))
    # RFC 5545: with a zone, the end of a rule is written in UTC.
    regel["UNTIL"] = [tage.mit_zone(tage_der_regel[-1], fenster.von).astimezone(dt.UTC)]
    eintrag.add("rrule", regel)
    if ohne:
        eintrag.add("exdate", [tage.mit_zone(tag, fenster.von) for tag in ohne])
    eintrag.add("status", "CONFIRMED")
    return eintrag


def _eintrag(angebot: Angebot, zeit: Termin | Zeitfenster, art: str) -> Event:
    eintrag = Event()
    eintrag.add("uid", ical.kennung(art, zeit.pk))
    eintrag.add("sequence", zeit.sequenz)
    eintrag.add("dtstamp", zeit.stand)
    eintrag.add("last-modified", zeit.stand)
    eintrag.add("summary", angebot.titel)
    if zeit.ort is not None:
        orte = dict.fromkeys([zeit.ort.bezeichnung, zeit.ort.oeffentliche_anschrift])
        eintrag.add("location", ", ".join(filter(None, orte)))
    adresse = absolut(angebot.get_absolute_url())
    eintrag.add("description", "\n".join([*_hinweise(angebot, zeit), adresse]))
    eintrag.add("url", adresse)
    return eintrag


def _hinweise(angebot: Angebot, zeit: Termin | Zeitfenster) -> list[str]:
    hinweise = [zeit.text, angebot.kurzbeschreibung]
    if angebot.zugang != Angebot.Zugang.OFFEN:
        hinweise.append(angebot.zugang_text or angebot.get_zugang_display())
    if getattr(zeit, "ferienregel", "") == Zeitfenster.Ferien.UNBEKANNT:
        hinweise.append(_("In den Schulferien fragen Sie bitte vorher nach."))
    return [text for text in hinweise if text]


def _letzter_tag() -> dt.date:
    """The end of next year: further ahead nobody knows, and the file changes once a year."""
    return dt.date(timezone.localdate().year + 1, 12, 31)
