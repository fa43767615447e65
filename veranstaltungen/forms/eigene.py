"""What a person changes on her own page: Fachforen, her substitute, needs and consents."""

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from praeventionsketten.formulare import PortalForm
from veranstaltungen import plaetze, stand
from veranstaltungen.models import (
    Anmeldung,
    Durchgang,
    Einwilligungstext,
    Forumswahl,
    Veranstaltung,
    Zweck,
)
from veranstaltungen.plaetze.schritt import vermerken

from .anmeldung import PersonForm
from .beigaben import MitBeigaben
from .platzwahl import KEIN_FORUM, Eigenes, MitPlatzwahl


class WechselForm(PortalForm, MitPlatzwahl):
    """The Fachforen of the registration form, with what the person has there already."""

    def __init__(
        self, *args, anmeldung: Anmeldung, veranstaltung: Veranstaltung, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.anmeldung = anmeldung
        self.runden = {runde.durchgang.pk: runde for runde in stand.runden(anmeldung)}
        self.waehlbar(veranstaltung, eigene=self._eigenes(), haus_voll=not anmeldung.hausplatz)

    def wechseln(self) -> plaetze.Ergebnis:
        return plaetze.wechseln(self.anmeldung, self.wahl)

    def _eigenes(self) -> dict[tuple[int, int], Eigenes]:
        eigene = {}
        for durchgang, runde in self.runden.items():
            if runde.platz:
                sitz = Eigenes(gettext("Ihr Platz"), sitz=True)
                eigene[durchgang, runde.platz.fachforum_id] = sitz
            if runde.wunsch:
                wunsch = Eigenes(self._wunschtext(runde), sitz=False)
                eigene[durchgang, runde.wunsch.fachforum_id] = wunsch
        return eigene

    def _wunschtext(self, runde: stand.Runde) -> str:
        if runde.wunsch.status == Forumswahl.Status.ANGEBOTEN:
            return gettext("Ihnen angeboten")
        if not self.anmeldung.hausplatz:
            return gettext("Ihr Wunsch")
        return gettext("Sie warten hier, auf Platz\xa0%d") % runde.warteplatz

    def _feld_fuer(self, durchgang: Durchgang) -> forms.Field:
        feld, runde = super()._feld_fuer(durchgang), self.runden.get(durchgang.pk)
        gewollt = runde and (runde.wunsch or runde.platz)
        feld.initial = gewollt.fachforum_id if gewollt else KEIN_FORUM
        return feld

    def _ersatz_fuer(self, durchgang: Durchgang) -> forms.Field | None:
        """Whoever holds a seat keeps it until the wish comes true, without being asked."""
        feld, platz = super()._ersatz_fuer(durchgang), self._platz(durchgang)
        if feld and platz:
            bleibt = gettext("meinen bisherigen Platz: %s") % platz.fachforum
            andere = [c for c in feld.widget.choices[1:] if c[0] != platz.fachforum_id]
            feld.widget.choices = [("", bleibt), *andere]
        return feld

    def _wunsch(self, durchgang: Durchgang) -> plaetze.Wunsch:
        wunsch, platz = super()._wunsch(durchgang), self._platz(durchgang)
        if platz is None or wunsch.forum is None:
            return wunsch
        if wunsch.forum == platz.fachforum_id:
            return plaetze.Wunsch(wunsch.forum)
        frei = self._hier(durchgang)[wunsch.forum].hat_platz
        return (
            wunsch
            if frei or wunsch.ersatz
            else plaetze.Wunsch(wunsch.forum, platz.fachforum_id)
        )

    def _platz(self, durchgang: Durchgang) -> Forumswahl | None:
        runde = self.runden.get(durchgang.pk)
        return runde.platz if runde else None


class VertretungForm(PersonForm):
    """Who comes instead; she gets a link of her own and confirms by it."""

    def __init__(self, *args, anmeldung: Anmeldung, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.anmeldung = anmeldung
        self.fields["email"].help_text = _("Dorthin schicken wir ihren eigenen Link.")
        for name in self.ANGABEN:
            # It is somebody else; the browser would fill in oneself.
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def ersetzen(self) -> plaetze.Ergebnis:
        return plaetze.ersetzen(self.anmeldung, **self.person)


class AngabenForm(PortalForm, MitBeigaben):
    """Needs and consents afterwards: to give, to change, to take back."""

    def __init__(self, *args, anmeldung: Anmeldung, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.anmeldung = anmeldung
        bedarfe = dict(anmeldung.bedarfe.values_list("art", "text"))
        erteilte = {e.zweck: e for e in anmeldung.einwilligungen.gueltige()}
        texte = Einwilligungstext.objects.geltende()
        self.fragbar(texte, bedarfe=bedarfe, erteilte=erteilte)
        if not anmeldung.ist_aktiv and not bedarfe:
            for feld in self.zum_bedarf:
                del self.fields[feld.name]

    @transaction.atomic
    def speichern(self) -> None:
        """Write what changed; a consent taken back stays, with its two dates."""
        # Two tabs at once: the second waits and finds what the first has written.
        anmeldung = Anmeldung.objects.select_for_update(of=("self",)).get(pk=self.anmeldung.pk)
        gewollt = {e.zweck: e for e in self.einwilligungen}
        for erteilte in anmeldung.einwilligungen.gueltige():
            if erteilte.zweck in self._gefragt and erteilte.zweck not in gewollt:
                erteilte.widerrufen_am = timezone.now()
                erteilte.save(update_fields=["widerrufen_am"])
            gewollt.pop(erteilte.zweck, None)
        if self.zum_bedarf:
            anmeldung.bedarfe.all().delete()
        for beigabe in [*self.bedarfe, *gewollt.values()]:
            beigabe.anmeldung = anmeldung
            beigabe.save()
        vermerken(anmeldung, "angaben_geaendert")

    @property
    def _gefragt(self) -> set[str]:
        return {zweck for zweck in Zweck.values if f"einwilligung_{zweck}" in self.fields}


class LinkForm(PortalForm, forms.Form):
    """The address to which the links of all one's registrations shall go."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        help_text=_("Die Adresse, mit der Sie sich angemeldet haben."),
        error_messages={
            "required": _("Bitte nennen Sie Ihre E-Mail-Adresse."),
            "invalid": _(
                "Diese E-Mail-Adresse ist unvollständig. Sie sieht zum Beispiel so aus: "
                "name@stadt.de"
            ),
        },
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "class": "eingabe eingabe--mittel"}
        ),
    )
