from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from angebote import verzeichnis
from angebote.filters import AngebotFilter
from praeventionsketten.lib.blaettern import blaettere


@require_safe
def angebot_liste(request: HttpRequest) -> HttpResponse:
    filterset = AngebotFilter(request.GET)
    ergebnis = filterset.ergebnis
    seite = blaettere(request, ergebnis, anzahl=ergebnis.anzahl)
    return HttpResponse(verzeichnis.html(filterset, seite))
