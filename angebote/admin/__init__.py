"""How the directory is kept; the admin finds its classes here."""

from . import angebot, luecken, programm, rueckmeldung, vorschlag

__all__ = ["angebot", "luecken", "programm", "rueckmeldung", "vorschlag"]
