"""Counts what people search for and do not find, without knowing who they are.

Counted in the memory of each worker and written by a thread of its own some minutes
later: a GET writes nothing and waits for nobody. A worker that ends takes the last
minutes with it, which does no harm. Words below the minimum never leave the memory.
"""

import logging
import re
import threading
from collections import Counter
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kommunen.models import Kommune

from .abwehr import adresse
from .filters import LANDESWEIT, AngebotFilter
from .models import Fehlsuche

log = logging.getLogger(__name__)

LAENGE, WORTE = 60, 4  # longer texts are sentences about somebody
GENUG = 5_000  # words and senders a worker keeps in mind
# Numbers and addresses are about one person, and no word of a directory.
PERSOENLICH = re.compile(r"@|\d{4}|://")


class Suche(NamedTuple):
    kommune: str  # slug, or nothing
    wort: str


class Sammler:
    """What one worker has counted and not yet written."""

    def __init__(self) -> None:
        self._schloss = threading.Lock()
        self._wecker: threading.Timer | None = None
        self._leeren()
        self._tag = timezone.localdate()

    def _leeren(self) -> None:
        self._offen: Counter[Suche] = Counter()
        self._gesehen: set[tuple[int, Suche]] = set()

    def merke(self, absender: str, suchen: list[Suche]) -> None:
        """Count each search once a day and sender; the sender is forgotten with the day."""
        with self._schloss:
            if self._tag != timezone.localdate():
                self._gesehen.clear()
                self._tag = timezone.localdate()
            for suche in suchen:
                # Python's hash of a text has a new key in every process.
                wer = (hash(absender), suche)
                if wer not in self._gesehen and len(self._gesehen) < GENUG:
                    self._gesehen.add(wer)
                    self._offen[suche] += 1
            self._stelle_wecker()

    def _stelle_wecker(self) -> None:
        if self._wecker is None and self._offen and settings.FEHLSUCHEN_SEKUNDEN:
            self._wecker = threading.Timer(settings.FEHLSUCHEN_SEKUNDEN, self._im_hintergrund)
            self._wecker.daemon = True
            self._wecker.start()

    def _im_hintergrund(self) -> None:
        try:
            self.schreibe()
        except DatabaseError as fehler:
            log.warning("Searches without hits were not counted: %s", fehler)
        finally:
            connections.close_all()

    def schreibe(self) -> None:
        """Hand what was counted to the database; whatever happens, it is counted once."""
        with self._schloss:
            offen, self._offen, self._wecker = self._offen, Counter(), None
            tag = self._tag
        if offen:
            _schreibe(tag, offen)

    def vergiss(self) -> None:
        with self._schloss:
            self._leeren()


SAMMLER = Sammler()


def zaehle(request: HttpRequest, filter_: AngebotFilter) -> None:
    """Remember a search of the directory that found nothing."""
    if filter_.ergebnis.anzahl or not filter_.werte["q"] or request.method != "GET":
        return
    wort = " ".join(filter_.werte["q"].casefold().split())
    if len(wort) > LAENGE or len(wort.split()) > WORTE or PERSOENLICH.search(wort):
        return
    kommunen = [slug for slug in filter_.werte["kommune"] if slug != LANDESWEIT]
    SAMMLER.merke(adresse(request), [Suche(slug, wort) for slug in kommunen or [""]])


@transaction.atomic
def _schreibe(tag, offen: Counter[Suche]) -> None:
    slugs = {suche.kommune for suche in offen}
    kommunen = dict(Kommune.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    # In one order, so that two workers never wait for each other.
    for suche, anzahl in sorted(offen.items()):
        kommune = kommunen.get(suche.kommune)
        Fehlsuche.zaehlen(tag, kommune, kennung(suche.wort), suche.wort, anzahl)


def kennung(wort: str) -> str:
    """Stands for a word as long as too few have used it."""
    hmac = salted_hmac("praeventionsketten.fehlsuche", wort, algorithm="sha256")
    return hmac.hexdigest()[:32]


def vergiss_gefundene() -> None:
    """What is found by now is missing no more."""
    for zeile in Fehlsuche.objects.haeufige():
        frage = QueryDict(mutable=True)
        frage["q"] = zeile["wort"]
        if zeile["kommune__slug"]:
            frage["kommune"] = zeile["kommune__slug"]
        if AngebotFilter(frage).ergebnis.anzahl:
            Fehlsuche.objects.filter(kommune=zeile["kommune"], wort=zeile["wort"]).delete()
