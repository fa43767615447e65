"""What else may help: the neighbours of an Angebot in the Kette, and what is like it."""

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from .models import Angebot

HOECHSTENS = 3
# What counts; nearly everything shares a Lebensphase, and fits no better by a second one.
MERKMALE = ("handlungsfelder", "zielgruppen", "uebergaenge")


def verwandte(angebot: Angebot) -> tuple[list[Angebot], list[Angebot]]:
    """Its neighbours and up to three similar ones, with their Kommune; one query.

    Similar is what shares a Lebensphase and a Handlungsfeld, in the same Kommune or for
    the whole Land; the more they share, the better.
    """
    nachbarn = angebot.nachbarn()
    aehnliche = _aehnliche(angebot, ohne=nachbarn)[:HOECHSTENS]
    alle = (
        Angebot.objects.sichtbar()
        .filter(Q(pk__in=nachbarn.values("pk")) | Q(pk__in=aehnliche.values("pk")))
        .annotate(**_zu(angebot))
    )
    je_art = {True: [], False: []}
    for anderes in alle.select_related("kommune").nach_titel(*_beste_zuerst()):
        je_art[anderes.kommt_danach or anderes.kommt_davor].append(anderes)
    return sorted(je_art[True], key=lambda a: a.kommt_danach), je_art[False]


def _aehnliche(angebot: Angebot, ohne: QuerySet) -> QuerySet:
    am_ort = Q(kommune__isnull=True)
    if angebot.kommune_id:
        am_ort |= Q(kommune=angebot.kommune_id)
    return (
        Angebot.objects.sichtbar()
        .gesichert()
        .filter(am_ort)
        .exclude(pk=angebot.pk)
        .exclude(pk__in=ohne.values("pk"))
        .annotate(gemeinsam=_gemeinsam(angebot))
        .filter(
            Exists(_geteilt("lebensphasen", angebot)),
            Exists(_geteilt("handlungsfelder", angebot)),
        )
        .order_by(*_beste_zuerst(), "pk")
    )


def _beste_zuerst() -> tuple:
    """What is near comes before what is for everybody."""
    return F("gemeinsam").desc(), IsNull(F("kommune"), True)


def _zu(angebot: Angebot) -> dict:
    """How another Angebot stands to this one."""
    verbindung = Angebot.danach.through.objects
    danach = verbindung.filter(from_angebot=angebot).values("to_angebot")
    davor = verbindung.filter(to_angebot=angebot).values("from_angebot")
    return {
        "kommt_danach": ExpressionWrapper(Q(pk__in=danach), BooleanField()),
        "kommt_davor": ExpressionWrapper(Q(pk__in=davor), BooleanField()),
        "gemeinsam": _gemeinsam(angebot),
    }


def _gemeinsam(angebot: Angebot):
    summe = Value(0)
    for merkmal in MERKMALE:
        anzahl = _geteilt(merkmal, angebot).values("angebot").annotate(n=Count("pk"))
        summe = summe + Coalesce(Subquery(anzahl.values("n")), 0)
    return summe


def _geteilt(merkmal: str, angebot: Angebot) -> QuerySet:
    """The words of one kind that the outer Angebot has in common with this one."""
    feld = Angebot._meta.get_field(merkmal)
    wort = feld.m2m_reverse_field_name()
    verbindung = feld.remote_field.through.objects.order_by()
    eigene = verbindung.filter(angebot=angebot).values(wort)
    return verbindung.filter(**{"angebot": OuterRef("pk"), f"{wort}__in": eigene})
