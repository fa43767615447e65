"""Events from save-the-date over registration to report: one event, one record."""

from .anmeldung import Anmeldung, Forumswahl
from .bericht import Beitrag, Bericht
from .fachforum import Durchgang, Fachforum, Platzkontingent
from .veranstaltung import (
    Programmpunkt,
    Veranstaltung,
    Veranstaltungsart,
    Veranstaltungsdokument,
)

__all__ = [
    "Anmeldung",
    "Beitrag",
    "Bericht",
    "Durchgang",
    "Fachforum",
    "Forumswahl",
    "Platzkontingent",
    "Programmpunkt",
    "Veranstaltung",
    "Veranstaltungsart",
    "Veranstaltungsdokument",
]
