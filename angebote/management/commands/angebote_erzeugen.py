"""`manage.py angebote_erzeugen --anzahl 5000`: invented Angebote to measure with."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from angebote.management.erzeugen import Erzeuger
from angebote.models import Angebot
from angebote.suche import indiziere

STAPEL = 2000


class Command(BaseCommand):
    help = "Adds invented Angebote, to measure search and lists with. Never in production."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--anzahl", type=int, required=True)
        parser.add_argument("--saat", type=int, default=1, help="the same gives the same")

    def handle(self, *, anzahl: int, saat: int, verbosity: int, **options) -> None:
        if not settings.LOKAL:
            raise CommandError("Erfundene Angebote gibt es nur im lokalen Betrieb.")
        erzeuger = Erzeuger(saat)
        schon_da = Angebot.objects.filter(slug__startswith="muster-").count()
        for von in range(schon_da, schon_da + anzahl, STAPEL):
            bis = min(von + STAPEL, schon_da + anzahl)
            with transaction.atomic():
                indiziere(erzeuger.erzeuge(range(von, bis)))
            if verbosity:
                self.stdout.write(f"{bis - schon_da} von {anzahl}")
