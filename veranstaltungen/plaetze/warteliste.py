"""The waiting lists: who is next, what she is given or offered, and what that frees again."""

from functools import partial

from django.utils import timezone

from praeventionsketten.lib.arbeitszeit import nach_arbeitsstunden
from veranstaltungen import mails
from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent, Veranstaltung

from .bestand import Bestand, sperren
from .laden import frisch
from .schritt import vermerken
from .zug import in_einem_zug

Bewegte = dict[int, Anmeldung]


def nachruecken(veranstaltung: Veranstaltung) -> int:
    """Give every free seat to who is next; returns how many people that moved."""
    return in_einem_zug(partial(_nachruecken, veranstaltung.pk))


def annehmen(anmeldung: Anmeldung, wahl: Forumswahl | None = None, *, durch=None) -> bool:
    """Take the offered seat of the house, or of a Fachforum; False if it is gone."""
    return in_einem_zug(partial(_annehmen, anmeldung, wahl and wahl.pk, durch))


def ablehnen(anmeldung: Anmeldung, wahl: Forumswahl, *, durch=None) -> bool:
    """Leave the offered seat of a Fachforum to the next; a seat in the house is cancelled."""
    return in_einem_zug(partial(_ablehnen, anmeldung, wahl.pk, durch))


def ruecke_nach(
    bestand: Bestand, veranstaltung: Veranstaltung, *, ohne_mail_an: Anmeldung | None = None
) -> Bewegte:
    """Fill every free seat, cascading, and write one mail to each person that moved.

    Whoever moves up gives back the seat she held meanwhile, which is free for the next. The
    loop ends: every turn makes one waiting row a seat, and none makes a waiting row. Counters
    are saved here. Needs all pools of the event locked.
    """
    bewegte: Bewegte = {}
    if veranstaltung.rueckt_nach:
        # The house comes first: who gets into it has a claim on the Fachforen.
        offen = sorted(bestand.kontingente, key=lambda k: k is bestand.haus)
        while offen:
            kontingent = offen.pop()
            while kontingent.frei:
                folgen = _naechste(bestand, kontingent, veranstaltung, bewegte)
                if folgen is None:
                    break
                offen += folgen
    bestand.sichern()
    for anmeldung in bewegte.values():
        if anmeldung != ohne_mail_an:
            mails.nachgerueckt(anmeldung)
    return bewegte


def gib_auf(bestand: Bestand, wahl: Forumswahl) -> None:
    """Give back a seat or a place in the queue."""
    if wahl.status in Forumswahl.MIT_PLATZ:
        bestand.gib(bestand.je_pk[wahl.kontingent_id])
    wahl.status, wahl.angebot_bis = Forumswahl.Status.ABGEGEBEN, None
    wahl.save(update_fields=["status", "angebot_bis"])


def _nachruecken(veranstaltung_id: int) -> int:
    bestand = sperren(veranstaltung_id)
    veranstaltung = Veranstaltung.objects.get(pk=veranstaltung_id)
    return len(ruecke_nach(bestand, veranstaltung))


def _naechste(
    bestand: Bestand,
    kontingent: Platzkontingent,
    veranstaltung: Veranstaltung,
    bewegte: Bewegte,
) -> list[Platzkontingent] | None:
    """Give the seat to who is first; returns the pools to look at next, None if nobody waits."""
    if kontingent is bestand.haus:
        anmeldung = (
            veranstaltung.anmeldungen.filter(status=Anmeldung.Status.WARTELISTE)
            .order_by("position")
            .first()
        )
        return _ins_haus(bestand, anmeldung, veranstaltung, bewegte) if anmeldung else None
    wahl = (
        kontingent.wahlen.filter(
            status=Forumswahl.Status.WARTEND, anmeldung__status=Anmeldung.Status.BESTAETIGT
        )
        .select_related("anmeldung")
        .order_by("position")
        .first()
    )
    return _ins_forum(bestand, wahl, veranstaltung, bewegte) if wahl else None


def _ins_haus(
    bestand: Bestand, anmeldung: Anmeldung, veranstaltung: Veranstaltung, bewegte: Bewegte
) -> list[Platzkontingent]:
    anmeldung.veranstaltung = veranstaltung
    anmeldung.hausplatz = True
    if veranstaltung.bietet_an:
        anmeldung.status = Anmeldung.Status.ANGEBOTEN
        anmeldung.angebot_bis = _bedenkzeit(veranstaltung)
    else:
        anmeldung.status = Anmeldung.Status.BESTAETIGT
    anmeldung.save(update_fields=["hausplatz", "status", "angebot_bis"])
    bestand.nimm(bestand.haus)
    bewegte[anmeldung.pk] = anmeldung
    vermerken(anmeldung, "nachgerueckt", "system", stand=anmeldung.status)
    wartend = anmeldung.wahlen.filter(status=Forumswahl.Status.WARTEND)
    return [bestand.je_pk[pk] for pk in wartend.values_list("kontingent", flat=True)]


def _ins_forum(
    bestand: Bestand, wahl: Forumswahl, veranstaltung: Veranstaltung, bewegte: Bewegte
) -> list[Platzkontingent]:
    wahl.anmeldung.veranstaltung = veranstaltung
    kontingent = bestand.je_pk[wahl.kontingent_id]
    frei_geworden: list[Platzkontingent] = []
    if veranstaltung.bietet_an:
        wahl.status = Forumswahl.Status.ANGEBOTEN
        wahl.angebot_bis = _bedenkzeit(veranstaltung)
    else:
        # First give up, then take: the unique constraint of the Durchgang demands it.
        frei_geworden = _gib_bisherigen(bestand, wahl)
        wahl.status = Forumswahl.Status.BELEGT
    wahl.save(update_fields=["status", "angebot_bis"])
    bestand.nimm(kontingent)
    bewegte[wahl.anmeldung_id] = wahl.anmeldung
    vermerken(
        wahl.anmeldung,
        "forum_nachgerueckt",
        "system",
        kontingent=kontingent.pk,
        wahl=wahl.status,
    )
    return frei_geworden


def _gib_bisherigen(bestand: Bestand, wahl: Forumswahl) -> list[Platzkontingent]:
    """Give back the seat held in the same Durchgang; returns its pool."""
    bisher = Forumswahl.objects.filter(
        anmeldung=wahl.anmeldung_id,
        durchgang=wahl.durchgang_id,
        status=Forumswahl.Status.BELEGT,
    ).first()
    if bisher is None:
        return []
    gib_auf(bestand, bisher)
    return [bestand.je_pk[bisher.kontingent_id]]


def _annehmen(vorher: Anmeldung, wahl_id: int | None, durch) -> bool:
    bestand = sperren(vorher.veranstaltung_id)
    anmeldung = frisch(vorher)
    if wahl_id is None:
        if anmeldung.status != Anmeldung.Status.ANGEBOTEN:
            return False
        anmeldung.status, anmeldung.angebot_bis = Anmeldung.Status.BESTAETIGT, None
        anmeldung.save(update_fields=["status", "angebot_bis"])
    else:
        wahl = _angebotene(anmeldung, wahl_id)
        if wahl is None:
            return False
        _gib_bisherigen(bestand, wahl)
        wahl.status, wahl.angebot_bis = Forumswahl.Status.BELEGT, None
        wahl.save(update_fields=["status", "angebot_bis"])
    vermerken(anmeldung, "angenommen", durch, wahl=wahl_id)
    ruecke_nach(bestand, anmeldung.veranstaltung, ohne_mail_an=anmeldung)
    mails.bestaetigt(anmeldung)
    return True


def _ablehnen(vorher: Anmeldung, wahl_id: int, durch) -> bool:
    bestand = sperren(vorher.veranstaltung_id)
    anmeldung = frisch(vorher)
    wahl = _angebotene(anmeldung, wahl_id)
    if wahl is None:
        return False
    gib_auf(bestand, wahl)
    vermerken(anmeldung, "abgelehnt", durch, wahl=wahl_id)
    ruecke_nach(bestand, anmeldung.veranstaltung, ohne_mail_an=anmeldung)
    # Also overtakes the offer, should it not have gone out yet.
    mails.geaendert(frisch(anmeldung))
    return True


def _angebotene(anmeldung: Anmeldung, wahl_id: int) -> Forumswahl | None:
    offen = anmeldung.wahlen.filter(pk=wahl_id, status=Forumswahl.Status.ANGEBOTEN)
    return offen.first() if anmeldung.ist_aktiv else None


def _bedenkzeit(veranstaltung: Veranstaltung):
    frist = nach_arbeitsstunden(timezone.now(), veranstaltung.angebot_stunden)
    return min(frist, veranstaltung.beginn)
