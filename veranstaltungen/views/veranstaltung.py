"""Events: the list, one event from save-the-date to report, and the calendar files."""

from urllib.parse import quote

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kommunen.models import Kommune
from praeventionsketten.lib import ical
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.lib.blaettern import blaettere
from praeventionsketten.vorschau import hole_oder_vorschau
from veranstaltungen.kalender import kalender
from veranstaltungen.matrix import matrix
from veranstaltungen.models import Beitrag, Bericht, Veranstaltung, Veranstaltungsart
from veranstaltungen.strukturdaten import strukturdaten


@require_safe
def veranstaltung_liste(request: HttpRequest) -> HttpResponse:
    alle = Veranstaltung.objects.sichtbar()
    arten = list(Veranstaltungsart.objects.filter(veranstaltungen__in=alle).distinct())
    gesucht = request.GET.get("art", "")
    art = next((a for a in arten if a.code == gesucht), None)
    gewaehlt = alle.filter(art=art) if art else alle
    kommend = list(gewaehlt.kommend().select_related("art").mit_haus())
    context = {
        "bereich": "veranstaltungen",
        "pfad": [(gettext("Veranstaltungen"), None)],
        "arten": arten,
        "art": art,
        "art_unbekannt": gesucht and not art,
        "kommend": kommend,
        "hervorgehoben": next((v for v in kommend if v.hat_foren), None),
        "page": blaettere(request, gewaehlt.vergangen().select_related("art").mit_bericht()),
    }
    return render(request, "veranstaltungen/veranstaltung_liste.html", context)


@require_safe
def veranstaltung(request: HttpRequest, slug: str) -> HttpResponse:
    alle = Veranstaltung.objects.select_related("art", "bild").mit_plaetzen()
    veranstaltung, vorschau = hole_oder_vorschau(request, alle.sichtbar(), alle, slug=slug)
    foren = list(veranstaltung.fachforen.select_related("kommune", "leitdimension"))
    context = {
        "bereich": "veranstaltungen",
        "pfad": [
            (gettext("Veranstaltungen"), reverse("veranstaltung_liste")),
            (veranstaltung.titel, None),
        ],
        "vorschau": vorschau,
        "veranstaltung": veranstaltung,
        "foren": foren,
        "matrix": matrix(veranstaltung, foren),
        "kommunen": _beteiligte(veranstaltung),
        "bericht": Bericht.objects.sichtbar().filter(veranstaltung=veranstaltung).first(),
        "weitersagen": _weitersagen(veranstaltung),
        "strukturdaten": strukturdaten(veranstaltung),
    }
    return render(request, "veranstaltungen/veranstaltung.html", context)


def _beteiligte(veranstaltung: Veranstaltung):
    """Kommunen named with the event, in a Fachforum or with a contribution to its Bericht."""
    genannt = veranstaltung.kommunen.through.objects.filter(veranstaltung=veranstaltung)
    beitraege = Beitrag.objects.sichtbar().filter(bericht__veranstaltung=veranstaltung)
    return Kommune.objects.sichtbar().filter(
        Q(pk__in=genannt.values("kommune"))
        | Q(pk__in=veranstaltung.fachforen.values("kommune"))
        | Q(pk__in=beitraege.values("kommune"))
    )


def _weitersagen(veranstaltung: Veranstaltung) -> dict[str, str]:
    """A mail that is written already, and the address to copy."""
    adresse = absolut(veranstaltung.get_absolute_url())
    text = "\n".join([veranstaltung.titel, veranstaltung.wann, veranstaltung.wo, "", adresse])
    mail = f"mailto:?subject={quote(veranstaltung.titel)}&body={quote(text)}"
    return {"adresse": adresse, "mail": mail}


@require_safe
def veranstaltung_kalender(request: HttpRequest, slug: str) -> HttpResponse:
    veranstaltung = get_object_or_404(Veranstaltung.objects.sichtbar(), slug=slug)
    if veranstaltung.zeitraum_text:
        raise Http404("no day yet")
    return ical.antwort(kalender([veranstaltung]), f"{slug}.ics")


@require_safe
def alle_termine(request: HttpRequest) -> HttpResponse:
    """Everything ahead, to subscribe to."""
    termine = Veranstaltung.objects.sichtbar().kommend().filter(zeitraum_text="")
    return ical.antwort(kalender(termine, gettext("Veranstaltungen")), "veranstaltungen.ics")
