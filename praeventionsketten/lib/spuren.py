"""Names and addresses that were erased, and whether a text still holds one of them."""

import re
import unicodedata

# Narrower than the grammar of addresses, so that „An:<a@b.de>.“ yields what stands in it.
ADRESSE = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
WORT = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class Spuren:
    """Remembers what must be found nowhere, and finds it in one pass over a text.

    A name counts from two words on: „Berlin“ or „Mai“ alone say nothing about a person.
    """

    def __init__(self) -> None:
        self.adressen: set[str] = set()
        self.namen: dict[str, set[tuple[str, ...]]] = {}

    def __bool__(self) -> bool:
        return bool(self.adressen or self.namen)

    def merken(self, wert: str) -> None:
        text = _gefaltet(wert)
        if adressen := ADRESSE.findall(text):
            self.adressen.update(adressen)
        elif len(worte := tuple(WORT.findall(text))) > 1:
            self.namen.setdefault(worte[0], set()).add(worte)

    def in_text(self, text: str) -> bool:
        text = _gefaltet(text)
        if self.adressen and "@" in text and self.adressen & set(ADRESSE.findall(text)):
            return True
        return bool(self.namen) and self._nennt_namen(WORT.findall(text))

    def _nennt_namen(self, worte: list[str]) -> bool:
        return any(
            tuple(worte[stelle : stelle + len(name)]) == name
            for stelle, wort in enumerate(worte)
            for name in self.namen.get(wort, ())
        )


def _gefaltet(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
