"""The list of /angebote/: hits, counts and order of one set of parameters.

Values of a group join by OR, groups by AND; the count beside a value ignores the other
values of its own group: it says what ticking it as the only one of its group would give.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain, compress, islice
from operator import and_, or_

from django.utils import timezone
from django.utils.functional import cached_property

from praeventionsketten.lib import mengen
from praeventionsketten.lib.deutsch import Gelockert

from .rang import WENIGE, Auszug, Rangfolge, lose
from .stand import Stand
from .textsuche import Texttreffer
from .werk import Umkreis, Werk

# Each inner tuple is one group of parameters whose values widen each other.
GRUPPEN = (
    ("phase", "uebergang"),
    ("kommune",),
    ("zielgruppe",),
    ("feld",),
    ("sprache",),
    ("format",),
    ("kosten",),
    ("zugang",),
    ("stufenlos",),
)
GENAU = 200  # so many hits are ranked by distance too, the others come after them
HALB_SO_GUT_KM = 100.0  # distance decides only between entries that fit alike


@dataclass(frozen=True)
class Ergebnis:
    """What one set of parameters finds at one moment; pages are cut from it."""

    werk: Werk
    werte: Mapping
    text: Texttreffer | None
    umkreis: Umkreis | None
    sortierung: str
    heute: dt.date = field(default_factory=timezone.localdate)

    @classmethod
    def nur_text(
        cls, werk: Werk, treffer: Texttreffer, text: str, *, ungesichert: bool = False
    ) -> "Ergebnis":
        """All that fits the words, whatever else it is."""
        werte = {name: [] for gruppe in GRUPPEN for name in gruppe}
        werte |= {"q": text, "alter": None, "ungesichert": ungesichert}
        return cls(werk, werte, treffer, None, "beste")

    @property
    def stand(self) -> Stand:
        return self.werk.stand

    @property
    def gelockert(self) -> tuple[Gelockert, ...]:
        return self.text.gelockert if self.text else ()

    @cached_property
    def _rangfolge(self) -> Rangfolge | None:
        return self.text and self.werk.rangfolge(self.text, self._tag)

    @cached_property
    def _bestand(self) -> Stand | Auszug:
        """Where to look; what is a set here has its numbers from there."""
        # How far away the hits of a text are is not known in their own numbers.
        eigener = self._rangfolge and not self.umkreis
        return self._rangfolge.bestand() if eigener else self.stand

    @cached_property
    def _gruppen(self) -> list[int | None]:
        """Of each group the Angebote that have one of its chosen values."""
        return [self._gewaehlte(namen) for namen in GRUPPEN]

    def _gewaehlte(self, namen: tuple[str, ...]) -> int | None:
        werte = [(name, code) for name in namen for code in self.werte[name]]
        if not werte:
            return None
        gewaehlt = reduce(or_, (self._bestand.menge(*wert) for wert in werte))
        # Whoever looks in one Kommune may also go where everybody may.
        return gewaehlt | self._bestand.landesweit if namen == ("kommune",) else gewaehlt

    @cached_property
    def _ohne_gruppen(self) -> int:
        """What text, age and distance leave; what is unsafe only for who asks for it."""
        if self.werte.get("ungesichert"):
            return self._gefunden
        return self._gefunden & ~self._ungesichert

    @cached_property
    def _ungesichert(self) -> int:
        if isinstance(self._bestand, Auszug):
            return self._bestand.ungesichert
        return self.werk.ungesichert(self._tag)

    @cached_property
    def anzahl_ungesichert(self) -> int:
        """How many more there would be with those."""
        if self.werte.get("ungesichert"):
            return 0
        weitere = self._gefunden & self._ungesichert
        return reduce(and_, (g for g in self._gruppen if g is not None), weitere).bit_count()

    @cached_property
    def _gefunden(self) -> int:
        menge = self._bestand.alle
        if self.text is not None and self._bestand is self.stand:
            menge &= self.text.menge
        if self.umkreis:
            # Who lives anywhere may use what is everywhere.
            menge &= self.umkreis.menge | self.stand.ueberall
        if self.werte["alter"] is not None:
            menge &= self._bestand.im_alter(self.werte["alter"])
        return menge

    @cached_property
    def _treffer(self) -> int:
        return reduce(and_, (g for g in self._gruppen if g is not None), self._ohne_gruppen)

    @property
    def menge(self) -> int:
        """The hits among all Angebote."""
        return self._unter_allen(self._treffer)

    def _unter_allen(self, menge: int) -> int:
        if self._bestand is self.stand:
            return menge
        return mengen.menge(self._bestand.pks(menge), self.stand.groesse)

    @cached_property
    def anzahl(self) -> int:
        return self._treffer.bit_count()

    @property
    def getrennt(self) -> bool:
        """Whether somebody said where, so that what is for the whole Land stands apart."""
        return bool(self.umkreis or set(self.werte["kommune"]) - {"landesweit"})

    @cached_property
    def _landesweite(self) -> int:
        """What is for the whole Land, and no nearer to this person than to others."""
        menge = self._treffer & self._bestand.landesweit
        return menge & ~self.umkreis.menge if self.umkreis else menge

    @cached_property
    def anzahl_landesweit(self) -> int:
        return self._landesweite.bit_count()

    @property
    def anzahl_oertlich(self) -> int:
        return self.anzahl - self.anzahl_landesweit

    def ist_landesweit(self, pk: int) -> bool:
        nahe = self.umkreis is not None and pk in self.umkreis.km
        return not nahe and bool(self.stand.landesweit >> pk & 1)

    @cached_property
    def zahlen(self) -> dict[tuple[str, str], int]:
        """(parameter, code) → how many; what does not occur has none."""
        zahlen, bestand = {}, self._bestand
        for nummer, namen in enumerate(GRUPPEN):
            menge = self._ohne(nummer)
            for wert, pks in chain.from_iterable(map(bestand.je_parameter, namen)):
                if anzahl := (menge & pks).bit_count():
                    zahlen[wert] = anzahl
        return zahlen

    def _ohne(self, nummer: int) -> int:
        """What a group counts: all that the other groups leave."""
        if self._gruppen[nummer] is None:
            return self._treffer
        andere = (g for nr, g in enumerate(self._gruppen) if g is not None and nr != nummer)
        return reduce(and_, andere, self._ohne_gruppen)

    # ------------------------------------------------------------------ order

    def __getitem__(self, strecke: slice) -> list[int]:
        """The numbers on a stretch of the list; a Paginator cuts its pages so."""
        return self.seite(strecke.start, strecke.stop)

    def seite(self, von: int = 0, bis: int | None = None) -> list[int]:
        """The numbers on this stretch of the list."""
        if not self.getrennt:
            return list(islice(self._geordnet(self._treffer), von, bis))
        oertliche = self._treffer & ~self._landesweite
        folge = chain(self._geordnet(oertliche), self._geordnet(self._landesweite))
        return list(islice(folge, von, bis))

    def _geordnet(self, menge: int) -> Iterator[int]:
        if self.sortierung == "beste":
            return self._nach_rang(menge)
        if self.sortierung == "naehe":
            pks, km = mengen.nummern(menge), self.umkreis.km
            # What is in no place comes after what is in one, by lot.
            weiten = (km.get(pk, self.umkreis.weite) for pk in pks)
            paare = zip(weiten, lose(pks, self._tag), pks, strict=True)
            return (pk for _km, _los, pk in sorted(paare))
        stand, nach_stand = self.stand, self.sortierung == "stand"
        if self.anzahl <= WENIGE:
            platz = stand.platz_nach_stand if nach_stand else stand.platz_nach_titel
            return iter(sorted(self._bestand.pks(menge), key=platz.__getitem__))
        reihe = stand.nach_stand if nach_stand else stand.nach_titel
        flaggen = mengen.schalter(self._unter_allen(menge), stand.groesse)
        return compress(reihe, map(flaggen.__getitem__, reihe))

    def _nach_rang(self, menge: int) -> Iterator[int]:
        """The best by score, freshness and distance; ties by lot, another one each day."""
        if isinstance(self._bestand, Auszug):
            return self._bestand.pks(menge)
        folge = self._rangfolge.geordnet(menge)
        return self._naehere_zuerst(folge) if self.umkreis else folge

    def _naehere_zuerst(self, folge: Iterator[int]) -> Iterator[int]:
        erste = list(islice(folge, GENAU))
        raenge, km = self._rangfolge.raenge(erste), self.umkreis.km
        nahe = [
            -rang / (1 + km.get(pk, self.umkreis.weite) / HALB_SO_GUT_KM)
            for rang, pk in zip(raenge, erste, strict=True)
        ]
        # Ties stay in the order they came, which is that of their lots.
        plaetze = sorted(range(len(erste)), key=nahe.__getitem__)
        return chain(map(erste.__getitem__, plaetze), folge)

    @cached_property
    def _tag(self) -> int:
        return self.heute.toordinal()


def sortierung(wahl: str, text: str, umkreis: object) -> str:
    """The order that was chosen, if it means something here; else the one that helps most."""
    if (wahl == "beste" and not text) or (wahl == "naehe" and umkreis is None):
        wahl = ""
    return wahl or ("beste" if text else "naehe" if umkreis else "titel")
