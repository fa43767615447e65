"""What the analyser knows about words: plain data, kept in a file or in the admin."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

Gruppen = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Woerterbuch:
    """Words as people write them; the analyser derives stems and parts from them.

    `stopp` is never searched for, `nebenbei` only where nothing else is asked (Telefonnummer),
    `schwach` counts but is not demanded. `lexikon` holds the parts of compounds. `eigen` are words whose ending is no ending (Treffen is not
    Treff). `familien` are derivations that mean the same (Arzt, ärztlich),
    `synonyme` other words for the same thing. A group in `begriffe` leads from its first
    word to what people find under it (Ferienbetreuung to Ferienspiele), never back. A group
    in `felder` is the name of a Handlungsfeld and the words that are at home there.
    """

    stopp: frozenset[str] = frozenset()
    nebenbei: frozenset[str] = frozenset()
    schwach: frozenset[str] = frozenset()
    lexikon: frozenset[str] = frozenset()
    eigen: frozenset[str] = frozenset()
    familien: Gruppen = ()
    synonyme: Gruppen = ()
    begriffe: Gruppen = ()
    felder: Gruppen = ()

    @classmethod
    def aus(cls, *lieferungen: Mapping[str, Iterable | Mapping]) -> "Woerterbuch":
        """Builds it from rows or TOML; lists of words may be sorted into themes.

        Groups that a delivery takes back (`zurueck`) are left out, wherever they stand.
        """
        zurueck = {
            (name, tuple(gruppe))
            for lieferung in lieferungen
            for name, gruppen in lieferung.get("zurueck", {}).items()
            for gruppe in gruppen
        }
        return cls(
            **{
                name: frozenset().union(*(_menge(d.get(name, ())) for d in lieferungen))
                for name in ("stopp", "nebenbei", "schwach", "lexikon", "eigen")
            },
            **{
                name: tuple(
                    sorted(
                        gruppe
                        for lieferung in lieferungen
                        for gruppe in map(tuple, lieferung.get(name, ()))
                        if (name, gruppe) not in zurueck
                    )
                )
                for name in ("familien", "synonyme", "begriffe", "felder")
            },
        )

    @property
    def ausdruecke(self) -> list[str]:
        """All words and expressions that have others beside them."""
        return [e for gruppe in (*self.synonyme, *self.begriffe) for e in gruppe]

    @property
    def alle(self) -> list[str]:
        """Everything that is written down, in any order."""
        listen = (self.stopp, self.nebenbei, self.schwach, self.lexikon, self.eigen)
        einzelne = (wort for liste in (*listen, *self.familien) for wort in liste)
        return [*self.ausdruecke, *einzelne]

    @property
    def version(self) -> str:
        """Changes with every word, so that an index built with other words is noticed."""
        inhalt = [sorted(getattr(self, feld.name)) for feld in fields(self)]
        return hashlib.sha256(repr(inhalt).encode()).hexdigest()[:16]


def _menge(eintrag: Iterable[str] | Mapping[str, Iterable[str]]) -> frozenset[str]:
    themen = eintrag.values() if isinstance(eintrag, Mapping) else [eintrag]
    return frozenset(wort for thema in themen for wort in thema)
