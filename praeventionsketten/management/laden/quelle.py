"""Reading the TOML files: tables become records, codes and slugs become references."""

import datetime as dt
import tomllib
from collections import defaultdict
from pathlib import Path

from django.core.exceptions import FieldDoesNotExist
from django.core.management.base import CommandError
from django.db import models
from django.utils import timezone

from kommunen.models import Kachel, Kommune
from praeventionsketten.models import AlteAdresse, Begriff, MitSlug

ORDNER = Path(__file__).resolve().parents[2]
GRUNDDATEN = ORDNER / "grunddaten"
BEISPIELWELT = ORDNER / "beispielwelt"

# Marks for readers of the files: this record, or these of its fields, are invented.
NUR_FUER_LESENDE = {"beispiel", "beispiel_angaben"}


class Ladefehler(CommandError):
    """Something in a file is wrong; the message names file and record."""


class Eintrag(dict):
    """A table of a file that knows where it stands."""

    def __init__(self, werte: dict, wo: str) -> None:
        super().__init__({k: v for k, v in werte.items() if k not in NUR_FUER_LESENDE})
        name = werte.get("slug") or werte.get("code") or werte.get("titel") or ""
        self.wo = f"{wo}, {name}" if name else wo

    def __missing__(self, feld: str):
        raise Ladefehler(f"{self.wo}: „{feld}“ fehlt.")

    def kinder(self, name: str) -> list["Eintrag"]:
        return [Eintrag(werte, self.wo) for werte in self.get(name, [])]


def lies(datei: Path) -> dict:
    return tomllib.loads(datei.read_text(encoding="utf-8"))


def eintraege(ordner: Path, muster: str, tabelle: str) -> list[Eintrag]:
    """All tables of this name in the files the pattern names, in their order."""
    return [
        Eintrag(werte, datei.name)
        for datei in sorted(ordner.glob(muster))
        for werte in lies(datei)[tabelle]
    ]


def schluesselfeld(modell: type[models.Model]) -> str:
    """The field by which files name a record of this model."""
    if issubclass(modell, Begriff):
        return "code"
    return "ags5" if modell is Kachel else "slug"


def vorhandene(modell: type[models.Model]) -> dict[str, int]:
    """Keys of the records that are there, under old addresses too."""
    pks = {}
    if issubclass(modell, MitSlug):
        alte = AlteAdresse.objects.filter(bereich=modell._meta.label_lower)
        pks = dict(alte.values_list("slug", "ziel_id"))
    return pks | dict(modell._base_manager.values_list(schluesselfeld(modell), "pk"))


def neue(modell: type[models.Model], alle: list[Eintrag]) -> list[Eintrag]:
    """Those that nobody has loaded yet."""
    feld, bekannt = schluesselfeld(modell), vorhandene(modell)
    return [eintrag for eintrag in alle if eintrag[feld] not in bekannt]


class Verweise:
    """Codes and slugs, looked up once per model; a wrong one is refused with its place."""

    def __init__(self) -> None:
        self._bekannt: dict[type[models.Model], dict[str, int]] = {}

    def pk(self, modell: type[models.Model], schluessel: str, eintrag: Eintrag) -> int | None:
        if modell is Kommune and schluessel == "landesweit":
            return None
        if modell not in self._bekannt:
            self._bekannt[modell] = vorhandene(modell)
        if schluessel not in self._bekannt[modell]:
            name = modell._meta.verbose_name
            raise Ladefehler(f"{eintrag.wo}: {name} „{schluessel}“ gibt es nicht.")
        return self._bekannt[modell][schluessel]


def baue(modell, eintrag: Eintrag, verweise: Verweise, ohne: tuple[str, ...] = (), **weitere):
    """An unsaved record: texts trimmed, lists as lines, codes and slugs resolved.

    Tables inside the table are left to the caller, and so are `ohne` and what `weitere` sets.
    """
    werte = {}
    for name, wert in eintrag.items():
        if name in weitere or name in ohne or _ist_tabelle(wert):
            continue
        try:
            feld = modell._meta.get_field(name)
        except FieldDoesNotExist as fehler:
            raise Ladefehler(f"{eintrag.wo}: „{name}“ ist unbekannt.") from fehler
        if feld.many_to_many:
            continue
        werte[feld.attname] = (
            verweise.pk(feld.related_model, wert, eintrag) if feld.is_relation else _text(wert)
        )
    return modell(**werte, **weitere)


def _ist_tabelle(wert) -> bool:
    erster = wert[0] if isinstance(wert, list) and wert else wert
    return isinstance(erster, dict)


def _text(wert):
    if isinstance(wert, list):
        return "\n".join(wert)
    return wert.strip() if isinstance(wert, str) else wert


class Verknuepfungen:
    """Collects many-to-many references and writes each relation in one go."""

    def __init__(self) -> None:
        self._paare: dict[models.ManyToManyField, list[tuple[int, int]]] = defaultdict(list)

    def sammle(self, objekt: models.Model, eintrag: Eintrag, verweise: Verweise) -> None:
        """Take up every many-to-many field of the record that its table fills."""
        for feld in objekt._meta.many_to_many:
            for schluessel in eintrag.get(feld.name, []):
                pk = verweise.pk(feld.related_model, schluessel, eintrag)
                self._paare[feld].append((objekt.pk, pk))

    def fuege_hinzu(self, feld: models.ManyToManyField, von: int, nach: int) -> None:
        self._paare[feld].append((von, nach))

    def schreibe(self) -> None:
        for feld, paare in self._paare.items():
            zeile, spalten = feld.remote_field.through, _spalten(feld)
            zeile.objects.bulk_create(
                [
                    zeile(**dict(zip(spalten, paar, strict=True)))
                    for paar in dict.fromkeys(paare)
                ]
            )


def _spalten(feld: models.ManyToManyField) -> tuple[str, str]:
    return f"{feld.m2m_field_name()}_id", f"{feld.m2m_reverse_field_name()}_id"


def ortszeit(tag: dt.date, uhrzeit: dt.time | str) -> dt.datetime:
    """The aware moment of a day and time as a file writes them."""
    if isinstance(uhrzeit, str):
        uhrzeit = dt.time.fromisoformat(uhrzeit)
    return timezone.make_aware(dt.datetime.combine(tag, uhrzeit))
