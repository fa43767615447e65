"""Who works in a Kommune: its Einrichtungen by Ebene and Lebensphase."""

from collections import defaultdict
from dataclasses import dataclass

from .models import Ebene, Einrichtung, Kommune, Lebensphase

OHNE = None  # in place of an Ebene or a Lebensphase nobody has filled in


@dataclass(frozen=True)
class Akteure:
    phasen: list[Lebensphase]
    # Name of the Ebene, and for each phase (then without one) its Einrichtungen.
    zeilen: list[tuple[str, list[list[Einrichtung]]]]
    anzahl: int
    landesweit: int


def akteure(kommune: Kommune) -> Akteure:
    """An Einrichtung for several phases stands in several cells. Five queries."""
    phasen = list(Lebensphase.objects.all())
    einrichtungen = list(kommune.einrichtungen.prefetch_related("lebensphasen"))
    je_zelle = defaultdict(list)
    for einrichtung in einrichtungen:
        eigene = [phase.pk for phase in einrichtung.lebensphasen.all()] or [OHNE]
        for phase in eigene:
            je_zelle[einrichtung.ebene_id, phase].append(einrichtung)
    spalten = [*(phase.pk for phase in phasen), OHNE]
    ebenen = [*((ebene.pk, ebene.name) for ebene in Ebene.objects.all()), (OHNE, "ohne Ebene")]
    zeilen = [(name, [je_zelle[pk, spalte] for spalte in spalten]) for pk, name in ebenen]
    landesweit = Einrichtung.objects.filter(kommune__isnull=True).count()
    return Akteure(phasen, zeilen, len(einrichtungen), landesweit)
