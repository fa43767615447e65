"""The parameters of /angebote/: what they are called, what they may be, what they mean.

Values of one group widen the list (OR), groups narrow it (AND); Lebensphasen and Übergänge
are one group. Nothing is refused: what is not known is left out and named in `unbekannt`.
"""

from collections.abc import Iterable
from copy import deepcopy
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import quote_plus

import django_filters
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kommunen.naehe import PLZ, Genauigkeit
from praeventionsketten.lib.suche import woerter

from . import vokabular
from .felder import CodesField, TextField, ZahlField, letzter, mehrdeutig
from .suche import Ergebnis, aktuelles_werk
from .suche.liste import sortierung
from .suche.worte import in_worten
from .unbeachtet import feldfehler, saetze

LEBENSWEG = ("phase", "uebergang")
LANDESWEIT = "landesweit"  # in place of a Kommune's slug
GENUG = 2000
UMKREIS_KM = 20  # where somebody names a place and no distance
SORTIERUNGEN = {
    "beste": _("beste Treffer"),
    "naehe": _("nach Entfernung"),
    "titel": _("von A bis Z"),
    "stand": _("zuletzt bestätigt"),
}


class Codes(django_filters.Filter):
    field_class = CodesField


class Zahl(django_filters.Filter):
    field_class = ZahlField


class Text(django_filters.Filter):
    field_class = TextField


class Parameter(django_filters.FilterSet):
    """Declared here, cleaned one by one in AngebotFilter, counted by the engine."""

    q = Text(label=_("Stichwort"))
    plz = Text(label=_("Postleitzahl oder Ort"))
    km = Zahl(label=_("Umkreis in Kilometern"), mindestens=1, hoechstens=200)
    kommune = Codes(label=_("Kommune"))
    phase = Codes(label=_("Lebensphase"))
    uebergang = Codes(label=_("Übergang"))
    alter = Zahl(label=_("Alter des Kindes in Jahren"))
    zielgruppe = Codes(label=_("Für wen?"))
    feld = Codes(label=_("Thema"))
    sprache = Codes(label=_("Sprache"))
    kosten = Codes(choices=[("frei", _("kostenlos"))])
    zugang = Codes(choices=[("offen", _("ohne Anmeldung"))])
    stufenlos = Codes(choices=[("1", _("stufenlos"))])
    format = Codes(label=_("Wie?"))
    ungesichert = Codes(choices=[("1", _("auch lange nicht bestätigte"))])
    sort = Codes(label=_("Sortierung"), choices=list(SORTIERUNGEN.items()), eindeutig=True)


class Gewaehlt(NamedTuple):
    """A chosen value, and the address of the list without it."""

    text: str
    ohne: str


class Ortsvorschlag(NamedTuple):
    name: str
    adresse: str


def felder(worte: dict[str, list[vokabular.Wort]]) -> dict:
    """The fields with the present vocabularies; they serve every request of a version."""
    alle = {name: deepcopy(f.field) for name, f in Parameter.get_filters().items()}
    for name, liste in worte.items():
        alle[name].choices = [(wort.code, wort.beschriftung) for wort in liste]
    alle["kommune"].choices = [*alle["kommune"].choices, (LANDESWEIT, _("landesweit"))]
    return alle


class AngebotFilter:
    """What an address of /angebote/ asks for, and `ergebnis`: what it finds."""

    def __init__(self, data: QueryDict) -> None:
        data = _mit_plz(data)
        text = Parameter.base_filters["q"].field
        self.werte = {"q": text.pruefe(data.getlist("q")).wert}
        self.gekuerzt = text.gekuerzt(data.getlist("q"))
        # First, because the version decides which words there are.
        werk, treffer = aktuelles_werk(self.werte["q"])
        self.worte = werk.einmal("vokabular", vokabular.lade)
        self.felder = werk.einmal("felder", lambda: felder(self.worte))
        self.unbekannt: list[tuple[str, str]] = []
        self.mehrdeutig: list[str] = []
        for name, feld in self.felder.items():
            if name not in data:
                self.werte[name] = feld.leer
                continue
            geprueft = feld.pruefe(werte := data.getlist(name))
            self.werte[name] = geprueft.wert
            self.unbekannt += [(name, wert) for wert in geprueft.unbekannt]
            if feld.eindeutig and geprueft.wert and mehrdeutig(werte):
                self.mehrdeutig.append(name)
        self.ort_unbekannt, self.ohne_mitte, self.gemeint = "", False, {}
        umkreis = self._umkreis(werk)
        self.ergebnis = Ergebnis(
            werk, self.werte, treffer, umkreis, self.sortierung_fuer(umkreis)
        )

    def _umkreis(self, werk):
        self.km_getippt = self.werte["km"]
        if not self.werte["plz"]:
            self.ohne_mitte = self.werte["km"] is not None
            self.werte["km"] = None
            return None
        km = self.werte["km"] = self.werte["km"] or UMKREIS_KM
        umkreis = werk.umkreis(self.werte["plz"], km)
        if umkreis is None:
            self.ort_unbekannt = self.werte["plz"]
            if gemeint := werk.gemeinter_ort(self.ort_unbekannt):
                self.gemeint = {"plz": [gemeint], "km": [str(km)]}
            self.werte["plz"], self.werte["km"] = "", None
        return umkreis

    def sortierung_fuer(self, umkreis) -> str:
        return sortierung(next(iter(self.werte["sort"]), ""), self.werte["q"], umkreis)

    # ------------------------------------------------------------ what was understood

    @property
    def sortierung(self) -> str:
        return self.ergebnis.sortierung

    @property
    def ohne_wahl(self) -> str:
        """The order that needs no parameter."""
        return sortierung("", self.werte["q"], self.ergebnis.umkreis)

    @property
    def woerter(self) -> list[str]:
        """What to mark in the texts of the hits."""
        statt = [g.stattdessen for g in self.ergebnis.gelockert if g.stattdessen]
        return woerter(" ".join([self.werte["q"], *statt]))

    @cached_property
    def gelockert(self) -> list[str]:
        """What was searched for instead, said in words."""
        text = self.ergebnis.text
        gefunden = bool(text and text.menge)
        return in_worten(self.ergebnis.gelockert, self.werte["q"], gefunden=gefunden)

    def im_feld(self, name: str) -> str | int:
        """What stays in a field: also what nobody understood, to be put right."""
        if name == "plz" and self.ort_unbekannt:
            return self.ort_unbekannt
        if self.werte[name] is not None:
            return self.werte[name]
        if name == "km" and self.km_getippt is not None:
            return self.km_getippt
        return next((wert[:20] for feld, wert in self.unbekannt if feld == name), "")

    @property
    def gemeinter_ort(self) -> Ortsvorschlag | None:
        """What an unknown place was probably meant to be, and the list around it."""
        if not self.gemeint:
            return None
        return Ortsvorschlag(self.gemeint["plz"][0], self.adresse(**self.gemeint))

    @property
    def nur_kommune(self) -> str:
        """The Kommune from whose middle we measure, for want of a better point."""
        umkreis = self.ergebnis.umkreis
        ungenau = umkreis and umkreis.mitte.genauigkeit == Genauigkeit.KOMMUNE
        return umkreis.mitte.name if ungenau and self.werte["plz"].isdigit() else ""

    @cached_property
    def unbeachtet(self) -> list[str]:
        """What was left out of what the address says, in words."""
        return list(saetze(self))

    @cached_property
    def feldfehler(self) -> dict[str, str]:
        """By name of the field."""
        return feldfehler(self)

    @property
    def hat_meldung(self) -> bool:
        return bool(
            self.unbeachtet
            or self.gelockert
            or self.gekuerzt
            or self.ort_unbekannt
            or self.nur_kommune
        )

    @cached_property
    def parameter(self) -> dict[str, list[str]]:
        """The same values as they stand in an address, in one order for equal lists."""
        je_name = {
            name: [str(w) for w in (wert if isinstance(wert, list) else [wert])]
            for name in self.felder
            if (wert := self.werte[name]) or wert == 0
        }
        sort = [self.sortierung] if self.sortierung != self.ohne_wahl else []
        return je_name | {"sort": sort}

    @cached_property
    def _kodiert(self) -> dict[str, str]:
        """Each parameter as its part of an address: a page writes a dozen of them."""
        return {name: _query(name, werte) for name, werte in self.parameter.items()}

    @cached_property
    def anfrage(self) -> str:
        return "&".join(filter(None, self._kodiert.values()))

    def adresse(self, *, seite: int = 1, **anders: list[str]) -> str:
        """The address of this list, with some parameters changed."""
        teile = self._kodiert | {name: _query(name, w) for name, w in anders.items()}
        if seite > 1:
            teile["seite"] = f"seite={seite}"
        query = "&".join(filter(None, teile.values()))
        return f"{liste()}?{query}" if query else liste()

    @property
    def versteckt(self) -> list[tuple[str, str]]:
        """What the form must carry along, because it has no field for it."""
        namen = (*LEBENSWEG, "ungesichert", "sort")
        return [(name, wert) for name in namen for wert in self.parameter.get(name, [])]

    @cached_property
    def paare(self) -> list[tuple[str, str]]:
        """What was chosen, each with its parameter."""
        return [
            (name, wert)
            for name, werte in self.parameter.items()
            if name not in ("sort", "km")
            for wert in werte
        ]

    @cached_property
    def gewaehlt(self) -> list[Gewaehlt]:
        return [
            Gewaehlt(self._in_worten(name, wert), self._ohne(name, wert))
            for name, wert in self.paare
        ]

    def _ohne(self, name: str, wert: str) -> str:
        if name == "plz":
            sort = [] if self.sortierung == "naehe" else self.parameter["sort"]
            return self.adresse(plz=[], km=[], sort=sort)
        return self.adresse(**{name: [w for w in self.parameter[name] if w != wert]})

    @property
    def in_worten(self) -> str:
        """The choice for the title of the page."""
        texte = [wahl.text for wahl in self.gewaehlt]
        # Only labels of our own carry markup; what somebody typed stays as it is.
        return ", ".join(strip_tags(t) if isinstance(t, SafeString) else str(t) for t in texte)

    @property
    def angekreuzt(self) -> list[tuple[str, list[str]]]:
        """The chosen codes by parameter."""
        return [(n, w) for n, w in self.werte.items() if w and isinstance(w, list)]

    @property
    def lebensweg(self) -> str:
        return ", ".join(
            self._in_worten(name, code) for name in LEBENSWEG for code in self.werte[name]
        )

    def _in_worten(self, name: str, wert: str) -> str:
        if name == "q":
            return _angefuehrt() % {"text": wert}
        if name == "alter":
            return ngettext("%(n)s Jahr", "%(n)s Jahre", int(wert)) % {"n": wert}
        if name == "plz":
            umkreis = {"km": self.werte["km"], "ort": self.ergebnis.umkreis.mitte.name}
            return gettext("bis %(km)s km um %(ort)s") % umkreis
        return self.felder[name].beschriftungen[wert]

    @property
    def sortierungen(self) -> dict[str, str]:
        """The orders that mean something here, each with the address of the list in it."""
        moeglich = {"titel", "stand"} | ({"beste"} if self.werte["q"] else set())
        moeglich |= {"naehe"} if self.ergebnis.umkreis else set()
        ohne_wahl = self.ohne_wahl
        return {
            code: self.adresse(sort=[code] if code != ohne_wahl else [])
            for code in SORTIERUNGEN
            if code in moeglich
        }

    @property
    def fuer_suchmaschinen(self) -> bool:
        """One choice is a page of its own; combinations are endless and stay out."""
        gewaehlt = [name for name, werte in self.parameter.items() for _wert in werte]
        frei = {"q", "alter", "plz", "km", "ungesichert", "sort"}
        return len(gewaehlt) <= 1 and not frei & set(gewaehlt)

    def finde(self, queryset):
        """The hits, the first of very many, as a queryset: for the calendar of a list."""
        return queryset.filter(pk__in=self.ergebnis.seite(0, GENUG))


def _mit_plz(data: QueryDict) -> QueryDict:
    """„Elterncafé 34117“: the number says where, whichever field it stands in."""
    text = letzter(data.getlist("q"))
    treffer = PLZ.search(text)
    if not treffer or letzter(data.getlist("plz")):
        return data
    data = data.copy()
    data["q"], data["plz"] = text.replace(treffer[0], " "), treffer[0]
    return data


@cache
def liste() -> str:
    return reverse("angebot_liste")


@cache
def _angefuehrt() -> str:
    return gettext("„%(text)s“")


def _query(name: str, werte: Iterable[str]) -> str:
    """One parameter as it stands in an address."""
    return "&".join([f"{name}={_kodiere(wert)}" for wert in werte])


# A page writes two dozen parts of addresses, most of them codes.
_kodiere = lru_cache(2000)(quote_plus)
