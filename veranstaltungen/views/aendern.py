"""What one changes on pages of their own: Fachforen, a substitute, needs and consents."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from praeventionsketten.lib.formularseite import FORMULAR, formularstatus
from veranstaltungen import plaetze
from veranstaltungen.forms import AngabenForm, VertretungForm, WechselForm
from veranstaltungen.models import Anmeldung
from veranstaltungen.plaetze import Ergebnis, Hindernis

from .eigene import eigene, eigener_rahmen, vergessen
from .rahmen import ueberlastet


@FORMULAR
@eigene
def foren(request: HttpRequest, anmeldung: Anmeldung) -> HttpResponse:
    """Other Fachforen; the seat held so far stays until the new one is sure."""
    if not anmeldung.wechselbar:
        messages.info(request, gettext("Wechseln können Sie hier nicht mehr."))
        return redirect(anmeldung)
    form = WechselForm(
        request.POST if request.method == "POST" else None,
        anmeldung=anmeldung,
        veranstaltung=anmeldung.veranstaltung.plaetze_laden(),
    )
    if form.is_valid():
        return _wechseln(request, form)
    return _formular(request, form, "foren", gettext("Fachforen wechseln"))


def _wechseln(request: HttpRequest, form: WechselForm) -> HttpResponse:
    titel = gettext("Fachforen wechseln")
    try:
        ergebnis = form.wechseln()
    except plaetze.Ueberlastet:
        return _zu_viele(request, form, "foren", titel)
    if ergebnis.art is Ergebnis.Art.ABGELEHNT:
        form.zeige(ergebnis.hindernisse)
        return _formular(request, form, "foren", titel)
    saetze = {
        Ergebnis.Art.GEAENDERT: gettext("Ihre Änderung ist eingetragen. So steht es jetzt:"),
        Ergebnis.Art.UNVERAENDERT: gettext("Es bleibt alles, wie es war."),
    }
    spaet = gettext("Das geht jetzt nicht mehr. So steht es um Ihre Anmeldung:")
    messages.info(request, saetze.get(ergebnis.art, spaet))
    return redirect(form.anmeldung)


@FORMULAR
@eigene
def vertretung(request: HttpRequest, anmeldung: Anmeldung) -> HttpResponse:
    """Hand the seats to somebody else; one's own link ends with that."""
    if not anmeldung.vertretbar:
        messages.info(request, gettext("Eine Vertretung können Sie hier nicht eintragen."))
        return redirect(anmeldung)
    daten = request.POST if request.method == "POST" else None
    form = VertretungForm(daten, anmeldung=anmeldung)
    if form.is_valid():
        return _ersetzen(request, form)
    return _formular(request, form, "vertretung", gettext("Vertretung"))


def _ersetzen(request: HttpRequest, form: VertretungForm) -> HttpResponse:
    try:
        ergebnis = form.ersetzen()
    except plaetze.Ueberlastet:
        return _zu_viele(request, form, "vertretung", gettext("Vertretung"))
    if ergebnis.art is Ergebnis.Art.GEAENDERT:
        return vergessen(
            redirect("meine_anmeldung_abgegeben"), form.anmeldung.get_absolute_url()
        )
    if Hindernis.DOPPELT in ergebnis.hindernisse.values():
        satz = gettext("Diese Person ist schon angemeldet. Bitte nennen Sie jemand anderen.")
        form.add_error("name", satz)
        return _formular(request, form, "vertretung", gettext("Vertretung"))
    messages.info(request, gettext("Eine Vertretung können Sie hier nicht eintragen."))
    return redirect(form.anmeldung)


@FORMULAR
@eigene
def angaben(request: HttpRequest, anmeldung: Anmeldung) -> HttpResponse:
    """Needs and consents, each with its wording, to give and to take back."""
    daten = request.POST if request.method == "POST" else None
    form = AngabenForm(daten, anmeldung=anmeldung)
    if form.is_valid():
        form.speichern()
        messages.info(request, gettext("Ihre Angaben sind gespeichert."))
        return redirect(anmeldung)
    return _formular(request, form, "angaben", gettext("Angaben und Einwilligungen"))


@require_safe
def abgegeben(request: HttpRequest) -> HttpResponse:
    return render(request, "veranstaltungen/eigene/abgegeben.html")


def _formular(request: HttpRequest, form, vorlage: str, titel: str) -> HttpResponse:
    context = {"form": form, "titel": titel, **eigener_rahmen(form.anmeldung, titel)}
    vorlage = f"veranstaltungen/eigene/{vorlage}.html"
    return render(request, vorlage, context, status=formularstatus(form))


def _zu_viele(request: HttpRequest, form, vorlage: str, titel: str) -> HttpResponse:
    form.add_error(
        None,
        gettext(
            "Gerade ist sehr viel los, es hat sich nichts geändert. Bitte schicken Sie das "
            "Formular gleich noch einmal ab."
        ),
    )
    return ueberlastet(_formular(request, form, vorlage, titel))
