"""The log in German words."""

from collections.abc import Iterable
from dataclasses import dataclass

from veranstaltungen.listen import LISTEN
from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent, Protokoll
from veranstaltungen.rundmail import GRUPPEN

from .formulare import GRUENDE

WORTE = {
    "abgelehnt": "Angebotenen Platz nicht angenommen",
    "abgesagt": "Veranstaltung abgesagt",
    "angaben_geaendert": "Angaben oder Einwilligungen geändert",
    "angebot_abgelaufen": "Angebotenen Platz verfallen lassen",
    "angemeldet": "Angemeldet",
    "angenommen": "Angebotenen Platz angenommen",
    "aufgenommen": "Ins Haus aufgenommen, an der Warteliste vorbei",
    "berichtigt": "Angaben berichtigt",
    "bestaetigt": "Anmeldung bestätigt",
    "forum_nachgerueckt": "Im Fachforum nachgerückt",
    "gewechselt": "Fachforen geändert",
    "link_gesendet": "Link noch einmal geschickt",
    "liste_geholt": "Liste geholt",
    "nachgerueckt": "Im Haus nachgerückt",
    "raum_geaendert": "Plätze geändert",
    "rundmail": "E-Mail an mehrere",
    "storniert": "Storniert",
    "verfallen": "Verfallen",
    "veranstaltung_abgesagt": "Veranstaltung abgesagt",
    "vertretung": "Ersatzperson eingetragen",
    "vorgezogen": "Auf der Warteliste nach vorn gestellt",
}
FELDER = {
    "name": "Name",
    "email": "E-Mail-Adresse",
    "organisation": "Einrichtung",
    "funktion": "Funktion",
}
FORMEN = {"seite": "zum Drucken", "csv": "CSV", "xlsx": "Excel"}


@dataclass(frozen=True)
class Schritt:
    protokoll: Protokoll
    was: str
    genauer: str

    @property
    def wer(self) -> str:
        konto = self.protokoll.konto
        wer = self.protokoll.get_wer_display()
        return f"{wer}: {konto.get_short_name()}" if konto else wer


def schritte(protokoll: Iterable[Protokoll]) -> list[Schritt]:
    """Each with what happened and to which room; asks once for all rooms."""
    protokoll = list(protokoll)
    raeume = Platzkontingent.objects.select_related("fachforum", "durchgang", "veranstaltung")
    raeume = raeume.in_bulk({pk for p in protokoll for pk in _raeume(p.daten)})
    return [Schritt(p, WORTE.get(p.was, p.was), _genauer(p.daten, raeume)) for p in protokoll]


def in_worten(protokoll: Protokoll) -> str:
    """What happened, without the rooms."""
    was, daten = WORTE.get(protokoll.was, protokoll.was), protokoll.daten
    if daten.get("liste") in LISTEN:
        return f"{was}: {LISTEN[daten['liste']].name} ({FORMEN.get(daten['form'])})"
    return was


def _raeume(daten: dict) -> list[int]:
    einer = daten.get("kontingent")
    return [pk for pk in [einer, *daten.get("kontingente", [])] if isinstance(pk, int)]


def _genauer(daten: dict, raeume: dict[int, Platzkontingent]) -> str:
    teile = [str(raeume[pk]) for pk in _raeume(daten) if pk in raeume]
    if "kapazitaet" in daten:
        teile.append(f"{daten['kapazitaet']} Plätze, {daten['notplaetze']} Notplätze")
    if daten.get("gesperrt"):
        teile.append("gesperrt")
    if daten.get("wahl") == Forumswahl.Status.ANGEBOTEN or (
        daten.get("stand") == Anmeldung.Status.ANGEBOTEN
    ):
        teile.append("zunächst angeboten")
    if daten.get("platz") is False:
        teile.append("auf die Warteliste des Hauses")
    teile += [FELDER.get(feld, feld) for feld in daten.get("felder", [])]
    if "grund" in daten:
        teile.append(GRUENDE.get(daten["grund"], daten["grund"]))
    if "anzahl" in daten:
        gruppe = GRUPPEN.get(daten.get("gruppe"))
        teile.append(f"{daten['anzahl']} E-Mails{f', {gruppe.name}' if gruppe else ''}")
    return " · ".join(teile)
