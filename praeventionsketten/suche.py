"""Search over the whole portal: short lists by kind, from titles and teasers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page
from django.db.models import Count, Model, QuerySet, Window
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from angebote.models import Angebot
from kommunen.models import Kommune
from praeventionsketten.lib.blaettern import blaettere
from praeventionsketten.lib.suche import enthaelt
from praeventionsketten.lib.zeit import tag
from praeventionsketten.models import Seite
from praeventionsketten.models.programm import FESTE_SEITEN
from veranstaltungen.models import Bericht, Veranstaltung

JE_ART = 10


class Treffer(NamedTuple):
    url: str
    titel: str
    text: str
    zeile: str


@dataclass(frozen=True)
class Art:
    """A kind of page: what of it is public, where the words are looked for, how it reads."""

    code: str
    name: str
    sichtbar: Callable[[], QuerySet]
    felder: tuple[str, ...]
    zeile: Callable[[Model], str]

    def finde(self, worte: Iterable[str]) -> QuerySet:
        return self.sichtbar().filter(enthaelt(worte, self.felder))

    def als_treffer(self, objekte: Iterable[Model]) -> list[Treffer]:
        titel, text = self.felder[:2]
        return [
            Treffer(o.get_absolute_url(), getattr(o, titel), getattr(o, text), self.zeile(o))
            for o in objekte
        ]


@dataclass
class Gruppe:
    art: Art
    anzahl: int
    treffer: list[Treffer]

    def seite(self, request: HttpRequest, worte: list[str]) -> Page:
        """The page of all its hits that the request asks for."""
        page = blaettere(request, self.art.finde(worte), anzahl=self.anzahl)
        self.treffer = self.art.als_treffer(page)
        return page


ARTEN = [
    Art(
        "angebote",
        _("Angebote"),
        lambda: Angebot.objects.sichtbar().select_related("kommune"),
        ("titel", "kurzbeschreibung"),
        lambda angebot: angebot.kommune.name if angebot.kommune else _("landesweit"),
    ),
    Art(
        "kommunen",
        _("Kommunen"),
        Kommune.objects.sichtbar,
        ("name", "teaser", "kurzname", "schwerpunkte"),
        lambda kommune: kommune.get_art_display(),
    ),
    Art(
        "veranstaltungen",
        _("Veranstaltungen"),
        Veranstaltung.objects.sichtbar,
        ("titel", "teaser", "untertitel", "motto"),
        lambda termin: termin.zeitraum_text or tag(termin.beginn),
    ),
    Art(
        "berichte",
        _("Berichte und Meldungen"),
        Bericht.objects.sichtbar,
        ("titel", "teaser"),
        lambda bericht: tag(bericht.veroeffentlicht_am),
    ),
    Art(
        "seiten",
        _("Seiten"),
        lambda: Seite.objects.sichtbar().filter(slug__in=FESTE_SEITEN),
        ("titel", "teaser"),
        lambda seite: "",
    ),
]


def durchsuche(worte: list[str]) -> list[Gruppe]:
    """Each kind with its first hits and how many there are; one query per kind."""
    gruppen = []
    for art in ARTEN:
        # The window counts before the slice, so that no second query has to.
        objekte = list(art.finde(worte).annotate(gesamt=Window(Count("pk")))[:JE_ART])
        anzahl = objekte[0].gesamt if objekte else 0
        gruppen.append(Gruppe(art, anzahl, art.als_treffer(objekte)))
    return gruppen
