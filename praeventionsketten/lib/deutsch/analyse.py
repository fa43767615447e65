"""From the texts of an entry to weighted tokens, the rows of an inverted index."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import Any, NamedTuple

from .falten import falte, gefaltet, gekoppelte, geteilte, schreibweisen, woerter
from .stamm import CACHE, Staemme
from .woerterbuch import Woerterbuch
from .wortschatz import deutsch
from .zerlegung import Zerleger

# How surely an entry is about a word that stands in this field, 0 to 1. What people put
# first they mean: the first paragraph says more than the rest.
FELDER = {
    "titel": 1.0,
    "suchwoerter": 0.9,
    "ort": 0.9,
    "traeger": 0.3,
    "kurz": 0.5,
    "begriffe": 0.5,
    "einfach": 0.45,
    "anfang": 0.35,
    "text": 0.2,
    # Whoever asks for a language asks who speaks it, more than who mentions it.
    "sprachen": 0.7,
    "phasen": 0.2,
    "angaben": 0.15,
    "fakten": 0.5,
    # Whoever asks for Gebärdensprache needs it, whatever else the entry is about.
    "zugang": 0.85,
}
# The Odenwaldkreis is the Odenwald to everybody.
LANDKREIS = "kreis"
# The name of an organisation or a house says what it is called, not what each of its offers
# is, and Gebärdensprache is no help with speaking.
UNZERLEGT = frozenset({"traeger", "zugang"})
# The same for a word that is at home in the Handlungsfeld of the entry: who offers help
# with money and names the Wohngeld helps with it, the Krabbelgruppe only mentions it.
ZU_HAUSE = {"kurz": 0.85, "einfach": 0.75, "anfang": 0.78, "text": 0.78}
# How well the parts of a compound fit: the head says what it is.
GLIED, VERBUND, HALB = 0.9, 0.95, 0.7
# A single word of a Suchwort like „Angst vor der Geburt“ is not the subject yet.
WORT_IM_AUSDRUCK = 0.7
# Function words that turn the meaning: what is „ohne Papiere“ is not about papers.
VERNEINEND = ("ohne", "kein", "nicht", "nichts")
BEIWOERTER = (*VERNEINEND, "nach", "unter", "hier")
STUFEN = 100

Felder = Mapping[str, str | Iterable[str]]


class Form(NamedTuple):
    """A word as the index knows it: the whole, and the parts it may be found by."""

    ganz: str
    teile: tuple[str, ...] = ()
    vollstaendig: bool = True

    @property
    def kern(self) -> tuple[str, ...]:
        """What the word consists of: its parts, or itself."""
        return self.teile if self.teile and self.vollstaendig else (self.ganz,)


class Analyse:
    """The German of the portal: built once from a Woerterbuch, then asked often."""

    def __init__(
        self, woerterbuch: Woerterbuch, wortschatz: Callable[[], Container[str]] = deutsch
    ) -> None:
        self.woerterbuch = woerterbuch
        self._wortschatz = wortschatz
        self._gebaut: dict[Callable, Any] = {}
        self._staemme = Staemme(woerterbuch)
        self._zerleger = Zerleger(woerterbuch, self._staemme)
        self.form = lru_cache(CACHE)(self._form)
        self.tokens = lru_cache(CACHE)(self._tokens)
        self.ist_stopp = lru_cache(CACHE)(self._ist_stopp)
        self._stopp = frozenset(
            falte(wort) for eintrag in woerterbuch.stopp for wort in woerter(eintrag)
        )
        self._beiwoerter = frozenset(self.form(wort).ganz for wort in BEIWOERTER)
        self._verneinend = frozenset(self.form(wort).ganz for wort in VERNEINEND)
        self._schwach = self._beiwoerter.union(
            self.form(wort).ganz for eintrag in woerterbuch.schwach for wort in woerter(eintrag)
        )
        # As they are written: „Nähe“ has the stem of nähen.
        self._nebenbei = frozenset(
            falte(wort) for eintrag in woerterbuch.nebenbei for wort in woerter(eintrag)
        )
        self._felder = {
            name: frozenset(self.form(wort).ganz for e in weitere for wort in woerter(e))
            for name, *weitere in woerterbuch.felder
        }
        self._ausdruecke = frozenset(
            "".join(self.form(wort).ganz for wort in paar)
            for eintrag in woerterbuch.ausdruecke
            if len(paar := self.ausdruck(eintrag)) == 2
        )

    def einmal(self, bauart: Callable[["Analyse"], Any]) -> Any:
        """What is built from this alone: made by the first who asks, then shared."""
        if bauart not in self._gebaut:
            self._gebaut[bauart] = bauart(self)
        return self._gebaut[bauart]

    def woerter(self, text: str) -> list[str]:
        """The words that carry meaning."""
        return [wort for wort in woerter(text) if not self.ist_stopp(wort)]

    def ausdruck(self, text: str) -> list[str]:
        """The words of an expression, with what denies it or turns its only word."""
        worte, alle = self.woerter(text), self.mit_beiwoertern(text)
        verneint = any(self.form(wort).ganz in self._verneinend for wort in alle)
        return worte if len(worte) > 1 and not verneint else alle

    def mit_beiwoertern(self, text: str) -> list[str]:
        return [w for w in woerter(text) if not self.ist_stopp(w) or self.ist_beiwort(w)]

    def ist_beiwort(self, wort: str) -> bool:
        return self.form(wort).ganz in self._beiwoerter

    def ist_schwach(self, stamm: str) -> bool:
        return stamm in self._schwach or stamm.isdecimal()

    def ist_nebenbei(self, wort: str) -> bool:
        return falte(wort) in self._nebenbei

    def _ist_stopp(self, wort: str) -> bool:
        return falte(wort) in self._stopp

    def _form(self, wort: str) -> Form:
        zerlegung = self._zerleger.zerlege(falte(wort))
        if zerlegung.vollstaendig:
            return Form("".join(zerlegung.teile), zerlegung.teile)
        return Form(self._staemme.stamm(wort), zerlegung.teile, vollstaendig=False)

    def berichtigt(self, wort: str) -> list[str]:
        """The compounds that one slip in a part makes of it."""
        return self._zerleger.berichtigt(falte(wort), self._wortschatz())

    def steht_im_lexikon(self, wort: str) -> bool:
        """A word of this field, which needs nothing that only begins like it."""
        return self._zerleger.kennt(falte(wort))

    def kennt(self, wort: str) -> bool:
        """A word that exists is what was meant, even if no entry has it."""
        gefaltet = falte(wort)
        return self._zerleger.kennt(gefaltet) or gefaltet in self._wortschatz()

    def ist_verbform(self, wort: str) -> bool:
        return self._staemme.ist_verbform(wort)

    def _tokens(self, wort: str) -> tuple[tuple[str, float], ...]:
        """What a word of an entry is found by, each with how well it fits."""
        form = self.form(wort)
        tokens = {form.ganz: 1.0}
        if not form.vollstaendig:
            return tuple((tokens | {t: HALB for t in form.teile if t not in tokens}).items())
        anzahl = len(form.teile)
        for von in range(anzahl):
            for bis in range(von + 1, anzahl + 1):
                faktor = VERBUND if bis - von > 1 else 1.0 if bis == anzahl else GLIED
                tokens.setdefault("".join(form.teile[von:bis]), faktor)
        return tuple(tokens.items())

    def gewichte(self, felder: Felder) -> dict[str, int]:
        """Rows of the index: token → weight from 1 to 100. Every mention adds a little."""
        zweifel: dict[str, float] = {}
        heimische = self._heimische(felder)
        for feld, inhalt in felder.items():
            zu_hause = ZU_HAUSE.get(feld, 0.0)
            for text in texte(inhalt):
                for token, sicher, teile in self._gefunden(feld, text):
                    gewicht = FELDER[feld]
                    if zu_hause and not heimische.isdisjoint(teile):
                        gewicht = zu_hause
                    zweifel[token] = zweifel.get(token, 1.0) * (1.0 - gewicht * sicher)
        return {token: max(1, round(STUFEN * (1.0 - z))) for token, z in zweifel.items()}

    def _heimische(self, felder: Felder) -> frozenset[str]:
        if any(text.strip() for text in texte(felder.get("suchwoerter", ()))):
            return frozenset()
        namen = texte(felder.get("begriffe", ()))
        return frozenset().union(*(self._felder.get(name, ()) for name in namen))

    def _gefunden(self, feld: str, text: str) -> Iterator[tuple[str, float, tuple[str, ...]]]:
        alle = self.mit_beiwoertern(text)
        worte = [wort for wort in alle if not self.ist_stopp(wort)]
        ist_ausdruck = feld == "suchwoerter" and len(alle) > 1
        anteil = WORT_IM_AUSDRUCK if ist_ausdruck else 1.0
        for wort in worte:
            form, tokens = self.form(wort), self.tokens(wort)
            teile = (form.ganz, *form.teile)
            for token, sicher in tokens[:1] if feld in UNZERLEGT else tokens:
                yield token, sicher * anteil, teile
        gewendete = (paar for paar in pairwise(alle) if self.ist_beiwort(paar[0]))
        for paar in chain(pairwise(worte), gewendete):
            ganz = "".join(self.form(wort).ganz for wort in paar)
            if ist_ausdruck or ganz in self._ausdruecke:
                yield ganz, 1.0, tuple(t for wort in paar for t in self.form(wort).kern)
        for ganz in (*self._ergaenzte(text), *self._verbundene(text)):
            yield ganz, 1.0, ()
        if feld == "ort":
            yield from ((self.form(wort).ganz, 1.0, ()) for wort in _ohne_kreis(worte))

    def _ergaenzte(self, text: str) -> list[str]:
        """„Familien- und Erziehungsberatung“ is also a Familienberatung."""
        ganze = []
        for anfang, ende in geteilte(text):
            form = self.form(ende)
            if len(form.teile) > 1 and form.vollstaendig:
                ganze.append(self.form(anfang).ganz + form.teile[-1])
        return ganze

    def _verbundene(self, text: str) -> list[str]:
        return [
            "".join(self.form(wort).ganz for wort in paar)
            for teile in gekoppelte(text)
            for paar in pairwise(teile)
        ]

    def vokabeln(self, felder: Felder) -> set[str]:
        """The words of an entry as they stand in it, for spelling."""
        return {
            wort
            for inhalt in felder.values()
            for text in texte(inhalt)
            for wort in schreibweisen(text)
            if gefaltet(wort) and gefaltet(wort) not in self._stopp
        }

    @cached_property
    def woerter_des_woerterbuchs(self) -> dict[str, int]:
        """Words that may be meant though no entry has them, for spelling.

        Also verbs as they are bent, and little words: „nihct“ is „nicht“.
        """
        eintraege = (*self._nachschlagbar(), *self.woerterbuch.schwach)
        worte = {falte(wort) for eintrag in eintraege for wort in self.woerter(eintrag)}
        return dict.fromkeys(sorted(worte | self._stopp | self._gebeugte), 0)

    @property
    def _gebeugte(self) -> set[str]:
        """The rule that bends verbs knows no limits: „zusingen“ nobody says."""
        wortschatz = self._wortschatz()
        return {falte(form) for form in self._staemme.verbformen if falte(form) in wortschatz}

    @cached_property
    def schreibweisen(self) -> dict[str, str]:
        """Folded word → as the dictionary writes it; a noun wins over a verb."""
        geschrieben = {w for eintrag in self._nachschlagbar() for w in schreibweisen(eintrag)}
        return {gefaltet(wort): wort for wort in sorted(geschrieben, reverse=True)}

    def _nachschlagbar(self) -> list[str]:
        buch = self.woerterbuch
        familien = (wort for gruppe in buch.familien for wort in gruppe)
        return [*buch.lexikon, *buch.ausdruecke, *buch.nebenbei, *familien]

    def ortsnamen(self, name: str) -> dict[str, frozenset[str]]:
        """The words that mean this place alone, each with the others of its name."""
        genannt = self.woerter(name)
        worte = frozenset(falte(wort) for wort in (*genannt, *_ohne_kreis(genannt)))
        return {wort: worte - {wort} for wort in worte if not self._zerleger.kennt(wort)}


def _ohne_kreis(worte: Iterable[str]) -> list[str]:
    namen = (wort.removesuffix(LANDKREIS) for wort in worte if wort.endswith(LANDKREIS))
    return [name for name in namen if len(name) > len("land")]


def texte(inhalt: str | Iterable[str]) -> Iterable[str]:
    return (inhalt,) if isinstance(inhalt, str) else inhalt


def absaetze(text: str) -> dict[str, str]:
    """A description as the fields „anfang“ and „text“."""
    anfang, _, rest = text.strip().replace("\r", "").partition("\n\n")
    return {"anfang": anfang, "text": rest}
