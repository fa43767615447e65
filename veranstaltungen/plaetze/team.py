"""What only the team does: other rooms, people beside the queue, typing errors."""

import uuid
from functools import partial

from django.utils import timezone

from veranstaltungen import mails
from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent, Veranstaltung

from .bestand import sperren
from .eingang import HALTEN
from .laden import frisch
from .schritt import vermerken, vermerken_zum_raum
from .wahl import Ergebnis, Hindernis
from .warteliste import ruecke_nach
from .zug import in_einem_zug

Art = Ergebnis.Art
Status = Anmeldung.Status


class ZuWenig(Exception):
    """Fewer seats than are given already; carries their number."""

    def __init__(self, belegt: int) -> None:
        super().__init__(f"{belegt} seats are given already")
        self.belegt = belegt


def raum_aendern(
    kontingent: Platzkontingent,
    *,
    kapazitaet: int,
    notplaetze: int = 0,
    raum: str | None = None,
    gesperrt: bool | None = None,
    durch=None,
) -> int:
    """Set the seats of a pool; returns how many people moved up. Raises ZuWenig."""
    werte = {"kapazitaet": kapazitaet, "notplaetze": notplaetze}
    werte |= {} if raum is None else {"raum": raum}
    werte |= {} if gesperrt is None else {"gesperrt": gesperrt}
    return in_einem_zug(partial(_raum_aendern, kontingent, werte, durch))


def vorziehen(
    anmeldung: Anmeldung, wahl: Forumswahl | None = None, *, durch, grund: str
) -> bool:
    """Put somebody first in the queue of the house, or of a Fachforum; the others keep their order.

    `grund` is a code, never a sentence: the log knows no names. False if she does not wait.
    """
    return in_einem_zug(partial(_vorziehen, anmeldung, wahl and wahl.pk, durch, grund))


def aufnehmen(anmeldung: Anmeldung, *, durch) -> bool:
    """Let somebody who waits into the house at once, on a spare seat if need be."""
    return in_einem_zug(partial(_aufnehmen, anmeldung, durch))


def berichtigen(
    anmeldung: Anmeldung, *, name: str, email: str, organisation: str, funktion: str, durch
) -> Ergebnis:
    """Correct typing errors. With another address the old link ends and a new one is sent."""
    neu = {"name": name, "email": email, "organisation": organisation, "funktion": funktion}
    return in_einem_zug(partial(_berichtigen, anmeldung, neu, durch))


def link_senden(anmeldung: Anmeldung, *, durch) -> bool:
    """The mail that tells how things stand, once more; False if the registration has ended."""
    return in_einem_zug(partial(_link_senden, anmeldung, durch))


def _raum_aendern(vorher: Platzkontingent, werte: dict, durch) -> int:
    bestand = sperren(vorher.veranstaltung_id)
    kontingent = bestand.je_pk[vorher.pk]
    if kontingent.belegt > werte["kapazitaet"] + werte["notplaetze"]:
        raise ZuWenig(kontingent.belegt)
    for feld, wert in werte.items():
        setattr(kontingent, feld, wert)
    kontingent.save(update_fields=list(werte))
    vermerken_zum_raum(kontingent, durch)
    veranstaltung = Veranstaltung.objects.get(pk=kontingent.veranstaltung_id)
    return len(ruecke_nach(bestand, veranstaltung))


def _vorziehen(vorher: Anmeldung, wahl_id: int | None, durch, grund: str) -> bool:
    bestand = sperren(vorher.veranstaltung_id)
    anmeldung = frisch(vorher)
    if wahl_id is None:
        zeile = anmeldung
        reihe = anmeldung.veranstaltung.anmeldungen.im_haus_wartend()
    else:
        zeile = anmeldung.wahlen.filter(pk=wahl_id).first()
        reihe = Forumswahl.objects.filter(
            kontingent=zeile and zeile.kontingent_id, status=Forumswahl.Status.WARTEND
        )
    reihe = list(reihe.order_by("position", "pk"))
    if zeile not in reihe:
        return False
    kontingent = bestand.je_pk[zeile.kontingent_id] if wahl_id else bestand.haus
    _an_den_anfang(reihe, zeile, bestand.naechste_position(kontingent))
    vermerken(anmeldung, "vorgezogen", durch, grund=grund, wahl=wahl_id)
    ruecke_nach(bestand, anmeldung.veranstaltung)
    return True


def _an_den_anfang(reihe: list, zeile, unbenutzt: int) -> None:
    """Pass the positions on by one; `unbenutzt` keeps them unique on the way."""
    stelle = reihe.index(zeile)
    positionen = [z.position for z in reihe]
    zeile.position = unbenutzt
    zeile.save(update_fields=["position"])
    for nummer in range(stelle, 0, -1):
        reihe[nummer - 1].position = positionen[nummer]
        reihe[nummer - 1].save(update_fields=["position"])
    zeile.position = positionen[0]
    zeile.save(update_fields=["position"])


def _aufnehmen(vorher: Anmeldung, durch) -> bool:
    bestand = sperren(vorher.veranstaltung_id)
    anmeldung = frisch(vorher)
    wartet = anmeldung.status == Status.WARTELISTE and anmeldung.veranstaltung.rueckt_nach
    if not (wartet and bestand.hat_platz(bestand.haus, notplatz=True)):
        return False
    bestand.nimm(bestand.haus)
    anmeldung.status, anmeldung.hausplatz = Status.BESTAETIGT, True
    anmeldung.save(update_fields=["status", "hausplatz"])
    vermerken(anmeldung, "aufgenommen", durch)
    ruecke_nach(bestand, anmeldung.veranstaltung, ohne_mail_an=anmeldung)
    mails.nachgerueckt(frisch(anmeldung))
    return True


def _berichtigen(vorher: Anmeldung, neu: dict[str, str], durch) -> Ergebnis:
    sperren(vorher.veranstaltung_id)
    anmeldung = frisch(vorher)
    if not anmeldung.ist_aktiv or anmeldung.anonymisiert_am:
        return Ergebnis(Art.GESCHLOSSEN)
    geaendert = [feld for feld, wert in neu.items() if getattr(anmeldung, feld) != wert]
    if not geaendert:
        return Ergebnis(Art.UNVERAENDERT, anmeldung)
    alte_adresse = anmeldung.email_norm
    for feld in geaendert:
        setattr(anmeldung, feld, neu[feld])
    anmeldung.normalisieren()
    andere = anmeldung.veranstaltung.anmeldungen.aktiv().exclude(pk=anmeldung.pk)
    if andere.filter(email_norm=anmeldung.email_norm, name_norm=anmeldung.name_norm).exists():
        return Ergebnis(Art.ABGELEHNT, hindernisse={None: Hindernis.DOPPELT})
    neue_adresse = anmeldung.email_norm != alte_adresse
    if neue_adresse:
        _neuer_link(anmeldung)
    anmeldung.save()
    vermerken(anmeldung, "berichtigt", durch, felder=geaendert)
    if neue_adresse:
        _schreiben(anmeldung)
    return Ergebnis(Art.GEAENDERT, anmeldung)


def _neuer_link(anmeldung: Anmeldung) -> None:
    """The old one lies in a stranger's mailbox; the time to answer begins anew."""
    anmeldung.token_version += 1
    anmeldung.idempotenz = uuid.uuid4()
    if anmeldung.status == Status.UNBESTAETIGT:
        halten = timezone.now() + HALTEN
        anmeldung.haltefrist = min(halten, anmeldung.veranstaltung.beginn)


def _link_senden(vorher: Anmeldung, durch) -> bool:
    sperren(vorher.veranstaltung_id)
    anmeldung = frisch(vorher)
    if not anmeldung.ist_aktiv:
        return False
    vermerken(anmeldung, "link_gesendet", durch)
    _schreiben(anmeldung)
    return True


def _schreiben(anmeldung: Anmeldung) -> None:
    """The mail that fits how things stand."""
    match anmeldung.status:
        case Status.UNBESTAETIGT:
            mails.bitte_bestaetigen(anmeldung)
        case Status.ANGEBOTEN:
            mails.nachgerueckt(anmeldung)
        case _:
            mails.bestaetigt(anmeldung)
