"""Reports and Meldungen with the contributions of the Kommunen."""

from veranstaltungen.models import Beitrag, Bericht

from .bilder import Bilder
from .quelle import BEISPIELWELT, Verweise, baue, eintraege, neue

EBENEN = ("strategisch", "akteure", "zielgruppe")


def berichte() -> int:
    verweise, bilder = Verweise(), Bilder()
    neu = neue(Bericht, eintraege(BEISPIELWELT, "berichte.toml", "bericht"))
    for eintrag in neu:
        ebenen = eintrag.get("drei_ebenen", {})
        bericht = baue(
            Bericht,
            eintrag,
            verweise,
            status=Bericht.Status.VEROEFFENTLICHT,
            bild=bilder.finde(eintrag),
            **{f"ebene_{ebene}": "\n".join(ebenen.get(ebene, [])) for ebene in EBENEN},
        )
        bericht.save()
        Beitrag.objects.bulk_create(
            baue(Beitrag, teil, verweise, bericht=bericht, reihenfolge=nummer)
            for nummer, teil in enumerate(eintrag.kinder("beitrag"))
        )
    return len(neu)
