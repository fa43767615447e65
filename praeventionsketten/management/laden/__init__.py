"""Loads base data and demo world from their TOML files; one module per noun.

A loader knows every app, so it stands at the top of the house. It only ever adds:
a record that is already there, with all that hangs on it, belongs to whoever edited it.
"""

from collections.abc import Callable

from django.db import transaction

from praeventionsketten.models import Inhaltsversion

Schritt = tuple[str, Callable[[], int]]


def laufe(schritte: tuple[Schritt, ...], sage: Callable[[str], None]) -> int:
    """Take the steps, each whole or not at all; says and returns how much is new."""
    summe = 0
    for name, schritt in schritte:
        with transaction.atomic():
            anzahl = schritt()
            if anzahl:
                Inhaltsversion.erhoehen()
        sage(f"  {name}: {f'{anzahl} neu' if anzahl else 'schon da'}")
        summe += anzahl
    return summe
