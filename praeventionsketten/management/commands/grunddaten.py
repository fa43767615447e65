from django.core.management.base import BaseCommand

from praeventionsketten import rollen
from praeventionsketten.management.laden import grunddaten, laufe

SCHRITTE = (
    ("Vokabulare", grunddaten.vokabulare),
    ("Wörter der Suche", grunddaten.suchwoerter),
    ("Kacheln der Karte", grunddaten.kacheln),
    ("Schulferien", grunddaten.ferien),
    ("Einwilligungstexte", grunddaten.einwilligungstexte),
    ("Landesprogramm", grunddaten.landesprogramm),
    ("Feste Seiten", grunddaten.seiten),
)


class Command(BaseCommand):
    help = "Lädt, womit jedes Portal beginnt: Vokabulare, Karte, Rollen, feste Seiten."

    def handle(self, **options) -> None:
        self.stdout.write("Grunddaten")
        laufe(SCHRITTE, self.stdout.write)
        rollen.einrichten()
