"""Aktuelles: reports of events and Meldungen that stand alone."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kommunen.models import Kommune
from praeventionsketten.lib.blaettern import blaettere
from praeventionsketten.vorschau import hole_oder_vorschau
from veranstaltungen.models import Bericht, Veranstaltung


@require_safe
def bericht_liste(request: HttpRequest) -> HttpResponse:
    berichte = Bericht.objects.sichtbar().select_related("bild")
    context = {
        "bereich": "aktuelles",
        "pfad": [(gettext("Aktuelles"), None)],
        "page": blaettere(request, berichte),
    }
    return render(request, "veranstaltungen/bericht_liste.html", context)


@require_safe
def bericht(request: HttpRequest, slug: str) -> HttpResponse:
    alle = Bericht.objects.select_related("bild")
    bericht, vorschau = hole_oder_vorschau(request, alle.sichtbar(), alle, slug=slug)
    # A report may be out before the next event is: what is still a draft is not linked.
    termine = Veranstaltung.objects.sichtbar().in_bulk(
        {bericht.veranstaltung_id, bericht.naechster_termin_id} - {None}
    )
    sichtbar = Kommune.objects.sichtbar().filter(pk=OuterRef("kommune"))
    context = {
        "bereich": "aktuelles",
        "pfad": [(gettext("Aktuelles"), reverse("bericht_liste")), (bericht.titel, None)],
        "vorschau": vorschau,
        "bericht": bericht,
        "veranstaltung": termine.get(bericht.veranstaltung_id),
        "naechster_termin": termine.get(bericht.naechster_termin_id),
        "beitraege": bericht.beitraege.select_related("kommune").annotate(
            hat_steckbrief=Exists(sichtbar)
        ),
    }
    return render(request, "veranstaltungen/bericht.html", context)
