"""Other words for the same thing: what else to look for when somebody says it so."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from .analyse import Analyse

SYNONYM, UNTERBEGRIFF = 0.8, 0.75


class Ausdruck(NamedTuple):
    """One or several words of a group, as tokens."""

    ganz: str
    kern: tuple[str, ...]


class Thesaurus:
    """Finds the groups of a dictionary by the parts of what was asked, in any order."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._wege: dict[frozenset[str], dict[Ausdruck, float]] = defaultdict(dict)
        self._aus_worten: set[frozenset[str]] = set()
        # Many groups lead to the same few expressions: each is read and kept once.
        self._gelesen: dict[str, Ausdruck | None] = {}
        synonyme = [self._ausdruecke(gruppe) for gruppe in analyse.woerterbuch.synonyme]
        begriffe = [self._ausdruecke(gruppe) for gruppe in analyse.woerterbuch.begriffe]
        for ausdruecke in synonyme:
            for ausdruck in ausdruecke:
                self._lege_an(ausdruck, ausdruecke, SYNONYM)
        # Whoever says it otherwise means the same and should find the same.
        gleiche = {schluessel: [*andere] for schluessel, andere in self._wege.items()}
        for ausdruecke in filter(None, begriffe):
            erster, *weitere = ausdruecke
            for ausdruck in gleiche.get(frozenset(erster.kern), [erster]):
                self._lege_an(ausdruck, weitere, UNTERBEGRIFF)
        self._gelesen.clear()
        self._mit_teil: dict[str, list[frozenset[str]]] = defaultdict(list)
        for schluessel in sorted(self._wege, key=sorted):
            for teil in schluessel:
                self._mit_teil[teil].append(schluessel)

    def _ausdruecke(self, gruppe: Iterable[str]) -> list[Ausdruck]:
        for eintrag in gruppe:
            if eintrag not in self._gelesen:
                self._gelesen[eintrag] = self._ausdruck(eintrag)
        return [a for eintrag in gruppe if (a := self._gelesen[eintrag])]

    def _ausdruck(self, eintrag: str) -> Ausdruck | None:
        formen = [self._analyse.form(wort) for wort in self._analyse.ausdruck(eintrag)]
        if not formen:
            return None
        kern = tuple(teil for form in formen for teil in form.kern)
        if len(formen) > 1:
            self._aus_worten.add(frozenset(kern))
        return Ausdruck("".join(form.ganz for form in formen), kern)

    def _lege_an(self, von: Ausdruck, nach: list[Ausdruck], faktor: float) -> None:
        wege = self._wege[frozenset(von.kern)]
        # The expression itself too: typed in another order it is still the same.
        for ausdruck, gut in ((von, 1.0), *((anderer, faktor) for anderer in nach)):
            wege[ausdruck] = max(gut, wege.get(ausdruck, 0.0))

    def andere(self, teile: Iterable[str]) -> dict[Ausdruck, float]:
        """Other expressions for exactly these parts, with how well they fit."""
        return self._wege.get(frozenset(teile), {})

    def enthaltene(self, teile: frozenset[str]) -> list[frozenset[str]]:
        """Keys that the parts contain, the ones that say most first."""
        treffer = {
            schluessel
            for teil in teile
            for schluessel in self._mit_teil.get(teil, ())
            if schluessel <= teile
        }
        return sorted(treffer, key=self._rang)

    def ist_kompositum(self, schluessel: frozenset[str]) -> bool:
        """Whether somebody wrote it as one word only, which a query may take apart."""
        return schluessel not in self._aus_worten

    def _rang(self, schluessel: frozenset[str]) -> tuple[int, int, list[str]]:
        starke = sum(not self._analyse.ist_schwach(teil) for teil in schluessel)
        return -starke, -len(schluessel), sorted(schluessel)

    def kennt(self, token: str) -> bool:
        return frozenset([token]) in self._wege
