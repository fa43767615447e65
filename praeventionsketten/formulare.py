"""How every form of the portal is rendered: label, hint, error, field."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

OHNE_RAHMEN = (forms.CheckboxInput, forms.RadioSelect, forms.HiddenInput, forms.FileInput)


class PortalRenderer(TemplatesSetting):
    form_template_name = "includes/formular.html"
    field_template_name = "includes/feld.html"


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
