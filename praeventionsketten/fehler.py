"""Pages for what went wrong: 400, 403, 404, 500, 503, in the design and in plain German."""

from django.apps import apps
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render

from praeventionsketten.lib.blaettern import SeiteFehlt
from praeventionsketten.models import AlteAdresse

# Beginning of an address and the model whose slug follows; the longer ones first.
BEREICHE = {
    "/kommunen/": "kommunen.kommune",
    "/angebote/programme/": "angebote.programm",
    "/angebote/": "angebote.angebot",
    "/veranstaltungen/": "veranstaltungen.veranstaltung",
    "/aktuelles/": "veranstaltungen.bericht",
}


def ungueltige_anfrage(request, exception=None):
    return render(request, "400.html", status=400)


def kein_zutritt(request, exception=None):
    return render(request, "403.html", status=403)


def csrf_fehler(request, reason=""):
    """A form that lay open too long; the text says how to go on without losing it."""
    return render(request, "403_csrf.html", status=403)


def nicht_gefunden(request, exception=None):
    """404, unless the address is an old one of something that is still public."""
    if neue := neue_adresse(request.path):
        return HttpResponsePermanentRedirect(neue)
    if isinstance(exception, SeiteFehlt):
        context = {"erste_seite": exception.erste_seite}
        return render(request, "404_seite.html", context, status=404)
    return render(request, "404.html", status=404)


def nicht_vorgesehen(request, erlaubt: str):
    """A page that can only be looked at was written to, or the other way round."""
    response = render(request, "405.html", status=405)
    response.headers["Allow"] = erlaubt
    return response


def serverfehler(request):
    """Renders without database, session or user: any of them may be what failed."""
    return render(None, "500.html", status=500)


def datenbank_fehlt(request):
    """The database restarts; ten seconds later it usually answers again."""
    response = render(None, "503.html", status=503)
    response.headers["Retry-After"] = "10"
    return response


def neue_adresse(pfad: str) -> str | None:
    """Where a page with an old slug lives today; only for what the public may see."""
    anfang = next((a for a in BEREICHE if pfad.startswith(a)), "")
    alter_slug, trenner, rest = pfad.removeprefix(anfang).partition("/")
    if not anfang or not trenner or len(alter_slug) > 100:
        return None
    bereich = BEREICHE[anfang]
    alt = AlteAdresse.objects.filter(bereich=bereich, slug=alter_slug).first()
    if alt is None:
        return None
    objekte = apps.get_model(bereich).objects
    oeffentlich = getattr(objekte, "mit_seite", None) or objekte.sichtbar
    slug = oeffentlich().filter(pk=alt.ziel_id).values_list("slug", flat=True).first()
    return slug and f"{anfang}{slug}/{rest}"
