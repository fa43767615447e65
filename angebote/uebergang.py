"""Both sides of a transition: what helps before it, through it and after it."""

from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.lookups import IsNull

from kommunen.models import Kommune, Uebergang

from .models import Angebot

MITTEN, DANEBEN = 20, 6  # how many show; the list behind the number has all of them


class Seite(NamedTuple):
    """The Angebote of one side, the first of them, and how many there are in all."""

    angebote: list[Angebot]
    anzahl: int


def seiten(uebergang: Uebergang, kommune: Kommune | None) -> dict[str, Seite]:
    """„davor“, „mitten“ and „danach“; three queries.

    Before it stands what reaches to the end of the phase before, behind it what is there
    from the beginning of the next one, and on either side what an Angebot of the
    transition itself names.
    """
    alle = Angebot.objects.sichtbar().gesichert()
    if kommune is not None:
        alle = alle.filter(Q(kommune=kommune) | Q(kommune__isnull=True))
    mitten = alle.filter(pk__in=_mit("uebergaenge", uebergang))
    verbindung = Angebot.danach.through.objects
    eigene = mitten.order_by().values("pk")
    nennt = Q(pk__in=verbindung.filter(to_angebot__in=eigene).values("from_angebot"))
    genannt = Q(pk__in=verbindung.filter(from_angebot__in=eigene).values("to_angebot"))
    davor = _mit_phase(uebergang.von) & _reicht_bis(uebergang.von.alter_bis)
    danach = _mit_phase(uebergang.nach) & _beginnt_bis(uebergang.nach.alter_von)
    # Nothing stands on both sides: what somebody has said counts more than a phase.
    danach = genannt | (danach & ~nennt & ~_mit_phase(uebergang.von))
    davor = (nennt | davor) & ~genannt
    daneben = alle.exclude(pk__in=eigene)
    return {
        "mitten": _seite(mitten.mit_bestaetigung(), MITTEN),
        "davor": _seite(daneben.filter(davor), DANEBEN),
        "danach": _seite(daneben.filter(danach), DANEBEN),
    }


def _seite(angebote: QuerySet, hoechstens: int) -> Seite:
    gezaehlt = angebote.select_related("kommune").annotate(alle=Window(Count("pk")))
    # What is near comes before what is for everybody.
    erste = list(gezaehlt.nach_titel(IsNull(F("kommune"), True))[:hoechstens])
    return Seite(erste, erste[0].alle if erste else 0)


def _mit(feld: str, wort) -> QuerySet:
    return Angebot.objects.filter(**{feld: wort}).order_by().values("pk")


def _mit_phase(phase) -> Q:
    return Q(pk__in=_mit("lebensphasen", phase))


def _reicht_bis(monate: int) -> Q:
    return Q(alter_bis__isnull=True) | Q(alter_bis__gte=monate)


def _beginnt_bis(monate: int) -> Q:
    return Q(alter_von__isnull=True) | Q(alter_von__lte=monate)
