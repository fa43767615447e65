"""The municipalities of the programme, the words of the field and who works in it."""

from .einrichtung import Einrichtung, Ort
from .fassung import Steckbrieffassung
from .ferien import Ferien
from .kommune import Kachel, Kommune, Koordination, Teilraum, Zustaendigkeit
from .postleitzahl import Postleitzahl
from .steckbrief import Beteiligung, Gremium, Kennzahl, Meilenstein, Steckbriefdokument
from .vokabular import (
    Akteurstyp,
    Ebene,
    Gremientyp,
    Handlungsfeld,
    Lebensphase,
    Leitdimension,
    Prozessschritt,
    Sprache,
    Uebergang,
    Zielgruppe,
)

__all__ = [
    "Akteurstyp",
    "Beteiligung",
    "Ebene",
    "Einrichtung",
    "Ferien",
    "Gremientyp",
    "Gremium",
    "Handlungsfeld",
    "Kachel",
    "Kennzahl",
    "Kommune",
    "Koordination",
    "Lebensphase",
    "Leitdimension",
    "Meilenstein",
    "Ort",
    "Postleitzahl",
    "Prozessschritt",
    "Sprache",
    "Steckbriefdokument",
    "Steckbrieffassung",
    "Teilraum",
    "Uebergang",
    "Zielgruppe",
    "Zustaendigkeit",
]
