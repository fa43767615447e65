"""The search of lib.deutsch on score vectors: the same rules, for all Angebote at once.

`lib.deutsch.suche` reads every posting in a loop and is the reference; at 100,000 Angebote
a word that stands everywhere would cost it a quarter of a second.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from praeventionsketten.lib import mengen
from praeventionsketten.lib.deutsch import Analyse, Gelockert
from praeventionsketten.lib.deutsch import suche as referenz
from praeventionsketten.lib.deutsch.anfrage import Anfrage, Leser, Wort
from praeventionsketten.lib.deutsch.falten import falte
from praeventionsketten.lib.deutsch.vokabular import Vokabular

Postings = Mapping[str, bytes]
GEMERKT = 500  # words that nobody knows


@dataclass(frozen=True)
class Texttreffer:
    """The hits of a text, how well each fits, and what was relaxed for them."""

    menge: int = 0
    werte: bytes = b""
    gelockert: tuple[Gelockert, ...] = ()
    # What is found out about them later, kept as long as they are.
    ablage: dict = field(default_factory=dict, compare=False)


class Textsuche(referenz.Suche):
    """One per version of the content; `anzahl` and `ueberall` are those of its Stand."""

    def __init__(self, analyse: Analyse, vokabular: Vokabular, orte: Iterable[str]) -> None:
        self._analyse = analyse
        self._leser = _leser(analyse)
        self._bestand = vokabular
        self._nachgeschlagen: dict[str, list[str]] = {}
        self._orte: dict[str, frozenset[str]] = {}
        for name in orte:
            for wort, weitere in analyse.ortsnamen(name).items():
                self._orte[wort] = self._orte.get(wort, frozenset()) | weitere

    # ------------------------------------------------------------------ before asking

    def lies(self, text: str) -> Anfrage:
        return self._leser.lies(text)

    def tokens(self, anfrage: Anfrage) -> set[str]:
        """All that may be needed, relaxing included, so that one query is enough."""
        tokens = set(anfrage.tokens)
        for wort in anfrage.woerter:
            if falte(wort.text) not in self._bestand:
                for versuch, lockerung in self._versuche(wort, anfrage):
                    tokens |= {token for neu in versuch for token in neu.tokens}
                    if berichtigt := self._berichtigt(anfrage, [lockerung]):
                        tokens |= berichtigt.tokens
        return tokens

    def _aehnliche(self, wort: str) -> list[str]:
        """Looked for before the database is asked, and needed again when it has answered."""
        if (gefunden := self._nachgeschlagen.get(wort)) is None:
            if len(self._nachgeschlagen) >= GEMERKT:
                self._nachgeschlagen.clear()
            gefunden = self._nachgeschlagen[wort] = super()._aehnliche(wort)
        return gefunden

    # ------------------------------------------------------------------ with the answer

    def treffer(
        self, anfrage: Anfrage, postings: Postings, *, anzahl: int, ueberall: int
    ) -> Texttreffer:
        worte, gelockert = self._bekannte_worte(anfrage, postings, anzahl)
        if berichtigt := self._berichtigt(anfrage, gelockert):
            worte, weiteres = self._bekannte_worte(berichtigt, postings, anzahl)
            gelockert += weiteres
        verloren = any(lockerung.art == "weggelassen" for lockerung in gelockert)
        worte = referenz._ohne_beiwort(worte, self._orte)
        if not worte or (verloren and all(wort.gewicht < 1 for wort in worte)):
            return Texttreffer(gelockert=tuple(gelockert))
        orte = [wort for wort in worte if falte(wort.text) in self._orte]
        themen = [wort for wort in worte if wort not in orte] or orte
        werte, hat_alle = _nach_thema(themen, postings, anzahl)
        if werte and not hat_alle:
            gelockert.append(Gelockert("nicht_alle"))
        beste, dort = mengen.bester(werte), -1
        if orte and themen != orte:
            am_ort = self._am_ort(orte, postings) | ueberall
            beste_dort = _bester_in(werte, am_ort)
            if beste_dort and beste_dort >= referenz.ANTEIL_AM_ORT * beste:
                beste, dort = beste_dort, am_ort
            elif werte:
                gelockert.append(Gelockert("ort", " ".join(wort.text for wort in orte)))
        menge = mengen.ab(werte, max(1, referenz.ANTEIL * beste)) & dort
        return Texttreffer(menge, werte, tuple(gelockert))

    def _bekannte_worte(
        self, anfrage: Anfrage, postings: Postings, anzahl: int
    ) -> tuple[list[Wort], list[Gelockert]]:
        """The words of the query, unknown ones put right or left out."""
        worte, gelockert = [], []
        for wort in anfrage.verbunden(postings):
            if self._kennt(wort, postings):
                worte.append(wort)
                continue
            ersatz, lockerung = self._statt(wort, anfrage, postings, anzahl)
            worte += ersatz
            gelockert += [lockerung] if wort.gewicht == 1 else []
        return worte, gelockert

    def _kennt(self, wort: Wort, postings: Postings) -> bool:
        if wort.haupt in postings:
            return True
        sichere = tuple(lesart for lesart in wort.lesarten[1:] if lesart.sicher)
        return bool(passende(wort._replace(lesarten=sichere), postings))

    def _statt(
        self, wort: Wort, anfrage: Anfrage, postings: Postings, anzahl: int
    ) -> tuple[list[Wort], Gelockert]:
        """The first of the relaxing steps that finds something."""
        for versuch, lockerung in self._versuche(wort, anfrage):
            if lockerung.art == "teil":
                versuch = [_nur_besonderes(neu, postings, anzahl) for neu in versuch]
            gefunden = [neu for neu in versuch if passende(neu, postings)]
            if gefunden or referenz.nur_beiwort(versuch, lockerung):
                return gefunden, lockerung
        return [], Gelockert("weggelassen", wort.text)

    def _am_ort(self, orte: list[Wort], postings: Postings) -> int:
        dort = -1
        for wort in orte:
            dort &= mengen.ab(passende(wort, postings), referenz.ORT_SICHER * mengen.VOLL)
        return dort


@lru_cache(2)
def _leser(analyse: Analyse) -> Leser:
    """Reading the thesaurus takes longer than everything else a new version needs."""
    return Leser(analyse)


def _nur_besonderes(wort: Wort, postings: Postings, anzahl: int) -> Wort:
    grenze = max(referenz.MIN_UEBERALL, anzahl / 10)
    einzeln = (wort._replace(lesarten=(lesart,)) for lesart in wort.lesarten)
    besondere = [w.lesarten[0] for w in einzeln if _anzahl(passende(w, postings)) <= grenze]
    return wort._replace(lesarten=tuple(besondere))


def passende(wort: Wort, postings: Postings) -> bytes:
    """How well each Angebot fits one word, by the best of its readings; b"" if none does."""
    gelesen = []
    for lesart in wort.lesarten:
        wahlen = [
            [mengen.gestreckt(postings[t], faktor) for t, faktor in wahl if t in postings]
            for wahl in lesart.wahlen
        ]
        if all(wahlen):
            gemeinsam = mengen.kleinster(*(mengen.groesster(*wahl) for wahl in wahlen))
            gelesen.append(mengen.gestreckt(gemeinsam, lesart.faktor))
    werte = mengen.groesster(*gelesen) if gelesen else b""
    return werte if mengen.bester(werte) else b""


def _nach_thema(themen: list[Wort], postings: Postings, anzahl: int) -> tuple[bytes, bool]:
    """How well each is about all the words, and whether one has all that are demanded."""
    passend = [passende(wort, postings) for wort in themen]
    beste = [mengen.bester(treffer) / mengen.VOLL for treffer in passend]
    gewichte = referenz.wortgewichte(themen, beste, list(map(_anzahl, passend)), anzahl)
    summe = sum(gewichte) or 1
    anteile = [gewicht / summe for gewicht in gewichte]
    stufen = [round(anteil * mengen.VOLL) for anteil in anteile]
    werte = deckung = b""
    for anteil, stufe, treffer in zip(anteile, stufen, passend, strict=True):
        if treffer:
            hat, treffer = treffer.translate(_hat(stufe)), mengen.gestreckt(treffer, anteil)
            werte = mengen.summe(werte, treffer) if werte else treffer
            deckung = mengen.summe(deckung, hat) if deckung else hat
    verlangt = sum(s for s, wort in zip(stufen, themen, strict=True) if wort.gewicht == 1)
    # After rounding the shares of all words seldom come to the whole.
    return _mit_luecken(werte, deckung, sum(stufen) or 1), mengen.bester(deckung) >= verlangt


def _anzahl(werte: bytes) -> int:
    return len(werte) - werte.count(0)


def _mit_luecken(werte: bytes, deckung: bytes, voll: int) -> bytes:
    """What lacks a word falls behind by more than the word weighs."""
    stufen = sorted(set(deckung) - {0}, reverse=True)
    if not stufen or stufen == [voll]:
        return werte
    ergebnis = b""
    for stufe in stufen:
        hier = bytearray(256)
        hier[stufe] = 255
        teil = mengen.nur(werte, deckung.translate(bytes(hier)))
        if stufe < voll:
            teil = mengen.gestreckt(teil, (stufe / voll) ** referenz.LUECKE)
        ergebnis = mengen.summe(ergebnis, teil) if ergebnis else teil
    return ergebnis


def _hat(anteil: int) -> bytes:
    return bytes((0, *[anteil] * 255))


def _bester_in(werte: bytes, menge: int) -> int:
    dort = mengen.schalter(menge, len(werte)).translate(_hat(255))
    return mengen.bester(mengen.nur(werte, dort[: len(werte)]))
