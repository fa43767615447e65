"""iCalendar: events for everybody, and the invitation that goes with a registration."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Event, vCalAddress, vText

from praeventionsketten.lib import ical
from praeventionsketten.lib.adresse import absolut

from .models import Anmeldung, Forumswahl, Veranstaltung

STATUS = {
    Veranstaltung.Status.SAVE_THE_DATE: "TENTATIVE",
    Veranstaltung.Status.ABGESAGT: "CANCELLED",
}


def kalender(veranstaltungen: Iterable[Veranstaltung], name: str = "") -> bytes:
    """The events as one file to import or subscribe to."""
    rahmen = ical.rahmen(name=name)
    for veranstaltung in veranstaltungen:
        rahmen.add_component(_termin(veranstaltung))
    return ical.als_bytes(rahmen)


def einladung(
    anmeldung: Anmeldung, wahlen: Iterable[Forumswahl], *, absage: bool = False
) -> dict:
    """The attachment of a mail: its METHOD stands in the file and in the type alike."""
    methode = "CANCEL" if absage else "REQUEST"
    rahmen = ical.rahmen(methode)
    termin = _eigener(anmeldung, wahlen)
    if absage:
        termin["status"] = "CANCELLED"
    termin.add("organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
    gast = vCalAddress(f"mailto:{anmeldung.email}")
    gast.params.update({"CN": anmeldung.name, "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    termin.add("attendee", gast)
    rahmen.add_component(termin)
    return {
        "name": "termin.ics",
        "inhalt": ical.als_bytes(rahmen).decode(),
        "typ": f"text/calendar; method={methode}",
    }


def eigener_termin(anmeldung: Anmeldung, wahlen: Iterable[Forumswahl]) -> bytes:
    """To save by hand: the same entry as in the mails, but nothing to answer."""
    rahmen = ical.rahmen()
    rahmen.add_component(_eigener(anmeldung, wahlen))
    return ical.als_bytes(rahmen)


def _eigener(anmeldung: Anmeldung, wahlen: Iterable[Forumswahl]) -> Event:
    termin = _termin(anmeldung.veranstaltung)
    termin["uid"] = ical.kennung("anmeldung", anmeldung.public_id)
    # A client replaces what it has only by a higher number.
    termin.add("sequence", anmeldung.folge)
    if wahlen:
        zeilen = [f"{w.durchgang}: {w.fachforum}" for w in wahlen]
        termin["description"] = vText("\n".join([*zeilen, "", anmeldung.veranstaltung.teaser]))
    return termin


def anmeldestart(veranstaltung: Veranstaltung) -> bytes:
    """A quarter of an hour for the moment at which registration opens."""
    rahmen, termin = ical.rahmen(), Event()
    beginn = timezone.localtime(veranstaltung.anmeldung_von)
    termin.add("uid", ical.kennung("anmeldestart", veranstaltung.pk))
    termin.add("dtstamp", veranstaltung.geaendert_am)
    termin.add("summary", gettext("Anmeldung öffnet: %s") % veranstaltung.titel)
    termin.add("dtstart", beginn)
    termin.add("dtend", beginn + timedelta(minutes=15))
    termin.add("url", absolut(reverse("anmelden", args=[veranstaltung.slug])))
    termin.add("transp", "TRANSPARENT")
    rahmen.add_component(termin)
    return ical.als_bytes(rahmen)


def _termin(veranstaltung: Veranstaltung) -> Event:
    termin = Event()
    termin.add("uid", ical.kennung("veranstaltung", veranstaltung.pk))
    termin.add("dtstamp", veranstaltung.geaendert_am)
    termin.add("last-modified", veranstaltung.geaendert_am)
    termin.add("summary", veranstaltung.titel)
    beginn, ende = _zeiten(veranstaltung)
    termin.add("dtstart", beginn)
    termin.add("dtend", ende)
    orte = [veranstaltung.ort_name, veranstaltung.anschrift]
    termin.add("location", ", ".join(filter(None, orte)) or veranstaltung.wo)
    if veranstaltung.teaser:
        termin.add("description", veranstaltung.teaser)
    termin.add("url", absolut(veranstaltung.get_absolute_url()))
    termin.add("status", STATUS.get(veranstaltung.status, "CONFIRMED"))
    return termin


def _zeiten(veranstaltung: Veranstaltung) -> tuple:
    """Local times with their zone; whole days while the hour is not known."""
    beginn: datetime = timezone.localtime(veranstaltung.beginn)
    ende: datetime = timezone.localtime(veranstaltung.ende)
    if veranstaltung.zeit_bekannt:
        return beginn, ende
    return beginn.date(), ende.date() + timedelta(days=1)
