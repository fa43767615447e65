"""The directory: what helps children and families, where, when and how true it is."""

from .angebot import Angebot, Angebotsformat
from .bestaetigung import Bestaetigung
from .fassung import Angebotsfassung
from .index import Suchblock, Suchvokabel, Suchzeile
from .kontakt import Kontakt
from .zeiten import Termin, Zeitfenster, zusammengefasst

__all__ = [
    "Angebot",
    "Angebotsfassung",
    "Angebotsformat",
    "Bestaetigung",
    "Kontakt",
    "Suchblock",
    "Suchvokabel",
    "Suchzeile",
    "Termin",
    "Zeitfenster",
    "zusammengefasst",
]
