"""The directory: what helps children and families, where, when and how true it is."""

from .angebot import Angebot, Angebotsformat
from .bestaetigung import Bestaetigung
from .fassung import Angebotsfassung
from .index import Suchblock, Suchvokabel, Suchzeile
from .kontakt import Kontakt
from .pflege import Pflegeadresse, Pflegelink, Pflegeposition
from .sofortmeldung import Sofortmeldung
from .telefonaufgabe import Telefonaufgabe
from .zeiten import Termin, Zeitfenster, zusammengefasst

__all__ = [
    "Angebot",
    "Angebotsfassung",
    "Angebotsformat",
    "Bestaetigung",
    "Kontakt",
    "Pflegeadresse",
    "Pflegelink",
    "Pflegeposition",
    "Sofortmeldung",
    "Suchblock",
    "Suchvokabel",
    "Suchzeile",
    "Telefonaufgabe",
    "Termin",
    "Zeitfenster",
    "zusammengefasst",
]
