"""Templates for what is shown a hundred times on a page.

Django renders such a template once, with a mark in each place that changes; after that it
is filled by joining. The markup stays where it belongs, in templates/. All of it is bytes,
as it is sent: encoding a whole page costs as much as filling it.
"""

import re
import secrets
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape, unescape

from django.template.loader import render_to_string
from django.utils.html import conditional_escape

# Private use characters, which escaping leaves alone, and a number nobody can know: a text
# that somebody wrote into a template never holds a mark.
_AUF, _ZU = f"\ue000{secrets.token_hex(4)} ", "\ue001"
_MARKE = re.compile(f"{_AUF}([^{_ZU}]+){_ZU}")
# How a template is laid out is for those who read it.
_EINRUECKUNG = re.compile(r"\s*\n\s*")
# Most texts have none of these, and to look costs a quarter of replacing five.
_ZU_MASKIEREN = re.compile("[&<>\"']")


def marke(feld: str) -> str:
    """Stands in a template for a field of that name; for values deeper than the top."""
    return f"{_AUF}{feld}{_ZU}"


class Html(bytes):
    """Markup as it is sent: escaped already, in UTF-8."""

    # Without attributes the garbage collector has nothing to look for in it.
    __slots__ = ()

    def __str__(self) -> str:
        return self.decode()


def als_klartext(html: bytes) -> str:
    """What was escaped, where that is all there is."""
    return unescape(html.decode())


def verbunden(teile: Iterable[Html]) -> Html:
    return Html(b"".join(teile))


class Schablone:
    """A template whose `felder` are filled in later; everything else is fixed in `werte`.

    A field may only be written out: the template cannot decide by it.
    """

    __slots__ = ("_namen", "_teile")

    def __init__(self, template: str, felder: Iterable[str] = (), /, **werte) -> None:
        marken = {feld: marke(feld) for feld in felder}
        html = _EINRUECKUNG.sub("\n", render_to_string(template, werte | marken))
        # Even positions are fixed, odd ones the names of fields.
        teile = _MARKE.split(html)
        self._namen = teile[1::2]
        self._teile = [teil.encode() for teil in teile]

    def fuelle(self, werte: Mapping) -> Html:
        """The text with these values, escaped unless they are markup already."""
        return Html(b"".join(self.teile(werte)))

    def teile(self, werte: Mapping) -> list[bytes]:
        """The same before it is joined, for whoever exchanges a piece now and then."""
        teile = self._teile.copy()
        # Most values are markup: a call for each would take longer than the rest.
        teile[1::2] = [
            wert if type(wert) is Html else _kodiert(wert)
            for wert in map(werte.__getitem__, self._namen)
        ]
        return teile

    def stelle(self, feld: str) -> int:
        """Where among the pieces a field stands, if it stands there once."""
        if self._namen.count(feld) != 1:
            raise ValueError(f"{feld} stands in {self._namen.count(feld)} places")
        return 2 * self._namen.index(feld) + 1


class Vordruck:
    """A Schablone filled in beforehand: a page sets only what differs from that.

    For forms of a hundred fields most of which are empty most of the time.
    """

    __slots__ = ("_stellen", "_teile")

    def __init__(self, schablone: Schablone, werte: Mapping) -> None:
        self._teile = schablone.teile(werte)
        self._stellen = {feld: schablone.stelle(feld) for feld in werte}

    def fuelle(self, anders: Mapping[str, Html]) -> Html:
        teile, stellen = self._teile.copy(), self._stellen
        for feld, html in anders.items():
            teile[stellen[feld]] = html
        return Html(b"".join(teile))


def als_html(wert) -> Html:
    return wert if type(wert) is Html else Html(_kodiert(wert))


@lru_cache(10_000)
def zahl_html(zahl: int) -> Html:
    """For pages that write a hundred numbers."""
    return Html(b"%d" % zahl)


def _kodiert(wert) -> bytes:
    if isinstance(wert, int):
        return b"%d" % wert
    if type(wert) is not str:
        return conditional_escape(wert).encode()
    return (escape(wert) if _ZU_MASKIEREN.search(wert) else wert).encode()
