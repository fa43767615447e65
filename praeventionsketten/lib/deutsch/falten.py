"""From text to words, and from words to a spelling that everybody types alike.

People write Ärztin, aerztin or arztin, Café or Cafe, Straße or Strasse: they mean the
same, so all of them end as one string of [a-z0-9]. A word in another script keeps its
letters: русский is what it is.
"""

import re
import unicodedata
from functools import lru_cache

# No honest text and no honest word is longer.
MAX_TEXT = 100_000
MAX_WORT = 60

_WORT = re.compile(r"[^\W_]+")
# „Familien- und Erziehungsberatung“: the first word lends its head from the second.
# Bounded, and only from the start of a word: long junk must not make it try every cut.
_GETEILT = re.compile(
    r"(?<!\w)([^\W\d_]{2,60})-\s{1,3}(?:und|oder|bzw\.|sowie)\s{1,3}([^\W\d_]{2,60})"
)
# „Kita-Lotsen“ are one word.
_GEKOPPELT = re.compile(r"(?<![\w-])[^\W\d_]{2,40}(?:-[^\W\d_]{2,40}){1,4}(?![\w-])")
UMLAUTE = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
# Not in Treue, Frauen and Quelle.
_UMSCHRIFT = re.compile(r"ae+|oe+|(?<![aeoqu])ue+")
# Schifffahrt or Schiffahrt, and every key that was held too long.
_DREIFACH = re.compile(r"([a-z])\1{2,}")
_KEIN_BUCHSTABE = re.compile(r"[\W_]+")
# Soft hyphen, joiners and directions, accents that stand alone, and the vowel signs and
# stretching of Arabic.
_ZEICHEN = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u0640\u064b-\u065f\u0670]")
_KOMBINIERT = dict.fromkeys(range(0x300, 0x370))
# Letters that no accent makes; Kadın is typed Kadin.
_ALS_LATEIN = str.maketrans({"ß": "ss", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "ı": "i"})
_UMLAUT_ZEICHEN = frozenset("äöü")


def woerter(text: str) -> list[str]:
    """The words in lower case, without accents but still with their umlauts."""
    text = text[:MAX_TEXT].lower()
    if not text.isascii():
        text = _ohne_zeichen(text)
    gefunden = (_latein(wort) for wort in _WORT.findall(text))
    return [wort[:MAX_WORT] for wort in gefunden if wort]


def schreibweisen(text: str) -> list[str]:
    """The words as they stand there."""
    return [wort[:MAX_WORT] for wort in _WORT.findall(_ohne_zeichen(text[:MAX_TEXT]))]


def geteilte(text: str) -> list[tuple[str, str]]:
    """Pairs like (Familien, Erziehungsberatung) that share the head of the second."""
    paare = (woerter(f"{a} {b}") for a, b in _GETEILT.findall(text[:MAX_TEXT]))
    return [(paar[0], paar[1]) for paar in paare if len(paar) == 2]


def gekoppelte(text: str) -> list[list[str]]:
    """The parts of every word that is joined by hyphens."""
    return [woerter(wort) for wort in _GEKOPPELT.findall(text[:MAX_TEXT])]


def falte(wort: str) -> str:
    """The spelling without umlauts, whether they were typed as ä, ae or a."""
    wort = _UMSCHRIFT.sub(lambda treffer: treffer[0][0], wort.translate(UMLAUTE))
    return _DREIFACH.sub(r"\1\1", wort)


@lru_cache(50_000)
def gefaltet(wort: str) -> str:
    """One written word in the spelling that everybody types alike."""
    return falte("".join(woerter(wort)))


def _ohne_zeichen(text: str) -> str:
    """Without what stands between letters and is none: soft hyphens, vowel signs of Arabic."""
    return _ZEICHEN.sub("", unicodedata.normalize("NFC", text))


@lru_cache(10_000)
def _latein(wort: str) -> str:
    if wort.isascii():
        return wort
    wort = wort.translate(_ALS_LATEIN)
    zeichen = (
        z if z.isascii() or z in _UMLAUT_ZEICHEN else unicodedata.normalize("NFKD", z)
        for z in wort
    )
    return _KEIN_BUCHSTABE.sub("", "".join(zeichen).translate(_KOMBINIERT).casefold())
