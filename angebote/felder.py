"""Fields of the filter form that never refuse: they keep what they know."""

import re

from django import forms


class CodesField(forms.MultipleChoiceField):
    """Keeps the codes it knows, each once, and remembers the others in `unbekannt`."""

    widget = forms.CheckboxSelectMultiple
    unbekannt: list[str] = []

    def clean(self, value: list[str] | None) -> list[str]:
        codes = dict.fromkeys(filter(None, self.to_python(value)))
        bekannt = [code for code in codes if self.valid_value(code)]
        self.unbekannt = [code for code in codes if code not in bekannt]
        return bekannt


class AlterField(forms.CharField):
    """The age of a child in whole years, as people type it: „3“ or „3 Jahre“."""

    unbekannt: list[str] = []

    def clean(self, value: str | None) -> int | None:
        text = (value or "").strip()
        treffer = re.fullmatch(r"(\d{1,2})(?: ?Jahre?)?", text, re.ASCII | re.IGNORECASE)
        self.unbekannt = [text] if text and not treffer else []
        return int(treffer[1]) if treffer else None


class TextField(forms.CharField):
    """Words to look for; cut where nobody means them all any more."""

    HOECHSTENS = 100
    gekuerzt = False

    def clean(self, value: str | None) -> str:
        text = " ".join((value or "").split())
        self.gekuerzt = len(text) > self.HOECHSTENS
        return text[: self.HOECHSTENS].strip()
