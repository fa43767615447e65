from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from angebote import fehlsuchen, verzeichnis
from angebote.filters import AngebotFilter
from praeventionsketten.lib.blaettern import blaettere


@require_safe
def angebot_liste(request: HttpRequest) -> HttpResponse:
    filterset = AngebotFilter(request.GET)
    ergebnis = filterset.ergebnis
    fehlsuchen.zaehle(request, filterset)
    seite = blaettere(request, ergebnis, anzahl=ergebnis.anzahl)
    html = verzeichnis.html(filterset, seite)
    # Django's own, by MD5, takes three times as long.
    etag = quote_etag(sha256(html).hexdigest())
    return HttpResponse(html, headers={"ETag": etag})
