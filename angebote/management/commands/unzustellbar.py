"""`manage.py unzustellbar < mail.eml`: a mail came back; nobody asks there any more."""

import sys

from django.core.management.base import BaseCommand

from angebote.pflege import unzustellbar

HOECHSTENS = 5_000_000  # bytes; a report is short, and what it brings back may be cut off


class Command(BaseCommand):
    help = "Reads a bounce message (RFC 3464) from standard input, for a mail server's pipe."

    def handle(self, **options) -> None:
        anzahl = unzustellbar.annehmen(sys.stdin.buffer.read(HOECHSTENS))
        self.stdout.write(
            "Vermerkt." if anzahl else "Nichts vermerkt: Das ist keine Rückmeldung zu uns."
        )
