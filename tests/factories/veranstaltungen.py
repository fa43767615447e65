"""Events, registrations and reports."""

import datetime as dt

from django.utils import timezone

from praeventionsketten.models import Status
from veranstaltungen.models import (
    Anmeldung,
    Beitrag,
    Bericht,
    Durchgang,
    Fachforum,
    Platzkontingent,
    Veranstaltung,
)

from .dach import nummer
from .kommunen import make_kommune, make_veranstaltungsart


def make_veranstaltung(
    *, in_tagen: int = 30, plaetze: int | None = None, **fields
) -> Veranstaltung:
    """A published event; with `plaetze` its registration is open and the house has that many."""
    beginn = timezone.now() + dt.timedelta(days=in_tagen)
    defaults = {
        "titel": f"Jahresfachtag {next(nummer)}",
        "beginn": beginn,
        "ende": beginn + dt.timedelta(hours=7),
        "status": Veranstaltung.Status.VEROEFFENTLICHT,
    }
    if "art" not in fields:
        defaults["art"] = make_veranstaltungsart()
    if plaetze is not None:
        defaults |= {
            "anmeldung_von": timezone.now() - dt.timedelta(days=1),
            "anmeldung_bis": min(beginn, timezone.now() + dt.timedelta(days=20)),
        }
    veranstaltung = Veranstaltung.objects.create(**defaults | fields)
    if plaetze is not None:
        Platzkontingent.objects.create(
            veranstaltung=veranstaltung, art=Platzkontingent.Art.GESAMT, kapazitaet=plaetze
        )
    return veranstaltung


def make_fachtag(
    *, foren: int = 3, durchgaenge: int = 2, je_forum: int = 10, **fields
) -> Veranstaltung:
    """A Fachtag with open registration, every Fachforum offered in every Durchgang."""
    fachtag = make_veranstaltung(**{"plaetze": foren * je_forum * durchgaenge} | fields)
    slots = [
        Durchgang.objects.create(
            veranstaltung=fachtag, nummer=n, beginn=dt.time(9 + 2 * n), ende=dt.time(10 + 2 * n)
        )
        for n in range(1, durchgaenge + 1)
    ]
    for n in range(1, foren + 1):
        forum = Fachforum.objects.create(veranstaltung=fachtag, nummer=n, titel=f"Forum {n}")
        for slot in slots:
            Platzkontingent.objects.create(
                veranstaltung=fachtag, fachforum=forum, durchgang=slot, kapazitaet=je_forum
            )
    return fachtag


def make_anmeldung(**fields) -> Anmeldung:
    """A bare row without seats; whoever needs seats registers through plaetze."""
    n = next(nummer)
    defaults = {"name": f"Alex Beispiel {n}", "email": f"alex{n}@example.org"}
    if "veranstaltung" not in fields:
        defaults["veranstaltung"] = make_veranstaltung(plaetze=10)
    stand = fields.get("status", Anmeldung.Status.BESTAETIGT)
    defaults["hausplatz"] = stand in ("unbestaetigt", "bestaetigt", "angeboten")
    return Anmeldung.objects.create(**defaults | fields)


def make_bericht(**fields) -> Bericht:
    defaults = {
        "titel": f"Bericht {next(nummer)}",
        "teaser": "Was war und was bleibt.",
        "text": "<p>Es war gut.</p>",
        "status": Status.VEROEFFENTLICHT,
        "veroeffentlicht_am": timezone.localdate(),
    }
    return Bericht.objects.create(**defaults | fields)


def make_beitrag(**fields) -> Beitrag:
    fields.setdefault("bericht", None) or fields.update(bericht=make_bericht())
    fields.setdefault("kommune", None) or fields.update(kommune=make_kommune())
    return Beitrag.objects.create(**{"titel": "Beitrag", "text": "Ein Beispiel."} | fields)
