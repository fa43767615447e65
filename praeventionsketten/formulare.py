"""How every form of the portal is rendered: label, hint, error, field."""

import uuid

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

OHNE_RAHMEN = (forms.CheckboxInput, forms.RadioSelect, forms.HiddenInput, forms.FileInput)


class PortalRenderer(TemplatesSetting):
    form_template_name = "includes/formular.html"
    field_template_name = "includes/feld.html"


class Wahlknoepfe(forms.RadioSelect):
    """Radio buttons as cards, wide enough for a thumb."""

    template_name = "includes/wahlknoepfe.html"


class Wahlhaken(forms.CheckboxSelectMultiple):
    """The same, of which several may be chosen."""

    template_name = "includes/wahlknoepfe.html"


class PortalForm:
    """Mixin of every public form: our class on text fields, labels without a colon."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        for feld in self.fields.values():
            widget = feld.widget
            if not isinstance(widget, (*OHNE_RAHMEN, forms.CheckboxSelectMultiple)):
                widget.attrs.setdefault("class", "eingabe")


class MitHonigtopf(forms.Form):
    """Mixin with a field people do not see and programmes fill in.

    The page shows it again with its error, so that a browser that filled it in by itself
    costs nobody their text.
    """

    bitte_leer = forms.CharField(
        label=_("Dieses Feld bitte frei lassen"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_bitte_leer(self) -> str:
        if self.cleaned_data["bitte_leer"]:
            raise ValidationError(_("Bitte lassen Sie dieses Feld frei. Es hält Werbung ab."))
        return ""


class MitZeichen(forms.Form):
    """Mixin with a signed, hidden mark: when the form was opened, and which one it is.

    One mark is one form however often it is sent, so nobody sends a thousand with one.
    A forged or old mark is replaced by a fresh one and costs a second press, never a text.
    """

    GILT_SEKUNDEN = 12 * 60 * 60

    zeichen = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"id": False, "autocomplete": "off"})
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zeichen"].initial = self._neues_zeichen

    def clean(self) -> dict:
        daten = super().clean()
        try:
            wert = self._signer().unsign(daten.get("zeichen", ""), max_age=self.GILT_SEKUNDEN)
            self.schluessel = uuid.UUID(wert)
        except (signing.BadSignature, ValueError):
            self.data = self.data.copy()
            self.data[self.add_prefix("zeichen")] = self._neues_zeichen()
            raise ValidationError(
                _(
                    "Diese Seite war sehr lange offen. Ihre Angaben stehen noch da. Bitte "
                    "schicken Sie das Formular noch einmal ab."
                )
            ) from None
        return daten

    def schnell_abgeschickt(self, sekunden: int) -> bool:
        """Whether a valid form came sooner than a person can have filled it in."""
        try:
            self._signer().unsign(self.cleaned_data["zeichen"], max_age=sekunden)
        except signing.SignatureExpired:
            return False
        return True

    def _neues_zeichen(self) -> str:
        return self._signer().sign(str(uuid.uuid4()))

    def _signer(self) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"praeventionsketten.{type(self).__name__}")
