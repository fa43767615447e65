"""Calendar files: of one Angebot, and of all that a filter leaves."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from angebote.beziehungen import TERMINE, ZEITEN, lade
from angebote.filters import AngebotFilter
from angebote.kalender import HOECHSTENS, kalender
from angebote.models import Angebot, Termin, Zeitfenster
from kommunen.models import Ferien
from praeventionsketten.lib import ical


@require_safe
def angebot_kalender(request: HttpRequest, slug: str) -> HttpResponse:
    """All dates of an Angebot, or with ?termin= the one that somebody wants to keep.

    An ended Angebot still answers, so that its dates disappear from calendars.
    """
    angebot = get_object_or_404(Angebot.objects.mit_seite(), slug=slug)
    nur = request.GET.get("termin")
    ferien = _lade([angebot])
    termin = next((t.pk for t in angebot.kommende_termine if str(t.pk) == nur), None)
    if nur is not None and termin is None:
        raise Http404("no such date ahead")
    inhalt = kalender([angebot], ferien, name=angebot.titel, nur_termin=termin)
    return ical.antwort(inhalt, f"{slug}.ics")


@require_safe
def angebote_kalender(request: HttpRequest) -> HttpResponse:
    """The dates of a filtered list, with the parameters of that list."""
    filterset = AngebotFilter(request.GET)
    alle = _mit_zeiten(filterset.finde(Angebot.objects.sichtbar())).order_by("titel", "pk")
    angebote = list(alle[: HOECHSTENS + 1])
    name = ": ".join(filter(None, [_("Angebote"), filterset.in_worten]))
    if len(angebote) > HOECHSTENS:
        angebote.pop()
        name += " " + _("(nur die ersten %(n)s)") % {"n": HOECHSTENS}
    ferien = _lade(angebote)
    return ical.antwort(kalender(angebote, ferien, name=name), "angebote.ics")


def _mit_zeiten(angebote: QuerySet) -> QuerySet:
    zeiten, termine = Zeitfenster.objects.gueltig(), Termin.objects.kommend()
    return angebote.filter(
        Q(pk__in=zeiten.values("angebot")) | Q(pk__in=termine.values("angebot"))
    )


def _lade(angebote: list[Angebot]) -> list[Ferien]:
    dazu = lade(angebote, ZEITEN, TERMINE, dazu={"ferien": Ferien.objects.all()})
    return dazu["ferien"]
