"""What production starts with: words, tiles, the Landesprogramm and its fixed pages."""

from angebote.models import Angebotsformat
from kommunen import models as kommunen
from praeventionsketten.models import Job, Landesprogramm, Seite, Wortgruppe
from veranstaltungen.models import Einwilligungstext, Veranstaltungsart

from .quelle import GRUNDDATEN, Eintrag, Verweise, baue, eintraege, lies, neue

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
    """The words of the search, once; afterwards they belong to the Redaktion."""
    if Wortgruppe.objects.exists():
        return 0
    gruppen = []
    for art, inhalt in lies(GRUNDDATEN / "suchwoerter.toml").items():
        listen = list(inhalt.values()) if isinstance(inhalt, dict) else inhalt
        if art in Wortgruppe.EINZELNE and not isinstance(inhalt, dict):
            listen = [inhalt]
        gruppen += [Wortgruppe(art=art, woerter=", ".join(liste)) for liste in listen]
    Wortgruppe.objects.bulk_create(gruppen)
    Job.objects.vormerken("angebote_indizieren")
    return len(gruppen)


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
