"""The engine of one worker: what it knows, kept up to date with one query per request."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from angebote.models import Suchblock, Suchvokabel
from angebote.naehe import entfernungen
from kommunen.naehe import Lagen, Mittelpunkt, lade_lagen
from praeventionsketten.lib import geo
from praeventionsketten.lib.abfrage import zeilen
from praeventionsketten.lib.deutsch import Analyse
from praeventionsketten.lib.deutsch.vokabular import Vokabular
from praeventionsketten.lib.mengen import genau, menge
from praeventionsketten.models import Inhaltsversion, Landesprogramm

from .index import BLOCK, entpackt
from .rang import Rangfolge
from .stand import UNGESICHERT, Stand, lies
from .textsuche import Textsuche, Texttreffer
from .woerter import analyse_von_jetzt

NACHBARSCHAFT_KM = 20  # in this distance the next Kommune may still be one's own
GEMERKT_BYTES = 20_000_000  # of searches per worker; each takes about a byte per Angebot


class Gemerkt(OrderedDict):
    """A small memory: the least recently used entry goes first. Safe between threads."""

    def __init__(self, hoechstens: int) -> None:
        super().__init__()
        self._hoechstens, self._schloss = hoechstens, threading.Lock()

    def hole(self, schluessel):
        with self._schloss:
            if schluessel in self:
                self.move_to_end(schluessel)
            return self.get(schluessel)

    def hole_alle(self, schluessel: Iterable) -> dict:
        """What of these is remembered."""
        with self._schloss:
            bekannt = {eins: self[eins] for eins in schluessel if eins in self}
            for eins in bekannt:
                self.move_to_end(eins)
        return bekannt

    def merke(self, schluessel, wert):
        with self._schloss:
            self[schluessel] = wert
            while len(self) > self._hoechstens:
                self.popitem(last=False)
        return wert


@dataclass(frozen=True)
class Umkreis:
    """Where somebody searches from, and how far each Angebot within reach is.

    What comes to the people of a Kommune within reach has no distance, but is in `menge`.
    """

    mitte: Mittelpunkt
    weite: int
    km: dict[int, float]
    menge: int


@dataclass(frozen=True)
class Werk:
    """All that depends on the content version; a new version gets a new Werk."""

    version: int
    woerter: int
    stand: Stand
    analyse: Analyse
    vokabeln: Mapping[str, int]
    text: Textsuche
    lagen: Lagen
    gemerkt: Gemerkt
    _ablage: dict = field(default_factory=dict)

    def einmal(self, schluessel, rechne: Callable):
        """What depends on the version alone: computed by the first who asks."""
        if schluessel not in self._ablage:
            self._ablage[schluessel] = rechne()
        return self._ablage[schluessel]

    def taeglich(self, name: str, tag, rechne: Callable):
        """What depends on the day too; that of yesterday goes when a new day asks."""
        von, wert = self._ablage.get(name, (None, None))
        if von != tag:
            wert = rechne()
            self._ablage[name] = tag, wert
        return wert

    def frische(self, tag: int) -> bytes:
        """How old each confirmation is on that day: it moves, and nobody writes it."""
        return self.taeglich("frische", tag, lambda: self.stand.frische(tag))

    def ungesichert(self, tag: int) -> int:
        """All that nobody has confirmed for too long."""
        return self.taeglich(
            "ungesichert",
            tag,
            lambda: genau(self.frische(tag), UNGESICHERT) & self.stand.alle,
        )

    def rangfolge(self, treffer: Texttreffer, tag: int) -> Rangfolge:
        """Kept with the search, as long as it is remembered."""
        folge = treffer.ablage.get("rangfolge")
        if folge is None or folge.tag != tag:
            folge = Rangfolge(self.stand, self.frische(tag), treffer, tag)
            treffer.ablage["rangfolge"] = folge
        return folge

    @property
    def programm(self) -> Landesprogramm:
        """What header and footer show."""
        return self.einmal("programm", _programm)

    def textsuche(self, text: str, postings: Mapping[str, bytes]) -> Texttreffer:
        stand = self.stand
        treffer = self.text.treffer(
            self.text.lies(text),
            postings,
            anzahl=stand.alle.bit_count(),
            ueberall=stand.landesweit,
        )
        return self.gemerkt.merke(("q", text), treffer)

    def umkreis(self, ort: str, km: int) -> Umkreis | None:
        """Near a Postleitzahl or place; None where we do not know it."""
        schluessel = ("plz", ort, km)
        if (bekannt := self.gemerkt.hole(schluessel)) is None:
            mitte = self.lagen.mittelpunkt(ort)
            bekannt = (self._um(mitte, km) if mitte else None,)
            self.gemerkt.merke(schluessel, bekannt)
        return bekannt[0]

    def gemeinter_ort(self, text: str) -> str:
        """The known place that somebody probably meant, or nothing."""
        schluessel = ("ort", text)
        if (bekannt := self.gemerkt.hole(schluessel)) is None:
            bekannt = self.gemerkt.merke(schluessel, self.lagen.gemeint(text))
        return bekannt

    def _um(self, mitte: Mittelpunkt, km: int) -> Umkreis:
        nahe: dict[int, float] = {}
        for punkt, pks in self.stand.lagen.items():
            if geo.weit_weg(mitte.lat, mitte.lon, *punkt, km):
                continue
            weite = geo.entfernung(mitte.lat, mitte.lon, *punkt)
            if weite <= km:
                nahe |= {pk: min(weite, nahe.get(pk, weite)) for pk in pks}
        hier = menge(nahe, self.stand.groesse) | self._der_kommunen_um(mitte, km)
        return Umkreis(mitte, km, nahe, hier)

    def _der_kommunen_um(self, mitte: Mittelpunkt, km: int) -> int:
        """Home visits and the like. Who looks further does not live there."""
        gefunden = 0
        for slug in entfernungen(mitte, self.lagen.kommunen, min(km, NACHBARSCHAFT_KM)):
            gefunden |= self.stand.menge("kommune", slug)
        return gefunden & self.stand.beim_menschen


def _programm() -> Landesprogramm:
    return Landesprogramm.objects.mit_seiten().first() or Landesprogramm()


_schloss = threading.Lock()
_werk: Werk | None = None


def aktuelles_werk(text: str = "") -> tuple[Werk, Texttreffer | None]:
    """What holds now, and the hits of a text; one query, unless something was published."""
    werk = _werk
    gemerkt = werk.gemerkt.hole(("q", text)) if werk and text else None
    tokens = werk.text.tokens(werk.text.lies(text)) if werk and text and not gemerkt else ()
    version, woerter, bloecke = _frage(tokens)
    if werk is None or (version, woerter) != (werk.version, werk.woerter):
        neues = _erneuere(version, woerter)
        if text:
            _, _, bloecke = _frage(neues.text.tokens(neues.text.lies(text)))
        werk, gemerkt = neues, None
    if text and gemerkt is None:
        gemerkt = werk.textsuche(text, _postings(bloecke, werk.stand.groesse))
    return werk, gemerkt


def vergiss() -> None:
    """Start afresh, as a new worker does; after a rollback in tests."""
    global _werk
    _werk = None


def _frage(tokens: Iterable[str]) -> tuple[int, int, list[tuple[str, int, bytes]]]:
    """The version and the blocks of these words, as one moment of the database sees them.

    Plain SQL, because building it costs the ORM more than the database needs.
    """
    tokens = sorted(tokens)
    tabelle, block = Inhaltsversion._meta.db_table, Suchblock._meta.db_table
    sql = f"SELECT nummer, woerter FROM {tabelle}"  # noqa: S608
    if tokens:
        stellen = ", ".join(["%s"] * len(tokens))
        sql = (
            f"SELECT nummer, woerter, token, block, gewichte FROM {tabelle} "  # noqa: S608
            f"LEFT JOIN {block} ON token IN ({stellen})"
        )
    gefunden = zeilen(sql, tokens)
    version, woerter = gefunden[0][:2] if gefunden else (0, 0)
    return version, woerter, [zeile[2:] for zeile in gefunden if tokens and zeile[2]]


def _postings(bloecke: Iterable[tuple[str, int, bytes]], groesse: int) -> dict[str, bytes]:
    anzahl = -(-groesse // BLOCK)
    je_token: dict[str, list[bytes]] = {}
    for token, nummer, gewichte in bloecke:
        if nummer < anzahl:
            teile = je_token.setdefault(token, [bytes(BLOCK)] * anzahl)
            teile[nummer] = entpackt(gewichte)
    return {token: b"".join(teile) for token, teile in je_token.items()}


def _erneuere(version: int, woerter: int) -> Werk:
    """Only one thread reads what changed; the others wait and take it over."""
    global _werk
    with _schloss:
        werk = _werk
        if werk and (werk.version, werk.woerter) == (version, woerter):
            return werk
        # A restored backup counts from an older number: nothing we know is certain then.
        alt = werk if werk and werk.version < version else None
        stand = (alt.stand if alt else Stand()).mit(lies(alt.version if alt else 0), version)
        behalten = alt is not None and alt.woerter == woerter
        analyse = alt.analyse if behalten else analyse_von_jetzt()
        vokabeln = _vokabeln(alt)
        text = Textsuche(analyse, Vokabular(analyse, vokabeln), stand.orte)
        gemerkt = Gemerkt(max(20, min(2000, GEMERKT_BYTES // (stand.groesse + 1))))
        lagen = lade_lagen()
        _werk = Werk(version, woerter, stand, analyse, vokabeln, text, lagen, gemerkt)
        return _werk


def _vokabeln(alt: Werk | None) -> dict[str, int]:
    neue = Suchvokabel.objects.filter(version__gt=alt.version if alt else 0)
    alle = dict(alt.vokabeln if alt else {}) | dict(neue.values_list("wort", "anzahl"))
    return {wort: anzahl for wort, anzahl in alle.items() if anzahl}
