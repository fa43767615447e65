"""What hangs on Angebote, for a whole list in one query.

An Angebot has seven vocabularies, partners, Orte, times, dates and contacts;
prefetch_related asks once for each of them. `lade` asks for all in one UNION ALL (kind,
Angebot, row as JSON) and fills the same caches, so that models and templates read plain
`angebot.sprachen.all`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from kommunen.kette import kettchen_von, leere_kette
from kommunen.models import Ferien, Lebensphase, Ort, Uebergang

from .models import Angebot, Kontakt, Termin, Zeitfenster

# No relations but what is left of them today: their places, times and dates.
ORTE, ZEITEN, TERMINE = "aktuelle_orte", "aktuelle_zeiten", "kommende_termine"
ZIELE = {ORTE: Ort, ZEITEN: Zeitfenster, TERMINE: Termin}
MIT_ORT = (Zeitfenster, Termin)


def lade(
    angebote: Iterable[Angebot], *namen: str, dazu: dict[str, QuerySet] | None = None
) -> dict[str, list[Model]]:
    """Loads these relations of all `angebote`; „aktuelle_orte“ and its like count as such.

    `dazu` are tables that have nothing to do with them, read in the same query; they are
    returned by their names, in no order but that of their Meta.
    """
    dazu, angebote = dazu or {}, list(angebote)
    pks = list({angebot.pk for angebot in angebote})
    zeilen = [zeile for name in namen for zeile in _quellen(name, pks)]
    zeilen += [_ganz(name, queryset) for name, queryset in dazu.items()]
    gefunden = defaultdict(dict)
    if pks or dazu:
        for name, pk, felder in zeilen[0].union(*zeilen[1:], all=True):
            # The same Ort comes from several times and dates, but it counts once.
            ziel = dazu[name].model if name in dazu else _ziel(name)
            gefunden[pk, name][felder["id"]] = _objekt(ziel, felder)
    for angebot in angebote:
        for name in namen:
            objekte = gefunden[angebot.pk, name].values()
            _setze(angebot, name, _sortiert(_ziel(name), objekte))
    return {n: _sortiert(q.model, gefunden[0, n].values()) for n, q in dazu.items()}


def lade_mit_kettchen(angebote: Iterable[Angebot], *namen: str) -> list[Ferien]:
    """The same, with the Kettchen of each; returns the school holidays. Still one query."""
    angebote = list(angebote)
    dazu = {
        "phasen": Lebensphase.objects.all(),
        "uebergaenge": Uebergang.objects.all(),
        "ferien": Ferien.objects.all(),
    }
    tabellen = lade(angebote, "lebensphasen", "uebergaenge", *namen, dazu=dazu)
    glieder = leere_kette(tabellen["phasen"], tabellen["uebergaenge"])
    for angebot in angebote:
        angebot.kettchen = kettchen_von(glieder, angebot)
    return tabellen["ferien"]


def _ziel(name: str) -> type[Model]:
    return ZIELE.get(name) or Angebot._meta.get_field(name).related_model


def _quellen(name: str, pks: list[int]) -> list[QuerySet]:
    zeiten, termine = Zeitfenster.objects.gueltig(), Termin.objects.kommend()
    match name:
        case "aktuelle_orte":
            through = Angebot.orte.through.objects
            quellen = [zeiten, termine.filter(abgesagt=False), through]
            return [_zeilen(name, Ort, quelle, "angebot", "ort", pks) for quelle in quellen]
        case "aktuelle_zeiten":
            return [_zeilen(name, Zeitfenster, zeiten, "angebot", "", pks)]
        case "kommende_termine":
            return [_zeilen(name, Termin, termine, "angebot", "", pks)]
        case "kontakte":
            return [_zeilen(name, Kontakt, Kontakt.objects, "angebot", "", pks)]
    feld = Angebot._meta.get_field(name)
    hin, zurueck = feld.m2m_field_name(), feld.m2m_reverse_field_name()
    verbindung = feld.remote_field.through.objects
    return [_zeilen(name, feld.related_model, verbindung, hin, zurueck, pks)]


def _zeilen(name, ziel, verbindung, angebot, pfad, pks) -> QuerySet:
    bedingung = {f"{angebot}__in": pks} | ({f"{pfad}__isnull": False} if pfad else {})
    return (
        verbindung.filter(**bedingung)
        .order_by()
        .values_list(Value(name), f"{angebot}_id", _json(ziel, f"{pfad}__" if pfad else ""))
    )


def _ganz(name: str, queryset: QuerySet) -> QuerySet:
    return queryset.order_by().values_list(Value(name), Value(0), _json(queryset.model))


def _json(ziel: type[Model], vorsatz: str = "") -> JSONObject:
    """All columns of a row; times and dates bring their Ort along."""
    felder = {f.attname: f"{vorsatz}{f.attname}" for f in ziel._meta.concrete_fields}
    if ziel in MIT_ORT:
        felder["ort"] = _json(Ort, "ort__")
    return JSONObject(**felder)


def _objekt(ziel: type[Model], felder: dict) -> Model:
    spalten = ziel._meta.concrete_fields
    werte = [_wert(spalte, felder[spalte.attname]) for spalte in spalten]
    objekt = ziel.from_db(DEFAULT_DB_ALIAS, [spalte.attname for spalte in spalten], werte)
    if ziel in MIT_ORT and objekt.ort_id:
        objekt.ort = _objekt(Ort, felder["ort"])
    return objekt


def _wert(feld: Field, wert):
    """What JSON makes a text or a number of, as the model has it."""
    wert = feld.to_python(wert)
    if isinstance(wert, dt.datetime) and timezone.is_naive(wert):
        return wert.replace(tzinfo=dt.UTC)  # SQLite keeps no zone
    return wert


def _sortiert(ziel: type[Model], objekte: Iterable[Model]) -> list[Model]:
    return sorted(objekte, key=lambda o: [getattr(o, feld) for feld in ziel._meta.ordering])


def _setze(angebot: Angebot, name: str, objekte: list[Model]) -> None:
    if name == TERMINE:
        je_pk = {termin.pk: termin for termin in objekte}
        for termin in objekte:
            if termin.ersetzt_durch_id in je_pk:
                termin.ersetzt_durch = je_pk[termin.ersetzt_durch_id]
    if name in ZIELE:
        setattr(angebot, name, objekte)
        return
    # What prefetch_related does itself, in the cache that managers read from.
    queryset = getattr(angebot, name).get_queryset()
    queryset._result_cache, queryset._prefetch_done = objekte, True
    if not hasattr(angebot, "_prefetched_objects_cache"):
        angebot._prefetched_objects_cache = {}
    angebot._prefetched_objects_cache[name] = queryset
