"""The page of a transition in the life course."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from angebote.beziehungen import ORTE, lade_mit_kettchen
from angebote.uebergang import seiten
from kommunen.models import Kommune, Uebergang
from praeventionsketten.lib.adresse import absolut


@require_safe
def uebergang(request: HttpRequest, code: str) -> HttpResponse:
    alle = list(Uebergang.objects.select_related("von", "nach"))
    uebergang = next((u for u in alle if u.code == code), None)
    if uebergang is None:
        raise Http404("no such transition")
    stelle = alle.index(uebergang)
    context = {
        "bereich": "angebote",
        "pfad": [(_("Angebote"), reverse("angebot_liste")), (capfirst(uebergang.name), None)],
        "uebergang": uebergang,
        "vorheriger": alle[stelle - 1] if stelle else None,
        "naechster": alle[stelle + 1] if stelle + 1 < len(alle) else None,
        **_in_einer_kommune(uebergang, request.GET.get("kommune", "")),
    }
    return render(request, "angebote/uebergang.html", context)


def _in_einer_kommune(uebergang: Uebergang, gefragt: str) -> dict:
    """The three sides of the transition, in the whole Land or in the Kommune asked for."""
    kommunen = list(Kommune.objects.sichtbar().order_by("kurzname"))
    kommune = next((k for k in kommunen if k.slug == gefragt), None)
    drei = seiten(uebergang, kommune)
    lade_mit_kettchen([a for seite in drei.values() for a in seite.angebote], "sprachen", ORTE)
    adresse = reverse("uebergang", args=[uebergang.code])
    if kommune is not None:
        adresse += f"?kommune={kommune.slug}"
    return {
        "kommunen": kommunen,
        "kommune": kommune,
        "kommune_unbekannt": bool(gefragt and not kommune),
        "seitenadresse": absolut(adresse),
        **drei,
    }
