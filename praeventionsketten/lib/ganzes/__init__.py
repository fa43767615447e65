"""A record with its rows and links as one whole: taken as data, compared, put back.

Fields are found, not listed: one that is added later belongs to the whole by itself. Only
which rows belong to it must be said (`Ganzes`), and a system check asks for it.
"""

from .aufnahme import aufnehmen, benennen, ergaenzt
from .herstellung import NichtHerstellbar, Plan, Ueberholt, alles_erlaubt, herstellen, planen
from .umfang import Ganzes
from .vergleich import Abschnitt, Unterschied, geaendert, vergleichen

__all__ = [
    "Abschnitt",
    "Ganzes",
    "NichtHerstellbar",
    "Plan",
    "Ueberholt",
    "Unterschied",
    "alles_erlaubt",
    "aufnehmen",
    "benennen",
    "ergaenzt",
    "geaendert",
    "herstellen",
    "planen",
    "vergleichen",
]
