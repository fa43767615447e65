"""How the directory is kept; the admin finds its classes here."""

from . import angebot, programm, rueckmeldung, vorschlag

__all__ = ["angebot", "programm", "rueckmeldung", "vorschlag"]
