"""The words one can filter by, all vocabularies in one query."""

from typing import NamedTuple

from django.db.models import F, Value

from kommunen.models import (
    Handlungsfeld,
    Kommune,
    Lebensphase,
    Sprache,
    Uebergang,
    Zielgruppe,
)

from .models import Angebotsformat


class Wort(NamedTuple):
    """One word; its code stands in addresses, its own name is what speakers call it."""

    art: str
    rang: int
    name: str
    code: str
    eigenname: str
    rtl: bool

    @property
    def beschriftung(self) -> str:
        sprache = Sprache(
            code=self.code, name=self.name, eigenname=self.eigenname, rtl=self.rtl
        )
        return sprache.beschriftung if self.art == "sprache" else self.name


def lade() -> dict[str, list[Wort]]:
    """Every vocabulary under the name of its parameter, in its order."""
    kommunen = Kommune.objects.sichtbar().order_by()
    begriffe = [
        _zeilen("phase", Lebensphase, name="kurz"),
        _zeilen("uebergang", Uebergang, name="kurz"),
        _zeilen("feld", Handlungsfeld),
        _zeilen("zielgruppe", Zielgruppe),
        _zeilen("format", Angebotsformat),
        _zeilen("sprache", Sprache, eigenname=F("eigenname"), rtl=F("rtl")),
        _spalten("kommune", kommunen, rang=Value(0), name="kurzname", code="slug"),
    ]
    vokabular: dict[str, list[Wort]] = {}
    for wort in sorted(map(Wort._make, begriffe[0].union(*begriffe[1:], all=True))):
        vokabular.setdefault(wort.art, []).append(wort)
    return vokabular


def _zeilen(art, model, **spalten):
    return _spalten(art, model.objects.order_by(), **spalten)


def _spalten(
    art, queryset, rang="reihenfolge", name="name", code="code", eigenname=None, rtl=None
):
    return queryset.values_list(
        Value(art), rang, name, code, eigenname or Value(""), rtl or Value(False)
    )
