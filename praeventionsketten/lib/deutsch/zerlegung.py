"""Compounds: which known words a German word is made of."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from .falten import falte, woerter
from .nachbarn import ORTSNAME, ist_versehen, verrutscht, verschrieben
from .stamm import Staemme
from .woerterbuch import Woerterbuch

FUGEN = ("", "s", "es", "n", "en", "e", "er", "ns")
ENDUNGEN = ("", "e", "en", "n", "er", "ern", "s", "es", "in", "innen", "nen")
# A word after one of these is a derivation of its own: Beispiel is no Spiel.
VORSILBEN = frozenset((
    "ab", "an", "auf", "aus", "be", "bei", "da", "dar", "durch", "ein", "ent", "er", "fort",
    "ge", "her", "hin", "los", "mit", "nach", "ober", "sonder", "uber", "um", "un", "unter",
    "ur", "ver", "vor", "weg", "wieder", "wider", "zer", "zu", "zuruck", "zusammen",
    "zwischen",
))  # fmt: skip
NACHSILBEN = (
    "ung", "heit", "keit", "schaft", "lich", "isch", "haft", "bar", "sam", "los", "chen",
    "lein", "ling", "nis", "tum", "end", "ier", "voll", "arm", "reich",
)  # fmt: skip
MIN_TEIL = 3
MIN_ALLEIN = 4
MIN_REST = 4
# A part of a compound is put right if so much of it is left, beside so much that is known.
MIN_MITTE, MAX_MITTE, MIN_BERICHTIGT, MIN_BEKANNT, MIN_GANZ = 4, 20, 5, 4, 9


class Zerlegung(NamedTuple):
    """Stems of the parts from left to right; the last one is the head."""

    teile: tuple[str, ...]
    # What no known word explains; "" when all of the word is known.
    rest: str = ""
    kopf_bekannt: bool = True

    @property
    def vollstaendig(self) -> bool:
        return bool(self.teile) and not self.rest


class Zerleger:
    """Splits by a lexicon; a word it does not understand stays whole."""

    def __init__(self, woerterbuch: Woerterbuch, staemme: Staemme) -> None:
        self._glieder: dict[str, str] = {}
        self._koepfe: dict[str, str] = {}
        self._worte: set[str] = set()
        # Words of a family are understood as they are: umgezogen is no compound.
        self._ganze = {
            falte(wort)
            for gruppe in woerterbuch.familien
            for eintrag in gruppe
            for wort in woerter(eintrag)
        }
        for wort in sorted(wort for e in woerterbuch.lexikon for wort in woerter(e)):
            self._lerne(falte(wort), staemme.stamm(wort))

    def _lerne(self, wort: str, stamm: str) -> None:
        glieder = [wort + fuge for fuge in FUGEN]
        if wort.endswith("e"):
            glieder += [wort[:-1], f"{wort[:-1]}s"]
        elif wort.endswith("en") and len(wort) > 5:
            glieder += [wort[:-2], wort[:-1]]
        for form in glieder:
            self._glieder.setdefault(form, stamm)
        for form in (wort + endung for endung in ENDUNGEN):
            self._koepfe.setdefault(form, stamm)
        # The word itself wins over a form of another: Kurs is no genitive of Kur.
        self._glieder[wort] = self._koepfe[wort] = stamm
        self._worte.add(wort)

    def kennt(self, wort: str) -> bool:
        return wort in self._koepfe

    def zerlege(self, wort: str) -> Zerlegung:
        """Wants a folded word."""
        if len(wort) < 2 * MIN_TEIL or wort in self._ganze:
            return Zerlegung(())
        enden: dict[str, tuple[str, ...]] = {}
        if teile := self._zerlege(wort, enden):
            return Zerlegung(teile) if len(teile) > 1 else Zerlegung(())
        halbe = (self._bekannter_kopf(wort, enden), self._bekannter_anfang(wort))
        # The head says what it is, unless the beginning explains more: no Kette in Plakette.
        return min(filter(None, halbe), key=lambda halb: len(halb.rest), default=Zerlegung(()))

    def _zerlege(self, wort: str, gemerkt: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The fewest parts that explain the whole word; () if there is no way."""
        if wort in self._koepfe:
            return (self._koepfe[wort],)
        if wort in gemerkt:
            return gemerkt[wort]
        beste: tuple[str, ...] = ()
        for schnitt in range(len(wort) - MIN_TEIL, MIN_TEIL - 1, -1):
            if (glied := self._glieder.get(wort[:schnitt])) is None:
                continue
            weitere = self._zerlege(wort[schnitt:], gemerkt)
            if weitere and (not beste or len(weitere) + 1 < len(beste)):
                beste = (glied, *weitere)
        gemerkt[wort] = beste
        return beste

    def _bekannter_kopf(self, wort: str, enden: dict[str, tuple[str, ...]]) -> Zerlegung | None:
        """German compounds are right-headed: a Zwergentreff is a Treff, whatever else."""
        for schnitt in range(MIN_TEIL, len(wort) - MIN_ALLEIN + 1):
            davor = wort[:schnitt]
            if davor in VORSILBEN:
                continue
            if teile := self._zerlege(wort[schnitt:], enden):
                return Zerlegung(teile, davor)
        return None

    def _bekannter_anfang(self, wort: str) -> Zerlegung | None:
        """A Hebammenzentrale has to do with Hebammen, even if nobody knows Zentralen."""
        for schnitt in range(len(wort) - MIN_REST, MIN_ALLEIN - 1, -1):
            rest = wort[schnitt:]
            if not rest.startswith(NACHSILBEN) and (teile := self._als_glieder(wort[:schnitt])):
                return Zerlegung(teile, rest, kopf_bekannt=False)
        return None

    def berichtigt(self, wort: str, wortschatz: Container[str]) -> list[str]:
        """The compounds that one slip makes of it, the likeliest first."""
        if ORTSNAME.search(wort) or self._ist_kompositum(wort):
            return []
        # Letters swapped or doubled between two parts are in none of them.
        gemeint = {
            ganz: (False, False, len(wort))
            for ganz in verrutscht(wort)
            if len(wort) >= MIN_GANZ and self._ist_kompositum(ganz)
        }
        for davor, mitte, danach in self._mit_unbekannter_mitte(wort):
            for neu in verschrieben(mitte):
                if self._ist_wort(neu, wortschatz, am_ende=not danach):
                    anfang = davor or neu[0] == mitte[0]
                    rang = (not anfang, not ist_versehen(mitte, neu), len(mitte))
                    ganz = f"{davor}{neu}{danach}"
                    gemeint[ganz] = min(rang, gemeint.get(ganz, rang))
        return sorted(gemeint, key=lambda ganz: (gemeint[ganz], ganz))

    def _ist_kompositum(self, wort: str) -> bool:
        """Whether known words explain all of it: cheaper than `zerlege`, which also guesses."""
        return wort not in self._ganze and len(self._zerlege(wort, {})) > 1

    def _ist_wort(self, teil: str, wortschatz: Container[str], *, am_ende: bool) -> bool:
        """The joints are guessed generously (Geldn), so German must have the word."""
        if len(teil) < MIN_BERICHTIGT or teil not in (
            self._koepfe if am_ende else self._glieder
        ):
            return False
        formen = (teil, teil.removesuffix("s"), f"{teil}e")
        return any(form in self._worte or form in wortschatz for form in formen)

    def _mit_unbekannter_mitte(self, wort: str) -> Iterator[tuple[str, str, str]]:
        """The cuts into known parts, what may be a misspelt one, and known parts again."""
        enden: dict[str, tuple[str, ...]] = {}
        vorn = [0, *(i for i in range(MIN_TEIL, len(wort)) if self._als_glieder(wort[:i]))]
        hinten = [j for j in range(MIN_TEIL, len(wort)) if self._zerlege(wort[j:], enden)]
        for von in vorn:
            for bis in (*hinten, len(wort)):
                bekannt = von + len(wort) - bis
                if bekannt >= MIN_BEKANNT and MIN_MITTE <= bis - von <= MAX_MITTE:
                    yield wort[:von], wort[von:bis], wort[bis:]

    def _als_glieder(self, anfang: str) -> tuple[str, ...]:
        """The parts of what other words can be joined to: Kinderrechts."""
        if anfang in self._glieder:
            return (self._glieder[anfang],)
        for schnitt in range(len(anfang) - MIN_TEIL, MIN_TEIL - 1, -1):
            davor, glied = self._glieder.get(anfang[:schnitt]), anfang[schnitt:]
            if davor and glied in self._glieder:
                return (davor, self._glieder[glied])
        return ()
