"""Whether the index says what the Angebote say; `manage.py suche_pruefen`."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from angebote.models import Angebot, Suchblock, Suchvokabel, Suchzeile
from praeventionsketten.models import Inhaltsversion

from .index import BLOCK, entpackt, indiziere, leere_zeile, verpackt, zeilen
from .woerter import analyse_von_jetzt

VERGLICHEN = ("sichtbar", "merkmale", "karte", "tokens", "vokabeln", "gilt_bis")


class Abweichung(NamedTuple):
    """Angebote whose row is wrong, blocks that differ from the rows, words counted wrong."""

    angebote: list[int]
    bloecke: list[int]
    vokabeln: list[str]

    def __bool__(self) -> bool:
        return any(self)


def abweichende() -> Abweichung:
    alle = {*Angebot.objects.values_list("pk", flat=True)}
    alle |= {*Suchzeile.objects.values_list("pk", flat=True)}
    je_block = defaultdict(list)
    for pk in sorted(alle):
        je_block[pk // BLOCK].append(pk)
    bloecke = {*je_block, *Suchblock.objects.values_list("block", flat=True)}
    return Abweichung(
        [pk for pks in je_block.values() for pk in _falsche_zeilen(pks)],
        [block for block in sorted(bloecke) if _soll(block) != _ist(block)],
        _falsche_vokabeln(),
    )


@transaction.atomic
def repariere(abweichung: Abweichung) -> None:
    """Rows anew from the Angebote, then blocks and words anew from the rows."""
    if not abweichung:
        return
    version = Inhaltsversion.erhoehen()
    indiziere(abweichung.angebote)
    for block in {*abweichung.bloecke, *(pk // BLOCK for pk in abweichung.angebote)}:
        Suchblock.objects.filter(block=block).delete()
        Suchblock.objects.bulk_create(
            Suchblock(token=token, block=block, gewichte=verpackt(gewichte))
            for token, gewichte in _soll(block).items()
        )
    anzahlen = _gezaehlt()
    Suchvokabel.objects.bulk_create(
        [
            Suchvokabel(wort=wort, anzahl=anzahlen[wort], version=version)
            for wort in _falsche_vokabeln()
        ],
        update_conflicts=True,
        unique_fields=["wort"],
        update_fields=["anzahl", "version"],
    )


def _falsche_zeilen(pks: list[int]) -> Iterable[int]:
    ist = Suchzeile.objects.in_bulk(pks)
    soll = {zeile.pk: zeile for zeile in zeilen(pks, analyse_von_jetzt())}
    for pk in pks:
        erwartet = soll.get(pk) or leere_zeile(pk)
        gespeichert = ist.get(pk) or leere_zeile(pk)
        if any(_als_json(erwartet, f) != _als_json(gespeichert, f) for f in VERGLICHEN):
            yield pk


def _als_json(zeile: Suchzeile, feld: str):
    wert = getattr(zeile, feld)
    if feld == "merkmale" and wert:
        # JSON knows no tuples.
        wert = wert | {"lagen": [list(punkt) for punkt in wert["lagen"]]}
    return wert


def _soll(block: int) -> dict[str, bytes]:
    """The blocks as they follow from the rows."""
    rows = Suchzeile.objects.filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK)
    gewichte: dict[str, bytearray] = defaultdict(lambda: bytearray(BLOCK))
    for pk, tokens in rows.values_list("pk", "tokens"):
        for token, gewicht in tokens.items():
            gewichte[token][pk % BLOCK] = gewicht
    return {token: bytes(werte) for token, werte in gewichte.items()}


def _ist(block: int) -> dict[str, bytes]:
    rows = Suchblock.objects.filter(block=block).values_list("token", "gewichte")
    return {token: entpackt(gewichte) for token, gewichte in rows}


def _gezaehlt() -> Counter[str]:
    rows = Suchzeile.objects.values_list("vokabeln", flat=True).iterator(500)
    return Counter(wort for vokabeln in rows for wort in vokabeln)


def _falsche_vokabeln() -> list[str]:
    soll, ist = _gezaehlt(), dict(Suchvokabel.objects.values_list("wort", "anzahl"))
    return sorted(wort for wort in {*soll, *ist} if soll[wort] != ist.get(wort, 0))
