"""The search itself: which entries are about what was asked, and how sure that is.

Words are demanded softly. Every word counts by how rare it is; an entry that lacks one
falls behind so far that it only shows when no entry has them all.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .analyse import STUFEN, Analyse
from .anfrage import Anfrage, Lesart, Leser, Wort
from .bestand import Bestand, Nummer, Postings
from .falten import UMLAUTE, falte

# An entry is a hit if it is nearly as much about the query as the best one is; what only
# mentions a word stays below.
ANTEIL = 0.75
# How much an entry falls behind for the words it lacks.
LUECKE = 1.5
SELTENHEIT = 0.5
# How much less a word weighs that entries only mention: „Babykleidung geschenkt“ asks for
# clothes and not for whoever has „geschenkt“ in a text.
SICHERHEIT = 0.5
# What all weak words of a query may weigh beside the strong ones: however many there are
# and however rare, who has all but them stays above ANTEIL.
SCHWACHE_ZUSAMMEN = 0.12
# In a place named in the query, an entry must be at least so near the best anywhere.
ANTEIL_AM_ORT = 0.5
ORT_SICHER = 0.5
MAX_ANFANG = 5
MAX_AEHNLICHE = 3
ENDUNGEN = ("innen", "en", "n", "e", "er", "es", "s")
MIN_UEBERALL = 10
MIN_ANFANG = 3

Werte = dict[Nummer, float]


class Gelockert(NamedTuple):
    """What was done because the query as typed found nothing.

    „anfang“: the last word was taken as a beginning; „aehnlich“: another word was searched
    for; „teil“: only a part of the word is known; „weggelassen“: nobody knows the word;
    „ort“: the place has nothing of the kind; „nicht_alle“: no entry has all of the words.
    """

    art: str
    wort: str = ""
    stattdessen: str = ""


class Treffer(NamedTuple):
    nummer: Nummer
    wert: float


class Ergebnis(NamedTuple):
    treffer: tuple[Treffer, ...] = ()
    gelockert: tuple[Gelockert, ...] = ()

    @property
    def nummern(self) -> list[Nummer]:
        return [treffer.nummer for treffer in self.treffer]


class Suche:
    """Answers queries from an index."""

    def __init__(self, analyse: Analyse, bestand: Bestand) -> None:
        self._analyse = analyse
        self._bestand = bestand
        self._leser = Leser(analyse)

    def suche(self, text: str) -> Ergebnis:
        """Hits from best to least; ties in the order of their numbers."""
        anfrage = self._leser.lies(text)
        postings = dict(self._bestand.postings(anfrage.tokens))
        worte, gelockert = self._bekannte(anfrage, postings)
        if berichtigt := self._berichtigt(anfrage, gelockert):
            postings |= self._bestand.postings(berichtigt.tokens)
            worte, weiteres = self._bekannte(berichtigt, postings)
            gelockert += weiteres
        verloren = any(lockerung.art == "weggelassen" for lockerung in gelockert)
        if not worte or (verloren and all(wort.gewicht < 1 for wort in worte)):
            return Ergebnis((), tuple(gelockert))
        werte, weiteres = self._bewerte(_ohne_beiwort(worte, self._bestand.orte), postings)
        treffer = sorted((Treffer(*paar) for paar in werte.items()), key=_rang)
        return Ergebnis(tuple(treffer), (*gelockert, *weiteres))

    def _bekannte(self, anfrage: Anfrage, postings: dict) -> tuple[list[Wort], list[Gelockert]]:
        """The words of the query, unknown ones put right or left out."""
        worte, gelockert = [], []
        for wort in anfrage.verbunden(postings):
            if self._ist_bekannt(wort, postings):
                worte.append(wort)
                continue
            ersatz, lockerung = self._ersatz(wort, anfrage, postings)
            worte += ersatz
            gelockert += [lockerung] if wort.gewicht == 1 else []
        return worte, gelockert

    def _berichtigt(self, anfrage: Anfrage, gelockert: list[Gelockert]) -> Anfrage | None:
        """The query as it was meant: a word put right may belong to its neighbours."""
        if [lockerung.art for lockerung in gelockert] != ["aehnlich"]:
            return None
        text = anfrage.mit(gelockert[0].wort, gelockert[0].stattdessen)
        return self._leser.lies(text)._replace(ist_berichtigt=True)

    def _ist_bekannt(self, wort: Wort, postings: Postings) -> bool:
        if wort.haupt in postings:
            return True
        sichere = tuple(lesart for lesart in wort.lesarten[1:] if lesart.sicher)
        return bool(passende(wort._replace(lesarten=sichere), postings))

    def _ersatz(
        self, wort: Wort, anfrage: Anfrage, postings: dict
    ) -> tuple[list[Wort], Gelockert]:
        """The first of the relaxing steps that finds something."""
        for versuch, lockerung in self._versuche(wort, anfrage):
            postings |= self._bestand.postings({t for neu in versuch for t in neu.tokens})
            if lockerung.art == "teil":
                versuch = [self._nur_besonderes(neu, postings) for neu in versuch]
            gefunden = [neu for neu in versuch if passende(neu, postings)]
            if gefunden or nur_beiwort(versuch, lockerung):
                return gefunden, lockerung
        return [], Gelockert("weggelassen", wort.text)

    def _nur_besonderes(self, wort: Wort, postings: Postings) -> Wort:
        """A part like Schule, which is everywhere, says nothing about a Schuleignung."""
        grenze = max(MIN_UEBERALL, self._bestand.anzahl / 10)
        einzeln = (wort._replace(lesarten=(lesart,)) for lesart in wort.lesarten)
        besondere = [w.lesarten[0] for w in einzeln if len(passende(w, postings)) <= grenze]
        return wort._replace(lesarten=tuple(besondere))

    def _versuche(self, wort: Wort, anfrage: Anfrage) -> Iterator[tuple[list[Wort], Gelockert]]:
        ist_einer = wort.gewicht == 1 and " " not in wort.text
        offen = ist_einer and not anfrage.ist_berichtigt
        if offen and not self._analyse.steht_im_lexikon(wort.text):
            ist_letztes = wort.text == anfrage.letztes
            # Also a word that exists: „Trommel“ begins a Trommelkurs.
            if ist_letztes and (anfaenge := self._mit_anfang(falte(wort.text))):
                yield [self._eines_von(anfaenge)], Gelockert("anfang", wort.text)
        if offen and not self._analyse.kennt(wort.text):
            for aehnlich in self._aehnliche(wort.text):
                geschrieben = self._bestand.schreibweise(aehnlich)
                gemeint = self._gemeint(anfrage.mit(wort.text, geschrieben), aehnlich)
                yield gemeint, Gelockert("aehnlich", wort.text, geschrieben)
        yield [wort], Gelockert("teil", wort.text)
        yield [wort.nur_teile], Gelockert("teil", wort.text)

    def _gemeint(self, text: str, wort: str) -> list[Wort]:
        """The word with those it belongs to: nobody looks for „second“ without „hand“."""
        worte = self._leser.lies(text).woerter
        gruppe = [w for w in worte if wort in map(falte, w.text.split())]
        if worte and not gruppe and self._analyse.ist_nebenbei(wort):
            return []
        return gruppe or list(self._leser.lies(wort).woerter)

    def _mit_anfang(self, wort: str) -> list[str]:
        lang_genug = len(wort) >= MIN_ANFANG
        return self._bestand.mit_anfang(wort, MAX_ANFANG) if lang_genug else []

    def _aehnliche(self, wort: str) -> list[str]:
        """The nearest words, compounds with a part put right, words with two slips.

        An ae may be no ä but the slip itself: „juendlich“, „kripoe“.
        """
        formen = dict.fromkeys((wort.translate(UMLAUTE), falte(wort)))
        return (
            next(filter(None, map(self._naechste, formen)), [])
            or self._analyse.berichtigt(wort)[:MAX_AEHNLICHE]
            or self._weit_weg(wort)
        )

    def _naechste(self, wort: str) -> list[str]:
        """Also without its ending: nobody wrote down every plural."""
        naechste = self._bestand.nachbarn.naechste
        formen = [wort, *(wort.removesuffix(e) for e in ENDUNGEN if wort.endswith(e))]
        return next(filter(None, (naechste(form, MAX_AEHNLICHE) for form in formen)), [])

    def _weit_weg(self, wort: str) -> list[str]:
        """A compound whose parts are all understood has no two slips."""
        if self._analyse.form(wort).vollstaendig:
            return []
        return self._bestand.nachbarn.naechste(falte(wort), MAX_AEHNLICHE, weite=2)

    def _eines_von(self, worte: list[str]) -> Wort:
        wahl = tuple((self._analyse.form(wort).ganz, 1.0) for wort in worte)
        return Wort(worte[0], (Lesart(1.0, (wahl,)),))

    def _bewerte(self, worte: list[Wort], postings: Postings) -> tuple[Werte, list[Gelockert]]:
        orte = [wort for wort in worte if falte(wort.text) in self._bestand.orte]
        themen = [wort for wort in worte if wort not in orte] or orte
        werte, deckung, noetig = self._nach_thema(themen, postings)
        if not werte:
            return {}, []
        alle = max(deckung.values()) > noetig - 0.001
        gelockert = [] if alle else [Gelockert("nicht_alle")]
        beste = max(werte.values())
        am_ort = self._am_ort(orte, postings) if themen != orte else None
        if am_ort is not None:
            dort = {nummer: wert for nummer, wert in werte.items() if nummer in am_ort}
            if dort and max(dort.values()) >= ANTEIL_AM_ORT * beste:
                werte, beste = dort, max(dort.values())
            else:
                gelockert.append(Gelockert("ort", " ".join(wort.text for wort in orte)))
        return {n: wert for n, wert in werte.items() if wert >= ANTEIL * beste}, gelockert

    def _am_ort(self, orte: list[Wort], postings: Postings) -> set[Nummer] | None:
        if not orte:
            return None
        mengen = [
            {n for n, wert in passende(wort, postings).items() if wert >= ORT_SICHER}
            for wort in orte
        ]
        return set.intersection(*mengen) | self._bestand.ueberall

    def _nach_thema(self, themen: list[Wort], postings: Postings) -> tuple[Werte, Werte, float]:
        """How much each entry is about the words, what share it has, and what is demanded."""
        passend = [passende(wort, postings) for wort in themen]
        beste = [max(treffer.values(), default=0.0) for treffer in passend]
        gewichte = wortgewichte(themen, beste, list(map(len, passend)), self._bestand.anzahl)
        summe = sum(gewichte)
        werte, deckung = defaultdict(float), defaultdict(float)
        for gewicht, treffer in zip(gewichte, passend, strict=True):
            for nummer, wert in treffer.items():
                werte[nummer] += gewicht * wert / summe
                deckung[nummer] += gewicht / summe
        noetig = sum(g for g, w in zip(gewichte, themen, strict=True) if w.gewicht == 1) / summe
        return {n: wert * deckung[n] ** LUECKE for n, wert in werte.items()}, deckung, noetig


def wortgewichte(
    worte: list[Wort], beste: list[float], treffer: list[int], anzahl: int
) -> list[float]:
    """What each word counts in its query: how rare it is, and how surely one is about it."""
    alle, sicherster = math.log1p(max(anzahl, 1)), max(beste, default=0.0)
    gewichte = []
    for wort, bester, wie_viele in zip(worte, beste, treffer, strict=True):
        selten = math.log1p(anzahl / max(wie_viele, 1)) / alle
        sicher = bester / sicherster if wort.gewicht == 1 and bester else 1.0
        gewichte.append(wort.gewicht * selten**SELTENHEIT * sicher**SICHERHEIT)
    return _gedeckelt(worte, gewichte)


def _gedeckelt(worte: list[Wort], gewichte: list[float]) -> list[float]:
    """Weak words beside strong ones share what they may weigh."""
    paare = [(gewicht, wort.gewicht < 1) for gewicht, wort in zip(gewichte, worte, strict=True)]
    schwache = sum(gewicht for gewicht, ist_schwach in paare if ist_schwach)
    erlaubt = SCHWACHE_ZUSAMMEN * (sum(gewichte) - schwache)
    if not erlaubt or schwache <= erlaubt:
        return gewichte
    teil = erlaubt / schwache
    return [gewicht * teil if ist_schwach else gewicht for gewicht, ist_schwach in paare]


def passende(wort: Wort, postings: Postings) -> Werte:
    """How well each entry fits one word, by the best of its readings."""
    werte: Werte = {}
    for lesart in wort.lesarten:
        gemeinsam: Werte | None = None
        for wahl in lesart.wahlen:
            je: Werte = {}
            for token, faktor in wahl:
                for nummer, gewicht in postings.get(token, {}).items():
                    je[nummer] = max(je.get(nummer, 0.0), faktor * gewicht / STUFEN)
            if gemeinsam is not None:
                je = {n: min(wert, gemeinsam[n]) for n, wert in je.items() if n in gemeinsam}
            gemeinsam = je
        for nummer, wert in (gemeinsam or {}).items():
            werte[nummer] = max(werte.get(nummer, 0.0), lesart.faktor * wert)
    return werte


def nur_beiwort(versuch: list[Wort], lockerung: Gelockert) -> bool:
    """A little word is what was meant, though nobody looks for it: „nihct“."""
    return lockerung.art == "aehnlich" and all(wort.gewicht < 1 for wort in versuch)


def _ohne_beiwort(worte: list[Wort], orte: Mapping[str, frozenset[str]]) -> list[Wort]:
    """„Bad“ beside Homburg belongs to the name and is no swimming bath."""
    namen = {wort: falte(wort.text) for wort in worte}
    beiworte = {beiwort for name in namen.values() for beiwort in orte.get(name, ())}
    return [wort for wort, name in namen.items() if name in orte or name not in beiworte]


def _rang(treffer: Treffer) -> tuple[float, str]:
    return -treffer.wert, str(treffer.nummer)
