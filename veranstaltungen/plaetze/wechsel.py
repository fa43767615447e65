"""Change: other Fachforen, or another person on the same seat."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.utils import timezone

from veranstaltungen import mails
from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent

from .bestand import Bestand, sperren
from .laden import frisch
from .schritt import vermerken
from .wahl import Ergebnis, Hindernis, Wahl, Wunsch, hindernisse
from .warteliste import gib_auf, ruecke_nach
from .zug import in_einem_zug

Art = Ergebnis.Art
Status = Forumswahl.Status
HALTEN_VERTRETUNG = timedelta(hours=72)


def wechseln(
    anmeldung: Anmeldung, wahl: Wahl, *, durch=None, notplatz: bool = False
) -> Ergebnis:
    """Change the Fachforen of the given Durchgänge, all or none.

    A full one is waited for, and the seat held so far stays until then. The team (`durch`)
    may change after the deadline, and with `notplatz` use the spare seats beside the queue.
    """
    return in_einem_zug(partial(_wechseln, anmeldung, wahl, durch, notplatz))


def ersetzen(
    anmeldung: Anmeldung,
    *,
    name: str,
    email: str,
    organisation: str = "",
    funktion: str = "",
    durch=None,
) -> Ergebnis:
    """Hand the seats to another person, who confirms by her own link within three days.

    The old link opens nothing any more; consents and needs of the first person are gone.
    """
    neu = {"name": name, "email": email, "organisation": organisation, "funktion": funktion}
    return in_einem_zug(partial(_ersetzen, anmeldung, neu, durch))


@dataclass
class _Plan:
    """What shall be given up, kept and taken; worked out before anything is written."""

    auf: list[Forumswahl] = field(default_factory=list)
    bleibt: list[Forumswahl] = field(default_factory=list)
    neu: list[tuple[Platzkontingent, bool]] = field(default_factory=list)

    def doppelte(self) -> set[int]:
        """The Durchgänge that would give the person a Fachforum she has elsewhere."""
        foren = Counter([w.fachforum_id for w in self.bleibt])
        foren.update(kontingent.fachforum_id for kontingent, _ in self.neu)
        return {k.durchgang_id for k, _ in self.neu if foren[k.fachforum_id] > 1}


def _wechseln(vorher: Anmeldung, wahl: Wahl, durch, notplatz: bool) -> Ergebnis:
    bestand = sperren(vorher.veranstaltung_id)
    anmeldung = frisch(vorher)
    erlaubt = anmeldung.veranstaltung.nimmt_an if durch else anmeldung.wechselbar
    if not erlaubt or not anmeldung.ist_aktiv:
        return Ergebnis(Art.GESCHLOSSEN)
    gehalten = list(anmeldung.wahlen.filter(status__in=Forumswahl.AKTIV))
    neue = _neue_wuensche(wahl, gehalten)
    gegen = hindernisse(bestand.kontingente, neue)
    gegen.pop(None, None)  # a closed house keeps newcomers out, not those who are in
    if gegen:
        return Ergebnis(Art.ABGELEHNT, hindernisse=gegen)
    plan = _planen(bestand, anmeldung, wahl, gehalten, notplatz)
    if doppelt := plan.doppelte():
        return Ergebnis(Art.ABGELEHNT, hindernisse=dict.fromkeys(doppelt, Hindernis.DOPPELT))
    if not (plan.auf or plan.neu):
        return Ergebnis(Art.UNVERAENDERT, anmeldung)
    for zeile in plan.auf:
        gib_auf(bestand, zeile)
    Forumswahl.objects.bulk_create(
        bestand.wahl(anmeldung, kontingent, mit_platz=frei) for kontingent, frei in plan.neu
    )
    vermerken(anmeldung, "gewechselt", durch, kontingente=[k.pk for k, _ in plan.neu])
    ruecke_nach(bestand, anmeldung.veranstaltung, ohne_mail_an=anmeldung)
    mails.geaendert(frisch(anmeldung))
    return Ergebnis(Art.GEAENDERT, anmeldung)


def _neue_wuensche(wahl: Wahl, gehalten: list[Forumswahl]) -> Wahl:
    """Only what is asked for anew can meet an obstacle; what one has, one may keep."""
    hat = {(w.durchgang_id, w.fachforum_id) for w in gehalten}
    return {
        durchgang: Wunsch(
            None if (durchgang, wunsch.forum) in hat else wunsch.forum,
            None if (durchgang, wunsch.ersatz) in hat else wunsch.ersatz,
        )
        for durchgang, wunsch in wahl.items()
    }


def _planen(
    bestand: Bestand,
    anmeldung: Anmeldung,
    wahl: Wahl,
    gehalten: list[Forumswahl],
    notplatz: bool,
) -> _Plan:
    plan = _Plan(bleibt=[w for w in gehalten if w.durchgang_id not in wahl])
    for durchgang, wunsch in wahl.items():
        hier = [w for w in gehalten if w.durchgang_id == durchgang]
        platz = next((w for w in hier if w.status == Status.BELEGT), None)
        bleibt: list[Forumswahl] = []
        if wunsch.forum is not None:
            bleibt = [w for w in hier if w.fachforum_id == wunsch.forum]
            braucht_ersatz = not bleibt or bleibt[0].status != Status.BELEGT
            if not bleibt:
                kontingent = bestand.je_platz[durchgang, wunsch.forum]
                frei = anmeldung.hausplatz and bestand.hat_platz(kontingent, notplatz=notplatz)
                plan.neu.append((kontingent, frei))
                braucht_ersatz = not frei
            if braucht_ersatz:
                bleibt += _ersatz(bestand, anmeldung, plan, durchgang, wunsch, platz)
        plan.bleibt += bleibt
        plan.auf += [w for w in hier if w not in bleibt]
    return plan


def _ersatz(
    bestand: Bestand,
    anmeldung: Anmeldung,
    plan: _Plan,
    durchgang: int,
    wunsch: Wunsch,
    platz: Forumswahl | None,
) -> list[Forumswahl]:
    """The seat to hold while waiting: another one if asked for and free, else the old one."""
    behalten = [platz] if platz else []
    if wunsch.ersatz is None or (platz and platz.fachforum_id == wunsch.ersatz):
        return behalten
    kontingent = bestand.je_platz[durchgang, wunsch.ersatz]
    if not (anmeldung.hausplatz and bestand.hat_platz(kontingent)):
        return behalten
    plan.neu.append((kontingent, True))
    return []


def _ersetzen(vorher: Anmeldung, neu: dict[str, str], durch) -> Ergebnis:
    sperren(vorher.veranstaltung_id)
    anmeldung = frisch(vorher)
    if (
        anmeldung.status != Anmeldung.Status.BESTAETIGT
        or not anmeldung.veranstaltung.rueckt_nach
    ):
        return Ergebnis(Art.GESCHLOSSEN)
    person = Anmeldung(veranstaltung=anmeldung.veranstaltung, **neu)
    person.normalisieren()
    doppelt = anmeldung.veranstaltung.anmeldungen.aktiv().filter(
        email_norm=person.email_norm, name_norm=person.name_norm
    )
    if doppelt.exists():
        return Ergebnis(Art.ABGELEHNT, hindernisse={None: Hindernis.DOPPELT})
    mails.abgegeben(anmeldung)
    for feld, wert in neu.items():
        setattr(anmeldung, feld, wert)
    anmeldung.token_version += 1
    anmeldung.idempotenz = uuid.uuid4()
    anmeldung.status = Anmeldung.Status.UNBESTAETIGT
    halten = timezone.now() + HALTEN_VERTRETUNG
    anmeldung.haltefrist = min(halten, anmeldung.veranstaltung.beginn)
    anmeldung.bestaetigt_am = None
    anmeldung.save()
    anmeldung.bedarfe.all().delete()
    anmeldung.einwilligungen.all().delete()
    vermerken(anmeldung, "vertretung", durch)
    mails.bitte_bestaetigen(anmeldung)
    return Ergebnis(Art.GEAENDERT, anmeldung)
