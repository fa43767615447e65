"""Short words for the tests of seats."""

import itertools
import uuid
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from praeventionsketten.models import Mail
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent, Veranstaltung

ALEX = {"name": "Alex Beispiel", "email": "alex@example.org"}
nummer = itertools.count(1)
PARALLEL = 20


def wahl(veranstaltung: Veranstaltung, *foren: int | tuple | None) -> plaetze.Wahl:
    """The Fachforum numbers per Durchgang as plaetze wants them; a pair is wish and Ersatz."""
    je_nummer = {f.nummer: f.pk for f in veranstaltung.fachforen.all()} | {None: None}
    durchgaenge = veranstaltung.durchgaenge.values_list("pk", flat=True)
    paare = (forum if isinstance(forum, tuple) else (forum,) for forum in foren)
    return {
        durchgang: plaetze.Wunsch(*(je_nummer[nummer] for nummer in paar))
        for durchgang, paar in zip(durchgaenge, paare, strict=True)
    }


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


def foren(anmeldung: Anmeldung) -> dict:
    """(Durchgang, Fachforum) → state of the person's active rows, fresh from the database."""
    aktive = anmeldung.wahlen.filter(status__in=Forumswahl.AKTIV)
    zeilen = aktive.values_list("durchgang__nummer", "fachforum__nummer", "status")
    return {(durchgang, forum): status for durchgang, forum, status in zeilen}


def angemeldet(veranstaltung: Veranstaltung, **angaben) -> Anmeldung:
    """Register somebody new and confirm at once."""
    anmeldung = anmelden(veranstaltung, **angaben).anmeldung
    plaetze.bestaetigen(anmeldung)
    anmeldung.refresh_from_db()
    return anmeldung


def neu_gelesen(anmeldung: Anmeldung) -> Anmeldung:
    return Anmeldung.objects.select_related("veranstaltung").get(pk=anmeldung.pk)


def anlaesse(anmeldung: Anmeldung) -> list[str]:
    """The occasions of her mails that are not withdrawn, in order."""
    mails = Mail.objects.filter(bezug=f"anmeldung-{anmeldung.pk}").order_by("pk")
    offen = mails.exclude(status=Mail.Status.ABGEBROCHEN)
    return [
        schluessel.split(":")[1] for schluessel in offen.values_list("schluessel", flat=True)
    ]


def pruefe_zaehler(veranstaltung: Veranstaltung) -> None:
    """Every counter tells what the rows tell."""
    for kontingent in Platzkontingent.objects.filter(veranstaltung=veranstaltung):
        if kontingent.art == Platzkontingent.Art.GESAMT:
            zeilen = veranstaltung.anmeldungen.filter(hausplatz=True).count()
        else:
            zeilen = kontingent.wahlen.filter(status__in=Forumswahl.MIT_PLATZ).count()
        assert kontingent.belegt == zeilen, kontingent
    assert plaetze.abgleich() == []


def gleichzeitig(verb, auftraege: list) -> list:
    """The results of `verb` for each order, in threads; what it raises is a result too."""

    def lauf(auftrag):
        try:
            return verb(auftrag)
        except Exception as fehler:
            return fehler
        finally:
            connection.close()

    with ThreadPoolExecutor(PARALLEL) as pool:
        return list(pool.map(lauf, auftraege))


def arten(ergebnisse: list) -> dict[str, int]:
    namen = [e.art.value if isinstance(e, plaetze.Ergebnis) else repr(e) for e in ergebnisse]
    return {name: namen.count(name) for name in set(namen)}
