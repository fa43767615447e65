from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from praeventionsketten.vorschau import hole_oder_vorschau

from .karte import karte
from .kette import codes_je, kette, mit_kettchen, sichtbare_angebote
from .models import Kachel, Kommune
from .steckbrief import lade_teile, nach_ebene

HOECHSTENS = 6


@require_safe
def kommune_liste(request):
    angebote = sichtbare_angebote()
    alle = Kommune.objects.sichtbar().mit_angebotszahl(angebote).select_related("kachel")
    alle = list(alle.order_by("name"))
    art = request.GET.get("art", "")
    gewaehlt = [k for k in alle if k.art == art] if art in Kommune.Art else alle
    mit_kettchen(gewaehlt, kette(angebote), codes_je(angebote, "kommune_id"))
    dabei = [k for k in gewaehlt if k.im_programm]
    kacheln = list(Kachel.objects.all())
    context = {
        "bereich": "kommunen",
        "pfad": [(_("Kommunen"), None)],
        "arten": [wahl for wahl in Kommune.Art if any(k.art == wahl for k in alle)],
        "art": art,
        "art_unbekannt": art not in ("", *Kommune.Art),
        "kommunen": dabei,
        "weitere": [k for k in gewaehlt if not k.im_programm],
        "kacheln": sorted(kacheln, key=lambda kachel: kachel.name),
        "karte": karte(kacheln, dabei),
    }
    return render(request, "kommunen/kommune_liste.html", context)


@require_safe
def kommune(request, slug: str):
    alle = Kommune.objects.select_related("kachel", "bild")
    alle = alle.mit_angebotszahl(sichtbare_angebote())
    kommune, vorschau = hole_oder_vorschau(request, alle.sichtbar(), alle, slug=slug)
    teile = lade_teile(kommune)
    context = {
        "bereich": "kommunen",
        "pfad": [(_("Kommunen"), reverse("kommune_liste")), (kommune.kurzname, None)],
        "vorschau": vorschau,
        "kommune": kommune,
        **teile,
        "ebenen": nach_ebene(teile["gremien"]),
        **_vor_ort(kommune),
        "veranstaltungen": kommune.veranstaltungen.sichtbar()[:HOECHSTENS],
        "beitraege": kommune.beitraege.sichtbar()
        .select_related("bericht")
        .order_by("-bericht__veroeffentlicht_am", "reihenfolge", "pk")[:HOECHSTENS],
    }
    return render(request, "kommunen/kommune.html", context)


def _vor_ort(kommune: Kommune) -> dict:
    """The Kette of a Kommune, where it has gaps, its practice examples and Programme."""
    angebote = kommune.angebote.sichtbar().gesichert()
    glieder = kette(angebote, parameter={"kommune": kommune.slug})
    besondere = angebote.filter(Q(praxisbeispiel=True) | Q(programm__isnull=False))
    besondere = list(besondere.select_related("programm"))
    beispiele = [angebot for angebot in besondere if angebot.praxisbeispiel][:HOECHSTENS]
    programme = {a.programm for a in besondere if a.programm and a.programm.ist_oeffentlich}
    codes = codes_je([angebot.pk for angebot in beispiele])
    return {
        "glieder": glieder,
        "luecken": [g for g in glieder if g.art == "uebergang" and not g.anzahl],
        "konzepte": sorted(programme, key=lambda programm: programm.name.lower()),
        "beispiele": mit_kettchen(beispiele, glieder, codes),
    }
