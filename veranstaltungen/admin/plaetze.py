"""Seats in the admin: looked at and changed on pages of their own, through plaetze alone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseInlineFormSet
from django.shortcuts import get_object_or_404

from praeventionsketten import jobs
from praeventionsketten.lib.formularseite import formularstatus
from praeventionsketten.verwaltung import MitSeiten, PortalStacked, seite
from praeventionsketten.verwaltung.formular import VerwaltungForm
from veranstaltungen import belegung, plaetze
from veranstaltungen.models import Platzkontingent, Protokoll, Veranstaltung

from .formulare import RaumForm, TelefonForm

LESEN = "veranstaltungen.view_anmeldung"
AENDERN = "veranstaltungen.change_platzkontingent"
ANMELDEN = "veranstaltungen.add_anmeldung"
ABSAGEN = "veranstaltungen.change_anmeldung"
UEBERLASTET = (
    "Gerade melden sich sehr viele Menschen an. Bitte versuchen Sie es gleich noch einmal."
)


class PlatzSeiten(MitSeiten):
    """Pages of an event: how full it is, each room, registering by phone, calling off."""

    @seite("plaetze/", "view", auch=LESEN)
    def plaetze(self, request, veranstaltung):
        return self.zeige(
            request,
            veranstaltung,
            "veranstaltungen/plaetze.html",
            title="Plätze",
            belegung=belegung.belegung(veranstaltung),
            darf_absagen=self.darf(request, veranstaltung, "absagen"),
        )

    @seite("plaetze/<int:kontingent>/", "view", auch=LESEN)
    def raum(self, request, veranstaltung, kontingent: int):
        raum = _raum(veranstaltung, kontingent)
        form = RaumForm(initial={f: getattr(raum, f) for f in RaumForm.base_fields})
        return self._raumseite(request, veranstaltung, raum, form)

    @seite("plaetze/<int:kontingent>/aendern/", auch=AENDERN)
    def raum_aendern(self, request, veranstaltung, kontingent: int):
        raum = _raum(veranstaltung, kontingent)
        form = RaumForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                bewegt = plaetze.raum_aendern(raum, durch=request.user, **form.cleaned_data)
            except plaetze.ZuWenig as fehler:
                form.add_error("kapazitaet", _zu_wenig(fehler.belegt))
            except plaetze.Ueberlastet:
                form.add_error(None, UEBERLASTET)
            else:
                messages.success(request, _geaendert(bewegt))
                return self.zur_seite("raum", veranstaltung, raum.pk)
        if not form.is_bound:
            return self.zur_seite("raum", veranstaltung, raum.pk)
        return self._raumseite(request, veranstaltung, raum, form)

    @seite("anmelden/", "view", auch=ANMELDEN)
    def anmelden(self, request, veranstaltung):
        form = TelefonForm(
            request.POST or None,
            veranstaltung=veranstaltung,
            mit_bedarf=request.user.has_perm("veranstaltungen.add_bedarf"),
        )
        if form.is_valid() and (anmeldung := _telefonisch(request, veranstaltung, form)):
            return self.admin_site.get_model_admin(type(anmeldung)).zur_seite(
                "change", anmeldung
            )
        return self.zeige(
            request,
            veranstaltung,
            "veranstaltungen/telefon.html",
            title="Telefonisch anmelden",
            form=form,
            status=formularstatus(form),
        )

    @seite("absagen/", auch=ABSAGEN)
    def absagen(self, request, veranstaltung):
        if request.method == "POST" and veranstaltung.status != veranstaltung.Status.ABGESAGT:
            _sage_ab(veranstaltung, request.user)
            messages.success(
                request, "Die Veranstaltung ist abgesagt. Die E-Mails gehen hinaus."
            )
            return self.zur_seite("plaetze", veranstaltung)
        return self.zeige(
            request,
            veranstaltung,
            "veranstaltungen/absagen.html",
            title="Veranstaltung absagen",
            anzahl=veranstaltung.anmeldungen.aktiv().count(),
        )

    def _raumseite(self, request, veranstaltung, raum: Platzkontingent, form):
        return self.zeige(
            request,
            veranstaltung,
            "veranstaltungen/raum.html",
            title=str(raum) if raum.fachforum_id else "Das ganze Haus",
            raum=raum,
            reihe=belegung.reihe(raum),
            form=form,
            darf_aendern=self.darf(request, veranstaltung, "raum_aendern"),
            status=formularstatus(form),
        )


def _raum(veranstaltung: Veranstaltung, pk: int) -> Platzkontingent:
    raeume = veranstaltung.kontingente.select_related("fachforum", "durchgang")
    return get_object_or_404(raeume, pk=pk)


def _zu_wenig(belegt: int) -> str:
    return (
        f"Es sind schon {belegt} Plätze vergeben. Weniger geht nur, wenn vorher jemand absagt."
    )


def _geaendert(bewegt: int) -> str:
    if not bewegt:
        return "Gespeichert."
    return (
        f"Gespeichert. {bewegt} {'Person ist' if bewegt == 1 else 'Personen sind'} nachgerückt."
    )


def _telefonisch(request, veranstaltung: Veranstaltung, form: TelefonForm):
    """The registration, new or known; None if the form has to say why not."""
    try:
        ergebnis = plaetze.anmelden(
            veranstaltung,
            wahl=form.wahl,
            idempotenz=form.cleaned_data["schluessel"],
            quelle="telefon",
            bedarfe=form.bedarfe,
            einwilligungen=form.einwilligungen,
            durch=request.user,
            **form.angaben,
        )
    except plaetze.Ueberlastet:
        form.add_error(None, UEBERLASTET)
        return None
    if ergebnis.art is plaetze.Ergebnis.Art.NEU:
        messages.success(request, "Eingetragen. Die E-Mail mit dem Link geht hinaus.")
    elif ergebnis.anmeldung:
        messages.warning(
            request, "Diese Person ist schon angemeldet. Es hat sich nichts geändert."
        )
    elif ergebnis.art is plaetze.Ergebnis.Art.GESCHLOSSEN:
        form.add_error(None, "Für diese Veranstaltung kann man sich nicht (mehr) anmelden.")
    else:
        form.zeige(ergebnis)
    return ergebnis.anmeldung


@transaction.atomic
def _sage_ab(veranstaltung: Veranstaltung, konto) -> None:
    """Calls it off at once; who is registered is told by the worker."""
    veranstaltung.status = Veranstaltung.Status.ABGESAGT
    veranstaltung.save(update_fields=["status", "geaendert_am"])
    Protokoll.objects.create(
        veranstaltung=veranstaltung,
        was="veranstaltung_abgesagt",
        wer=Protokoll.Wer.TEAM,
        konto=konto,
    )
    jobs.einreihen("veranstaltung-absagen", veranstaltung=veranstaltung.pk)


class PlaetzeForm(VerwaltungForm):
    """New rooms are made here. Those there are have seats given: they change on their page."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for feld in self.fields.values():
                feld.disabled = True


class PlaetzeFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        for form in self.initial_forms:
            if self._should_delete_form(form):
                # Locked until the whole form is saved: nobody registers in between.
                raeume = Platzkontingent.objects.select_for_update(no_key=True)
                raum = raeume.filter(pk=form.instance.pk).order_by("pk").first()
                if raum and (raum.belegt or raum.wahlen.exists()):
                    raise ValidationError(
                        f"„{form.instance}“ kann nicht gelöscht werden: "
                        "Hier sind Plätze vergeben, oder jemand hat hier gewartet."
                    )


class PlaetzeInline(PortalStacked):
    kommune_pfad = "veranstaltung__kommunen"
    classes = ["collapse"]
    model = Platzkontingent
    form = PlaetzeForm
    formset = PlaetzeFormSet
    fields = [
        ("art", "fachforum", "durchgang"),
        ("kapazitaet", "notplaetze", "belegt", "raum"),
        "gesperrt",
    ]
    readonly_fields = ["belegt"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("fachforum", "durchgang", "veranstaltung")
        )
