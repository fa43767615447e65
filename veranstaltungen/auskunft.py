"""Everything the portal knows about one registration, for the person herself.

One structure for both: the page shows it, the file carries it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from praeventionsketten.lib import zeit

from . import mails
from .models import Anmeldung, Protokoll

SCHRITTE = {
    "angemeldet": "Anmeldung eingegangen",
    "bestaetigt": "Anmeldung bestätigt",
    "nachgerueckt": "nachgerückt von der Warteliste",
    "forum_nachgerueckt": "in ein Fachforum nachgerückt",
    "angenommen": "Angebot angenommen",
    "abgelehnt": "Angebot abgelehnt",
    "angebot_abgelaufen": "Angebot abgelaufen",
    "gewechselt": "Fachforen gewechselt",
    "vertretung": "Vertretung eingetragen",
    "angaben_geaendert": "Angaben und Einwilligungen geändert",
    "storniert": "abgesagt",
    "verfallen": "verfallen, weil nicht bestätigt",
    "abgesagt": "Veranstaltung abgesagt",
}


@dataclass(frozen=True)
class Abschnitt:
    titel: str
    angaben: list[tuple[str, str]]


def auskunft(anmeldung: Anmeldung) -> list[Abschnitt]:
    """In the order of the page; sections without content are left out."""
    schritte = list(reversed(anmeldung.protokoll.all()))
    wechsel = [nummer for nummer, s in enumerate(schritte) if s.was == "vertretung"]
    # What was before is the matter of the person who handed over.
    eigene = schritte[wechsel[-1] :] if wechsel else schritte
    abschnitte = [
        Abschnitt(_("Zu Ihrer Person"), _person(anmeldung)),
        Abschnitt(_("Ihre Anmeldung"), _anmeldung(anmeldung)),
        Abschnitt(
            _("Ihre Fachforen"), _wahlen(anmeldung, seit=eigene[0].wann if wechsel else None)
        ),
        Abschnitt(
            _("Zugang und Essen"),
            [(b.get_art_display(), b.text) for b in anmeldung.bedarfe.all()],
        ),
        Abschnitt(_("Einwilligungen"), _einwilligungen(anmeldung)),
        Abschnitt(_("Was geschehen ist"), _schritte(eigene)),
        Abschnitt(_("E-Mails an Sie"), _mails(anmeldung)),
    ]
    return [abschnitt for abschnitt in abschnitte if abschnitt.angaben]


def als_daten(abschnitte: list[Abschnitt]) -> dict[str, list[dict[str, str]]]:
    """For the file: the same words, to be read by programs."""
    return {
        abschnitt.titel: [{"angabe": name, "wert": wert} for name, wert in abschnitt.angaben]
        for abschnitt in abschnitte
    }


def _person(anmeldung: Anmeldung) -> list[tuple[str, str]]:
    return [
        (_("Name"), anmeldung.name),
        (_("E-Mail-Adresse"), anmeldung.email),
        (_("Einrichtung oder Kommune"), anmeldung.organisation or _("keine Angabe")),
        (_("Funktion"), anmeldung.funktion or _("keine Angabe")),
    ]


def _anmeldung(anmeldung: Anmeldung) -> list[tuple[str, str]]:
    veranstaltung = anmeldung.veranstaltung
    angaben = [
        (_("Veranstaltung"), f"{veranstaltung.titel}, {veranstaltung.wann}"),
        (_("Nummer"), anmeldung.public_id),
        (_("Stand"), anmeldung.get_status_display()),
        (_("Weg"), anmeldung.get_quelle_display()),
        (_("Eingegangen"), zeitpunkt(anmeldung.eingang)),
    ]
    for name, wann in (
        (_("Bestätigt"), anmeldung.bestaetigt_am),
        (_("Abgesagt"), anmeldung.storniert_am),
    ):
        if wann:
            angaben.append((name, zeitpunkt(wann)))
    return angaben


def _wahlen(anmeldung: Anmeldung, seit: datetime | None) -> list[tuple[str, str]]:
    """With what she gave up, but not with what somebody else had before her."""
    wahlen = anmeldung.wahlen.select_related("durchgang", "fachforum")
    return [
        (str(wahl.durchgang), f"{wahl.fachforum}: {wahl.get_status_display()}")
        for wahl in wahlen
        if seit is None or wahl.status in wahl.AKTIV
    ]


def _einwilligungen(anmeldung: Anmeldung) -> list[tuple[str, str]]:
    angaben = []
    for einwilligung in anmeldung.einwilligungen.select_related("text"):
        text = einwilligung.text
        wann = _("erteilt am %s") % zeitpunkt(einwilligung.erteilt_am)
        if einwilligung.widerrufen_am:
            wann += ", " + _("widerrufen am %s") % zeitpunkt(einwilligung.widerrufen_am)
        angaben.append((str(text), f"„{text.text}“, {wann}"))
    return angaben


def _schritte(schritte: list[Protokoll]) -> list[tuple[str, str]]:
    return [
        (
            zeitpunkt(schritt.wann),
            f"{SCHRITTE.get(schritt.was, schritt.was)} ({schritt.get_wer_display()})",
        )
        for schritt in schritte
    ]


def _mails(anmeldung: Anmeldung) -> list[tuple[str, str]]:
    return [
        (mail.betreff, _("gesendet am %s") % zeitpunkt(mail.gesendet_am))
        if mail.gesendet_am
        else (mail.betreff, mail.get_status_display())
        for mail in mails.an_die_person(anmeldung)
    ]


def zeitpunkt(wann) -> str:
    """„10. Dezember 2024, 8:30 Uhr“."""
    return f"{zeit.tag(wann)}, {zeit.uhrzeit(wann)}\xa0Uhr"
