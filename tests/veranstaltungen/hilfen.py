"""Short words for the tests of seats."""

import itertools
import uuid

from veranstaltungen import plaetze
from veranstaltungen.models import Forumswahl, Platzkontingent, Veranstaltung

ALEX = {"name": "Alex Beispiel", "email": "alex@example.org"}
nummer = itertools.count(1)


def wahl(veranstaltung: Veranstaltung, *foren: int | None) -> plaetze.Wahl:
    """The Fachforum numbers per Durchgang as plaetze wants them."""
    je_nummer = {f.nummer: f.pk for f in veranstaltung.fachforen.all()}
    durchgaenge = veranstaltung.durchgaenge.values_list("pk", flat=True)
    return {d: forum and je_nummer[forum] for d, forum in zip(durchgaenge, foren, strict=True)}


def anmelden(veranstaltung: Veranstaltung, **angaben) -> plaetze.Ergebnis:
    """Register somebody new, unless told who."""
    n = next(nummer)
    vorgabe = {
        "name": f"Person {n}",
        "email": f"person{n}@example.org",
        "wahl": {},
        "idempotenz": uuid.uuid4(),
    }
    return plaetze.anmelden(veranstaltung, **vorgabe | angaben)


def belegt(veranstaltung: Veranstaltung) -> dict:
    """Taken seats: "haus" and (Durchgang, Fachforum), where there are any."""
    return {
        (k.durchgang.nummer, k.fachforum.nummer) if k.fachforum else "haus": k.belegt
        for k in veranstaltung.kontingente.select_related("durchgang", "fachforum")
        if k.belegt
    }


def pruefe_zaehler(veranstaltung: Veranstaltung) -> None:
    """Every counter tells what the rows tell."""
    for kontingent in Platzkontingent.objects.filter(veranstaltung=veranstaltung):
        if kontingent.art == Platzkontingent.Art.GESAMT:
            zeilen = veranstaltung.anmeldungen.aktiv().count()
        else:
            zeilen = kontingent.wahlen.filter(status=Forumswahl.Status.BELEGT).count()
        assert kontingent.belegt == zeilen, kontingent
