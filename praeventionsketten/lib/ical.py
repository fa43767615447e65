"""iCalendar: what every calendar file of the portal has in common."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar


def rahmen(methode: str = "PUBLISH", name: str = "") -> Calendar:
    """An empty calendar; METHOD stands in the file and in a mail's type alike."""
    kalender = Calendar()
    kalender.add("prodid", "-//Praeventionsketten//Portal//DE")
    kalender.add("version", "2.0")
    kalender.add("method", methode)
    if name:
        kalender.add("x-wr-calname", name)
    return kalender


def kennung(art: str, nummer: object) -> str:
    """The UID of an entry: the same in every file and for ever."""
    rechner = urlsplit(settings.BASIS_URL).hostname or "localhost"
    return f"{art}-{nummer}@{rechner}"


def als_bytes(kalender: Calendar) -> bytes:
    """The file with the rules of every time zone it names."""
    kalender.add_missing_timezones()
    return kalender.to_ical()


def antwort(inhalt: bytes, name: str) -> HttpResponse:
    """A calendar file to keep or to subscribe to."""
    return HttpResponse(
        inhalt,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
