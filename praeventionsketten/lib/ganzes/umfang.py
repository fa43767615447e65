"""What belongs to a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import CASCADE, Field, Model


class Teil(NamedTuple):
    """A kind of rows of a whole: its name, its model, and the key to the record."""

    name: str
    model: type[Model]
    verweis: str

    @property
    def felder(self) -> list[Field]:
        return _gepflegt(self.model, {self.verweis})


@dataclass(frozen=True)
class Ganzes:
    """Which rows belong to a record; fields and links of both are found by themselves."""

    # Related names, those first that others point to.
    teile: tuple[str, ...]
    # Rows that hang on the record and are no part of what it says.
    ohne: tuple[str, ...] = ()
    # The parts that tell who can be reached.
    kontakte: tuple[str, ...] = ()
    # Kept to be read, but never put back: it belongs to today.
    bleibt: tuple[str, ...] = ("status",)
    # The address has a history of its own.
    nicht: tuple[str, ...] = ("slug",)

    def felder(self, model: type[Model]) -> list[Field]:
        return _gepflegt(model, self.nicht)

    def listen(self, model: type[Model]) -> list[Field]:
        return list(model._meta.many_to_many)

    def teile_von(self, model: type[Model]) -> list[Teil]:
        verweise = {v.get_accessor_name(): v for v in model._meta.related_objects}
        return [
            Teil(name, verweise[name].related_model, verweise[name].field.name)
            for name in self.teile
        ]

    def vergessene(self, model: type[Model]) -> Iterator[str]:
        """Rows that hang on the record, and nobody has said whether they belong to it."""
        for verweis in model._meta.get_fields(include_hidden=True):
            if not verweis.auto_created or verweis.concrete or verweis.many_to_many:
                continue
            name = verweis.get_accessor_name()
            eigene = (
                verweis.on_delete is CASCADE and not verweis.related_model._meta.auto_created
            )
            if eigene and name not in (*self.teile, *self.ohne):
                yield name


def _gepflegt(model: type[Model], ohne) -> list[Field]:
    """What people fill in; keys, stamps and counters are not part of what a record says."""
    return [
        feld
        for feld in model._meta.concrete_fields
        if feld.editable and not feld.primary_key and feld.name not in ohne
    ]
