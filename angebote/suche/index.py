"""Writes the index: rows for the lists, posting blocks for the words.

`indiziere` is called inside the transaction that publishes. It raises the content version
first and so takes the one lock: two people who publish change a block one after another.
"""

import datetime as dt
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from angebote.beziehungen import lade
from angebote.models import (
    Angebot,
    Suchblock,
    Suchvokabel,
    Suchzeile,
    Termin,
    Zeitfenster,
)
from angebote.naehe import lagen
from praeventionsketten.lib.deutsch import Analyse
from praeventionsketten.models import Inhaltsversion

from . import texte, woerter, zeile

BLOCK = 2048  # Angebote per row of the inverted index
TOKENLAENGE, WORTLAENGE = 140, 60
STAPEL = 500

Aenderungen = dict[tuple[str, int], dict[int, int]]


@transaction.atomic
def indiziere(pks: Iterable[int]) -> None:
    """Bring the index to what these Angebote say now; also those that are gone."""
    pks = sorted(set(pks))
    if not pks:
        return
    version = Inhaltsversion.erhoehen()
    analyse = woerter.analyse_von_jetzt()
    for _block, nummern in groupby(pks, key=lambda pk: pk // BLOCK):
        _schreibe(list(nummern), version, analyse)


def _schreibe(pks: list[int], version: int, analyse: Analyse) -> None:
    alte = Suchzeile.objects.only("tokens", "vokabeln").in_bulk(pks)
    neue = {neu.pk: neu for neu in zeilen(pks, analyse)}
    for pk in pks:
        neue.setdefault(pk, leere_zeile(pk)).version = version
    _schreibe_tokens(alte, neue)
    _schreibe_vokabeln(alte, neue, version)
    Suchzeile.objects.bulk_create(
        neue.values(),
        batch_size=STAPEL,
        update_conflicts=True,
        unique_fields=["angebot"],
        update_fields=[f.name for f in Suchzeile._meta.fields if not f.primary_key],
    )


def leere_zeile(pk: int) -> Suchzeile:
    """What stays of an Angebot that is not public, so that workers forget it."""
    return Suchzeile(
        pk=pk, version=0, sichtbar=False, merkmale={}, karte={}, tokens={}, vokabeln=[]
    )


def zeilen(pks: list[int], analyse: Analyse) -> list[Suchzeile]:
    """The rows of the public ones among these, computed and not yet written."""
    angebote = list(
        Angebot.objects.sichtbar()
        .filter(pk__in=pks)
        .select_related("kommune", "einrichtung", "programm")
        .mit_bestaetigung()
    )
    lade(angebote, *texte.BEZIEHUNGEN)
    gelegen, enden = lagen(pks), _enden(pks)
    return [_zeile(a, analyse, gelegen.get(a.pk, []), enden[a.pk]) for a in angebote]


def _zeile(angebot: Angebot, analyse: Analyse, gelegen, enden: list[dt.datetime]) -> Suchzeile:
    felder = texte.felder(angebot)
    gewichte = analyse.gewichte(felder).items()
    return Suchzeile(
        pk=angebot.pk,
        version=0,
        sichtbar=True,
        merkmale=zeile.merkmale(angebot, gelegen),
        karte=zeile.karte(angebot),
        tokens={token: g for token, g in gewichte if len(token) <= TOKENLAENGE},
        vokabeln=sorted(wort[:WORTLAENGE] for wort in analyse.vokabeln(felder)),
        gilt_bis=min([*enden, *_stufen(angebot)], default=None),
    )


def _enden(pks: list[int]) -> dict[int, list[dt.datetime]]:
    """When times and dates of each are over, which nobody saves."""
    enden = defaultdict(list)
    zeiten = Zeitfenster.objects.gueltig().filter(angebot__in=pks, gueltig_bis__isnull=False)
    for pk, tag in zeiten.order_by().values_list("angebot").annotate(Min("gueltig_bis")):
        enden[pk].append(_frueh_am(tag + dt.timedelta(days=1)))
    termine = Termin.objects.kommend().filter(angebot__in=pks).order_by()
    for pk, ende in termine.values_list("angebot").annotate(Min("ende")):
        enden[pk].append(ende)
    return enden


def _stufen(angebot: Angebot) -> list[dt.datetime]:
    """When it will become due, overdue and unsafe."""
    frische, heute = angebot.frische, timezone.localdate()
    tage = (frische.faellig_am, frische.ueberfaellig_ab, frische.ungesichert_ab)
    return [_frueh_am(tag) for tag in tage if tag > heute]


def _frueh_am(tag: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(tag, dt.time.min))


def _schreibe_tokens(alte: dict[int, Suchzeile], neue: dict[int, Suchzeile]) -> None:
    aendern: Aenderungen = defaultdict(dict)
    for pk, neu in neue.items():
        alt = alte[pk].tokens if pk in alte else {}
        for token in alt.keys() | neu.tokens.keys():
            if alt.get(token) != (gewicht := neu.tokens.get(token, 0)):
                aendern[token, pk // BLOCK][pk % BLOCK] = gewicht
    schluessel = sorted(aendern)
    for von in range(0, len(schluessel), STAPEL):
        _schreibe_bloecke({s: aendern[s] for s in schluessel[von : von + STAPEL]})


def _schreibe_bloecke(aendern: Aenderungen) -> None:
    tokens, bloecke = {t for t, _ in aendern}, {b for _, b in aendern}
    vorhandene = {
        (zeile.token, zeile.block): zeile
        for zeile in Suchblock.objects.filter(token__in=tokens, block__in=bloecke)
    }
    neue, leere = [], []
    for (token, block), gewichte in aendern.items():
        alt = vorhandene.get((token, block))
        neu = bytearray(entpackt(alt.gewichte) if alt else bytes(BLOCK))
        for stelle, gewicht in gewichte.items():
            neu[stelle] = gewicht
        if any(neu):
            neue.append(Suchblock(token=token, block=block, gewichte=verpackt(neu)))
        elif alt:
            leere.append(alt.pk)
    Suchblock.objects.bulk_create(
        neue,
        update_conflicts=True,
        unique_fields=["token", "block"],
        update_fields=["gewichte"],
    )
    Suchblock.objects.filter(pk__in=leere).delete()


def verpackt(gewichte: bytes | bytearray) -> bytes:
    return zlib.compress(gewichte, 1)


def entpackt(gewichte: bytes | memoryview) -> bytes:
    return zlib.decompress(gewichte)


def _schreibe_vokabeln(
    alte: dict[int, Suchzeile], neue: dict[int, Suchzeile], version: int
) -> None:
    aendern = Counter(wort for neu in neue.values() for wort in neu.vokabeln)
    aendern.subtract(wort for alt in alte.values() for wort in alt.vokabeln)
    worte = sorted(wort for wort, anders in aendern.items() if anders)
    for von in range(0, len(worte), STAPEL):
        stapel = worte[von : von + STAPEL]
        vorhandene = {v.wort: v for v in Suchvokabel.objects.filter(wort__in=stapel)}
        zeilen = [vorhandene.get(wort) or Suchvokabel(wort=wort, anzahl=0) for wort in stapel]
        for vokabel in zeilen:
            vokabel.anzahl = max(0, vokabel.anzahl + aendern[vokabel.wort])
            vokabel.version = version
        Suchvokabel.objects.bulk_create(
            zeilen,
            update_conflicts=True,
            unique_fields=["wort"],
            update_fields=["anzahl", "version"],
        )
