"""The registration form, and what it asks about a person."""

import uuid

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from praeventionsketten.formulare import MitHonigtopf, PortalForm
from veranstaltungen import plaetze
from veranstaltungen.models import Einwilligungstext, Veranstaltung

from .beigaben import MitBeigaben
from .platzwahl import MitPlatzwahl

# A name goes into mails; nobody shall send advertising to strangers through it.
nur_ein_name = RegexValidator(
    r"[\x00-\x1f\x7f]|://|www\.",
    inverse_match=True,
    message=_("Bitte schreiben Sie hier nur den Namen, ohne Internetadresse."),
)


class Schluesselfeld(forms.UUIDField):
    """The hidden key against double registration; a broken one is simply a new one."""

    widget = forms.HiddenInput

    def clean(self, value) -> uuid.UUID:
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()


class PersonForm(PortalForm, forms.Form):
    """Who comes: two fields we need, two that help."""

    ANGABEN = ("name", "email", "organisation", "funktion")

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

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in self.ANGABEN:
            self.fields[name].widget.attrs["class"] = "eingabe eingabe--mittel"

    @property
    def zur_person(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ANGABEN]

    @property
    def person(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.ANGABEN}


class AnmeldungForm(PersonForm, MitPlatzwahl, MitBeigaben, MitHonigtopf):
    schluessel = Schluesselfeld(required=False, initial=uuid.uuid4)

    def __init__(
        self,
        *args,
        veranstaltung: Veranstaltung,
        texte: dict[str, Einwilligungstext],
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        haus = veranstaltung.haus
        self.waehlbar(veranstaltung, haus_voll=haus is not None and not haus.hat_platz)
        self.fragbar(texte)
        self.order_fields([*self.ANGABEN, "bitte_leer"])

    @property
    def zum_vollen_haus(self) -> str:
        return self.haus_ansage(self.veranstaltung.haus) if self.haus_voll else ""

    def anmelden(self) -> plaetze.Ergebnis:
        return plaetze.anmelden(
            self.veranstaltung,
            wahl=self.wahl,
            idempotenz=self.cleaned_data["schluessel"],
            bedarfe=self.bedarfe,
            einwilligungen=self.einwilligungen,
            **self.person,
        )
