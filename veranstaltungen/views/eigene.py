"""One's own registration: reached by the link of a mail, changed by POST alone."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from praeventionsketten.eigenseite import merken, verschwiegen
from praeventionsketten.lib.formularseite import FORMULAR
from praeventionsketten.lib.zahl import ganze_zahl
from veranstaltungen import plaetze, stand
from veranstaltungen.aussicht import Aussicht, Quote, absagequote
from veranstaltungen.models import Anmeldung

from .rahmen import rahmen, ueberlastet

EIGENE = "meine_anmeldung"
EIGENE_SEKUNDEN = 2 * 60 * 60


@never_cache
@require_safe
def meine_anmeldung_link(request: HttpRequest, public_id: str, token: str) -> HttpResponse:
    """The link of the mail: takes the token out of the address and changes nothing."""
    anmeldung = Anmeldung.objects.filter(public_id=public_id).first()
    if anmeldung is None or not anmeldung.gilt(token):
        return _gilt_nicht(request)
    seite = anmeldung.get_absolute_url()
    frage = request.GET.get("ziel") == "absagen"  # of a reminder: "Ich kann nicht"
    response = redirect("meine_anmeldung_absagen" if frage else "meine_anmeldung", public_id)
    merken(response, EIGENE, token, pfad=seite, sekunden=EIGENE_SEKUNDEN)
    return verschwiegen(response, "no-referrer")


def eigene(view: Callable) -> Callable:
    """Gives the view the registration whose link was opened here; else there is no page."""

    @wraps(view)
    def geprueft(request: HttpRequest, public_id: str, **kwargs) -> HttpResponse:
        anmeldungen = Anmeldung.objects.select_related("veranstaltung").mit_warteplatz()
        anmeldung = anmeldungen.filter(public_id=public_id).first()
        if anmeldung is None or not anmeldung.gilt(request.COOKIES.get(EIGENE, "")):
            return _gilt_nicht(request)
        # Not "no-referrer": with it browsers hide the Origin that the CSRF check asks for.
        return verschwiegen(view(request, anmeldung, **kwargs), "same-origin")

    return never_cache(geprueft)


@FORMULAR
@eigene
def meine_anmeldung(request: HttpRequest, anmeldung: Anmeldung) -> HttpResponse:
    """How things stand; a POST carries out what its button is called."""
    if request.method != "POST":
        return _eigene_seite(request, anmeldung)
    if tun := AKTIONEN.get(request.POST.get("aktion", "")):
        try:
            messages.info(request, tun(anmeldung, request.POST.get("wahl", "")))
        except plaetze.Ueberlastet:
            return ueberlastet(_eigene_seite(request, anmeldung, ueberlastet=True))
    return redirect(anmeldung)


def _bestaetigen(anmeldung: Anmeldung, _wahl: str) -> str:
    if plaetze.bestaetigen(anmeldung):
        return gettext("Danke, Ihre Anmeldung ist bestätigt.")
    return gettext("Hier ist nichts mehr zu bestätigen. So steht es um Ihre Anmeldung:")


def _annehmen(anmeldung: Anmeldung, wahl: str) -> str:
    angebot = _angebot(anmeldung, wahl)
    if (wahl and angebot is None) or not plaetze.annehmen(anmeldung, angebot):
        return gettext("Dieses Angebot gilt nicht mehr. So steht es um Ihre Anmeldung:")
    return gettext("Danke, der Platz gehört Ihnen.")


def _ablehnen(anmeldung: Anmeldung, wahl: str) -> str:
    angebot = _angebot(anmeldung, wahl)
    if angebot is None or not plaetze.ablehnen(anmeldung, angebot):
        return gettext("Dieses Angebot gilt nicht mehr. So steht es um Ihre Anmeldung:")
    return gettext("Danke für Ihre Antwort. Der Platz geht an die nächste Person.")


def _angebot(anmeldung: Anmeldung, wahl: str):
    """The offered Fachforum a button names; None if it is not hers."""
    return anmeldung.wahlen.filter(pk=ganze_zahl(wahl)).first()


AKTIONEN = {"bestaetigen": _bestaetigen, "annehmen": _annehmen, "ablehnen": _ablehnen}


@FORMULAR
@eigene
def absagen(request: HttpRequest, anmeldung: Anmeldung) -> HttpResponse:
    """Asks once; the POST gives back every seat."""
    if request.method != "POST" and anmeldung.stornierbar:
        return _frage(request, anmeldung)
    # A second press, or one after the deadline, just shows how things stand.
    if anmeldung.stornierbar:
        try:
            plaetze.stornieren(anmeldung)
        except plaetze.Ueberlastet:
            return ueberlastet(_frage(request, anmeldung, ueberlastet=True))
    return redirect(anmeldung)


def _frage(request: HttpRequest, anmeldung: Anmeldung, **mehr) -> HttpResponse:
    context = eigener_rahmen(anmeldung, gettext("Absagen")) | mehr
    return render(request, "veranstaltungen/eigene/absagen.html", context)


def _eigene_seite(request: HttpRequest, anmeldung: Anmeldung, **mehr) -> HttpResponse:
    veranstaltung = anmeldung.veranstaltung.plaetze_laden()
    lagen, warteplatz = stand.runden(anmeldung), stand.warteplatz(anmeldung)
    wartet = warteplatz or any(runde.warteplatz for runde in lagen)
    quote = absagequote() if wartet else None
    context = {
        "anmeldung": anmeldung,
        "wartet": wartet,
        "warteplatz": warteplatz,
        "aussicht": warteplatz and Aussicht(quote, veranstaltung.haus.kapazitaet, warteplatz),
        "lagen": [(runde, _aussicht(runde, quote)) for runde in lagen],
        "bedarfe": anmeldung.bedarfe.all(),
        "einwilligungen": anmeldung.einwilligungen.gueltige(),
        **rahmen(veranstaltung, gettext("Meine Anmeldung")),
        **mehr,
    }
    return render(request, "veranstaltungen/eigene/seite.html", context)


def _aussicht(runde: stand.Runde, quote: Quote | None) -> Aussicht | None:
    if not runde.warteplatz:
        return None
    return Aussicht(quote, runde.wunsch.kontingent.kapazitaet, runde.warteplatz)


def vergessen(response: HttpResponse, adresse: str) -> HttpResponse:
    """The browser forgets the link of a registration that is no longer hers."""
    response.delete_cookie(EIGENE, path=adresse, samesite="Lax")
    return response


def eigener_rahmen(anmeldung: Anmeldung, hier: str) -> dict:
    """What every page below one's own needs."""
    davor = ((gettext("Meine Anmeldung"), anmeldung.get_absolute_url()),)
    return {"anmeldung": anmeldung, **rahmen(anmeldung.veranstaltung, hier, davor)}


def _gilt_nicht(request: HttpRequest) -> HttpResponse:
    """One answer for unknown, foreign, old and forged links."""
    template = "veranstaltungen/eigene/unbekannt.html"
    return verschwiegen(render(request, template, status=404), "no-referrer")
