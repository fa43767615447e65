"""What a person wants, and what stands against it."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field

from veranstaltungen.models import Anmeldung, Platzkontingent


@dataclass(frozen=True)
class Wunsch:
    """The Fachforum of a Durchgang by primary key; None is "kein Fachforum".

    `ersatz` is the seat to hold as long as the wanted one is full.
    """

    forum: int | None
    ersatz: int | None = None


# By primary key of the Durchgang.
Wahl = dict[int, Wunsch]


class Hindernis(enum.Enum):
    GESPERRT = "gesperrt"
    FREMD = "fremd"
    DOPPELT = "doppelt"


@dataclass(frozen=True)
class Ergebnis:
    """What became of it; without `anmeldung` nothing was written."""

    class Art(enum.Enum):
        NEU = "neu"
        BEKANNT = "bekannt"
        GEAENDERT = "geaendert"
        UNVERAENDERT = "unveraendert"
        GESCHLOSSEN = "geschlossen"
        ABGELEHNT = "abgelehnt"

    art: Art
    anmeldung: Anmeldung | None = None
    hindernisse: dict[int | None, Hindernis] = field(default_factory=dict)


def hindernisse(
    kontingente: Iterable[Platzkontingent], wahl: Wahl
) -> dict[int | None, Hindernis]:
    """What stands against this choice, by Durchgang; None is the house.

    A full Fachforum is no obstacle, it has a waiting list.
    """
    je_platz = {(k.durchgang_id, k.fachforum_id): k for k in kontingente}
    haus = je_platz.get((None, None))
    gefunden = {} if haus and not haus.gesperrt else {None: Hindernis.GESPERRT}
    gewaehlt: set[int] = set()
    for durchgang, wunsch in wahl.items():
        foren = {f for f in (wunsch.forum, wunsch.ersatz) if f is not None}
        kontingente_hier = [je_platz.get((durchgang, forum)) for forum in foren]
        if None in kontingente_hier:
            gefunden[durchgang] = Hindernis.FREMD
        elif foren & gewaehlt or (foren and wunsch.forum == wunsch.ersatz):
            gefunden[durchgang] = Hindernis.DOPPELT
        elif any(k.gesperrt for k in kontingente_hier):
            gefunden[durchgang] = Hindernis.GESPERRT
        gewaehlt |= foren
    return gefunden
