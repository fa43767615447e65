"""Events from save-the-date over registration to report: one event, one record."""

from .anmeldung import Anmeldung, Forumswahl
from .bericht import Beitrag, Bericht
from .fachforum import Durchgang, Fachforum, Platzkontingent
from .teilnahme import Bedarf, Einwilligung, Einwilligungstext, Protokoll, Zweck
from .veranstaltung import (
    Programmpunkt,
    Veranstaltung,
    Veranstaltungsart,
    Veranstaltungsdokument,
)

__all__ = [
    "Anmeldung",
    "Bedarf",
    "Beitrag",
    "Bericht",
    "Durchgang",
    "Einwilligung",
    "Einwilligungstext",
    "Fachforum",
    "Forumswahl",
    "Platzkontingent",
    "Programmpunkt",
    "Protokoll",
    "Veranstaltung",
    "Veranstaltungsart",
    "Veranstaltungsdokument",
    "Zweck",
]
