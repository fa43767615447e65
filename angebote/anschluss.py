"""Broken chains: where a child grows out of an Angebot and nothing takes it up."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Max, Q

from kommunen.models import Kommune, Lebensphase

from .models import Angebot


def ohne_anschluss(kommune: Kommune) -> list[Angebot]:
    """Public Angebote of a Kommune that end before the programme does, with no successor.

    A successor is named under „Was kommt danach?“ and still there (in the Kommune or for
    the whole Land), or is another Angebot of the Kommune in the same field that takes
    children of that age and goes on for longer. Four queries.
    """
    ende = Lebensphase.objects.filter(im_programm=True).aggregate(Max("alter_bis"))
    oertliche = Angebot.objects.sichtbar().filter(kommune=kommune)
    angebote = list(oertliche.select_related("einrichtung").prefetch_related("handlungsfelder"))
    je_feld = _je_feld(angebote)
    benannt = _mit_benanntem_anschluss(kommune)
    return [
        angebot
        for angebot in sorted(angebote, key=lambda a: (a.alter_bis or 0, a.titel.lower()))
        if angebot.alter_bis is not None
        and angebot.alter_bis < (ende["alter_bis__max"] or 0)
        and angebot.pk not in benannt
        and not any(
            _nimmt_auf(anderes, angebot)
            for feld in angebot.handlungsfelder.all()
            for anderes in je_feld[feld.pk]
        )
    ]


def _je_feld(angebote: Iterable[Angebot]) -> dict[int, list[Angebot]]:
    je_feld = defaultdict(list)
    for angebot in angebote:
        for feld in angebot.handlungsfelder.all():
            je_feld[feld.pk].append(angebot)
    return je_feld


def _mit_benanntem_anschluss(kommune: Kommune) -> set[int]:
    """Those whose „Was kommt danach?“ leads to something that can be read."""
    ziele = Angebot.objects.sichtbar().filter(Q(kommune=kommune) | Q(kommune__isnull=True))
    verbindungen = Angebot.danach.through.objects.filter(
        from_angebot__kommune=kommune, to_angebot__in=ziele.order_by().values("pk")
    )
    return set(verbindungen.values_list("from_angebot", flat=True))


def _nimmt_auf(anderes: Angebot, angebot: Angebot) -> bool:
    """Takes a child in the month it grows out of the other one, and keeps it for longer."""
    if anderes.pk == angebot.pk:
        return False
    beginnt = anderes.alter_von is None or anderes.alter_von <= angebot.alter_bis + 1
    return beginnt and (anderes.alter_bis is None or anderes.alter_bis > angebot.alter_bis)
