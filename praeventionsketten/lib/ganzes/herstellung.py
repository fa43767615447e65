"""Put an earlier state back: first a plan that says what cannot come back, then the deed."""

import copy
import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Field, FileField, Model, QuerySet

from .umfang import Ganzes, Teil
from .vergleich import titel_von
from .worte import Namen, beschriftung, name

# Which rows a relation may be set to; without a part it is one of the record itself.
Erlaubt = Callable[[Teil | None, Field], QuerySet]


def alles_erlaubt(teil: Teil | None, feld: Field) -> QuerySet:
    return feld.related_model._base_manager.all()


class NichtHerstellbar(Exception):
    """Putting it back would break a rule of today; nothing was changed."""

    def __init__(self, gruende: list[str]) -> None:
        super().__init__(*gruende)
        self.gruende = gruende


class Ueberholt(Exception):
    """The record has changed since the plan was shown; nothing was changed."""


@dataclass
class Plan:
    """The state that will be, and what of the earlier one is missing in it."""

    jetzt: dict
    ziel: dict
    luecken: list[str] = field(default_factory=list)

    @property
    def kennung(self) -> str:
        """Tells whether a plan is still the one that somebody has agreed to."""
        text = json.dumps([self.jetzt, self.ziel, self.luecken], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


# ------------------------------------------------------------------ the plan


class _Planer:
    def __init__(self, model, ganzes: Ganzes, namen: Namen, erlaubt: Erlaubt) -> None:
        self.teile = ganzes.teile_von(model)
        self.eigene = {teil.model: teil.name for teil in self.teile}
        self.namen, self.erlaubt = namen, erlaubt
        self.luecken: list[str] = []

    def vorhanden(self, teil: Teil | None, feld: Field, pks: Collection) -> set:
        pks = {pk for pk in pks if pk is not None}
        return (
            set(self.erlaubt(teil, feld).filter(pk__in=pks).values_list("pk", flat=True))
            if (pks)
            else set()
        )

    def fehlt(self, feld: Field, pk: Any, wo: str = "") -> None:
        was = f"{beschriftung(feld)}: „{name(feld.related_model, pk, self.namen)}“"
        self.luecken.append(f"{wo}{was} gibt es nicht mehr oder steht Ihnen nicht offen.")

    def zeilen(self, teil: Teil, alt: list[dict], jetzt: list[dict]) -> list[dict]:
        heutige = {zeile["id"]: zeile["felder"] for zeile in jetzt}
        verweise = [
            f for f in teil.felder if f.is_relation and f.related_model not in self.eigene
        ]
        da = {
            f.name: self.vorhanden(teil, f, [z["felder"].get(f.name) for z in alt])
            for f in verweise
        }
        zeilen = []
        for zeile in alt:
            werte = self._bekannte(teil, zeile, heutige.get(zeile["id"]))
            if self._ohne_luecke(teil, zeile, werte, heutige, da):
                zeilen.append(zeile | {"felder": werte})
        return zeilen

    def _bekannte(self, teil: Teil, zeile: dict, heute: dict | None) -> dict:
        """The old values; a field that came later stays as it is today."""
        vorgabe = heute or {f.name: f.get_default() for f in teil.felder}
        return {f.name: zeile["felder"].get(f.name, vorgabe[f.name]) for f in teil.felder}

    def _ohne_luecke(
        self, teil: Teil, zeile: dict, werte: dict, heutige: dict, da: dict
    ) -> bool:
        """Mend what points to nothing; False if the row cannot be without it."""
        wo = f"{teil.model._meta.verbose_name} „{titel_von(teil, {'felder': werte})}“, "
        for feld in teil.felder:
            wert = werte[feld.name]
            if isinstance(feld, FileField) and wert and not feld.storage.exists(wert):
                self.luecken.append(f"{wo}die Datei gibt es nicht mehr.")
                return False
            if feld.name not in da or wert is None or wert in da[feld.name]:
                continue
            self.fehlt(feld, wert, wo)
            if feld.null:
                werte[feld.name] = None
            elif zeile["id"] in heutige:
                werte[feld.name] = heutige[zeile["id"]][feld.name]
            else:
                return False
        return True


def planen(
    model: type[Model],
    ganzes: Ganzes,
    jetzt: dict,
    alt: dict,
    namen: Namen,
    *,
    bleibt: Collection[str],
    erlaubt: Erlaubt,
) -> Plan:
    """What `jetzt` becomes when `alt` is put back; `bleibt` names fields that stay.

    Whatever `alt` does not know (fields that came later, contacts that were erased) stays
    as it is as well.
    """
    planer, ziel = _Planer(model, ganzes, namen, erlaubt), copy.deepcopy(jetzt)
    for feld in ganzes.felder(model):
        if feld.name in alt["felder"] and feld.name not in bleibt:
            wert = alt["felder"][feld.name]
            if feld.is_relation and not planer.vorhanden(None, feld, [wert]) >= {wert} - {None}:
                planer.fehlt(feld, wert)
                wert = None if feld.null else jetzt["felder"][feld.name]
            ziel["felder"][feld.name] = wert
    for feld in ganzes.listen(model):
        if feld.name in alt["listen"] and feld.name not in bleibt:
            pks = alt["listen"][feld.name]
            da = planer.vorhanden(None, feld, pks)
            ziel["listen"][feld.name] = [pk for pk in pks if pk in da]
            for pk in pks:
                if pk not in da:
                    planer.fehlt(feld, pk)
    for teil in planer.teile:
        if teil.name in alt["teile"]:
            ziel["teile"][teil.name] = planer.zeilen(
                teil, alt["teile"][teil.name], jetzt["teile"][teil.name]
            )
    _innen_verknuepft(planer, ziel)
    return Plan(jetzt, ziel, planer.luecken)


def _innen_verknuepft(planer: _Planer, ziel: dict) -> None:
    """Rows of the whole point only to rows that are there."""
    da = {name: {z["id"] for z in zeilen} for name, zeilen in ziel["teile"].items()}
    for teil in planer.teile:
        for feld in teil.felder:
            if feld.is_relation and feld.related_model in planer.eigene:
                for zeile in ziel["teile"][teil.name]:
                    if zeile["felder"][feld.name] not in da[planer.eigene[feld.related_model]]:
                        zeile["felder"][feld.name] = None


# ------------------------------------------------------------------ the deed


def herstellen(
    objekt: Model, ganzes: Ganzes, plan: Plan, sequenzen: dict[str, dict[int, int]]
) -> None:
    """Make the record say what the plan promises; an error must end the transaction.

    A row that is gone comes back under its old key, so that calendars know it again;
    `sequenzen` says by kind and key which numbers they have seen.
    """
    model, jetzt, ziel = type(objekt), plan.jetzt, plan.ziel
    _setze(objekt, ganzes.felder(model), ziel["felder"])
    _pruefen(objekt)
    objekt.save()
    for feld in ganzes.listen(model):
        if ziel["listen"][feld.name] != jetzt["listen"][feld.name]:
            getattr(objekt, feld.name).set(ziel["listen"][feld.name])
    teile = ganzes.teile_von(model)
    for teil in reversed(teile):
        bleiben = [zeile["id"] for zeile in ziel["teile"][teil.name]]
        zeilen = teil.model._base_manager.filter(**{teil.verweis: objekt})
        zeilen.exclude(pk__in=bleiben).delete()
    eigene = {teil.model for teil in teile}
    neue_schluessel: dict[type[Model], dict[int, int]] = {}
    for teil in teile:
        neue_schluessel[teil.model] = _schreibe_zeilen(
            objekt, teil, jetzt, ziel, eigene, sequenzen.get(teil.name, {})
        )
    for teil in teile:
        _verknuepfe_innen(teil, ziel["teile"][teil.name], neue_schluessel)


def _schreibe_zeilen(
    objekt: Model, teil: Teil, jetzt: dict, ziel: dict, eigene: set, sequenzen: dict[int, int]
) -> dict[int, int]:
    """Write the rows without their links among each other; returns old and new keys."""
    felder = [f for f in teil.felder if not (f.is_relation and f.related_model in eigene)]
    heutige = {zeile["id"]: zeile["felder"] for zeile in jetzt["teile"][teil.name]}
    zeilen = ziel["teile"][teil.name]
    alle = teil.model._base_manager
    vorhandene = alle.in_bulk([zeile["id"] for zeile in zeilen])
    schluessel = {}
    for daten in zeilen:
        pk, werte = daten["id"], daten["felder"]
        if pk in heutige:
            zeile = vorhandene[pk]
        else:
            # Its old key, unless the row has moved to another record meanwhile.
            zeile = teil.model(pk=None if pk in vorhandene else pk)
            setattr(zeile, f"{teil.verweis}_id", objekt.pk)
            if "sequenz" in daten:
                zeile.sequenz = sequenzen.get(pk, daten["sequenz"]) + 1
        if werte != heutige.get(pk):
            _setze(zeile, felder, werte)
            _pruefen(zeile)
            zeile.save()
        schluessel[pk] = zeile.pk
    return schluessel


def _verknuepfe_innen(teil: Teil, zeilen: list[dict], neue: dict) -> None:
    felder = [f for f in teil.felder if f.is_relation and f.related_model in neue]
    if not felder:
        return
    for daten in zeilen:
        werte = {f.attname: neue[f.related_model].get(daten["felder"][f.name]) for f in felder}
        # Not part of what calendars show, so the row itself need not hear of it.
        pk = neue[teil.model][daten["id"]]
        teil.model._base_manager.filter(pk=pk).exclude(**werte).update(**werte)


def _setze(objekt: Model, felder: list[Field], werte: dict) -> None:
    for feld in felder:
        setattr(objekt, feld.attname, feld.to_python(werte[feld.name]))


def _pruefen(objekt: Model) -> None:
    """The rules of the database, said in words before it refuses."""
    try:
        objekt.validate_unique()
        objekt.validate_constraints()
    except ValidationError as fehler:
        gruende = [
            text if name == NON_FIELD_ERRORS else f"{name}: {text}"
            for name, texte in fehler.message_dict.items()
            for text in texte
        ]
        raise NichtHerstellbar([f"„{objekt}“: {grund}" for grund in gruende]) from fehler
