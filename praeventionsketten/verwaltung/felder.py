"""Form fields of the admin: the browser's own date and time pickers, and plain labels."""

from django import forms
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.db import models

from praeventionsketten.lib.rich_text import RichTextField
from praeventionsketten.lib.zahl import ganze_zahl


class Tag(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Uhrzeit(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs, format="%H:%M")


class Zeitpunkt(forms.SplitDateTimeWidget):
    """Day and time beside each other, each with a label of its own."""

    template_name = "admin/widgets/zeitpunkt.html"

    def __init__(self, attrs=None) -> None:
        forms.MultiWidget.__init__(self, [Tag(), Uhrzeit()], attrs)


class NurSchluessel:
    """Drops what cannot be a key: Django's widget asks the database for whatever was sent."""

    def optgroups(self, name, value, attr=None):
        schluessel = [wert for wert in value if ganze_zahl(str(wert)) is not None]
        return super().optgroups(name, schluessel, attr)


class Suchauswahl(NurSchluessel, AutocompleteSelect):
    pass


class Mehrfachsuchauswahl(NurSchluessel, AutocompleteSelectMultiple):
    pass


FORMULARFELDER = {
    RichTextField: {"widget": AdminTextareaWidget},
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 60})},
    models.DateField: {"widget": Tag},
    models.TimeField: {"widget": Uhrzeit},
    models.DateTimeField: {"form_class": forms.SplitDateTimeField, "widget": Zeitpunkt},
    models.URLField: {"widget": forms.URLInput(attrs={"size": 60}), "assume_scheme": "https"},
    models.EmailField: {"widget": forms.EmailInput(attrs={"size": 40})},
}
