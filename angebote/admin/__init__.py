"""How the directory is kept; the admin finds its classes here."""

from . import angebot, rueckmeldung

__all__ = ["angebot", "rueckmeldung"]
