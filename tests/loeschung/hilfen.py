"""Short words for the tests of deletion."""

import datetime as dt
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from praeventionsketten.models import Loeschnachweis
from tests.factories import make_veranstaltung
from veranstaltungen.models import Anmeldung, Veranstaltung

PERSON = {
    "name": "Änne Müller-Lüdenscheidt",
    "email": "aenne@kita.de",
    "organisation": "Kita Sonnenschein",
    "funktion": "Leitung",
}


def vor(tage: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=tage)


def vergangen(tage: float, **felder) -> Veranstaltung:
    """An event that ended so many days ago."""
    event = make_veranstaltung(plaetze=50, **felder)
    mache_vergangen(event, tage)
    event.refresh_from_db()
    return event


def mache_vergangen(event: Veranstaltung, tage: float) -> None:
    zeiten = {"beginn": vor(tage + 0.2), "ende": vor(tage), "anmeldung_bis": vor(tage + 1)}
    Veranstaltung.objects.filter(pk=event.pk).update(**zeiten, anmeldung_von=vor(tage + 60))


def loeschen() -> str:
    """What the command tells."""
    ausgabe = StringIO()
    call_command("loeschen", stdout=ausgabe)
    return ausgabe.getvalue()


def ist_anonym(anmeldung: Anmeldung) -> bool:
    anmeldung.refresh_from_db()
    felder = (anmeldung.name, anmeldung.email, anmeldung.name_norm, anmeldung.email_norm)
    return anmeldung.anonymisiert_am is not None and not any(
        (*felder, anmeldung.organisation, anmeldung.funktion)
    )


def reste_nach(anmeldung: Anmeldung) -> list[str]:
    """What the proof says was left over of her."""
    loeschen()
    assert ist_anonym(anmeldung)
    return Loeschnachweis.objects.get(model="veranstaltungen.Anmeldung").reste
