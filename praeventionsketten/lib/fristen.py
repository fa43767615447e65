"""Personal data declare here what they are for, how long they stay, and what ends them.

Every app says it in its `personendaten.py`. The command `loeschen` acts on it, the page
„Datenschutz“ tells it, and a system check refuses a personal field that nobody declared.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

JAHR = 365


@dataclass(frozen=True)
class Frist:
    """One period: said to people in words and kept by two functions from the same number.

    `faellig` gets the moment up to which data are too old and returns the rows that are
    due; what was erased must not be due again. `loeschen` erases such rows. Without
    `faellig` no clock ends the data but a person, as `ab` says.
    """

    was: str
    ab: str
    tage: int | None = None
    faellig: Callable[[dt.datetime], Any] | None = None
    loeschen: Callable[[Any], int] | None = None
    # Fields that name a person who is to be found nowhere afterwards.
    spuren: tuple[str, ...] = ()
    # Numbers of these very rows, which must be the same before and after.
    zahlen: Callable[[Iterable[int]], dict] | None = None
    # The greater whole they belong to, kept with the proof.
    statistik: Callable[[Iterable[int]], dict] | None = None
    # Whether a proof is kept; what the frame forgets every night needs none.
    nachweisen: bool = True

    @property
    def wann(self) -> str:
        """„30 Tage nach dem Versand“."""
        if not self.tage:
            return str(self.ab)
        if self.tage % JAHR == 0:
            dauer = ngettext("%d\xa0Jahr", "%d\xa0Jahre", self.tage // JAHR) % (
                self.tage // JAHR
            )
        else:
            dauer = ngettext("%d\xa0Tag", "%d\xa0Tage", self.tage) % self.tage
        return gettext("%(dauer)s %(ab)s") % {"dauer": dauer, "ab": self.ab}

    def stichtag(self, jetzt: dt.datetime) -> dt.datetime:
        return jetzt - dt.timedelta(days=self.tage or 0)


@dataclass(frozen=True)
class Personendaten:
    """The personal fields of a model, with purpose and periods."""

    model: str
    felder: tuple[str, ...]
    thema: str
    zweck: str
    fristen: tuple[Frist, ...]
    rang: int = 50  # where it stands on the page „Datenschutz“


ERKLAERT: dict[str, Personendaten] = {}
# Fields that only look personal: "Class.field" and the reason.
UNPERSOENLICH: dict[str, str] = {}


def erklaeren(*eintraege: Personendaten) -> None:
    for eintrag in eintraege:
        ERKLAERT[eintrag.model] = eintrag


def unpersoenlich(gruende: dict[str, str]) -> None:
    UNPERSOENLICH.update(gruende)


def erklaert(model) -> Personendaten | None:
    """What is declared for a model class or instance."""
    return ERKLAERT.get(model._meta.label)


def nach_thema() -> dict[str, list[Personendaten]]:
    """For the page „Datenschutz“: what concerns visitors first, the same thing said once."""
    themen: dict[str, list[Personendaten]] = {}
    for eintrag in sorted(ERKLAERT.values(), key=lambda eintrag: eintrag.rang):
        bisher = themen.setdefault(str(eintrag.thema), [])
        if not any(_dasselbe(eintrag, anderer) for anderer in bisher):
            bisher.append(eintrag)
    return themen


def _dasselbe(eins: Personendaten, anderes: Personendaten) -> bool:
    saetze = [
        [str(e.zweck), *(f"{f.was} {f.wann}" for f in e.fristen)] for e in (eins, anderes)
    ]
    return saetze[0] == saetze[1]
