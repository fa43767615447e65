"""Loading in tests, and a picture of all rows to compare."""

import io

from django.apps import apps
from django.core.management import call_command

EIGENE_APPS = ("praeventionsketten", "kommunen", "angebote", "veranstaltungen")


def lade(*befehle: str) -> str:
    """Run the loaders; returns what they said."""
    ausgabe = io.StringIO()
    for befehl in befehle:
        call_command(befehl, stdout=ausgabe)
    return ausgabe.getvalue()


def schnappschuss() -> dict[str, list[str]]:
    """Every row of every table of ours, so that no change goes unseen."""
    tabellen = [m for app in EIGENE_APPS for m in apps.get_app_config(app).get_models(True)]
    return {
        modell._meta.label: sorted(map(repr, modell._base_manager.values_list()))
        for modell in tabellen
    }
