"""Search over the whole portal: short lists by kind, with the German of the directory.

Angebote have an index of their own. The other kinds are few: each worker analyses them
once per content version and keeps them in memory. A page costs two queries.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.core.paginator import Page
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from angebote.karten import lies
from angebote.models import Programm
from angebote.suche import Ergebnis, Werk, aktuelles_werk
from angebote.suche.textsuche import Texttreffer
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

    def lies(self, analyse: Analyse) -> tuple[Suche, dict[int, Treffer]]:
        """All of it, ready to be searched and shown."""
        titel, text = list(self.felder)[:2]
        speicher, treffer = Speicher(analyse), {}
        for o in self.sichtbar():
            texte = {feld: [] for feld in self.felder.values()}
            for name, feld in self.felder.items():
                texte[feld].append(strip_tags(str(getattr(o, name))))
            speicher.lege_an(o.pk, texte)
            treffer[o.pk] = Treffer(
                o.get_absolute_url(), getattr(o, titel), getattr(o, text), self.zeile(o)
            )
        return Suche(analyse, speicher), treffer

    def finde(self, werk: Werk, text: str) -> "Gruppe":
        # What is dated into the future appears without anybody saving it.
        name, heute = f"portalsuche {self.code}", timezone.localdate()
        suche, treffer = werk.taeglich(name, heute, lambda: self.lies(werk.analyse))
        ergebnis = suche.suche(text)
        return Gruppe(
            self.code,
            self.name,
            ergebnis.nummern,
            len(ergebnis.nummern),
            ergebnis.gelockert,
            lambda pks: [treffer[pk] for pk in pks],
        )


@dataclass
class Gruppe:
    """The hits of one kind; `zeige` makes of their keys what the page says."""

    code: str
    name: str
    pks: Sequence[int]
    anzahl: int
    gelockert: tuple[Gelockert, ...]
    zeige: Callable[[Iterable[int]], list[Treffer]]
    page: Page | None = None

    @property
    def hat_mehr(self) -> bool:
        return self.anzahl > JE_ART

    @cached_property
    def treffer(self) -> list[Treffer]:
        return self.zeige(self.page.object_list if self.page else self.pks[0:JE_ART])


def finde_angebote(werk: Werk, texttreffer: Texttreffer, text: str) -> Gruppe:
    ergebnis = Ergebnis.nur_text(werk, texttreffer, text)
    return Gruppe(
        "angebote",
        _("Angebote"),
        ergebnis,
        ergebnis.anzahl,
        ergebnis.gelockert,
        angebote_als_treffer,
    )


def angebote_als_treffer(pks: Iterable[int]) -> list[Treffer]:
    """One query, of what lists know of them."""
    pks = list(pks)
    karten = lies(pks) if pks else {}
    return [
        Treffer(
            reverse("angebot", args=[karte["slug"]]),
            karte["titel"],
            karte["kurzbeschreibung"],
            karte["kommune"] or _("landesweit"),
        )
        for pk in pks
        if (karte := karten.get(pk))
    ]


ANDERE = [
    Art(
        "programme",
        _("Programme"),
        Programm.objects.sichtbar,
        {"name": "titel", "teaser": "kurz", "bausteine": "begriffe", "beschreibung": "text"},
        lambda programm: "",
    ),
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
ARTEN = {"angebote", *(art.code for art in ANDERE)}


def durchsuche(text: str) -> tuple[Werk, list[Gruppe]]:
    """Each kind with its hits; relaxed ones only where no kind has what was asked for."""
    werk, texttreffer = aktuelles_werk(text)
    if texttreffer is None:
        return werk, []
    gruppen = [finde_angebote(werk, texttreffer, text)]
    gruppen += [art.finde(werk, text) for art in ANDERE]
    gruppen = [gruppe for gruppe in gruppen if gruppe.anzahl]
    genaue = [gruppe for gruppe in gruppen if not gruppe.gelockert]
    return werk, genaue or gruppen


def waehle(gruppen: Iterable[Gruppe], code: str, request: HttpRequest) -> Gruppe | None:
    """The kind that was asked for; of it one may page through all hits."""
    gruppe = next((gruppe for gruppe in gruppen if gruppe.code == code), None)
    if gruppe:
        gruppe.page = blaettere(request, gruppe.pks, anzahl=gruppe.anzahl)
    return gruppe


def gelockert(gruppen: Iterable[Gruppe], text: str) -> list[str]:
    """What was searched for instead, each once, in words."""
    lockerungen = dict.fromkeys(g for gruppe in gruppen for g in gruppe.gelockert)
    return in_worten(lockerungen, text)
