"""What the pages below an event share: menu, path, the answer when too many come."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from veranstaltungen.models import Veranstaltung

WIEDERKOMMEN = "10"  # seconds


def rahmen(veranstaltung: Veranstaltung, hier: str, davor: tuple = ()) -> dict:
    """Menu entry and path of a page below an event."""
    pfad = [
        (gettext("Veranstaltungen"), reverse("veranstaltung_liste")),
        (veranstaltung.titel, veranstaltung.get_absolute_url()),
        *davor,
        (hier, None),
    ]
    return {"bereich": "veranstaltungen", "pfad": pfad, "veranstaltung": veranstaltung}


def ueberlastet(response: HttpResponse) -> HttpResponse:
    """The page as it is, and when to try again."""
    response.status_code = 503
    response["Retry-After"] = WIEDERKOMMEN
    return response
