"""What an address of /angebote/ asks for and the list leaves out, said in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from praeventionsketten.lib.eingabe import lesbar

from .felder import ZahlField

if TYPE_CHECKING:
    from .filters import AngebotFilter

HOECHSTENS = 5  # sentences about values; whoever sends more does not read them
OHNE_GRUNDLAGE = {
    "naehe": gettext_lazy(
        "Nach Entfernung ordnen wir die Liste, wenn Sie eine Postleitzahl oder einen Ort nennen."
    ),
    "beste": gettext_lazy(
        "Nach den besten Treffern ordnen wir die Liste, wenn Sie ein Stichwort nennen."
    ),
}


def saetze(filter_: "AngebotFilter") -> Iterator[str]:
    for name, wert in filter_.unbekannt[:HOECHSTENS]:
        yield _unbekannt(filter_.felder[name], wert)
    if len(filter_.unbekannt) > HOECHSTENS:
        yield gettext("Auch weitere Angaben in der Adresse kennen wir nicht.")
    for name in filter_.mehrdeutig:
        yield _mehrdeutig(filter_, name)
    if filter_.ohne_mitte:
        yield gettext(
            "Den Umkreis haben wir nicht berücksichtigt: Nennen Sie dazu eine Postleitzahl "
            "oder einen Ort."
        )
    wunsch = next(iter(filter_.werte["sort"]), "")
    if wunsch != filter_.sortierung and wunsch in OHNE_GRUNDLAGE:
        yield str(OHNE_GRUNDLAGE[wunsch])


def feldfehler(filter_: "AngebotFilter") -> dict[str, str]:
    """What a field of the form says of itself, so that it can be put right there."""
    if not (filter_.unbekannt or filter_.ohne_mitte or filter_.ort_unbekannt):
        return {}
    satz = gettext(
        "„%(wert)s“ passt hier nicht: bitte eine ganze Zahl von %(von)s bis %(bis)s."
    )
    fehler = {
        name: satz % {"wert": _kurz(wert), "von": feld.mindestens, "bis": feld.hoechstens}
        for name, wert in filter_.unbekannt
        if isinstance(feld := filter_.felder[name], ZahlField)
    }
    if filter_.ohne_mitte:
        fehler["plz"] = gettext("Zum Umkreis fehlt eine Postleitzahl oder ein Ort.")
    if filter_.ort_unbekannt:
        satz = gettext("Wo „%(ort)s“ liegt, wissen wir nicht.")
        fehler["plz"] = satz % {"ort": _kurz(filter_.ort_unbekannt)}
    if gemeint := filter_.gemeinter_ort:
        fehler["plz"] += " " + gettext("Meinten Sie %(ort)s?") % {"ort": gemeint.name}
    return fehler


def _unbekannt(feld, wert: str) -> str:
    satz = gettext("„%(wert)s“ kennen wir nicht und haben es nicht berücksichtigt.")
    satz %= {"wert": _kurz(wert)}
    if not isinstance(feld, ZahlField):
        return satz
    bereich = {"feld": feld.label, "von": feld.mindestens, "bis": feld.hoechstens}
    return f"{satz} " + gettext("%(feld)s: eine ganze Zahl von %(von)s bis %(bis)s.") % bereich


def _mehrdeutig(filter_: "AngebotFilter", name: str) -> str:
    satz = gettext(
        "Zu „%(feld)s“ stehen mehrere Angaben in der Adresse. Wir haben nur „%(wert)s“ genommen."
    )
    feld, wert = filter_.felder[name], filter_.werte[name]
    if name == "sort":
        wert = feld.beschriftungen[filter_.sortierung]
    return satz % {"feld": feld.label, "wert": _kurz(str(wert))}


def _kurz(wert: str) -> str:
    return Truncator(lesbar(wert)).chars(40)
