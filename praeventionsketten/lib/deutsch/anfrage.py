"""What a person typed, read as words with every reading they may be found by."""

from collections.abc import Container, Iterator
from itertools import combinations
from typing import NamedTuple

from .analyse import Analyse, Form
from .falten import woerter
from .thesaurus import Ausdruck, Thesaurus

# How well a reading fits: the parts of a compound apart in a text, a compound with a part
# said otherwise, one without a weak head (Hausaufgaben for Hausaufgabenhilfe), the known
# part of a word that is only half understood, the strong one of two words.
TEILE, AUSDRUCK_GETEILT, ANDERS_GESAGT, OHNE_KOPF, HALB_BEKANNT = 0.6, 0.24, 1.0, 0.3, 0.5
NUR_DAS_STARKE = 0.75
GEWENDET = 0.3
STUECK = 0.5
SICHER = 0.5
SCHWACH = 0.1
MAX_WOERTER = 12
TRENNBAR = frozenset(
    ("ab", "an", "auf", "aus", "ein", "mit", "nach", "um", "vor", "weg", "zu", "zurück")
)

NEBENSATZ = frozenset(
    ("wenn", "weil", "und", "oder", "aber", "dass", "damit", "ob", "während", "bis", "sondern")
)

# Any of these tokens will do, each with how well it fits.
Wahl = tuple[tuple[str, float], ...]


class Lesart(NamedTuple):
    """One way to mean a word: every choice must be met in the same entry."""

    faktor: float
    wahlen: tuple[Wahl, ...]

    @property
    def sicher(self) -> bool:
        return self.faktor > SICHER


class Wort(NamedTuple):
    """One word of the query, or several that together mean one thing."""

    text: str
    lesarten: tuple[Lesart, ...]
    gewicht: float = 1.0

    @property
    def haupt(self) -> str:
        return self.lesarten[0].wahlen[0][0][0]

    @property
    def tokens(self) -> set[str]:
        return {t for lesart in self.lesarten for wahl in lesart.wahlen for t, _ in wahl}

    @property
    def nur_teile(self) -> "Wort":
        """Any part will do: the last that can be tried."""
        teile = {wahl: None for lesart in self.lesarten for wahl in lesart.wahlen}
        return self._replace(lesarten=tuple(Lesart(STUECK, (wahl,)) for wahl in teile))


class Anfrage(NamedTuple):
    text: str
    woerter: tuple[Wort, ...]
    # Two words that may make one: Beratung Migration.
    paare: tuple[tuple[int, int, Wort], ...] = ()
    # A word was put right already; once is enough.
    ist_berichtigt: bool = False

    @property
    def tokens(self) -> set[str]:
        alle = (*self.woerter, *(wort for _, _, wort in self.paare))
        return {token for wort in alle for token in wort.tokens}

    @property
    def letztes(self) -> str:
        """The word that may not have been typed to its end."""
        return next(reversed(woerter(self.text)), "")

    def mit(self, wort: str, stattdessen: str) -> str:
        """The text with another word in the place of one."""
        return " ".join(stattdessen if w == wort else w for w in woerter(self.text))

    def verbunden(self, bekannt: Container[str]) -> list[Wort]:
        """Two words become one where the index knows the compound."""
        vergeben, verbunden = set(), []
        for i, j, wort in self.paare:
            ganze = (token for token, _ in wort.lesarten[0].wahlen[0])
            if not {i, j} & vergeben and any(ganz in bekannt for ganz in ganze):
                vergeben |= {i, j}
                verbunden.append(wort)
        return verbunden + [w for i, w in enumerate(self.woerter) if i not in vergeben]


class Leser:
    """Reads queries; the thesaurus decides which words belong together."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._thesaurus = analyse.einmal(Thesaurus)

    def lies(self, text: str) -> Anfrage:
        worte = list(dict.fromkeys(self._mit_verben(text)))[:MAX_WOERTER]
        formen = {wort: self._analyse.form(wort) for wort in worte}
        bei, nicht_davor = self._beiwoerter(text), _nicht_davor(text)
        gelesen = []
        while worte:
            gruppe, schluessel = self._naechste_gruppe(worte, formen, bei, nicht_davor)
            worte = [wort for wort in worte if wort not in gruppe]
            gelesen.append(self._wort(gruppe, formen, schluessel))
        gelesen = _mit_starken_ausdruecken(self._ohne_nebenbei(gelesen))
        return Anfrage(text, tuple(gelesen), tuple(_paare(gelesen)))

    def _ohne_nebenbei(self, worte: list[Wort]) -> list[Wort]:
        """„Hebamme Telefonnummer“ asks for a Hebamme; who asks for nothing else gets numbers."""
        return [wort for wort in worte if not self.ist_nebenbei(wort)] or worte

    def ist_nebenbei(self, wort: Wort) -> bool:
        """A word by itself: „ohne Anmeldung“ is another thing than „Anmeldung“."""
        ist_ausdruck = " " in wort.text or wort.lesarten[0].faktor == GEWENDET
        return not ist_ausdruck and self._analyse.ist_nebenbei(wort.text)

    def _mit_verben(self, text: str) -> list[str]:
        """German verbs come apart: „wer passt auf mein Kind auf“ asks for aufpassen."""
        worte = self._analyse.woerter(text)
        for vorsilbe, davor in _am_satzende(woerter(text)):
            for stelle, wort in enumerate(worte):
                if wort in davor and self._ist_verb(verb := vorsilbe + wort):
                    worte = [*worte[:stelle], verb, *worte[stelle + 1 :]]
                    break
        return worte

    def _ist_verb(self, wort: str) -> bool:
        bekannt = self._analyse.ist_verbform(wort)
        return bekannt or self._thesaurus.kennt(self._analyse.form(wort).ganz)

    def _beiwoerter(self, text: str) -> frozenset[str]:
        worte = self._analyse.mit_beiwoertern(text)
        return frozenset(
            self._analyse.form(w).ganz for w in worte if self._analyse.ist_beiwort(w)
        )

    def _naechste_gruppe(
        self,
        worte: list[str],
        formen: dict[str, Form],
        bei: frozenset[str],
        nicht_davor: dict[str, int],
    ) -> tuple[list[str], frozenset[str]]:
        """The words that mean one thing together, or the first word alone."""
        alle = bei.union(teil for wort in worte for teil in formen[wort].kern)
        for schluessel in self._thesaurus.enthaltene(alle):
            ohne = schluessel - bei
            gruppe = [wort for wort in worte if ohne.issuperset(formen[wort].kern)]
            verneint = len({nicht_davor.get(wort, 0) for wort in gruppe}) > 1
            if verneint and self._thesaurus.ist_kompositum(schluessel):
                continue
            ist_ausdruck = len(gruppe) > 1 or (gruppe and schluessel & bei)
            if ist_ausdruck and ohne == {t for w in gruppe for t in formen[w].kern}:
                return gruppe, schluessel
        return worte[:1], frozenset(formen[worte[0]].kern)

    def _wort(
        self, gruppe: list[str], formen: dict[str, Form], schluessel: frozenset[str]
    ) -> Wort:
        teile = [teil for wort in gruppe for teil in formen[wort].kern]
        ganz = "".join(formen[wort].ganz for wort in gruppe)
        # „Hört nicht“ is another thing than „hört“.
        gewendet = len(schluessel) > len(frozenset(teile))
        lesarten = [Lesart(GEWENDET if gewendet else 1.0, (((ganz, 1.0),),))]
        if len(teile) > 1:
            lesarten += self._aus_teilen(teile, ist_ein_wort=len(gruppe) == 1)
        else:
            lesarten += self._halb_bekannt(formen[gruppe[0]])
        for ausdruck, faktor in self._thesaurus.andere(schluessel).items():
            if ausdruck.ganz != ganz:
                lesarten += _lesarten(ausdruck, faktor)
        schwach = all(self._analyse.ist_schwach(formen[wort].ganz) for wort in gruppe)
        return Wort(" ".join(gruppe), tuple(lesarten), SCHWACH if schwach else 1.0)

    def _aus_teilen(self, teile: list[str], ist_ein_wort: bool) -> list[Lesart]:
        """A compound is also found where its parts stand apart, or by another word for one."""
        wahlen = tuple(self._wahl(teil) for teil in teile)
        lesarten = [Lesart(TEILE, wahlen)]
        if len(teile) == 2:
            links, rechts = wahlen
            verbunden = tuple(
                (f"{a}{b}", ANDERS_GESAGT * fa * fb) for a, fa in links for b, fb in rechts
            )
            lesarten.append(Lesart(1.0, (verbunden,)))
        if ist_ein_wort:
            lesarten += self._aus_stuecken(teile)
            if self._analyse.ist_schwach(teile[-1]):
                lesarten.append(Lesart(OHNE_KOPF, wahlen[:-1]))
        return lesarten

    def _aus_stuecken(self, teile: list[str]) -> list[Lesart]:
        """A Familienkochkurs is a Kochkurs; a Kleidertauschbörse has to do with Kleidertausch."""
        start = next((i for i, t in enumerate(teile) if not self._analyse.ist_schwach(t)), 0)
        stuecke = [teile[start:]] if start else []
        stuecke += [stueck for stueck in (teile[:-1], teile[1:]) if len(stueck) > 1]
        lesarten = []
        for stueck in stuecke:
            andere = ((a.ganz, f) for a, f in self._thesaurus.andere(stueck).items())
            lesarten.append(Lesart(STUECK, ((("".join(stueck), 1.0), *andere),)))
        # A Kreditberatung is found where somebody helps with Kredite.
        vorn = self._thesaurus.andere(teile[:-1]).items()
        if anders := tuple((a.ganz, f) for a, f in vorn if a.ganz != "".join(teile[:-1])):
            lesarten.append(Lesart(OHNE_KOPF, (anders,)))
        return lesarten

    def _halb_bekannt(self, form: Form) -> list[Lesart]:
        teile = () if form.vollstaendig else form.teile
        starke = [teil for teil in teile if not self._analyse.ist_schwach(teil)]
        if not starke:
            return []
        andere = self._thesaurus.andere(teile)
        ganze = (("".join(teile), 1.0), *((a.ganz, faktor) for a, faktor in andere.items()))
        getrennt = tuple(((teil, 1.0),) for teil in starke)
        return [Lesart(HALB_BEKANNT, (ganze,)), Lesart(HALB_BEKANNT * TEILE, getrennt)]

    def _wahl(self, teil: str) -> Wahl:
        andere = self._thesaurus.andere([teil]).items()
        weitere = ((a.ganz, f) for a, f in andere if len(a.kern) == 1 and a.ganz != teil)
        return ((teil, 1.0), *weitere)


def _nicht_davor(text: str) -> dict[str, int]:
    """How many „nicht“ stand before each word: who „will nicht in die Schule“ is no Schulkind.

    Only „nicht“: who goes to school „ohne Frühstück“ still needs a Schulfrühstück.
    """
    zahl, davor = 0, {}
    for wort in woerter(text):
        zahl += wort == "nicht"
        davor.setdefault(wort, zahl)
    return davor


def _am_satzende(alle: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each part of a verb that ends a clause, with the words before it."""
    for stelle, (wort, danach) in enumerate(zip(alle, [*alle[1:], "und"], strict=False)):
        if wort in TRENNBAR and danach in NEBENSATZ:
            yield wort, alle[:stelle]


def _mit_starken_ausdruecken(worte: list[Wort]) -> list[Wort]:
    """Where every word alone says little, the words that mean one thing say it."""
    if any(wort.gewicht == 1 for wort in worte):
        return worte
    return [wort._replace(gewicht=1.0) if " " in wort.text else wort for wort in worte]


def _lesarten(ausdruck: Ausdruck, faktor: float) -> list[Lesart]:
    lesarten = [Lesart(faktor, (((ausdruck.ganz, 1.0),),))]
    if len(ausdruck.kern) > 1:
        wahlen = tuple(((teil, 1.0),) for teil in ausdruck.kern)
        lesarten.append(Lesart(AUSDRUCK_GETEILT, wahlen))
    return lesarten


def _paare(worte: list[Wort]) -> Iterator[tuple[int, int, Wort]]:
    # „Will nicht in die Kita“ is a thing of its own and makes no Kitakind with a Kind.
    gerade = [(i, wort) for i, wort in enumerate(worte) if wort.lesarten[0].faktor == 1.0]
    for (i, a), (j, b) in combinations(gerade, 2):
        ganze = ((a.haupt + b.haupt, 1.0), (b.haupt + a.haupt, 1.0))
        lesarten = [Lesart(1.0, (ganze,))]
        lesarten.append(Lesart(TEILE, (((a.haupt, 1.0),), ((b.haupt, 1.0),))))
        if a.gewicht != b.gewicht:
            stark = max(a, b, key=lambda wort: wort.gewicht)
            lesarten += [Lesart(faktor * NUR_DAS_STARKE, w) for faktor, w in stark.lesarten]
        yield i, j, Wort(f"{a.text} {b.text}", tuple(lesarten), max(a.gewicht, b.gewicht))
