"""Finding Angebote: by words, by facets, near a place; the same on every database.

Writing: `texte` and `zeile` say what of an Angebot is known, `index` stores it. Reading:
`stand` holds the sets of all public Angebote in memory, `textsuche` scores words, `werk`
keeps both up to date, `liste` answers one set of parameters.
"""

from .index import indiziere
from .liste import Ergebnis
from .werk import Werk, aktuelles_werk, vergiss

__all__ = ["Ergebnis", "Werk", "aktuelles_werk", "indiziere", "vergiss"]
