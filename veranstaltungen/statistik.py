"""What remains of an event when its people are gone: numbers, taken from the rows that stay."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from .models import Anmeldung, Forumswahl


def zahlen(veranstaltungen: Iterable[int]) -> dict[str, dict]:
    """By event: registrations per state and source, choices per round, Fachforum and state."""
    return zahlen_von(Anmeldung.objects.filter(veranstaltung__in=veranstaltungen))


def zahlen_von(anmeldungen: QuerySet) -> dict[str, dict]:
    """The same of some registrations only."""
    ergebnis: dict[str, dict] = {}
    wahlen = Forumswahl.objects.filter(anmeldung__in=anmeldungen.order_by().values("pk"))
    ort = ("anmeldung__veranstaltung", "durchgang__nummer", "fachforum__nummer")
    for gruppe, zeilen, felder in (
        ("anmeldungen", anmeldungen, ("veranstaltung", "status")),
        ("quellen", anmeldungen, ("veranstaltung", "quelle")),
        ("wahlen", wahlen, (*ort, "status")),
    ):
        for veranstaltung, *worte, anzahl in _gezaehlt(zeilen, felder):
            leer = {"anmeldungen": {}, "quellen": {}, "wahlen": {}}
            ziel = ergebnis.setdefault(str(veranstaltung), leer)
            *stelle, stand = map(str, worte)
            ziel[gruppe][" ".join([*filter(None, [".".join(stelle)]), stand])] = anzahl
    return ergebnis


def _gezaehlt(zeilen: QuerySet, felder: tuple[str, ...]) -> QuerySet:
    gruppen = zeilen.order_by().values_list(*felder)
    return gruppen.annotate(anzahl=Count("pk")).order_by(*felder)
