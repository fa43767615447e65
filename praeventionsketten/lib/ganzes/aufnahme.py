"""A record as data: its fields, its links by key, its rows; and the names behind the keys."""

from collections import defaultdict
from typing import Any

from django.db.models import F, Field, Model, Value

from .umfang import Ganzes, Teil

EINFACH = (bool, int, float, type(None))


def aufnehmen(objekt: Model, ganzes: Ganzes) -> dict:
    """All of it as it is stored, in one query for the links and one per kind of rows.

    `objekt` must be fresh from the database: what a form has put there may not be saved.
    """
    model = type(objekt)
    listen = ganzes.listen(model)
    return {
        "felder": _werte(objekt, ganzes.felder(model)),
        "listen": {feld.name: [] for feld in listen} | _verknuepft(objekt, listen),
        "teile": {teil.name: _zeilen(objekt, teil) for teil in ganzes.teile_von(model)},
    }


def _werte(objekt: Model, felder: list[Field]) -> dict:
    return {feld.name: _wert(feld.value_from_object(objekt)) for feld in felder}


def _wert(wert: Any):
    """As JSON keeps it and `Field.to_python` reads it."""
    if isinstance(wert, str):
        # Browsers send the ends of lines in a way of their own; that is no change.
        return wert.replace("\r\n", "\n")
    if isinstance(wert, EINFACH):
        return wert
    return wert.isoformat() if hasattr(wert, "isoformat") else str(wert)


def _verknuepft(objekt: Model, listen: list[Field]) -> dict[str, list[int]]:
    abfragen = [
        feld.remote_field.through._base_manager.filter(
            **{f"{feld.m2m_field_name()}_id": objekt.pk}
        ).values_list(Value(feld.name), F(f"{feld.m2m_reverse_field_name()}_id"))
        for feld in listen
    ]
    verknuepft = defaultdict(list)
    for name, pk in _zusammen(abfragen):
        verknuepft[name].append(pk)
    return {name: sorted(pks) for name, pks in verknuepft.items()}


def _zusammen(abfragen: list):
    """Many small queries in one."""
    return abfragen[0].union(*abfragen[1:], all=True) if abfragen else []


def _zeilen(objekt: Model, teil: Teil) -> list[dict]:
    zeilen = teil.model._base_manager.filter(**{teil.verweis: objekt.pk}).order_by("pk")
    return [_zeile(zeile, teil) for zeile in zeilen]


def _zeile(zeile: Model, teil: Teil) -> dict:
    daten = {"id": zeile.pk, "felder": _werte(zeile, teil.felder)}
    if hasattr(zeile, "sequenz"):
        # How often calendars have heard of it; not what it says, but needed to tell again.
        daten["sequenz"] = zeile.sequenz
    return daten


# ------------------------------------------------------------------ names


def benennen(model: type[Model], ganzes: Ganzes, daten: dict) -> dict[str, dict[str, str]]:
    """What the keys in the data are called today, by model: for the day they are gone."""
    schluessel = _schluessel(model, ganzes, daten)
    abfragen = [
        ziel._base_manager.filter(pk__in=pks)
        .order_by()
        .values_list(Value(ziel._meta.label_lower), "pk", _name(ziel))
        for ziel, pks in schluessel.items()
        if pks
    ]
    namen = defaultdict(dict)
    for label, pk, name in _zusammen(abfragen):
        namen[label][str(pk)] = name
    return dict(namen)


def _schluessel(model: type[Model], ganzes: Ganzes, daten: dict) -> dict[type[Model], set]:
    teile = ganzes.teile_von(model)
    eigene = {teil.model for teil in teile}
    schluessel = defaultdict(set)
    for feld in ganzes.listen(model):
        schluessel[feld.related_model] |= set(daten["listen"][feld.name])
    zeilen = [(ganzes.felder(model), daten["felder"])]
    zeilen += [(t.felder, z["felder"]) for t in teile for z in daten["teile"][t.name]]
    for felder, werte in zeilen:
        for feld in felder:
            if feld.is_relation and feld.related_model not in eigene:
                schluessel[feld.related_model] |= {werte[feld.name]} - {None}
    return schluessel


def _name(model: type[Model]) -> str:
    felder = {feld.name for feld in model._meta.concrete_fields}
    return "name" if "name" in felder else "titel"


# ------------------------------------------------------------------ later fields


def ergaenzt(model: type[Model], ganzes: Ganzes, daten: dict) -> dict:
    """Old data as they would read today: fields that came later are empty, others gone."""
    felder = ganzes.felder(model)
    return {
        "felder": _mit_vorgaben(felder, daten["felder"]),
        "listen": {f.name: daten["listen"].get(f.name, []) for f in ganzes.listen(model)},
        "teile": {
            teil.name: [
                zeile | {"felder": _mit_vorgaben(teil.felder, zeile["felder"])}
                for zeile in daten["teile"].get(teil.name, [])
            ]
            for teil in ganzes.teile_von(model)
        },
    }


def _mit_vorgaben(felder: list[Field], werte: dict) -> dict:
    return {
        f.name: werte[f.name] if f.name in werte else _wert(f.get_default()) for f in felder
    }
