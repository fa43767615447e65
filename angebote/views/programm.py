"""Programme that several Angebote carry out, e.g. „Schatzsuche“.

Templates know the Landesprogramm as `programm`; here the word is `konzept`.
"""

from django.db.models import F
from django.db.models.lookups import IsNull
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from angebote.models import Angebot, Programm
from praeventionsketten.vorschau import hole_oder_vorschau


@require_safe
def programm_liste(request: HttpRequest) -> HttpResponse:
    angebote = Angebot.objects.sichtbar()
    context = {
        "bereich": "angebote",
        "pfad": [(_("Angebote"), reverse("angebot_liste")), (_("Programme"), None)],
        "konzepte": Programm.objects.sichtbar().mit_angebotszahl(angebote).order_by("name"),
    }
    return render(request, "angebote/programm_liste.html", context)


@require_safe
def programm(request: HttpRequest, slug: str) -> HttpResponse:
    alle = Programm.objects.all()
    programm, vorschau = hole_oder_vorschau(request, alle.sichtbar(), alle, slug=slug)
    angebote = programm.angebote.sichtbar().select_related("kommune").mit_bestaetigung()
    context = {
        "bereich": "angebote",
        "pfad": [
            (_("Angebote"), reverse("angebot_liste")),
            (_("Programme"), reverse("programm_liste")),
            (programm.name, None),
        ],
        "vorschau": vorschau,
        "konzept": programm,
        # By Kommune, and what is for everybody last.
        "angebote": angebote.nach_titel(IsNull(F("kommune"), True), "kommune__name", "kommune"),
    }
    return render(request, "angebote/programm.html", context)
