"""The parts of a Steckbrief in one query.

Seven small tables hang on a Kommune. Each becomes one part of a union: its name, and its
columns (with those of the vocabularies it points to) as one JSON object. Here they turn
into the models' own instances again, in the models' own order.
"""

from collections import defaultdict
from typing import Any

from django.db.models import ForeignKey, Model, Value
from django.db.models.functions import JSONObject

from praeventionsketten.models import Begriff

from .models import (
    Beteiligung,
    Gremium,
    Kennzahl,
    Kommune,
    Koordination,
    Meilenstein,
    Steckbriefdokument,
    Teilraum,
)

TEILE = {
    "teilraeume": Teilraum,
    "koordinationen": Koordination,
    "gremien": Gremium,
    "meilensteine": Meilenstein,
    "beteiligungen": Beteiligung,
    "kennzahlen": Kennzahl,
    "dokumente": Steckbriefdokument,
}


def lade_teile(kommune: Kommune) -> dict[str, list[Model]]:
    """All parts of the Steckbrief by name; their foreign keys cost no further query."""
    abfragen = [
        model.objects.filter(kommune=kommune)
        .order_by()
        .values_list(Value(name), JSONObject(**_spalten(model)))
        for name, model in TEILE.items()
    ]
    teile = {name: [] for name in TEILE}
    for name, daten in abfragen[0].union(*abfragen[1:], all=True):
        teile[name].append(_instanz(TEILE[name], daten))
    teilraeume = {teilraum.pk: teilraum for teilraum in teile["teilraeume"]}
    for name, zeilen in teile.items():
        _sortiere(zeilen)
        for zeile in zeilen:
            zeile.kommune = kommune
            if name not in ("teilraeume", "dokumente"):
                zeile.teilraum = teilraeume.get(zeile.teilraum_id)
    return teile


def nach_ebene(gremien: list[Gremium]) -> list[tuple[str, list[Gremium]]]:
    """Gremien by the name of their Ebene, those without one last."""
    gruppen = defaultdict(list)
    for gremium in gremien:
        gruppen[gremium.ebene.name if gremium.ebene else ""].append(gremium)
    return list(gruppen.items())


def _spalten(model: type[Model], vorsatz: str = "") -> dict[str, Any]:
    """The columns of a model, and one level deep those of its vocabularies."""
    spalten = {}
    for feld in model._meta.concrete_fields:
        spalten[feld.attname] = f"{vorsatz}{feld.attname}"
        if _ist_begriff(feld):
            spalten[feld.name] = JSONObject(
                **_spalten(feld.related_model, f"{vorsatz}{feld.name}__")
            )
    return spalten


def _instanz(model: type[Model], daten: dict) -> Model:
    werte = {}
    for feld in model._meta.concrete_fields:
        werte[feld.attname] = feld.to_python(daten[feld.attname])
        if _ist_begriff(feld):
            gesetzt = daten[feld.attname] is not None
            begriff = _instanz(feld.related_model, daten[feld.name]) if gesetzt else None
            werte[feld.name] = begriff
            del werte[feld.attname]
    instanz = model(**werte)
    instanz._state.adding = False
    return instanz


def _ist_begriff(feld) -> bool:
    return isinstance(feld, ForeignKey) and issubclass(feld.related_model, Begriff)


def _sortiere(zeilen: list[Model]) -> None:
    """Sort by the model's own `ordering`; what is not known stands last."""
    for merkmal in reversed(zeilen[0]._meta.ordering if zeilen else []):
        pfad, ab = merkmal.removeprefix("-").split("__"), merkmal.startswith("-")

        def schluessel(zeile, pfad=pfad, ab=ab):
            wert = zeile
            for name in pfad:
                wert = getattr(wert, name, None)
            fehlt = wert is None
            return (fehlt is not ab, 0 if fehlt else wert)

        zeilen.sort(key=schluessel, reverse=ab)
