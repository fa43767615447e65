"""The page of one Angebot, in four queries whatever hangs on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from angebote.beziehungen import ORTE, TERMINE, ZEITEN, lade_mit_kettchen
from angebote.models import Angebot, zusammengefasst
from angebote.schwelle import schwellenprofil
from angebote.strukturdaten import angebot_daten
from angebote.tage import kommende, nach_ort, naechste_pause
from angebote.verwandt import verwandte
from kommunen.models import Ferien
from praeventionsketten.vorschau import hole_oder_vorschau

BEZIEHUNGEN = (
    "sprachen",
    "orte",
    "zielgruppen",
    "handlungsfelder",
    "formate",
    "partner",
    "kontakte",
    ORTE,
    ZEITEN,
    TERMINE,
)


@require_safe
def angebot(request: HttpRequest, slug: str) -> HttpResponse:
    alle = Angebot.objects.select_related(
        "kommune", "einrichtung", "programm"
    ).mit_bestaetigung()
    angebot, vorschau = hole_oder_vorschau(request, alle.mit_seite(), alle, slug=slug)
    nachbarn, aehnliche = verwandte(angebot)
    ferien = lade_mit_kettchen([angebot, *nachbarn, *aehnliche], *BEZIEHUNGEN)
    context = {
        "bereich": "angebote",
        "pfad": [(_("Angebote"), reverse("angebot_liste")), (angebot.titel, None)],
        "vorschau": vorschau,
        "angebot": angebot,
        "nachbarn": nachbarn,
        "aehnliche": aehnliche,
        "schwelle": schwellenprofil(angebot),
        "strukturdaten": angebot_daten(angebot),
        **_wann(angebot, ferien),
    }
    return render(request, "angebote/angebot.html", context)


def _wann(angebot: Angebot, ferien: list[Ferien]) -> dict:
    """The times in words, the days ahead, and the holidays they leave out."""
    tage = kommende(angebot, angebot.aktuelle_zeiten, angebot.kommende_termine, ferien)
    zeiten = nach_ort(zusammengefasst(angebot.aktuelle_zeiten))
    gezeigte = {gruppe.ort for gruppe in zeiten}
    return {
        "zeiten": zeiten,
        "weitere_orte": [ort for ort in angebot.orte.all() if ort not in gezeigte],
        "tage": nach_ort(tage),
        "naechster": next((tag for tag in tage if not tag.faellt_aus), None),
        "pause": naechste_pause(angebot, angebot.aktuelle_zeiten, ferien),
    }
