"""What hangs on Angebote, for a whole list in one query.

An Angebot has seven vocabularies, partners, Orte and contacts; prefetch_related asks once
for each of them. `lade` asks for all in one UNION ALL (kind, Angebot, row as JSON) and
fills the same caches, so that models and templates read plain `angebot.sprachen.all`.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model, QuerySet, Value
from django.db.models.functions import JSONObject

from kommunen.models import Ort

from .models import Angebot, Kontakt, Termin, Zeitfenster

ORTE = "aktuelle_orte"  # not a relation: gathered from times, dates and `orte`


def lade(angebote: Iterable[Angebot], *namen: str) -> None:
    """Loads these relations of all `angebote`; „aktuelle_orte“ and „kontakte“ count as such."""
    je_pk = {angebot.pk: angebot for angebot in angebote}
    if not je_pk:
        return
    gefunden = defaultdict(dict)
    zeilen = [zeile for name in namen for zeile in _quellen(name, list(je_pk))]
    for name, pk, felder in zeilen[0].union(*zeilen[1:], all=True):
        # The same Ort comes from several times and dates, but it counts once.
        gefunden[pk, name][felder["id"]] = _ziel(name)(**felder)
    for pk, angebot in je_pk.items():
        for name in namen:
            _setze(angebot, name, _sortiert(_ziel(name), gefunden[pk, name].values()))


def _ziel(name: str) -> type[Model]:
    return Ort if name == ORTE else Angebot._meta.get_field(name).related_model


def _quellen(name: str, pks: list[int]) -> list[QuerySet]:
    if name == ORTE:
        termine = Termin.objects.kommend().filter(abgesagt=False)
        return [
            _zeilen(name, Ort, Zeitfenster.objects.gueltig(), "angebot", "ort", pks),
            _zeilen(name, Ort, termine, "angebot", "ort", pks),
            _zeilen(name, Ort, Angebot.orte.through.objects, "angebot", "ort", pks),
        ]
    if name == "kontakte":
        return [_zeilen(name, Kontakt, Kontakt.objects, "angebot", "", pks)]
    feld = Angebot._meta.get_field(name)
    hin, zurueck = feld.m2m_field_name(), feld.m2m_reverse_field_name()
    verbindung = feld.remote_field.through.objects
    return [_zeilen(name, feld.related_model, verbindung, hin, zurueck, pks)]


def _zeilen(name, ziel, verbindung, angebot, pfad, pks) -> QuerySet:
    vorsatz = f"{pfad}__" if pfad else ""
    felder = {f.attname: f"{vorsatz}{f.attname}" for f in ziel._meta.concrete_fields}
    bedingung = {f"{angebot}__in": pks} | ({f"{pfad}__isnull": False} if pfad else {})
    return (
        verbindung.filter(**bedingung)
        .order_by()
        .values_list(Value(name), f"{angebot}_id", JSONObject(**felder))
    )


def _sortiert(ziel: type[Model], objekte: Iterable[Model]) -> list[Model]:
    return sorted(objekte, key=lambda o: [getattr(o, feld) for feld in ziel._meta.ordering])


def _setze(angebot: Angebot, name: str, objekte: list[Model]) -> None:
    if name == ORTE:
        angebot.aktuelle_orte = objekte
        return
    # What prefetch_related does itself, in the cache that managers read from.
    queryset = getattr(angebot, name).get_queryset()
    queryset._result_cache, queryset._prefetch_done = objekte, True
    if not hasattr(angebot, "_prefetched_objects_cache"):
        angebot._prefetched_objects_cache = {}
    angebot._prefetched_objects_cache[name] = queryset
