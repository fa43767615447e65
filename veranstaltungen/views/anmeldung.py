"""Registering for an event, and one's own page with the way to cancel."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from veranstaltungen import plaetze
from veranstaltungen.forms import AnmeldungForm
from veranstaltungen.models import Anmeldung, Veranstaltung

FERTIG = "anmeldung_fertig"
FERTIG_SEKUNDEN = 15 * 60
WIEDERKOMMEN = "10"  # seconds
EIGENE = "meine_anmeldung"
EIGENE_SEKUNDEN = 2 * 60 * 60

FORMULAR = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@FORMULAR
def anmelden(request: HttpRequest, slug: str) -> HttpResponse:
    veranstaltung = _veranstaltung(slug)
    if request.method == "POST":
        form = AnmeldungForm(request.POST, veranstaltung=veranstaltung)
        # Before the window is looked at: a form sent twice has its seat already.
        if form.is_valid():
            return _abschicken(request, form)
    else:
        form = AnmeldungForm(veranstaltung=veranstaltung)
    return _formular(request, veranstaltung, form)


def _veranstaltung(slug: str) -> Veranstaltung:
    veranstaltungen = Veranstaltung.objects.sichtbar().mit_plaetzen().select_related("art")
    return get_object_or_404(veranstaltungen, slug=slug)


def _abschicken(request: HttpRequest, form: AnmeldungForm) -> HttpResponse:
    slug = form.veranstaltung.slug
    try:
        ergebnis = form.anmelden()
    except plaetze.Ueberlastet:
        return _ueberlastet(request, form)
    if ergebnis.anmeldung:
        return _fertig(slug, form.cleaned_data["email"])
    # Once more with the numbers of now, and with everything that was typed.
    veranstaltung = _veranstaltung(slug)
    form = AnmeldungForm(request.POST, veranstaltung=veranstaltung)
    form.is_valid()
    form.zeige(ergebnis.hindernisse)
    if not form.errors:
        form.add_error(
            None, gettext("Eben war noch alles voll. Bitte versuchen Sie es noch einmal.")
        )
    return _formular(request, veranstaltung, form)


def _formular(request: HttpRequest, veranstaltung: Veranstaltung, form) -> HttpResponse:
    if veranstaltung.fenster != Veranstaltung.Fenster.OFFEN:
        status = 409 if form.is_bound else 200
        context = {"veranstaltung": veranstaltung, **_rahmen(veranstaltung)}
        return render(request, "veranstaltungen/anmelden_zu.html", context, status=status)
    context = {"veranstaltung": veranstaltung, "form": form, **_rahmen(veranstaltung)}
    status = 422 if form.is_bound else 200
    return render(request, "veranstaltungen/anmelden.html", context, status=status)


def _ueberlastet(request: HttpRequest, form: AnmeldungForm) -> HttpResponse:
    """Too many at once: the same form, filled in, to be sent again."""
    form.add_error(
        None,
        gettext(
            "Gerade melden sich sehr viele Menschen an. Ihre Angaben stehen noch da. "
            "Bitte schicken Sie das Formular gleich noch einmal ab."
        ),
    )
    context = {"veranstaltung": form.veranstaltung, "form": form, **_rahmen(form.veranstaltung)}
    response = render(request, "veranstaltungen/anmelden.html", context, status=503)
    response["Retry-After"] = WIEDERKOMMEN
    return response


def _rahmen(veranstaltung: Veranstaltung, hier: str = "") -> dict:
    """Menu entry and path of the pages below an event."""
    pfad = [
        (gettext("Veranstaltungen"), reverse("veranstaltung_liste")),
        (veranstaltung.titel, veranstaltung.get_absolute_url()),
        (hier or gettext("Anmeldung"), None),
    ]
    return {"bereich": "veranstaltungen", "pfad": pfad}


def _fertig(slug: str, email: str) -> HttpResponse:
    """On to the page that says what was typed, never who was known already."""
    ziel = reverse("anmelden_fertig", args=[slug])
    response = redirect(ziel)
    response.set_cookie(
        FERTIG,
        signing.dumps(email, salt=FERTIG),
        max_age=FERTIG_SEKUNDEN,
        path=ziel,
        secure=not settings.LOKAL,
        httponly=True,
        samesite="Lax",
    )
    return response


@never_cache
@require_safe
def anmelden_fertig(request: HttpRequest, slug: str) -> HttpResponse:
    veranstaltung = get_object_or_404(Veranstaltung.objects.sichtbar(), slug=slug)
    try:
        email = signing.loads(
            request.COOKIES.get(FERTIG, ""), salt=FERTIG, max_age=FERTIG_SEKUNDEN
        )
    except signing.BadSignature:
        email = ""
    rahmen = _rahmen(veranstaltung, gettext("Anmeldung ist da"))
    context = {"veranstaltung": veranstaltung, "email": email, **rahmen}
    return render(request, "veranstaltungen/anmelden_fertig.html", context)


@never_cache
@require_safe
def meine_anmeldung_link(request: HttpRequest, public_id: str, token: str) -> HttpResponse:
    """The link of the mail: takes the token out of the address and changes nothing."""
    anmeldung = Anmeldung.objects.filter(public_id=public_id).first()
    if anmeldung is None or not anmeldung.gilt(token):
        return _gilt_nicht(request)
    ziel = anmeldung.get_absolute_url()
    response = redirect(ziel)
    response.set_cookie(
        EIGENE,
        token,
        max_age=EIGENE_SEKUNDEN,
        path=ziel,
        secure=not settings.LOKAL,
        httponly=True,
        samesite="Lax",
    )
    return _verschwiegen(response, "no-referrer")


@never_cache
@FORMULAR
def meine_anmeldung(request: HttpRequest, public_id: str) -> HttpResponse:
    """One's own registration; a POST cancels it."""
    anmeldungen = Anmeldung.objects.select_related("veranstaltung")
    anmeldung = anmeldungen.filter(public_id=public_id).first()
    if anmeldung is None or not anmeldung.gilt(request.COOKIES.get(EIGENE, "")):
        return _gilt_nicht(request)
    if request.method == "POST":
        return _absagen(request, anmeldung)
    return _eigene_seite(request, anmeldung)


def _absagen(request: HttpRequest, anmeldung: Anmeldung) -> HttpResponse:
    # A second press, or one after the deadline, just shows how things stand.
    if anmeldung.stornierbar:
        try:
            plaetze.stornieren(anmeldung)
        except plaetze.Ueberlastet:
            response = _eigene_seite(request, anmeldung, ueberlastet=True)
            response.status_code = 503
            response["Retry-After"] = WIEDERKOMMEN
            return response
    return redirect(anmeldung)


def _eigene_seite(request: HttpRequest, anmeldung: Anmeldung, **mehr) -> HttpResponse:
    wahlen = anmeldung.wahlen.select_related("fachforum", "durchgang", "kontingent")
    context = {
        "anmeldung": anmeldung,
        "veranstaltung": anmeldung.veranstaltung,
        "wahlen": [w for w in wahlen if w.status in w.AKTIV],
        **_rahmen(anmeldung.veranstaltung, gettext("Meine Anmeldung")),
        **mehr,
    }
    response = render(request, "veranstaltungen/meine_anmeldung.html", context)
    # Not "no-referrer": with it browsers hide the Origin that the CSRF check asks for.
    return _verschwiegen(response, "same-origin")


def _gilt_nicht(request: HttpRequest) -> HttpResponse:
    """One answer for unknown, foreign, old and forged links."""
    template = "veranstaltungen/meine_anmeldung_unbekannt.html"
    return _verschwiegen(render(request, template, status=404), "no-referrer")


def _verschwiegen(response: HttpResponse, referrer_policy: str) -> HttpResponse:
    response["Referrer-Policy"] = referrer_policy
    response["X-Robots-Tag"] = "noindex"
    return response
