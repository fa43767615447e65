from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from angebote import fehlsuchen, verzeichnis
from angebote.filters import AngebotFilter
from angebote.suche import Ergebnis
from praeventionsketten.lib.blaettern import blaettere


@require_safe
def angebot_liste(request: HttpRequest) -> HttpResponse:
    filterset = AngebotFilter(request.GET)
    ergebnis = filterset.ergebnis
    fehlsuchen.zaehle(request, filterset)
    seite = blaettere(request, ergebnis, anzahl=ergebnis.anzahl)
    etag = _etag(ergebnis)
    # Only who was here before asks so; every other condition of a GET is the middleware's.
    if "HTTP_IF_NONE_MATCH" in request.META and (
        bekannt := get_conditional_response(request, etag=etag)
    ):
        return bekannt
    return HttpResponse(verzeichnis.html(filterset, seite), headers={"ETag": etag})


def _etag(ergebnis: Ergebnis) -> str:
    """The page at an address follows from the version, the day and the program alone."""
    werk = ergebnis.werk
    teile = (werk.version, werk.woerter, ergebnis.heute.toordinal(), settings.PROGRAMMLAUF)
    return quote_etag("-".join(map(str, teile)))
