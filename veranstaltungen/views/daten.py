"""One's own data: to read, to take along, to delete, and the way back to a lost link."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from praeventionsketten.lib import ical
from praeventionsketten.lib.formularseite import FORMULAR, formularstatus
from veranstaltungen import mails, personendaten, plaetze, stand
from veranstaltungen.auskunft import als_daten, auskunft
from veranstaltungen.forms import LinkForm
from veranstaltungen.kalender import eigener_termin
from veranstaltungen.models import Anmeldung

from .eigene import eigene, eigener_rahmen, vergessen
from .rahmen import ueberlastet


@require_safe
@eigene
def daten(request: HttpRequest, anmeldung: Anmeldung) -> HttpResponse:
    context = {
        "abschnitte": auskunft(anmeldung),
        **eigener_rahmen(anmeldung, gettext("Meine Daten")),
    }
    return render(request, "veranstaltungen/eigene/daten.html", context)


@require_safe
@eigene
def daten_json(request: HttpRequest, anmeldung: Anmeldung) -> HttpResponse:
    inhalt = als_daten(auskunft(anmeldung))
    response = JsonResponse(inhalt, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return response


@require_safe
@eigene
def eigener_kalender(request: HttpRequest, anmeldung: Anmeldung) -> HttpResponse:
    """The day with its Fachforen; only with a seat, and once there is a day."""
    bestaetigt = anmeldung.status == Anmeldung.Status.BESTAETIGT
    if not bestaetigt or anmeldung.veranstaltung.zeitraum_text:
        raise Http404("no seat or no day yet")
    wahlen = [runde.platz for runde in stand.runden(anmeldung) if runde.platz]
    return ical.antwort(eigener_termin(anmeldung, wahlen), "meine-anmeldung.ics")


@FORMULAR
@eigene
def loeschen(request: HttpRequest, anmeldung: Anmeldung) -> HttpResponse:
    """Asks once; the POST gives back the seats and empties what names the person."""
    if request.method != "POST":
        return _frage(request, anmeldung)
    adresse = anmeldung.get_absolute_url()
    try:
        personendaten.auf_wunsch_loeschen(anmeldung)
    except plaetze.Ueberlastet:
        return ueberlastet(_frage(request, anmeldung, ueberlastet=True))
    return vergessen(redirect("meine_anmeldung_geloescht"), adresse)


def _frage(request: HttpRequest, anmeldung: Anmeldung, **mehr) -> HttpResponse:
    context = eigener_rahmen(anmeldung, gettext("Jetzt löschen")) | mehr
    return render(request, "veranstaltungen/eigene/loeschen.html", context)


@require_safe
def geloescht(request: HttpRequest) -> HttpResponse:
    return render(request, "veranstaltungen/eigene/geloescht.html")


@never_cache
@FORMULAR
def link_anfordern(request: HttpRequest) -> HttpResponse:
    """For whoever lost the link; the answer never tells whether an address is known."""
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not ratelimit.consume(request, action="meine_anmeldung"):
            form.add_error(
                None,
                gettext(
                    "Von hier kamen gerade sehr viele Anfragen. Bitte versuchen Sie es in zehn Minuten noch einmal."
                ),
            )
            return _link_formular(request, form, 429)
        mails.eigene_links(form.cleaned_data["email"])
        messages.info(request, form.cleaned_data["email"])
        return redirect("meine_anmeldung_unterwegs")
    return _link_formular(request, form, formularstatus(form))


def _link_formular(request: HttpRequest, form: LinkForm, status: int) -> HttpResponse:
    context = {"form": form, "pfad": [(gettext("Meine Anmeldung"), None)]}
    template = "veranstaltungen/eigene/link_anfordern.html"
    return render(request, template, context, status=status)


@never_cache
@require_safe
def link_unterwegs(request: HttpRequest) -> HttpResponse:
    return render(request, "veranstaltungen/eigene/link_unterwegs.html")
