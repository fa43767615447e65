"""Erases what is due: numbers first, then erase, then look for remains, then the proof.

Each batch is one transaction, so that an interruption leaves either everything of it or
nothing; a second run finds nothing left to do.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from praeventionsketten.lib import fristen
from praeventionsketten.lib.fristen import Frist, Personendaten
from praeventionsketten.lib.spuren import Spuren
from praeventionsketten.models import Loeschnachweis, Mail
from praeventionsketten.spurensuche import Geloescht, reste

log = logging.getLogger(__name__)

STAPEL = 500


class ZahlenVeraendert(Exception):
    """Erasing would have changed the statistics; nothing was erased."""


@dataclass(frozen=True)
class Ergebnis:
    daten: Personendaten
    frist: Frist
    anzahl: int


def faellige() -> Iterator[Ergebnis]:
    """What a run would erase now."""
    for daten, frist in _mit_uhr():
        yield Ergebnis(daten, frist, _zeilen(frist).count())


def ausfuehren() -> Iterator[Ergebnis]:
    """Erase everything that is due; a period that fails does not hold up the others."""
    fehler = []
    for daten, frist in _mit_uhr():
        anzahl = 0
        try:
            while stapel := _stapel(daten, frist):
                anzahl += stapel
        except Exception as ausnahme:
            fehler.append(ausnahme)
        yield Ergebnis(daten, frist, anzahl)
    if fehler:
        raise ExceptionGroup("Not everything that is due could be erased.", fehler)


def sofort(zeilen: models.QuerySet) -> None:
    """Erase these people now, whatever their period says: their right, one button."""
    daten = fristen.erklaert(zeilen.model)
    frist = next(frist for frist in daten.fristen if frist.spuren)
    frist = replace(frist, tage=None, ab=_("auf Wunsch der Person"))
    with transaction.atomic():
        if pks := [z.pk for z in zeilen.select_for_update(of=("self",))]:
            _loeschen(daten, frist, pks)


def _mit_uhr() -> Iterator[tuple[Personendaten, Frist]]:
    for daten in fristen.ERKLAERT.values():
        for frist in daten.fristen:
            if frist.faellig:
                yield daten, frist


def _zeilen(frist: Frist) -> models.QuerySet:
    return frist.faellig(frist.stichtag(timezone.now()))


def _stapel(daten: Personendaten, frist: Frist) -> int:
    with transaction.atomic():
        faellig = _zeilen(frist).order_by("pk")[:STAPEL]
        pks = [z.pk for z in faellig.select_for_update(skip_locked=True, of=("self",))]
        if pks:
            _loeschen(daten, frist, pks)
        if _zeilen(frist).filter(pk__in=pks).exists():
            raise RuntimeError(f"{daten.model}: „{frist.was}“ is due again after erasing.")
    return len(pks)


def _loeschen(daten: Personendaten, frist: Frist, pks: Iterable[int]) -> None:
    model, pks = apps.get_model(daten.model), frozenset(pks)
    zeilen = model._default_manager.filter(pk__in=pks)
    zahlen = frist.zahlen(pks) if frist.zahlen else {}
    spuren = Spuren()
    for werte in zeilen.values_list(*frist.spuren) if frist.spuren else ():
        for wert in filter(None, werte):
            spuren.merken(wert)
    frist.loeschen(zeilen)
    geloescht = Geloescht(model, pks)
    if frist.spuren:
        _drumherum_vergessen(geloescht)
    if frist.zahlen and frist.zahlen(pks) != zahlen:
        raise ZahlenVeraendert(f"{daten.model}: {frist.was}")
    if frist.nachweisen:
        statistik = frist.statistik(pks) if frist.statistik else {}
        _nachweisen(daten, frist, len(pks), reste(spuren, geloescht), statistik)


def _drumherum_vergessen(geloescht: Geloescht) -> None:
    """What the house itself wrote about them: mails and the log of the admin."""
    mails = Mail.objects.filter(bezug__startswith=f"{geloescht.art}-")
    gemeint = [m.pk for m in mails.only("bezug") if geloescht.meint(m.bezug)]
    Mail.objects.filter(pk__in=gemeint).vergessen()
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(geloescht.model),
        object_id__in=map(str, geloescht.pks),
    ).update(object_repr=geloescht.model._meta.verbose_name, change_message="")


def _nachweisen(
    daten: Personendaten, frist: Frist, anzahl: int, stellen: list[str], statistik: dict
) -> None:
    Loeschnachweis.objects.create(
        model=daten.model,
        was=str(frist.was),
        frist=frist.wann,
        anzahl=anzahl,
        geprueft=bool(frist.spuren),
        reste=stellen,
        zahlen=statistik,
    )
    if stellen:
        log.error("After erasing %s something was left over: %s", daten.model, stellen)
