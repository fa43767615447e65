"""The pages of one registration: how it stands, what was done, and what the team can do."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404

from praeventionsketten.lib.formularseite import formularstatus
from praeventionsketten.lib.zahl import ganze_zahl
from praeventionsketten.models import Mail
from praeventionsketten.verwaltung import MitSeiten, seite
from veranstaltungen import plaetze, stand
from veranstaltungen.models import Anmeldung, Forumswahl

from .formulare import PersonForm, VorziehenForm, WechselForm
from .plaetze import UEBERLASTET
from .worte import schritte

Art = plaetze.Ergebnis.Art
Status = Anmeldung.Status
DOPPELT = "Mit diesem Namen und dieser Adresse ist schon jemand angemeldet."
VORBEI = "Das geht bei dieser Anmeldung nicht mehr."


class PersonSeiten(MitSeiten):
    """Every page acts on POST and through plaetze; the frame has asked for the right before."""

    def uebersicht(self, request, anmeldung: Anmeldung):
        """All about one registration; needs only for those who may read them."""
        darf_bedarf = request.user.has_perm("veranstaltungen.view_bedarf")
        bezug = f"anmeldung-{anmeldung.pk}"
        mails = Mail.objects.filter(Q(bezug=bezug) | Q(bezug__startswith=f"{bezug}-"))
        return self.zeige(
            request,
            anmeldung,
            "veranstaltungen/person.html",
            title=str(anmeldung),
            runden=stand.runden(anmeldung),
            warteplatz=stand.warteplatz(anmeldung),
            darf_aendern=self.has_change_permission(request, anmeldung),
            darf_bedarf=darf_bedarf,
            bedarfe=anmeldung.bedarfe.all() if darf_bedarf else [],
            einwilligungen=anmeldung.einwilligungen.select_related("text"),
            mails=mails.defer("text", "html", "anhaenge").order_by("-erstellt_am"),
            schritte=schritte(anmeldung.protokoll.select_related("konto")),
        )

    @seite("wechseln/")
    def wechseln(self, request, anmeldung):
        form = WechselForm(request.POST or None, anmeldung=anmeldung)
        if form.is_valid():
            notplatz = form.cleaned_data["notplatz"]
            ergebnis = _versucht(
                form,
                lambda: plaetze.wechseln(
                    anmeldung, form.wahl, durch=request.user, notplatz=notplatz
                ),
            )
            if ergebnis and ergebnis.anmeldung:
                return self._fertig(request, anmeldung, ergebnis.art)
            if ergebnis:
                form.zeige(ergebnis)
        return self._formular(request, anmeldung, "Fachforen ändern", form)

    @seite("berichtigen/")
    def berichtigen(self, request, anmeldung):
        return self._person(request, anmeldung, "Angaben berichtigen", plaetze.berichtigen)

    @seite("vertretung/")
    def vertretung(self, request, anmeldung):
        return self._person(request, anmeldung, "Ersatzperson eintragen", plaetze.ersetzen)

    @seite("stornieren/")
    def stornieren(self, request, anmeldung):
        if request.method == "POST":
            return self._tun(
                request, anmeldung, lambda: plaetze.stornieren(anmeldung, durch=request.user)
            )
        return self.zeige(
            request, anmeldung, "veranstaltungen/stornieren.html", title="Anmeldung stornieren"
        )

    @seite("vorziehen/")
    def vorziehen(self, request, anmeldung):
        """In the queue of the house, or with ?wahl= in the one of a Fachforum."""
        wahl = _gewaehlt(request, anmeldung)
        form = VorziehenForm(request.POST or None)
        if form.is_valid():
            grund = form.cleaned_data["grund"]
            return self._tun(
                request,
                anmeldung,
                lambda: plaetze.vorziehen(anmeldung, wahl, durch=request.user, grund=grund),
            )
        titel = (
            f"Nach vorn stellen: {wahl}" if wahl else "Nach vorn stellen: Warteliste des Hauses"
        )
        return self._formular(request, anmeldung, titel, form)

    @seite("tun/<slug:was>/")
    def tun(self, request, anmeldung, was: str):
        """One press, no questions: only what can be taken back or does no harm."""
        if was not in TATEN:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        wahl = _gewaehlt(request, anmeldung)
        return self._tun(request, anmeldung, lambda: TATEN[was](anmeldung, wahl, request.user))

    def _person(self, request, anmeldung, titel: str, verb):
        leer = verb is plaetze.ersetzen
        if request.method == "POST":
            form = PersonForm(request.POST)
        else:
            form = PersonForm() if leer else PersonForm.mit(anmeldung)
        if form.is_valid():
            ergebnis = _versucht(
                form, lambda: verb(anmeldung, durch=request.user, **form.angaben)
            )
            if ergebnis and ergebnis.anmeldung:
                return self._fertig(request, anmeldung, ergebnis.art)
            if ergebnis:
                form.add_error(None, DOPPELT if ergebnis.art is Art.ABGELEHNT else VORBEI)
        return self._formular(request, anmeldung, titel, form)

    def _formular(self, request, anmeldung, titel: str, form):
        return self.zeige(
            request,
            anmeldung,
            "veranstaltungen/person_formular.html",
            title=titel,
            form=form,
            status=formularstatus(form),
        )

    def _fertig(self, request, anmeldung, art: Art):
        text = "Es hat sich nichts geändert." if art is Art.UNVERAENDERT else "Gespeichert."
        messages.success(request, text)
        return self.zur_seite("change", anmeldung)

    def _tun(self, request, anmeldung, tat):
        try:
            gelungen = tat()
        except plaetze.Ueberlastet:
            messages.error(request, UEBERLASTET)
        else:
            melden = messages.success if gelungen else messages.warning
            melden(request, "Erledigt." if gelungen else VORBEI)
        return self.zur_seite("change", anmeldung)


TATEN = {
    "link": lambda a, wahl, konto: plaetze.link_senden(a, durch=konto),
    "bestaetigen": lambda a, wahl, konto: plaetze.bestaetigen(a, durch=konto),
    "aufnehmen": lambda a, wahl, konto: plaetze.aufnehmen(a, durch=konto),
    "annehmen": lambda a, wahl, konto: plaetze.annehmen(a, wahl, durch=konto),
    "ablehnen": lambda a, wahl, konto: wahl and plaetze.ablehnen(a, wahl, durch=konto),
}


def _versucht(form, verb):
    """What the verb answers; None if there was no getting through."""
    try:
        return verb()
    except plaetze.Ueberlastet:
        form.add_error(None, UEBERLASTET)
        return None


def _gewaehlt(request, anmeldung: Anmeldung) -> Forumswahl | None:
    """The Forumswahl the address names; it must be this person's."""
    if not (pk := request.GET.get("wahl", "")):
        return None
    wahlen = anmeldung.wahlen.select_related("fachforum", "durchgang")
    return get_object_or_404(wahlen, pk=ganze_zahl(pk))
