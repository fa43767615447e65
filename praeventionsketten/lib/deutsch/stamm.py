"""Stems: one string for all inflected forms and light derivations of a word."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from snowballstemmer import stemmer

from .falten import falte, woerter
from .woerterbuch import Woerterbuch

_VOKALE = frozenset("aeiouy")
_UMSCHRIFT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Verbs that come apart (ab-holen): their participle and infinitive have something inside.
TRENNBAR = ("zurück", "nach", "ab", "an", "auf", "aus", "ein", "mit", "um", "vor", "weg", "zu")
# Snowball takes ~40 µs a word; the words of a directory repeat.
CACHE = 50_000
MIN_VERB = 5


class Staemme:
    """Snowball's German, put right where it fails: Kurs is not Kur, Lotsin is a Lotse."""

    def __init__(self, woerterbuch: Woerterbuch) -> None:
        self._snowball = stemmer("german").stemWord
        self._ausnahmen = _ausnahmen(woerterbuch.lexikon) | {
            falte(wort): falte(wort) for wort in _einzelne(woerterbuch.eigen)
        }
        self._verben = _verbformen(woerterbuch.alle)
        self._bekannt: frozenset[str] = frozenset()
        self._familien: dict[str, str] = {}
        self.stamm = lru_cache(CACHE)(self._stamm)
        self._bekannt = frozenset(map(self._stamm, _einzelne(woerterbuch.lexikon)))
        for gruppe in woerterbuch.familien:
            staemme = [*map(self._stamm, _einzelne(gruppe))]
            self._familien |= dict.fromkeys(staemme[1:], *staemme[:1])

    def _stamm(self, wort: str) -> str:
        """Wants a word as `falten.woerter` gives it; answers with letters and digits."""
        gefaltet = falte(wort)
        wort = self._verben.get(wort, wort)
        if gefaltet in self._ausnahmen:
            stamm = self._ausnahmen[gefaltet]
        else:
            if wort.endswith("innen") and len(wort) > 7:
                wort = wort[:-3]
            stamm = falte(self._snowball(wort)) or gefaltet
            if stamm.endswith("in") and stamm[:-2] in self._bekannt:
                stamm = stamm[:-2]
        return self._familien.get(stamm, stamm)

    @property
    def verbformen(self) -> Collection[str]:
        return self._verben.keys()

    def ist_verbform(self, wort: str) -> bool:
        return wort in self._verben


def _einzelne(eintraege: Iterable[str]) -> list[str]:
    return [wort for eintrag in eintraege for wort in woerter(eintrag)]


def _ausnahmen(lexikon: frozenset[str]) -> dict[str, str]:
    """Forms that Snowball cuts wrongly: final s of the singular, plural s after a vowel."""
    ausnahmen = {}
    # Sorted, because sets stand in another order in every worker.
    for wort in map(falte, _einzelne(sorted(lexikon))):
        if wort.endswith("s") and not wort.endswith("ss"):
            ausnahmen |= {wort: wort, f"{wort}e": wort, f"{wort}en": wort, f"{wort}es": wort}
        elif wort[-1] in _VOKALE:
            kern = wort[:-1] if wort.endswith("e") else wort
            ausnahmen |= {wort: kern, f"{wort}s": kern}
    return ausnahmen


def _verbformen(eintraege: Iterable[str]) -> dict[str, str]:
    """The regular forms of every infinitive, written small: zockt and gezockt are zocken."""
    alle = [wort for eintrag in sorted(eintraege) for wort in eintrag.split()]
    formen = {
        form: wort
        for wort in alle
        if wort.islower() and wort.endswith(("en", "ern", "eln")) and len(wort) >= MIN_VERB
        for form in _gebeugt(wort)
    }
    # The umlauts may be typed as a or as ae.
    gefaltet = {falte(form): wort for form, wort in formen.items()}
    umschrieben = {form.translate(_UMSCHRIFT): wort for form, wort in formen.items()}
    formen = gefaltet | umschrieben | formen
    # A noun stays what it is: die Sucht is no suchen, and a Hort does not hear.
    for wort in _einzelne(wort for wort in alle if not wort.islower()):
        formen.pop(wort, None)
    return formen


def _gebeugt(verb: str) -> list[str]:
    stamm = verb[:-2] if verb.endswith("en") else verb[:-1]
    vorsilbe = next((v for v in TRENNBAR if verb.startswith(v) and len(verb) > len(v) + 4), "")
    kern = stamm.removeprefix(vorsilbe)
    binde = "e" if stamm.endswith(("t", "d")) else ""
    formen = [stamm + ende for ende in ("e", f"{binde}t", f"{binde}st", f"{binde}te")]
    return [
        *formen,
        f"{vorsilbe}ge{kern}{binde}t",
        f"{vorsilbe}ge{kern}en",
        f"{vorsilbe}zu{kern}en",
    ]
