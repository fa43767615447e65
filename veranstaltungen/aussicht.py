"""What a place in a queue is worth: a range from experience, never a promise."""

import math
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from .models import Protokoll

MINDESTENS = 50  # confirmed registrations; fewer tell nothing
OHNE_ERFAHRUNG = 0.1  # free events of this kind lose one in ten before the day


@dataclass(frozen=True)
class Quote:
    """The share of confirmed people who cancelled, and whether it is our own experience."""

    anteil: float
    eigene: bool

    @property
    def prozent(self) -> int:
        return round(self.anteil * 100)


@dataclass(frozen=True)
class Aussicht:
    """How many seats of a room usually come free, beside the place in its queue."""

    quote: Quote
    plaetze: int
    platz: int

    @property
    def von(self) -> int:
        return max(0, math.floor(self._mitte - self._streuung))

    @property
    def bis(self) -> int:
        return max(1, math.ceil(self._mitte + self._streuung))

    @property
    def gut(self) -> bool:
        return self.platz <= self.von

    @property
    def gering(self) -> bool:
        return self.platz > self.bis

    @property
    def _mitte(self) -> float:
        return self.plaetze * self.quote.anteil

    @property
    def _streuung(self) -> float:
        return math.sqrt(self._mitte * (1 - self.quote.anteil))


def absagequote() -> Quote:
    """From the log of past events, which keeps no names and outlives the registrations."""
    vorbei = Protokoll.objects.filter(veranstaltung__ende__lt=timezone.now())
    zahlen = vorbei.order_by().aggregate(
        bestaetigt=Count(
            "pk", filter=Q(was="bestaetigt") | Q(was="angemeldet", wer=Protokoll.Wer.TEAM)
        ),
        storniert=Count("pk", filter=Q(was="storniert")),
    )
    if zahlen["bestaetigt"] < MINDESTENS:
        return Quote(OHNE_ERFAHRUNG, eigene=False)
    # Whoever never confirmed may have cancelled too.
    return Quote(min(1.0, zahlen["storniert"] / zahlen["bestaetigt"]), eigene=True)
