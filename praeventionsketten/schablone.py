"""Templates for what is shown a hundred times on a page.

Django renders such a template once, with a mark in each place that changes; after that it
is filled by joining strings. The markup stays where it belongs, in templates/.
"""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from html import escape

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

# Private use characters: no text of ours contains them, and escaping leaves them alone.
_AUF, _ZU = "\ue000", "\ue001"
_MARKE = re.compile(f"{_AUF}([^{_ZU}]+){_ZU}")


def marke(feld: str) -> str:
    """Stands in a template for a field of that name; for values deeper than the top."""
    return f"{_AUF}{feld}{_ZU}"


class Schablone:
    """A template whose `felder` are filled in later; everything else is fixed in `werte`.

    A field may only be written out: the template cannot decide by it.
    """

    __slots__ = ("_namen", "_teile")

    def __init__(self, template: str, felder: Iterable[str] = (), /, **werte) -> None:
        marken = {feld: marke(feld) for feld in felder}
        # Even positions are fixed, odd ones the names of fields.
        self._teile = _MARKE.split(render_to_string(template, werte | marken))
        self._namen = self._teile[1::2]

    def fuelle(self, werte: Mapping) -> SafeString:
        """The text with these values, escaped unless they are markup already."""
        teile = self._teile.copy()
        # Most values are markup or numbers: a call for each would take longer than the rest.
        teile[1::2] = [
            wert if type(wert) is SafeString else _text(wert)
            for wert in map(werte.__getitem__, self._namen)
        ]
        return SafeString("".join(teile))

    def mit(self, werte: Mapping) -> "Schablone":
        """The same with these fields written, the others still open."""
        neu = copy(self)
        neu._teile, neu._namen = self._teile[:1], []
        for name, danach in zip(self._namen, self._teile[2::2], strict=True):
            if name in werte:
                neu._teile[-1] += _text(werte[name]) + danach
            else:
                neu._teile += name, danach
                neu._namen.append(name)
        return neu


def _text(wert) -> str:
    if isinstance(wert, int):
        return str(wert)
    return escape(wert) if type(wert) is str else conditional_escape(wert)
