"""The Merkliste: keeping and forgetting by POST, the list, and a list passed on."""

from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from angebote import merkliste
from angebote.models import Angebot
from praeventionsketten.lib.formularseite import FORMULAR
from praeventionsketten.lib.herkunft import eigene_herkunft, lokaler_pfad
from praeventionsketten.lib.zahl import ganze_zahl


# No CSRF token: the button stands on pages without a cookie, and it asks for its origin.
@csrf_exempt
@FORMULAR
@cache_control(private=True, no_cache=True)
@vary_on_cookie
def meine_merkliste(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _aendern(request)
    pks = merkliste.aus_cookie(request)
    angebote = merkliste.lies(pks) if pks else []
    adresse = merkliste.adresse([a.pk for a in angebote]) if angebote else ""
    context = {
        "pfad": [(_("Angebote"), reverse("angebot_liste")), (_("Merkliste"), None)],
        "angebote": angebote,
        "verschwunden": len(pks) - len(angebote),
        "voll": len(pks) >= merkliste.HOECHSTENS,
        "hoechstens": merkliste.HOECHSTENS,
        "tage": merkliste.DAUER.days,
        "adresse": adresse,
        "mail": _mail(angebote, adresse),
    }
    return render(request, "angebote/merkliste.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def blatt(request: HttpRequest, zeichen: str) -> HttpResponse:
    """A list that somebody passed on: what it holds, and what changed since."""
    if (offen := merkliste.oeffne(zeichen)) is None:
        return render(request, "angebote/merkliste_unbekannt.html", status=404)
    angebote = merkliste.lies(offen.pks)
    for angebot in angebote:
        angebot.geaendert = merkliste.geaendert_seit(angebot, offen.vom)
    laufend = [a for a in angebote if a.status != Angebot.Status.BEENDET]
    context = {
        "pfad": [(_("Angebote"), reverse("angebot_liste")), (_("Merkliste"), None)],
        "vom": offen.vom,
        "angebote": angebote,
        "anzahl": len(offen.pks),
        "geaendert": sum(a.geaendert is not None for a in laufend),
        "beendet": len(offen.pks) - len(laufend),
        "zeichen": zeichen,
    }
    return render(request, "angebote/merkliste_blatt.html", context)


def _aendern(request: HttpRequest) -> HttpResponseRedirect:
    """One of „merken“, „entfernen“, „uebernehmen“, „leeren“; only our own cookie changes."""
    if not eigene_herkunft(request):
        raise PermissionDenied("not from one of our pages")
    pks = merkliste.aus_cookie(request)
    if "merken" in request.POST:
        return _merken(request, pks)
    antwort = redirect("merkliste")
    if "entfernen" in request.POST:
        weg = request.POST["entfernen"]
        return merkliste.merke(antwort, [pk for pk in pks if str(pk) != weg])
    if "uebernehmen" in request.POST:
        offen = merkliste.oeffne(request.POST["uebernehmen"])
        fremde = offen.pks if offen else []
        alle = list(dict.fromkeys([*pks, *fremde]))[: merkliste.HOECHSTENS]
        return merkliste.merke(antwort, alle)
    return merkliste.merke(antwort, []) if "leeren" in request.POST else antwort


def _merken(request: HttpRequest, pks: list[int]) -> HttpResponseRedirect:
    """Back to where the button was, with its word of thanks as the target."""
    pk = ganze_zahl(request.POST["merken"])
    if pk is None or not Angebot.objects.mit_seite().filter(pk=pk).exists():
        raise Http404("nothing to keep")
    if pk not in pks and len(pks) >= merkliste.HOECHSTENS:
        return HttpResponseRedirect(reverse("merkliste"))
    zurueck = lokaler_pfad(request.POST.get("zurueck", ""), sonst=reverse("merkliste"))
    antwort = HttpResponseRedirect(f"{zurueck}#gemerkt-{pk}")
    return merkliste.merke(antwort, [*pks, pk] if pk not in pks else pks)


def _mail(angebote: list[Angebot], adresse: str) -> str:
    """A mail that is written already, to whom it may help."""
    titel = _("Merkliste: Angebote für Familien")
    zeilen = [*(f"- {a.titel}" for a in angebote), "", adresse]
    return f"mailto:?subject={quote(titel)}&body={quote(chr(10).join(zeilen))}"
