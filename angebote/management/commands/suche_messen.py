"""`manage.py suche_messen [datei]`: how well the directory finds, by judged queries."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from angebote.models import Angebot
from angebote.suche import Ergebnis, aktuelles_werk, vergiss
from praeventionsketten.lib.deutsch.messen import Bewertet, fehler, lies, messe, tabelle

ANFRAGEN = settings.BASE_DIR / "praeventionsketten" / "beispielwelt" / "suche.toml"


class Command(BaseCommand):
    help = "Prints recall, precision and nDCG@10 of the search, asked as visitors ask."

    def add_arguments(self, parser) -> None:
        parser.add_argument("datei", nargs="?", type=Path, default=ANFRAGEN)
        parser.add_argument("--fehler", action="store_true", help="what is missing and wrong")
        parser.add_argument(
            "--ohne-suchwoerter",
            action="store_true",
            help="as if nobody had added words; the index is set back afterwards",
        )

    def handle(self, *, datei: Path, ohne_suchwoerter: bool, **options) -> None:
        try:
            bewertete = lies(datei)
        except (OSError, tomllib.TOMLDecodeError, KeyError) as grund:
            raise CommandError(f"{datei} lässt sich nicht lesen: {grund}") from grund
        with transaction.atomic():
            if ohne_suchwoerter:
                Angebot.objects.update(suchwoerter="")
                Angebot.objects.sichtbar().indizieren()
            self._miss(bewertete, zeige_fehler=options["fehler"])
            transaction.set_rollback(True)
        vergiss()

    def _miss(self, bewertete: list[Bewertet], *, zeige_fehler: bool) -> None:
        slugs = dict(Angebot.objects.sichtbar().values_list("pk", "slug"))
        if fremde := {s for b in bewertete for s in b.relevant}.difference(slugs.values()):
            hinweis = f"{len(fremde)} der genannten Angebote gibt es hier nicht."
            self.stderr.write(self.style.WARNING(hinweis))
        messungen = messe(lambda text: [slugs[pk] for pk in finde(text)], bewertete)
        self.stdout.write(tabelle(messungen))
        if zeige_fehler:
            self.stdout.write(fehler(messungen))


def finde(text: str) -> list[int]:
    """The numbers of the Angebote on /angebote/?q=…, in their order.

    Also those that are not confirmed for long: words are measured, and not the calendar.
    """
    werk, treffer = aktuelles_werk(text)
    return Ergebnis.nur_text(werk, treffer, text, ungesichert=True).seite()
