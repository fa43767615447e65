"""The directory: what helps children and families, where, when and how true it is."""

from .abgleich import Abgleich, Abgleichrunde
from .angebot import Angebot, Angebotsformat
from .bestaetigung import Bestaetigung
from .erhebung import AngebotVorhanden, Erhebung, angebote_der_zelle
from .fassung import Angebotsfassung
from .fehlsuche import Fehlsuche
from .hinweis import Hinweis
from .index import Suchblock, Suchvokabel, Suchzeile
from .kontakt import Kontakt
from .linkpruefung import Linkpruefung
from .pflege import Pflegeadresse, Pflegelink, Pflegeposition
from .programm import Programm
from .sendung import Sendung
from .sofortmeldung import Sofortmeldung
from .telefonaufgabe import Telefonaufgabe
from .vorschlag import Konflikt, NichtAnwendbar, Vorschlag
from .zeiten import Termin, Zeitfenster, zusammengefasst

__all__ = [
    "Abgleich",
    "Abgleichrunde",
    "Angebot",
    "AngebotVorhanden",
    "Angebotsfassung",
    "Angebotsformat",
    "Bestaetigung",
    "Erhebung",
    "Fehlsuche",
    "Hinweis",
    "Konflikt",
    "Kontakt",
    "Linkpruefung",
    "NichtAnwendbar",
    "Pflegeadresse",
    "Pflegelink",
    "Pflegeposition",
    "Programm",
    "Sendung",
    "Sofortmeldung",
    "Suchblock",
    "Suchvokabel",
    "Suchzeile",
    "Telefonaufgabe",
    "Termin",
    "Vorschlag",
    "Zeitfenster",
    "angebote_der_zelle",
    "zusammengefasst",
]
