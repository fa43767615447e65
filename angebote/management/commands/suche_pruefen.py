"""`manage.py suche_pruefen`: does the index say what the Angebote say?"""

from django.core.management.base import BaseCommand, CommandError

from angebote.suche.pruefung import abweichende, repariere


class Command(BaseCommand):
    help = "Compares the search index with the Angebote; --reparieren sets it right."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--reparieren", action="store_true")

    def handle(self, *, reparieren: bool, **options) -> None:
        abweichung = abweichende()
        if not abweichung:
            self.stdout.write("Der Index stimmt.")
            return
        angebote, bloecke, vokabeln = map(len, abweichung)
        befund = f"{angebote} Angebote, {bloecke} Blöcke und {vokabeln} Wörter weichen ab."
        if not reparieren:
            raise CommandError(f"{befund} Mit --reparieren stellen Sie den Index richtig.")
        repariere(abweichung)
        self.stdout.write(f"{befund} Der Index ist repariert.")
