"""How the directory is kept; the admin finds its classes here."""

from . import abgleich, angebot, luecken, programm, rueckmeldung, vorschlag

__all__ = ["abgleich", "angebot", "luecken", "programm", "rueckmeldung", "vorschlag"]
