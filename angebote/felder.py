"""Fields of the filter form that never refuse: they keep what they know.

`pruefe` returns what was understood and what was not; a field remembers nothing, because
one serves all requests of a worker.
"""

import re
from functools import cached_property
from typing import Any, NamedTuple

from django import forms

GENUG = 200  # values of one parameter; more than there are codes, and nobody waits for more


class Geprueft(NamedTuple):
    wert: Any
    unbekannt: list[str] = []


class CodesField(forms.MultipleChoiceField):
    """Keeps the codes it knows, each once."""

    widget = forms.CheckboxSelectMultiple
    leer: Any = ()

    @cached_property
    def beschriftungen(self) -> dict[str, str]:
        """What each code is called; the choices do not change any more."""
        # Asked for on every page: plain strings are found faster than lazy ones.
        return {
            code: name if isinstance(name, str) else str(name) for code, name in self.choices
        }

    def pruefe(self, werte: list[str]) -> Geprueft:
        codes = list(dict.fromkeys(filter(None, werte[:GENUG])))
        bekannt = self.beschriftungen
        return Geprueft(
            [code for code in codes if code in bekannt],
            [code for code in codes if code not in bekannt],
        )


class ZahlField(forms.CharField):
    """A whole number as people type it: „3“, „3 Jahre“, „10 km“."""

    leer: Any = None

    def __init__(self, *, hoechstens: int = 99, **kwargs) -> None:
        super().__init__(**kwargs)
        self.hoechstens = hoechstens

    def pruefe(self, werte: list[str]) -> Geprueft:
        text = werte[-1].strip() if werte else ""
        treffer = re.fullmatch(r"(\d{1,3})(?: ?(?:Jahre?|km))?", text, re.ASCII | re.IGNORECASE)
        if treffer and int(treffer[1]) <= self.hoechstens:
            return Geprueft(int(treffer[1]))
        return Geprueft(None, [text] if text else [])


class TextField(forms.CharField):
    """Words; cut where nobody means them all any more."""

    HOECHSTENS = 100
    leer: Any = ""

    def pruefe(self, werte: list[str]) -> Geprueft:
        text = " ".join(werte[-1].split()) if werte else ""
        return Geprueft(text[: self.HOECHSTENS].strip())

    def gekuerzt(self, werte: list[str]) -> bool:
        return bool(werte) and len(" ".join(werte[-1].split())) > self.HOECHSTENS
