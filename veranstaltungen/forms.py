"""The registration form; what it refuses, plaetze would refuse as well."""

import uuid

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from praeventionsketten.formulare import MitHonigtopf, PortalForm
from praeventionsketten.lib import zeit

from . import plaetze
from .models import Platzkontingent, Veranstaltung

KEIN_FORUM = "kein"

# A name goes into mails; nobody shall send advertising to strangers through it.
nur_ein_name = RegexValidator(
    r"[\x00-\x1f\x7f]|://|www\.",
    inverse_match=True,
    message=_("Bitte schreiben Sie hier nur den Namen, ohne Internetadresse."),
)


class Platzwahl(forms.RadioSelect):
    """Radio buttons that say how many places are left; a full Fachforum cannot be chosen."""

    template_name = "veranstaltungen/_platzwahl.html"
    kontingente: dict[int, Platzkontingent]

    def create_option(self, name, value, label, selected, *args, **kwargs):
        option = super().create_option(name, value, label, selected, *args, **kwargs)
        option["kontingent"] = kontingent = self.kontingente.get(value)
        if kontingent and not kontingent.frei:
            option["attrs"] |= {"disabled": True, "checked": False}
        return option

    def optgroups(self, name, value, attrs=None):
        gruppen = super().optgroups(name, value, attrs)
        optionen = [option for _, teil, _ in gruppen for option in teil]
        # The error summary links to number 0, which must be one that can take the focus.
        optionen.sort(key=lambda option: bool(option["attrs"].get("disabled")))
        for nummer, option in enumerate(optionen):
            option["attrs"]["id"] = f"{attrs['id']}_{nummer}"
        return gruppen


class Schluesselfeld(forms.UUIDField):
    """The hidden key against double registration; a broken one is simply a new one."""

    widget = forms.HiddenInput

    def clean(self, value) -> uuid.UUID:
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()


class AnmeldungForm(PortalForm, MitHonigtopf):
    name = forms.CharField(
        label=_("Vor- und Nachname"),
        max_length=120,
        validators=[nur_ein_name],
        help_text=_("So steht er auf dem Namensschild."),
        error_messages={"required": _("Bitte nennen Sie Ihren Namen.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        help_text=_("Dorthin schicken wir die Bestätigung."),
        error_messages={
            "required": _("Bitte nennen Sie Ihre E-Mail-Adresse."),
            "invalid": _(
                "Diese E-Mail-Adresse ist unvollständig. Sie sieht zum Beispiel so aus: "
                "name@stadt.de"
            ),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = forms.CharField(
        label=_("Einrichtung oder Kommune"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    funktion = forms.CharField(
        label=_("Funktion"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    schluessel = Schluesselfeld(required=False, initial=uuid.uuid4)

    def __init__(self, *args, veranstaltung: Veranstaltung, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.veranstaltung = veranstaltung
        self.kontingente = list(veranstaltung.kontingente.all())
        for name in ("name", "email", "organisation", "funktion"):
            self.fields[name].widget.attrs["class"] = "eingabe eingabe--mittel"
        for feld, durchgang in self._durchgaenge.items():
            self.fields[feld] = self._feld_fuer(durchgang)

    @cached_property
    def _durchgaenge(self) -> dict:
        """Field name → Durchgang, in the order of the day."""
        durchgaenge = {k.durchgang for k in self.kontingente if k.durchgang}
        return {f"durchgang_{d.nummer}": d for d in sorted(durchgaenge, key=lambda d: d.nummer)}

    def _feld_fuer(self, durchgang) -> forms.Field:
        kontingente = {
            k.fachforum_id: k
            for k in sorted(
                (k for k in self.kontingente if k.durchgang_id == durchgang.pk),
                key=lambda k: k.fachforum.nummer,
            )
        }
        feld = forms.TypedChoiceField(
            label=str(durchgang),
            help_text=zeit.uhrzeiten(durchgang.beginn, durchgang.ende),
            choices=[
                *((pk, str(k.fachforum)) for pk, k in kontingente.items()),
                (KEIN_FORUM, _("Kein Fachforum in diesem Durchgang")),
            ],
            coerce=lambda wert: None if wert == KEIN_FORUM else int(wert),
            widget=Platzwahl,
            error_messages={
                "required": gettext(
                    "Bitte wählen Sie für %(durchgang)s ein Fachforum oder „Kein Fachforum“."
                )
                % {"durchgang": durchgang},
                "invalid_choice": gettext(
                    "Das gibt es in %(durchgang)s nicht. Bitte wählen Sie ein Fachforum aus der Liste."
                )
                % {"durchgang": durchgang},
            },
        )
        feld.widget.kontingente = kontingente
        return feld

    @property
    def zur_person(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "email", "organisation", "funktion")]

    @property
    def zu_den_foren(self) -> list[forms.BoundField]:
        return [self[feld] for feld in self._durchgaenge]

    @property
    def wahl(self) -> plaetze.Wahl:
        return {
            durchgang.pk: self.cleaned_data[feld]
            for feld, durchgang in self._durchgaenge.items()
            if feld in self.cleaned_data
        }

    def clean(self) -> dict:
        gegen = plaetze.hindernisse(self.kontingente, self.wahl)
        if not self.errors:
            # Whether there are seats is decided in the booking alone: with the key of a form
            # sent twice, the last seat is no longer free but one's own.
            gegen = {d: h for d, h in gegen.items() if h is plaetze.Hindernis.DOPPELT}
        self.zeige(gegen)
        return self.cleaned_data

    def anmelden(self) -> plaetze.Ergebnis:
        angaben = ("name", "email", "organisation", "funktion")
        return plaetze.anmelden(
            self.veranstaltung,
            wahl=self.wahl,
            idempotenz=self.cleaned_data["schluessel"],
            **{name: self.cleaned_data[name] for name in angaben},
        )

    def zeige(self, hindernisse: dict[int | None, plaetze.Hindernis]) -> None:
        """Say at each Durchgang what stands against the choice, and what is free instead."""
        wahl = self.wahl
        for feld, durchgang in self._durchgaenge.items():
            if hindernis := hindernisse.get(durchgang.pk):
                forum = wahl.get(durchgang.pk)
                titel = self._titel(durchgang.pk, forum)
                frei = self._frei(durchgang, wahl)
                if hindernis is plaetze.Hindernis.DOPPELT:
                    wo = next(d for d in self._durchgaenge.values() if wahl.get(d.pk) == forum)
                else:
                    wo = durchgang
                self.add_error(feld, _satz(hindernis, titel, wo, frei))

    def _titel(self, durchgang_id: int, forum_id: int | None) -> str:
        passend = (
            k.fachforum.titel
            for k in self.kontingente
            if (k.durchgang_id, k.fachforum_id) == (durchgang_id, forum_id)
        )
        return next(passend, "")

    def _frei(self, durchgang, wahl: plaetze.Wahl) -> str:
        """The title of a Fachforum with seats that was not chosen for another Durchgang."""
        gewaehlt = set(wahl.values())
        for kontingent in self.kontingente:
            passt = kontingent.durchgang_id == durchgang.pk and kontingent.frei
            if passt and kontingent.fachforum_id not in gewaehlt:
                return kontingent.fachforum.titel
        return ""


def _satz(hindernis: plaetze.Hindernis, forum: str, durchgang, frei: str) -> str:
    saetze = {
        plaetze.Hindernis.VOLL: gettext("„%(forum)s“ ist in %(durchgang)s jetzt ausgebucht."),
        plaetze.Hindernis.DOPPELT: gettext(
            "„%(forum)s“ haben Sie schon in %(durchgang)s gewählt."
        ),
        plaetze.Hindernis.FREMD: gettext("Dieses Fachforum gibt es in %(durchgang)s nicht."),
    }
    rat = (
        gettext("Frei ist hier zum Beispiel „%(frei)s“.")
        if frei
        else gettext("Bitte wählen Sie hier „Kein Fachforum“.")
    )
    return f"{saetze[hindernis]} {rat}" % {"forum": forum, "durchgang": durchgang, "frei": frei}
