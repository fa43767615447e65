from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from praeventionsketten.management.laden import (
    angebote,
    berichte,
    kommunen,
    konten,
    laufe,
    rueckmeldungen,
    seiten,
    veranstaltungen,
)
from praeventionsketten.models import Landesprogramm

SCHRITTE = (
    ("Kommunen mit Steckbrief", kommunen.kommunen),
    ("Einrichtungen", kommunen.einrichtungen),
    ("Programme", angebote.programme),
    ("Angebote", angebote.angebote),
    ("Hinweise und Vorschläge", rueckmeldungen.rueckmeldungen),
    ("Telefonaufgaben", rueckmeldungen.telefonaufgaben),
    ("Abgleichrunde", rueckmeldungen.abgleichrunden),
    ("Suchen ohne Treffer", rueckmeldungen.fehlsuchen),
    ("Erhebungen", angebote.erhebungen),
    ("Veranstaltungen", veranstaltungen.veranstaltungen),
    ("Berichte und Meldungen", berichte.berichte),
    ("Feste Seiten ausgefüllt", seiten.seiten),
    ("Faktenblatt", seiten.faktenblatt),
    ("Demo-Konten", konten.konten),
)


class Command(BaseCommand):
    help = "Lädt die Beispielwelt zu den Grunddaten dazu; nur auf dem eigenen Rechner."

    def handle(self, **options) -> None:
        if not settings.LOKAL:
            raise CommandError("Die Beispielwelt gibt es nur im lokalen Betrieb.")
        if not Landesprogramm.objects.exists():
            raise CommandError("Bitte laden Sie zuerst die Grunddaten: manage.py grunddaten")
        self.stdout.write("Beispielwelt")
        if laufe(SCHRITTE, self.stdout.write):
            seiten.kennzeichne()
