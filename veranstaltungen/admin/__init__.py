"""How events, their seats and registrations, and reports are kept."""

from . import anmeldung, bericht, veranstaltung

__all__ = ["anmeldung", "bericht", "veranstaltung"]
