"""The ways on from an empty list: what to leave out, and what one would find then."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from .filters import AngebotFilter

WEITER_KM = (50, 100)  # farther, nobody goes


class Ausweg(NamedTuple):
    text: str
    adresse: str
    anzahl: int

    @property
    def treffer(self) -> str:
        return ngettext("%(n)s Angebot", "%(n)s Angebote", self.anzahl) % {"n": self.anzahl}


def auswege(filter_: "AngebotFilter") -> list[Ausweg]:
    """Those that lead somewhere; no query. What keeps most of the choice comes first."""
    ohne = [weg for weg in (*weiter_weg(filter_), *_ohne_eins(filter_)) if weg.anzahl]
    return ohne or [weg for weg in _nur_eins(filter_) if weg.anzahl]


def weiter_weg(filter_: "AngebotFilter") -> Iterator[Ausweg]:
    """The same within the first greater distance that has something there."""
    ergebnis, ort = filter_.ergebnis, filter_.werte["plz"]
    for km in WEITER_KM if ergebnis.umkreis else ():
        if km <= filter_.werte["km"]:
            continue
        umkreis = ergebnis.werk.umkreis(ort, km)
        if anzahl := replace(ergebnis, umkreis=umkreis).anzahl_oertlich:
            wo = {"km": km, "ort": umkreis.mitte.name}
            text = _("bis %(km)s km um %(ort)s suchen") % wo
            yield Ausweg(text, filter_.adresse(km=[str(km)]), anzahl)
            return


def _ohne_eins(filter_: "AngebotFilter") -> Iterator[Ausweg]:
    for paar, wahl in zip(filter_.paare, filter_.gewaehlt, strict=True):
        andere = [p for p in filter_.paare if p != paar]
        text = format_html(_("{} weglassen"), wahl.text)
        yield Ausweg(text, wahl.ohne, _anzahl(filter_, andere))


def _nur_eins(filter_: "AngebotFilter") -> Iterator[Ausweg]:
    """Where the choice has too much of everything: one value alone."""
    leer = {name: [] for name in filter_.parameter}
    for paar, wahl in zip(filter_.paare, filter_.gewaehlt, strict=True):
        name, wert = paar
        bleibt = {name: [wert]}
        if name == "plz":
            bleibt["km"] = filter_.parameter["km"]
        text = format_html(_("nur {}"), wahl.text)
        yield Ausweg(text, filter_.adresse(**leer | bleibt), _anzahl(filter_, [paar]))


def _anzahl(filter_: "AngebotFilter", paare: Iterable[tuple[str, str]]) -> int:
    """How many there are for these values alone."""
    paare, namen = set(paare), {name for name, _wert in paare}
    werte = {
        name: [w for w in wert if (name, w) in paare]
        if isinstance(wert, list | tuple)
        else wert
        if name in namen
        else None
        for name, wert in filter_.werte.items()
    }
    ergebnis = filter_.ergebnis
    text = ergebnis.text if "q" in namen else None
    umkreis = ergebnis.umkreis if "plz" in namen else None
    return replace(ergebnis, werte=werte, text=text, umkreis=umkreis).anzahl
