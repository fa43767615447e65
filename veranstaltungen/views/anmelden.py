"""Registering for an event: the form, and the page after it."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from praeventionsketten.eigenseite import merken
from praeventionsketten.lib import ical
from praeventionsketten.lib.formularseite import FORMULAR
from veranstaltungen import aushang, plaetze
from veranstaltungen.aushang import Aushang
from veranstaltungen.forms import AnmeldungForm
from veranstaltungen.kalender import anmeldestart
from veranstaltungen.models import Veranstaltung

from . import anmeldeseite
from .rahmen import rahmen, ueberlastet

FERTIG = "anmeldung_fertig"
FERTIG_SEKUNDEN = 15 * 60


@never_cache
@FORMULAR
def anmelden(request: HttpRequest, slug: str) -> HttpResponse:
    tafel, veranstaltung = _jetzt(slug)
    if request.method == "POST":
        form = AnmeldungForm(request.POST, veranstaltung=veranstaltung, texte=tafel.texte)
        # Before the window is looked at: a form sent twice has its seat already.
        if form.is_valid():
            return _abschicken(request, form)
        return _formular(request, form)
    if not _offen(veranstaltung):
        return _zu(request, veranstaltung)
    return HttpResponse(anmeldeseite.formular(tafel, veranstaltung, get_token(request)))


def _jetzt(slug: str) -> tuple[Aushang, Veranstaltung]:
    try:
        return aushang.mit_plaetzen(slug)
    except Veranstaltung.DoesNotExist as fehler:
        raise Http404 from fehler


def _offen(veranstaltung: Veranstaltung) -> bool:
    haus = veranstaltung.haus
    return veranstaltung.anmeldung_laeuft and haus is not None and not haus.gesperrt


def _abschicken(request: HttpRequest, form: AnmeldungForm) -> HttpResponse:
    slug = form.veranstaltung.slug
    try:
        ergebnis = form.anmelden()
    except plaetze.Ueberlastet:
        return _zu_viele(request, form)
    if ergebnis.anmeldung:
        return _fertig(slug, form.cleaned_data["email"])
    # Once more with the numbers of now, and with everything that was typed.
    tafel, veranstaltung = _jetzt(slug)
    form = AnmeldungForm(request.POST, veranstaltung=veranstaltung, texte=tafel.texte)
    form.is_valid()
    form.zeige(ergebnis.hindernisse)
    if not form.errors:
        form.add_error(
            None, gettext("Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.")
        )
    return _formular(request, form)


def _formular(request: HttpRequest, form: AnmeldungForm) -> HttpResponse:
    """The form once more, with what stands against it."""
    if not _offen(form.veranstaltung):
        return _zu(request, form.veranstaltung, status=409)
    context = {"form": form, **rahmen(form.veranstaltung, gettext("Anmeldung"))}
    return render(request, "veranstaltungen/anmelden.html", context, status=422)


def _zu(request: HttpRequest, veranstaltung: Veranstaltung, status: int = 200) -> HttpResponse:
    context = rahmen(veranstaltung, gettext("Anmeldung"))
    return render(request, "veranstaltungen/anmelden_zu.html", context, status=status)


def _zu_viele(request: HttpRequest, form: AnmeldungForm) -> HttpResponse:
    """Too many at once: the same form, filled in, to be sent again."""
    form.add_error(
        None,
        gettext(
            "Gerade melden sich sehr viele Menschen an. Ihre Angaben stehen noch da. "
            "Bitte schicken Sie das Formular gleich noch einmal ab."
        ),
    )
    context = {"form": form, **rahmen(form.veranstaltung, gettext("Anmeldung"))}
    return ueberlastet(render(request, "veranstaltungen/anmelden.html", context))


def _fertig(slug: str, email: str) -> HttpResponse:
    """On to the page that says what was typed, never who was known already."""
    ziel = reverse("anmelden_fertig", args=[slug])
    response = redirect(ziel)
    zeichen = signing.dumps(email, salt=FERTIG)
    merken(response, FERTIG, zeichen, pfad=ziel, sekunden=FERTIG_SEKUNDEN)
    return response


@never_cache
@require_safe
def anmelden_fertig(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        tafel = aushang.aushang(slug)
    except Veranstaltung.DoesNotExist as fehler:
        raise Http404 from fehler
    try:
        email = signing.loads(
            request.COOKIES.get(FERTIG, ""), salt=FERTIG, max_age=FERTIG_SEKUNDEN
        )
    except signing.BadSignature:
        email = ""
    return HttpResponse(anmeldeseite.fertig(tafel, email))


@require_safe
def anmeldestart_kalender(request: HttpRequest, slug: str) -> HttpResponse:
    """A reminder for the day on which registration opens."""
    veranstaltung = get_object_or_404(Veranstaltung.objects.sichtbar(), slug=slug)
    if veranstaltung.fenster != Veranstaltung.Fenster.NOCH_NICHT:
        raise Http404("nothing to wait for")
    return ical.antwort(anmeldestart(veranstaltung), f"anmeldung-{slug}.ics")
