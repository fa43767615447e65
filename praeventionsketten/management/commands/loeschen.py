"""Erase personal data whose period is over; can be run at any time and twice."""

from django.core.management.base import BaseCommand

from praeventionsketten import loeschung


class Command(BaseCommand):
    help = "Erases personal data whose period is over."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--probe", action="store_true", help="only count what is due")

    def handle(self, *, probe: bool, **options) -> None:
        for ergebnis in loeschung.faellige() if probe else loeschung.ausfuehren():
            frist = ergebnis.frist
            self.stdout.write(
                f"{ergebnis.anzahl:6d}  {ergebnis.daten.thema}: {frist.was}, {frist.wann}"
            )
