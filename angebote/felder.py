"""Fields of the filter form that never refuse: they keep what they know.

`pruefe` returns what was understood and what was not; a field remembers nothing, because
one serves all requests of a worker.
"""

import re
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import cached_property

from praeventionsketten.lib.eingabe import lesbar

# A child of two and a half is two years old, one of 18 months is one.
ZAHL = re.compile(
    r"(\d{1,3})(?:[.,]\d{1,2})? ?(?:Jahre?|km|(?P<monate>Monate?))?", re.ASCII | re.IGNORECASE
)
GENUG = 200  # values of one parameter; more than there are codes, and nobody waits for more


class Geprueft(NamedTuple):
    wert: Any
    unbekannt: list[str] = []


def letzter(werte: list[str]) -> str:
    """Of a parameter that means one thing: the last that says something."""
    return next(filter(None, map(lesbar, reversed(werte))), "")


def mehrdeutig(werte: list[str]) -> bool:
    """Whether such a parameter says several things."""
    return len(werte) > 1 and len(set(filter(None, werte))) > 1


class CodesField(forms.MultipleChoiceField):
    """Keeps the codes it knows, each once."""

    widget = forms.CheckboxSelectMultiple
    leer: Any = ()

    def __init__(self, *, eindeutig: bool = False, **kwargs) -> None:
        super().__init__(**kwargs)
        self.eindeutig = eindeutig

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
    """A whole number as people type it: „3“, „2,5 Jahre“, „18 Monate“, „10 km“."""

    leer: Any = None
    eindeutig = True

    def __init__(self, *, mindestens: int = 0, hoechstens: int = 99, **kwargs) -> None:
        super().__init__(**kwargs)
        self.mindestens, self.hoechstens = mindestens, hoechstens

    def pruefe(self, werte: list[str]) -> Geprueft:
        text = letzter(werte)
        if treffer := ZAHL.fullmatch(text):
            zahl = int(treffer[1]) // (12 if treffer["monate"] else 1)
            if self.mindestens <= zahl <= self.hoechstens:
                return Geprueft(zahl)
        return Geprueft(None, [text] if text else [])


class TextField(forms.CharField):
    """Words; cut where nobody means them all any more."""

    HOECHSTENS = 100
    leer: Any = ""
    eindeutig = True

    def pruefe(self, werte: list[str]) -> Geprueft:
        text = letzter(werte)
        if len(text) <= self.HOECHSTENS:
            return Geprueft(text)
        # Half a word would be searched for as another one.
        anfang, leerzeichen, _rest = text[: self.HOECHSTENS + 1].rpartition(" ")
        return Geprueft(anfang if leerzeichen else text[: self.HOECHSTENS])

    def gekuerzt(self, werte: list[str]) -> bool:
        return len(letzter(werte)) > self.HOECHSTENS
