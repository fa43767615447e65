"""Where a Kommune has Angebote, where somebody looked and found none, where nobody looked.

Numbers are those of the public list, from the same engine. What is not known is never
shown as none: only an Erhebung says that there is nothing, and only until an Angebot of
the kind was published after it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from django.db.models import Value
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommunen.kette import PHASE, UEBERGANG
from kommunen.models import Handlungsfeld, Kommune, Lebensphase, Uebergang
from praeventionsketten.lib import zeit
from praeventionsketten.lib.mengen import nummern
from praeventionsketten.lib.tabelle import Tabelle

from .models import Angebot, Erhebung
from .suche import Ergebnis, Werk, aktuelles_werk

LANGE_HER = dt.timedelta(days=365)  # after that a look is told as one of long ago
Schluessel = tuple[str, str, str]  # kind and code of the link, code of the field


class Stand(StrEnum):
    ANGEBOTE = "angebote"
    UNSICHER = "unsicher"  # only such that nobody has confirmed for long
    KEINE = "keine"
    LANGE_HER = "lange-her"
    OFFEN = "offen"


@dataclass(frozen=True)
class Spalte:
    """A Lebensphase, or the Übergang that follows it."""

    art: str
    glied: Lebensphase | Uebergang

    @property
    def code(self) -> str:
        return self.glied.code

    @property
    def ist_uebergang(self) -> bool:
        return self.art == UEBERGANG


@dataclass(frozen=True)
class Zelle:
    kommune: Kommune
    spalte: Spalte
    feld: Handlungsfeld
    anzahl: int
    frisch: int
    unsicher: int  # beside `anzahl`: what the list leaves out as not confirmed for long
    landesweit: int
    erhebung: Erhebung | None  # that still holds

    @property
    def stand(self) -> Stand:
        if self.anzahl:
            return Stand.ANGEBOTE
        if self.unsicher:
            return Stand.UNSICHER
        if self.erhebung is None:
            return Stand.OFFEN
        return Stand.LANGE_HER if self.erhebung.wann < _grenze() else Stand.KEINE

    @property
    def haupt(self) -> str:
        """What is known, in a word or two."""
        match self.stand:
            case Stand.ANGEBOTE:
                return _angebote(self.anzahl)
            case Stand.UNSICHER:
                return _angebote(self.unsicher)
            case Stand.KEINE:
                return _("geprüft: kein Angebot")
            case Stand.LANGE_HER:
                return _("vor langem geprüft: damals kein Angebot")
        return _("noch nicht erhoben")

    @property
    def dazu(self) -> list[str]:
        """What one must know besides, to take it for what it is."""
        worte = []
        if self.anzahl:
            worte.append(_("davon %(n)s bestätigt") % {"n": self.frisch})
        if self.unsicher:
            worte.append(_("%(n)s lange nicht bestätigt") % {"n": self.unsicher})
        if self.stand in (Stand.KEINE, Stand.LANGE_HER):
            # A cell is narrow: the month may stand below the day.
            tag = zeit.tag(self.erhebung.wann).replace("\xa0", " ")
            worte.append(_("am %(tag)s") % {"tag": tag})
        return worte

    @property
    def landesweit_worte(self) -> str:
        return _("dazu %(n)s landesweit") % {"n": self.landesweit} if self.landesweit else ""

    @property
    def in_worten(self) -> str:
        return ", ".join(filter(None, [self.haupt, *self.dazu, self.landesweit_worte]))

    @property
    def anfrage(self) -> str:
        """The query of the public list that shows what was counted here."""
        felder = {
            "kommune": self.kommune.slug,
            self.spalte.art: self.spalte.code,
            "feld": self.feld.code,
        }
        return urlencode(felder)

    @property
    def darf_geprueft_werden(self) -> bool:
        return not (self.anzahl or self.unsicher)

    @property
    def kennung(self) -> str:
        """How forms name it."""
        return f"{self.spalte.art}.{self.spalte.code}.{self.feld.code}"


@dataclass(frozen=True)
class Matrix:
    kommune: Kommune
    spalten: list[Spalte]
    zeilen: list[tuple[Handlungsfeld, list[Zelle]]]
    ohne_zelle: int  # Angebote without phase and transition, or without field

    @cached_property
    def zellen(self) -> list[Zelle]:
        return [zelle for _feld, zellen in self.zeilen for zelle in zellen]

    @property
    def je_spalte(self) -> list[tuple[Spalte, list[Zelle]]]:
        """The same for a narrow window: one list per link of the Kette."""
        return [
            (spalte, [zellen[n] for _feld, zellen in self.zeilen])
            for n, spalte in enumerate(self.spalten)
        ]

    @property
    def zahlen(self) -> dict[str, int]:
        """How many cells stand how, by the names of `Stand`."""
        gezaehlt = Counter(zelle.stand for zelle in self.zellen)
        return {stand.name.lower(): gezaehlt[stand] for stand in Stand}

    def tabelle(self) -> Tabelle:
        """The same to take away, in the words of the page."""
        kopf = [_("Thema"), *(spalte.glied.name for spalte in self.spalten)]
        zeilen = [(feld.name, *(z.in_worten for z in zellen)) for feld, zellen in self.zeilen]
        return Tabelle(_("Lückenanalyse: %(name)s") % {"name": self.kommune.name}, kopf, zeilen)

    def zelle(self, kennung: str) -> Zelle | None:
        return next((zelle for zelle in self.zellen if zelle.kennung == kennung), None)


def matrix(kommune: Kommune, *, alle: bool = False) -> Matrix:
    """The cells of a Kommune, in six queries; `alle` shows what is outside the programme."""
    werk = aktuelles_werk()[0]
    spalten = _spalten(alle=alle)
    felder = list(Handlungsfeld.objects.all())
    zaehler, geltende = _Zaehler(werk, kommune), _geltende(kommune)
    zeilen = [(feld, [zaehler.zelle(s, feld, geltende) for s in spalten]) for feld in felder]
    return Matrix(kommune, spalten, zeilen, zaehler.ohne_zelle(felder))


def _spalten(*, alle: bool) -> list[Spalte]:
    gewaehlt = {} if alle else {"im_programm": True}
    uebergaenge = list(Uebergang.objects.filter(**gewaehlt))
    spalten = []
    for phase in Lebensphase.objects.filter(**gewaehlt):
        spalten.append(Spalte(PHASE, phase))
        spalten += [Spalte(UEBERGANG, u) for u in uebergaenge if u.von_id == phase.pk]
    return spalten


class _Zaehler:
    """Counts what the public list of this Kommune holds."""

    def __init__(self, werk: Werk, kommune: Kommune) -> None:
        self.kommune, self.stand = kommune, werk.stand
        gezeigte = Ergebnis.nur_text(werk, None, "")
        gezeigte = replace(gezeigte, werte=gezeigte.werte | {"kommune": [kommune.slug]}).menge
        self.landesweite = gezeigte & self.stand.landesweit
        self.oertliche = gezeigte & ~self.stand.landesweit
        self.unsichere = self.stand.menge("kommune", kommune.slug) & ~gezeigte
        self.heute = timezone.localdate().toordinal()

    def zelle(self, spalte: Spalte, feld: Handlungsfeld, geltende: dict) -> Zelle:
        hier = self.stand.menge(spalte.art, spalte.code) & self.stand.menge("feld", feld.code)
        return Zelle(
            self.kommune,
            spalte,
            feld,
            anzahl=(hier & self.oertliche).bit_count(),
            frisch=self._frische(hier & self.oertliche),
            unsicher=(hier & self.unsichere).bit_count(),
            landesweit=(hier & self.landesweite).bit_count(),
            erhebung=geltende.get((spalte.art, spalte.code, feld.code)),
        )

    def _frische(self, menge: int) -> int:
        """Those a family can rely on today."""
        ueberfaellig = self.stand.grenzen[1]
        return sum(self.heute < ueberfaellig[pk] for pk in nummern(menge))

    def ohne_zelle(self, felder: Iterable[Handlungsfeld]) -> int:
        glieder = _vereint(
            menge
            for (name, _), menge in self.stand.mengen.items()
            if name in (PHASE, UEBERGANG)
        )
        mit_feld = _vereint(self.stand.menge("feld", feld.code) for feld in felder)
        return (self.oertliche & ~(glieder & mit_feld)).bit_count()


def _vereint(mengen: Iterable[int]) -> int:
    alle = 0
    for menge in mengen:
        alle |= menge
    return alle


def _geltende(kommune: Kommune) -> dict[Schluessel, Erhebung]:
    """By cell the newest Erhebung that found nothing, unless an Angebot came after it."""
    erhebungen = Erhebung.objects.filter(kommune=kommune)
    neueste: dict[Schluessel, Erhebung] = {}
    for erhebung in erhebungen.select_related("lebensphase", "uebergang", "handlungsfeld"):
        neueste.setdefault(_schluessel(erhebung), erhebung)
    danach = _zuletzt_veroeffentlicht(kommune) if neueste else {}
    return {
        schluessel: erhebung
        for schluessel, erhebung in neueste.items()
        if erhebung.ergebnis == Erhebung.Ergebnis.KEIN_ANGEBOT
        and not (schluessel in danach and danach[schluessel] >= erhebung.wann)
    }


def _schluessel(erhebung: Erhebung) -> Schluessel:
    art = PHASE if erhebung.lebensphase_id else UEBERGANG
    return art, erhebung.glied.code, erhebung.handlungsfeld.code


def _zuletzt_veroeffentlicht(kommune: Kommune) -> dict[Schluessel, dt.datetime]:
    """When the last Angebot of each cell appeared, also one that has ended since."""
    angebote = Angebot.objects.filter(kommune=kommune, veroeffentlicht_am__isnull=False)
    letzte: dict[Schluessel, dt.datetime] = {}
    phasen, uebergaenge = (
        angebote.order_by().values_list(
            Value(art), f"{name}__code", "handlungsfelder__code", "veroeffentlicht_am"
        )
        for art, name in ((PHASE, "lebensphasen"), (UEBERGANG, "uebergaenge"))
    )
    for *schluessel, wann in phasen.union(uebergaenge):
        letzte[*schluessel] = max(wann, letzte.get((*schluessel,), wann))
    return letzte


def _angebote(n: int) -> str:
    return ngettext("%(n)s Angebot", "%(n)s Angebote", n) % {"n": n}


def _grenze() -> dt.datetime:
    return timezone.now() - LANGE_HER
