"""What the whole portal rests on: accounts, pages, media, mail and jobs."""

from .adressen import AlteAdresse, MitSlug
from .basis import Begriff, MitBild, Status, Veroeffentlichbar, VeroeffentlichbarQuerySet
from .fassung import Fassung, MitFassungen
from .konto import Konto
from .loeschen import Loeschnachweis
from .medien import Bild, Dokument
from .post import Job, Mail
from .programm import Barrieremeldung, Landesprogramm, Seite, Seitendokument
from .suchwoerter import Wortgruppe, Wortlieferung
from .version import Inhaltsversion, Veroeffentlichend

__all__ = [
    "AlteAdresse",
    "Barrieremeldung",
    "Begriff",
    "Bild",
    "Dokument",
    "Fassung",
    "Inhaltsversion",
    "Job",
    "Konto",
    "Landesprogramm",
    "Loeschnachweis",
    "Mail",
    "MitBild",
    "MitFassungen",
    "MitSlug",
    "Seite",
    "Seitendokument",
    "Status",
    "Veroeffentlichbar",
    "VeroeffentlichbarQuerySet",
    "Veroeffentlichend",
    "Wortgruppe",
    "Wortlieferung",
]
