"""What production starts with: words, tiles, the Landesprogramm and its fixed pages."""

from collections.abc import Iterator

from django.contrib.admin.models import LogEntry

from angebote.models import Angebotsformat
from kommunen import models as kommunen
from praeventionsketten.models import (
    Job,
    Landesprogramm,
    Seite,
    Wortgruppe,
    Wortlieferung,
)
from veranstaltungen.models import Einwilligungstext, Veranstaltungsart

from .quelle import GRUNDDATEN, Eintrag, Verweise, baue, eintraege, lies, neue

ERSTE_LIEFERUNG = "suchwoerter.toml"
ZURUECK = "zurueck"  # the groups that a delivery takes back
VOKABULARE = {
    "lebensphase": kommunen.Lebensphase,
    "uebergang": kommunen.Uebergang,
    "handlungsfeld": kommunen.Handlungsfeld,
    "zielgruppe": kommunen.Zielgruppe,
    "leitdimension": kommunen.Leitdimension,
    "akteurstyp": kommunen.Akteurstyp,
    "ebene": kommunen.Ebene,
    "gremientyp": kommunen.Gremientyp,
    "prozessschritt": kommunen.Prozessschritt,
    "sprache": kommunen.Sprache,
    "angebotsformat": Angebotsformat,
    "veranstaltungsart": Veranstaltungsart,
}


def vokabulare() -> int:
    anzahl = 0
    for tabelle, modell in VOKABULARE.items():
        verweise = Verweise()
        neu = neue(modell, eintraege(GRUNDDATEN, "vokabular.toml", tabelle))
        modell.objects.bulk_create([baue(modell, eintrag, verweise) for eintrag in neu])
        anzahl += len(neu)
    return anzahl


def suchwoerter() -> int:
    """Each file of words once: what a person changed or deleted afterwards stays so."""
    geladen = set(Wortlieferung.objects.values_list("datei", flat=True))
    if not geladen and _wurde_bearbeitet():
        # Loaded before deliveries were counted: nobody knows what was deleted since.
        geladen = {Wortlieferung.objects.create(datei=ERSTE_LIEFERUNG).datei}
    vorhanden = {(g.art, g.woerter): g.pk for g in Wortgruppe.objects.all()}
    neu, zurueck = [], set()
    for datei in sorted(GRUNDDATEN.glob("suchwoerter*.toml")):
        if datei.name not in geladen:
            inhalt = lies(datei)
            zurueck.update(_zeilen(inhalt.pop(ZURUECK, {})))
            neu += _zeilen(inhalt)
            Wortlieferung.objects.create(datei=datei.name)
    neu = [zeile for zeile in neu if zeile not in zurueck | vorhanden.keys()]
    Wortgruppe.objects.bulk_create([Wortgruppe(art=art, woerter=w) for art, w in neu])
    # Only as they were delivered: what a person made of them is theirs.
    weg = [vorhanden[zeile] for zeile in zurueck & vorhanden.keys()]
    Wortgruppe.objects.filter(pk__in=weg).delete()
    if neu or weg:
        Job.objects.vormerken("angebote_indizieren")
    return len(neu)


def _wurde_bearbeitet() -> bool:
    spuren = LogEntry.objects.filter(content_type__app_label="praeventionsketten")
    return spuren.filter(content_type__model="wortgruppe").exists()


def _zeilen(lieferung: dict) -> Iterator[tuple[str, str]]:
    for art, inhalt in lieferung.items():
        listen = list(inhalt.values()) if isinstance(inhalt, dict) else inhalt
        if art in Wortgruppe.EINZELNE and not isinstance(inhalt, dict):
            listen = [inhalt]
        yield from ((art, ", ".join(liste)) for liste in listen)


def kacheln() -> int:
    neu = neue(kommunen.Kachel, eintraege(GRUNDDATEN, "kacheln.toml", "kachel"))
    kommunen.Kachel.objects.bulk_create(
        [
            baue(kommunen.Kachel, eintrag, Verweise(), zeilen="|".join(eintrag["zeilen"]))
            for eintrag in neu
        ]
    )
    return len(neu)


def ferien() -> int:
    """Those of whose days nobody has said anything yet; names may have been changed."""
    bekannt = list(kommunen.Ferien.objects.all())
    neu = [
        baue(kommunen.Ferien, eintrag, Verweise())
        for eintrag in eintraege(GRUNDDATEN, "ferien.toml", "ferien")
        if not any(f.von <= eintrag["bis"] and eintrag["von"] <= f.bis for f in bekannt)
    ]
    kommunen.Ferien.objects.bulk_create(neu)
    return len(neu)


def landesprogramm() -> int:
    if Landesprogramm.objects.exists():
        return 0
    datei = lies(GRUNDDATEN / "programm.toml")
    eintrag = Eintrag(datei["landesprogramm"], "programm.toml")
    baue(Landesprogramm, eintrag, Verweise(), pk=1).save()
    return 1


def seiten() -> int:
    neu = neue(Seite, eintraege(GRUNDDATEN, "seiten.toml", "seite"))
    for eintrag in neu:
        baue(Seite, eintrag, Verweise()).save()
    return len(neu)


def einwilligungstexte() -> int:
    """Wordings nobody has loaded yet; one that somebody agreed to is never written over."""
    bekannt = set(Einwilligungstext.objects.values_list("zweck", "fassung"))
    neu = [
        baue(Einwilligungstext, eintrag, Verweise())
        for eintrag in eintraege(GRUNDDATEN, "einwilligungen.toml", "einwilligungstext")
        if (eintrag["zweck"], eintrag["fassung"]) not in bekannt
    ]
    Einwilligungstext.objects.bulk_create(neu)
    return len(neu)
