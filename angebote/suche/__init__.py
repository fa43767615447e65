"""Finding Angebote by words; `texte` and `zeile` say what is known of one, `index` stores it."""

from .einfach import finde, woerter
from .index import indiziere

__all__ = ["finde", "indiziere", "woerter"]
