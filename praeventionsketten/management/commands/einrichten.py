"""`manage.py einrichten`: what a new or updated portal needs before it serves."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from angebote.aufgaben import alle_indizieren
from angebote.models import Suchzeile
from praeventionsketten.models import Job


class Command(BaseCommand):
    help = "Migrates and loads base data; every step may be repeated."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--beispielwelt", action="store_true", help="load the demo world as well"
        )

    def handle(self, *, beispielwelt: bool, verbosity: int, **options) -> None:
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
        for name in ["grunddaten", *(["beispielwelt"] if beispielwelt else [])]:
            call_command(name, verbosity=verbosity)
        if Suchzeile.objects.exists():
            # An update may read German otherwise than the index was written.
            Job.objects.vormerken("angebote_indizieren")
        else:
            # Without an index the directory would be empty until the worker comes to it.
            alle_indizieren()
