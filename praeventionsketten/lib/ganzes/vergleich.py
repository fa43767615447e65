"""Two states of a whole side by side, in the words of the forms."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import Field, Model
from django.utils.text import capfirst

from praeventionsketten.lib.wortvergleich import Stueck, ersetzt, wortvergleich

from .umfang import Ganzes, Teil
from .worte import LEER, Namen, beschriftung, in_worten, name

LANG = {"TextField", "CharField"}


@dataclass
class Unterschied:
    """A field that changed, or a row that came, went or changed."""

    titel: str
    art: Literal["neu", "weg", "anders"] = "anders"
    stuecke: list[Stueck] = field(default_factory=list)
    felder: list["Unterschied"] = field(default_factory=list)
    ist_liste: bool = False


@dataclass
class Abschnitt:
    titel: str
    unterschiede: list[Unterschied]


class Seite:
    """One of the two states: its data, and what the keys in it are called."""

    def __init__(self, daten: dict, namen: Namen, teile: list[Teil]) -> None:
        self.daten = daten
        self.namen = dict(namen)
        for teil in teile:
            label = teil.model._meta.label_lower
            titel = {str(z["id"]): titel_von(teil, z) for z in daten["teile"][teil.name]}
            self.namen[label] = titel

    def zeilen(self, teil: Teil) -> dict[int, dict]:
        return {zeile["id"]: zeile["felder"] for zeile in self.daten["teile"][teil.name]}


def vergleichen(
    model: type[Model],
    ganzes: Ganzes,
    alt: tuple[dict, Namen],
    neu: tuple[dict, Namen],
    teile: Collection[str] | None = None,
) -> list[Abschnitt]:
    """What changed from `alt` to `neu`; of the rows only those kinds named in `teile`.

    Both as pairs of data and names; the data must be `ergaenzt`.
    """
    alle = ganzes.teile_von(model)
    davor, danach = Seite(*alt, alle), Seite(*neu, alle)
    abschnitte = [Abschnitt("Angaben", list(_angaben(model, ganzes, davor, danach)))]
    for teil in alle:
        if teile is None or teil.name in teile:
            titel = capfirst(str(teil.model._meta.verbose_name_plural))
            abschnitte.append(Abschnitt(titel, list(_zeilen(teil, davor, danach))))
    return [abschnitt for abschnitt in abschnitte if abschnitt.unterschiede]


def geaendert(
    model: type[Model],
    ganzes: Ganzes,
    alt: dict,
    neu: dict,
    teile: Collection[str] | None = None,
) -> list[str]:
    """Only the labels of what changed, for a list of many states."""
    titel = [
        beschriftung(feld)
        for art, felder in (("felder", ganzes.felder(model)), ("listen", ganzes.listen(model)))
        for feld in felder
        if alt[art][feld.name] != neu[art][feld.name]
    ]
    return titel + [
        capfirst(str(teil.model._meta.verbose_name_plural))
        for teil in ganzes.teile_von(model)
        if (teile is None or teil.name in teile)
        and ohne_zaehler(alt["teile"][teil.name]) != ohne_zaehler(neu["teile"][teil.name])
    ]


def ohne_zaehler(zeilen: list[dict]) -> list[tuple]:
    """The rows without the number that calendars count by."""
    return [(zeile["id"], zeile["felder"]) for zeile in zeilen]


def titel_von(teil: Teil, zeile: dict) -> str:
    """What a row is called, as in its form."""
    werte = {
        feld.attname: feld.to_python(zeile["felder"][feld.name])
        for feld in teil.felder
        if zeile["felder"][feld.name] is not None
    }
    return str(teil.model(**werte))


# ------------------------------------------------------------------ fields and links


def _angaben(model, ganzes: Ganzes, davor: Seite, danach: Seite) -> Iterator[Unterschied]:
    yield from _felder(ganzes.felder(model), davor, danach, *_werte("felder", davor, danach))
    alt, neu = _werte("listen", davor, danach)
    for feld in ganzes.listen(model):
        stuecke = _liste(feld, alt[feld.name], neu[feld.name], davor, danach)
        if stuecke:
            yield Unterschied(beschriftung(feld), stuecke=stuecke, ist_liste=True)


def _werte(art: str, davor: Seite, danach: Seite) -> tuple[dict, dict]:
    return davor.daten[art], danach.daten[art]


def _felder(
    felder: list[Field], davor: Seite, danach: Seite, alt: dict, neu: dict
) -> Iterator[Unterschied]:
    for feld in felder:
        if alt[feld.name] == neu[feld.name]:
            continue
        worte = in_worten(feld, alt[feld.name], davor.namen)
        neue_worte = in_worten(feld, neu[feld.name], danach.namen)
        ist_text = feld.get_internal_type() in LANG and not feld.choices
        vergleich = wortvergleich if ist_text and LEER not in (worte, neue_worte) else ersetzt
        yield Unterschied(beschriftung(feld), stuecke=vergleich(worte, neue_worte))


def _liste(feld: Field, alt: list, neu: list, davor: Seite, danach: Seite) -> list[Stueck]:
    ziel = feld.related_model
    weg = [Stueck("weg", name(ziel, pk, davor.namen)) for pk in alt if pk not in neu]
    return weg + [Stueck("neu", name(ziel, pk, danach.namen)) for pk in neu if pk not in alt]


# ------------------------------------------------------------------ rows


def _zeilen(teil: Teil, davor: Seite, danach: Seite) -> Iterator[Unterschied]:
    alt, neu = davor.zeilen(teil), danach.zeilen(teil)
    for pk in [*alt, *(pk for pk in neu if pk not in alt)]:
        if pk not in neu:
            yield _ganze_zeile("weg", teil, alt[pk], davor)
        elif pk not in alt:
            yield _ganze_zeile("neu", teil, neu[pk], danach)
        elif alt[pk] != neu[pk]:
            titel = titel_von(teil, {"felder": neu[pk]})
            felder = list(_felder(teil.felder, davor, danach, alt[pk], neu[pk]))
            yield Unterschied(titel, felder=felder)


def _ganze_zeile(art, teil: Teil, werte: dict, seite: Seite) -> Unterschied:
    """What a row said that came or went, without what every new row says."""
    felder = [
        Unterschied(
            beschriftung(feld), stuecke=[Stueck("gleich", in_worten(feld, wert, seite.namen))]
        )
        for feld in teil.felder
        if (wert := werte[feld.name]) not in (None, "", feld.get_default())
    ]
    return Unterschied(titel_von(teil, {"felder": werte}), art, felder=felder)
