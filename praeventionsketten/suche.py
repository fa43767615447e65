"""Search over the whole portal: short lists by kind, with the German of the directory.

Angebote have an index of their own. The other kinds are few: each worker analyses them
once per content version and keeps the result in memory.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from angebote.models import Angebot
from angebote.suche import Ergebnis, Werk, aktuelles_werk
from angebote.suche.worte import in_worten
from kommunen.models import Kommune
from praeventionsketten.lib.blaettern import blaettere
from praeventionsketten.lib.deutsch import Analyse, Gelockert, Speicher, Suche
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
    """A kind of page: what of it is public, what its texts weigh, how it reads."""

    code: str
    name: str
    sichtbar: Callable[[], QuerySet]
    # Attribute → field of lib.deutsch; the first two are title and text of a hit.
    felder: Mapping[str, str]
    zeile: Callable[[Model], str]

    def als_treffer(self, pks: list[int]) -> list[Treffer]:
        titel, text = list(self.felder)[:2]
        je_pk = {objekt.pk: objekt for objekt in self.sichtbar().filter(pk__in=pks)}
        return [
            Treffer(o.get_absolute_url(), getattr(o, titel), getattr(o, text), self.zeile(o))
            for pk in pks
            if (o := je_pk.get(pk))
        ]

    def finde(self, werk: Werk, text: str) -> tuple[list[int], tuple[Gelockert, ...]]:
        """Keys from best to least, and what was relaxed for them."""
        suche = werk.einmal(("portalsuche", self.code), lambda: self._suche(werk.analyse))
        ergebnis = suche.suche(text)
        return ergebnis.nummern, ergebnis.gelockert

    def _suche(self, analyse: Analyse) -> Suche:
        speicher = Speicher(analyse)
        for objekt in self.sichtbar():
            texte = {feld: [] for feld in self.felder.values()}
            for name, feld in self.felder.items():
                texte[feld].append(strip_tags(str(getattr(objekt, name))))
            speicher.lege_an(objekt.pk, texte)
        return Suche(analyse, speicher)


@dataclass
class Gruppe:
    art: Art
    pks: list[int]
    gelockert: tuple[Gelockert, ...]

    @property
    def anzahl(self) -> int:
        return len(self.pks)

    @property
    def hat_mehr(self) -> bool:
        return self.anzahl > JE_ART

    @property
    def treffer(self) -> list[Treffer]:
        return self.art.als_treffer(self.pks[:JE_ART])

    def seite(self, request: HttpRequest) -> Page:
        """The page of all its hits that the request asks for."""
        page = blaettere(request, self.pks)
        page.object_list = self.art.als_treffer(page.object_list)
        return page


ANGEBOTE = Art(
    "angebote",
    _("Angebote"),
    lambda: Angebot.objects.sichtbar().select_related("kommune"),
    {"titel": "titel", "kurzbeschreibung": "kurz"},
    lambda angebot: angebot.kommune.name if angebot.kommune else _("landesweit"),
)
ANDERE = [
    Art(
        "kommunen",
        _("Kommunen"),
        Kommune.objects.sichtbar,
        {
            "name": "titel",
            "teaser": "kurz",
            "kurzname": "titel",
            "schwerpunkte": "begriffe",
            "ziele": "text",
            "arbeitsweise": "text",
            "motivation": "text",
        },
        lambda kommune: kommune.get_art_display(),
    ),
    Art(
        "veranstaltungen",
        _("Veranstaltungen"),
        Veranstaltung.objects.sichtbar,
        {"titel": "titel", "teaser": "kurz", "untertitel": "kurz", "motto": "kurz"},
        lambda termin: termin.zeitraum_text or tag(termin.beginn),
    ),
    Art(
        "berichte",
        _("Berichte und Meldungen"),
        Bericht.objects.sichtbar,
        {"titel": "titel", "teaser": "kurz", "text": "text"},
        lambda bericht: tag(bericht.veroeffentlicht_am),
    ),
    Art(
        "seiten",
        _("Seiten"),
        lambda: Seite.objects.sichtbar().filter(slug__in=FESTE_SEITEN),
        {"titel": "titel", "teaser": "kurz", "text": "text"},
        lambda seite: "",
    ),
]
ARTEN = [ANGEBOTE, *ANDERE]


def durchsuche(text: str) -> list[Gruppe]:
    """Each kind with its hits; relaxed ones only where no kind has what was asked for."""
    werk, treffer = aktuelles_werk(text)
    angebote = Ergebnis.nur_text(werk, treffer, text)
    gruppen = [Gruppe(ANGEBOTE, angebote.seite(), angebote.gelockert)]
    gruppen += [Gruppe(art, *art.finde(werk, text)) for art in ANDERE]
    gruppen = [gruppe for gruppe in gruppen if gruppe.pks]
    genaue = [gruppe for gruppe in gruppen if not gruppe.gelockert]
    return genaue or gruppen


def gelockert(gruppen: Iterable[Gruppe], text: str) -> list[str]:
    """What was searched for instead, each once, in words."""
    lockerungen = dict.fromkeys(g for gruppe in gruppen for g in gruppe.gelockert)
    return in_worten(lockerungen, text)
