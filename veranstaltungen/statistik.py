"""What remains of an event when its people are gone: numbers, taken from the rows that stay."""

from collections.abc import Iterable

from django.db.models import Count

from .models import Anmeldung, Forumswahl


def zahlen(veranstaltungen: Iterable[int]) -> dict[str, dict]:
    """By event: registrations per state and source, choices per round, Fachforum and state."""
    ergebnis = {
        str(pk): {"anmeldungen": {}, "quellen": {}, "wahlen": {}} for pk in veranstaltungen
    }
    pks = list(ergebnis)
    for feld, ziel in (("status", "anmeldungen"), ("quelle", "quellen")):
        zeilen = Anmeldung.objects.filter(veranstaltung__in=pks).order_by()
        for pk, wert, anzahl in _gezaehlt(zeilen, "veranstaltung", feld):
            ergebnis[str(pk)][ziel][wert] = anzahl
    wahlen = Forumswahl.objects.filter(anmeldung__veranstaltung__in=pks).order_by()
    felder = ("anmeldung__veranstaltung", "durchgang__nummer", "fachforum__nummer", "status")
    for pk, durchgang, forum, status, anzahl in _gezaehlt(wahlen, *felder):
        ergebnis[str(pk)]["wahlen"][f"{durchgang}.{forum} {status}"] = anzahl
    return ergebnis


def _gezaehlt(zeilen, *felder: str):
    return zeilen.values_list(*felder).annotate(anzahl=Count("pk")).order_by(*felder)
