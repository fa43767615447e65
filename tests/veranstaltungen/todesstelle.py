"""A process that dies in the middle of registering: `python -m tests.veranstaltungen.todesstelle`.

Takes the name of the test database, the place to die, the verb and the primary key of the
event; kill -9 leaves no chance to clean up, as a power cut would.
"""

import os
import signal
import sys
import uuid


def sterben(*_args, **_mehr) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def danach(funktion):
    def beides(*args, **mehr):
        funktion(*args, **mehr)
        sterben()

    return beides


def einrichten(stelle: str) -> None:
    """Put death at one of the five places; the code under test knows nothing of it."""
    from django.db import connection

    from veranstaltungen.plaetze import ausgang, eingang
    from veranstaltungen.plaetze.bestand import Bestand

    match stelle:
        case "before-lock":
            eingang.sperren = ausgang.sperren = sterben
        case "after-lock":
            eingang.sperren = danach(eingang.sperren)
            ausgang.sperren = danach(ausgang.sperren)
        case "after-insert":
            Bestand.sichern = danach(Bestand.sichern)
        case "before-commit":
            connection.commit = sterben
        case "after-commit":
            connection.commit = danach(connection.commit)
        case "mail-only-after-commit":  # how it would be without an outbox
            eingang.mails.nach_der_anmeldung = lambda *_: None
            connection.commit = danach(connection.commit)


def main(datenbank: str, stelle: str, verb: str, pk: str) -> None:
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = datenbank
    import django

    django.setup()
    from django.db import connection

    from tests.veranstaltungen.hilfen import wahl
    from veranstaltungen import plaetze
    from veranstaltungen.models import Veranstaltung

    fachtag = Veranstaltung.objects.get(pk=pk)
    foren = wahl(fachtag, 1, 2)
    erste = fachtag.anmeldungen.order_by("position").first()
    connection.ensure_connection()
    einrichten(stelle)
    if verb == "stornieren":
        plaetze.stornieren(erste)
    else:
        plaetze.anmelden(
            fachtag,
            name="Neu Dabei",
            email="neu@example.org",
            wahl=foren,
            idempotenz=uuid.UUID(int=fachtag.pk),
        )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    main(*sys.argv[1:])
