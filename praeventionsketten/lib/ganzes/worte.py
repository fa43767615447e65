"""What a stored value says: labels instead of codes, names instead of keys."""

from pathlib import PurePosixPath
from typing import Any

from django.db.models import Field, Model
from django.utils import formats
from django.utils.text import capfirst

from praeventionsketten.lib import zeit

LEER = "(leer)"
UNBEKANNT = "nicht mehr bekannt"

Namen = dict[str, dict[str, str]]


def beschriftung(feld: Field) -> str:
    return capfirst(str(feld.verbose_name))


def name(model: type[Model], pk: Any, namen: Namen) -> str:
    return namen.get(model._meta.label_lower, {}).get(str(pk), UNBEKANNT)


def in_worten(feld: Field, wert: Any, namen: Namen) -> str:
    """The value as the person who filled in the form knows it."""
    if wert is None:
        return "unbekannt" if feld.get_internal_type() == "BooleanField" else LEER
    if wert == "":
        return LEER
    if feld.is_relation:
        return name(feld.related_model, wert, namen)
    if feld.choices:
        return str(dict(feld.flatchoices).get(feld.to_python(wert), wert))
    return _gelesen(feld.get_internal_type(), feld.to_python(wert))


def _gelesen(art: str, wert: Any) -> str:
    match art:
        case "BooleanField":
            return "ja" if wert else "nein"
        case "DateField":
            return zeit.tag(wert)
        case "DateTimeField":
            return f"{zeit.wochentag(wert)}, {zeit.uhrzeit(wert)}\xa0Uhr"
        case "TimeField":
            return f"{zeit.uhrzeit(wert)}\xa0Uhr"
        case "FileField":
            return PurePosixPath(str(wert)).name
        case "DecimalField":
            return formats.number_format(wert.normalize(), use_l10n=True)
        case "PositiveIntegerField":
            return formats.number_format(wert, use_l10n=True, force_grouping=True)
    return str(wert)
