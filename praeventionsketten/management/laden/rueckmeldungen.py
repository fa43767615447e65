"""What waits for a coordinator: words from outside, calls, and what is missing."""

import datetime as dt
import uuid

from django.utils import timezone

from angebote.fehlsuchen import kennung
from angebote.models import (
    Abgleichrunde,
    Angebot,
    Bestaetigung,
    Fehlsuche,
    Hinweis,
    Telefonaufgabe,
    Vorschlag,
)
from kommunen.models import Kommune

from .quelle import BEISPIELWELT, Eintrag, Verweise, eintraege

DATEI = "rueckmeldungen.toml"


def rueckmeldungen() -> int:
    verweise = Verweise()
    neue = [_hinweis(eintrag, verweise) for eintrag in _neue(Hinweis, "hinweis")]
    neue += [_vorschlag(eintrag, verweise) for eintrag in _neue(Vorschlag, "vorschlag")]
    Angebot.objects.filter(pk__in={r.angebot_id for r in neue} - {None}).indizieren()
    return len(neue)


def telefonaufgaben() -> int:
    """Calls; an Angebot that ever had one keeps what became of it."""
    verweise, neue = Verweise(), 0
    for eintrag in eintraege(BEISPIELWELT, DATEI, "telefonaufgabe"):
        angebot = verweise.pk(Angebot, eintrag["angebot"], eintrag)
        wann = timezone.now() - dt.timedelta(days=eintrag["vor_tagen"])
        felder = {"grund": eintrag["grund"], "entstanden_am": wann}
        neue += Telefonaufgabe.objects.get_or_create(angebot_id=angebot, defaults=felder)[1]
    return neue


def abgleichrunden() -> int:
    """Rounds with their answers, all of them as of the evening of the meeting."""
    verweise, neu = Verweise(), 0
    for eintrag in eintraege(BEISPIELWELT, DATEI, "abgleichrunde"):
        kommune = verweise.pk(Kommune, eintrag["kommune"], eintrag)
        wann = timezone.now() - dt.timedelta(days=eintrag["vor_tagen"])
        felder = {"datum": timezone.localdate(wann)}
        runde, ist_neu = Abgleichrunde.objects.get_or_create(
            kommune_id=kommune, name=eintrag["name"], defaults=felder
        )
        if ist_neu:
            _antworten(runde, eintrag, verweise)
            _zurueckdatieren(runde, wann)
            neu += 1
    return neu


def _antworten(runde: Abgleichrunde, eintrag: Eintrag, verweise: Verweise) -> None:
    angebote = Angebot.objects.mit_fassungsnummer()
    for slug in eintrag["stimmt"]:
        angebot = angebote.get(pk=verweise.pk(Angebot, slug, eintrag))
        runde.stimmt(angebot, angebot.fassungsnummer)
    for slug, notiz in eintrag["korrektur"].items():
        runde.korrektur(angebote.get(pk=verweise.pk(Angebot, slug, eintrag)), notiz=notiz)


def _zurueckdatieren(runde: Abgleichrunde, wann: dt.datetime) -> None:
    """What the verbs write is of today."""
    abgleiche = runde.abgleiche.all()
    Bestaetigung.objects.filter(runde=runde).update(wann=wann)
    Hinweis.objects.filter(pk__in=abgleiche.values("hinweis")).update(eingegangen_am=wann)
    Angebot.objects.filter(pk__in=abgleiche.values("angebot")).indizieren()
    abgleiche.update(wann=wann)


def fehlsuchen() -> int:
    """Searches without hits, counted as the workers count them."""
    heute, verweise, neu = timezone.localdate(), Verweise(), 0
    for eintrag in eintraege(BEISPIELWELT, DATEI, "fehlsuche"):
        wort = eintrag["wort"]
        kommune = verweise.pk(Kommune, eintrag["kommune"], eintrag)
        if Fehlsuche.objects.filter(kommune=kommune, wort=wort).exists():
            continue
        for vor_tagen in eintrag["vor_tagen"]:
            tag = heute - dt.timedelta(days=vor_tagen)
            Fehlsuche.zaehlen(tag, kommune, kennung(wort), wort, eintrag["je_tag"])
        neu += 1
    return neu


def _neue(model, tabelle: str) -> list[Eintrag]:
    """Those whose key nobody knows; `schluessel` stands in for a form sent once."""
    bekannt = set(model.objects.values_list("schluessel", flat=True))
    alle = eintraege(BEISPIELWELT, DATEI, tabelle)
    return [e for e in alle if uuid.UUID(e["schluessel"]) not in bekannt]


def _hinweis(eintrag: Eintrag, verweise: Verweise) -> Hinweis:
    angebot = verweise.pk(Angebot, eintrag["angebot"], eintrag)
    felder = {name: eintrag[name] for name in ("schluessel", "thema", "text")}
    return _angekommen(Hinweis.objects.create(angebot_id=angebot, **felder), eintrag)


def _vorschlag(eintrag: Eintrag, verweise: Verweise) -> Vorschlag:
    angebot = kommune = None
    if "angebot" in eintrag:
        angebot = Angebot.objects.get(pk=verweise.pk(Angebot, eintrag["angebot"], eintrag))
    else:
        kommune = verweise.pk(Kommune, eintrag["kommune"], eintrag)
    felder = {
        name: {"alt": getattr(angebot, name, ""), "neu": wert}
        for name, wert in eintrag["neu"].items()
    }
    vorschlag = Vorschlag(
        schluessel=eintrag["schluessel"],
        angebot=angebot,
        kommune_id=kommune,
        herkunft=eintrag.get("herkunft", Vorschlag.Herkunft.OEFFENTLICH),
        felder=felder,
    )
    vorschlag.save()
    return _angekommen(vorschlag, eintrag)


def _angekommen(rueckmeldung, eintrag: Eintrag):
    """So many days ago; the model itself would say today."""
    wann = timezone.now() - dt.timedelta(days=eintrag["vor_tagen"])
    type(rueckmeldung).objects.filter(pk=rueckmeldung.pk).update(eingegangen_am=wann)
    return rueckmeldung
