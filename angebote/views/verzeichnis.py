from django.db.models import Count, Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from angebote.beziehungen import lade
from angebote.filters import AngebotFilter
from angebote.models import Angebot
from kommunen.kette import kettchen_von
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.lib.blaettern import blaettere

IN_DER_LISTE = ("lebensphasen", "uebergaenge", "sprachen", "aktuelle_orte")


@require_safe
def angebot_liste(request):
    filterset = AngebotFilter(request.GET, Angebot.objects.sichtbar())
    landesweit = Count("pk", filter=Q(kommune=None))
    anzahl = filterset.qs.aggregate(alle=Count("pk"), landesweit=landesweit)
    seite = blaettere(request, filterset.treffer, anzahl=anzahl["alle"])
    context = {
        "bereich": "angebote",
        "pfad": [(_("Angebote"), None)],
        "seitenadresse": absolut(filterset.adresse(seite=seite.number)),
        "filter": filterset,
        "seite": seite,
        "anzahl": anzahl,
        "vor_ort": anzahl["alle"] - anzahl["landesweit"],
        **_reihen(filterset, seite),
    }
    return render(request, "angebote/angebot_liste.html", context)


def _reihen(filterset: AngebotFilter, seite) -> dict:
    """The Kette and the rows of a page, local ones apart from those for the whole Land."""
    glieder = filterset.kette()
    treffer = _mit_kettchen(seite, glieder, IN_DER_LISTE)
    getrennt = filterset.nach_kommune
    return {
        "glieder": glieder,
        "treffer": [a for a in treffer if a.kommune_id or not getrennt],
        "landesweite": [a for a in treffer if getrennt and not a.kommune_id],
    }


def _mit_kettchen(angebote, glieder, beziehungen) -> list[Angebot]:
    angebote = list(angebote)
    lade(angebote, *beziehungen)
    for angebot in angebote:
        angebot.kettchen = kettchen_von(glieder, angebot)
    return angebote
