from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from praeventionsketten.management.laden import angebote, kommunen, laufe, veranstaltungen
from praeventionsketten.models import Landesprogramm

SCHRITTE = (
    ("Kommunen", kommunen.kommunen),
    ("Einrichtungen", kommunen.einrichtungen),
    ("Angebote", angebote.angebote),
    ("Veranstaltungen", veranstaltungen.veranstaltungen),
)


class Command(BaseCommand):
    help = "Lädt die Beispielwelt zu den Grunddaten dazu; nur auf dem eigenen Rechner."

    def handle(self, **options) -> None:
        if not settings.LOKAL:
            raise CommandError("Die Beispielwelt gibt es nur im lokalen Betrieb.")
        if not Landesprogramm.objects.exists():
            raise CommandError("Bitte laden Sie zuerst die Grunddaten: manage.py grunddaten")
        self.stdout.write("Beispielwelt")
        laufe(SCHRITTE, self.stdout.write)
