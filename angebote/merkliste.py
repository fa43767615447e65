"""The Merkliste: Angebote somebody wants to keep, without an account.

The browser keeps the numbers of the Angebote in one cookie that only the Merkliste gets
to see; nothing of it is stored here. A list that is passed on carries its numbers and its
moment in a signed address and can say later what has changed since.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from praeventionsketten.lib.adresse import absolut

from .beziehungen import ORTE, TERMINE, ZEITEN, lade_mit_kettchen
from .models import Angebot
from .tage import kommende

COOKIE = "merkliste"
HOECHSTENS = 60
DAUER = dt.timedelta(days=180)
LAENGSTES_ZEICHEN = 1500
# A key of the database is no longer than this, a cookie may be.
NUMMER = re.compile(r"(?<!\d)[1-9]\d{0,14}(?!\d)", re.ASCII)
BEZIEHUNGEN = ("sprachen", "kontakte", ORTE, ZEITEN, TERMINE)


class Blatt(NamedTuple):
    """A list as it was passed on: its moment and its Angebote."""

    vom: dt.datetime
    pks: list[int]


def aus_cookie(request: HttpRequest) -> list[int]:
    """What the browser has kept, in its order; anything else in the cookie is ignored."""
    zahlen = NUMMER.findall(request.COOKIES.get(COOKIE, "")[:4096])
    return list(dict.fromkeys(map(int, zahlen)))[:HOECHSTENS]


def merke(response: HttpResponse, pks: Iterable[int]) -> HttpResponse:
    """Lets the browser keep these, and nothing once there are none."""
    pfad = reverse("merkliste")
    wert = ".".join(map(str, pks))
    if not wert:
        response.delete_cookie(COOKIE, path=pfad, samesite="Lax")
        return response
    response.set_cookie(
        COOKIE,
        wert,
        max_age=DAUER,
        path=pfad,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def adresse(pks: Iterable[int]) -> str:
    """The full address under which this list can be opened from now on."""
    # The next whole second: what was saved in this one belongs to the list.
    jetzt = int(timezone.now().timestamp()) + 1
    zeichen = _signer().sign_object([jetzt, *pks], compress=True)
    return absolut(reverse("merkliste_blatt", args=[zeichen]))


def oeffne(zeichen: str) -> Blatt | None:
    """The list of a signed address; None if we never gave it out."""
    if len(zeichen) > LAENGSTES_ZEICHEN:
        return None
    try:
        sekunden, *pks = _signer().unsign_object(zeichen)
    except signing.BadSignature:
        return None
    return Blatt(dt.datetime.fromtimestamp(sekunden, dt.UTC), pks)


def lies(pks: list[int]) -> list[Angebot]:
    """These Angebote in this order with all that a sheet of paper needs, in two queries.

    Drafts and what was deleted are left out; ended ones stay and say that they ended.
    """
    alle = Angebot.objects.mit_seite().filter(pk__in=pks).mit_bestaetigung()
    angebote = sorted(alle.select_related("kommune"), key=lambda a: pks.index(a.pk))
    ferien = lade_mit_kettchen(angebote, *BEZIEHUNGEN)
    for angebot in angebote:
        tage = kommende(angebot, angebot.aktuelle_zeiten, angebot.kommende_termine, ferien)
        angebot.naechster = next((tag for tag in tage if not tag.faellt_aus), None)
    return angebote


def geaendert_seit(angebot: Angebot, vom: dt.datetime) -> dt.datetime | None:
    """When its words, times or dates last became others than at that moment."""
    zeiten = [*angebot.aktuelle_zeiten, *angebot.kommende_termine]
    zuletzt = max([angebot.geaendert_am, *(zeit.stand for zeit in zeiten)])
    return zuletzt if zuletzt > vom else None


def _signer() -> signing.Signer:
    return signing.Signer(salt="praeventionsketten.merkliste")
