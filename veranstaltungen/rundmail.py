"""A mail of the team to some of the registered people; only known words are replaced."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from praeventionsketten.models import Landesprogramm

from . import mails, stand
from .models import Anmeldung, Durchgang, Fachforum, Forumswahl, Protokoll, Veranstaltung

PLATZHALTER = {
    "name": "Vor- und Nachname",
    "titel": "der Veranstaltung",
    "wann": "Tag und Uhrzeit",
    "wo": "Ort",
    "foren": "die Fachforen der Person",
    "link": "zu ihrer Anmeldung",
}
WORT = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class Gruppe:
    name: str
    bedingung: Q
    wahlen: tuple[str, ...]  # what counts as "of this Fachforum"


_Stand, _Wahl = Anmeldung.Status, Forumswahl.Status
GRUPPEN = {
    "platz": Gruppe("alle mit Platz", Q(status=_Stand.BESTAETIGT), (_Wahl.BELEGT,)),
    "wartend": Gruppe(
        "alle, die warten",
        Q(status=_Stand.WARTELISTE) | Q(status=_Stand.BESTAETIGT, wahlen__status=_Wahl.WARTEND),
        (_Wahl.WARTEND,),
    ),
    "unbestaetigt": Gruppe(
        "alle, die noch nicht bestätigt haben",
        Q(status=_Stand.UNBESTAETIGT),
        Forumswahl.AKTIV,
    ),
    "alle": Gruppe("alle Angemeldeten und Wartenden", Q(), Forumswahl.AKTIV),
}


@dataclass(frozen=True)
class Rundmail:
    veranstaltung: Veranstaltung
    gruppe: str
    fachforum: Fachforum | None
    durchgang: Durchgang | None
    betreff: str
    text: str
    anlass: uuid.UUID

    @property
    def empfaenger(self) -> QuerySet[Anmeldung]:
        gruppe = GRUPPEN[self.gruppe]
        anmeldungen = Anmeldung.objects.aktiv().filter(
            gruppe.bedingung, veranstaltung=self.veranstaltung, anonymisiert_am__isnull=True
        )
        if gewaehlt := self._ausschnitt:
            wahlen = Forumswahl.objects.filter(status__in=gruppe.wahlen, **gewaehlt)
            anmeldungen = anmeldungen.filter(pk__in=wahlen.values("anmeldung"))
        anmeldungen = anmeldungen.select_related("veranstaltung").order_by("pk").distinct()
        return anmeldungen.prefetch_related(_mit_wahlen()) if self._nennt_foren else anmeldungen

    @property
    def _nennt_foren(self) -> bool:
        return "{foren}" in self.betreff + self.text

    @property
    def _ausschnitt(self) -> dict:
        """What of Fachforum and Durchgang narrows the group."""
        teile = {"fachforum": self.fachforum, "durchgang": self.durchgang}
        return {feld: wert for feld, wert in teile.items() if wert}

    def fuer(self, anmeldung: Anmeldung, *, link: str = "") -> tuple[str, str]:
        """Subject and text as this person gets them; `link` stands in for her own."""
        werte = {
            "name": lambda: anmeldung.name,
            "titel": lambda: self.veranstaltung.titel,
            "wann": lambda: self.veranstaltung.wann,
            "wo": lambda: self.veranstaltung.wo,
            "foren": lambda: _foren(anmeldung),
            "link": lambda: link or mails.link(anmeldung),
        }
        betreff = " ".join(_ersetzt(self.betreff, werte).split())
        return betreff, _ersetzt(self.text, werte)

    @transaction.atomic
    def senden(self, durch) -> int:
        """Put it into the outbox, once per `anlass`; returns how many mails were written."""
        # Whoever presses twice waits here, and then finds the first one's note.
        Veranstaltung.objects.select_for_update(no_key=True).get(pk=self.veranstaltung.pk)
        schon = Protokoll.objects.filter(
            veranstaltung=self.veranstaltung, was="rundmail", daten__anlass=str(self.anlass)
        )
        if schon.exists():
            return 0
        empfaenger = list(self.empfaenger)
        programm = Landesprogramm.objects.first()
        for anmeldung in empfaenger:
            betreff, text = self.fuer(anmeldung)
            mails.rundmail(
                anmeldung, str(self.anlass), betreff=betreff, text=text, programm=programm
            )
        Protokoll.objects.create(
            veranstaltung=self.veranstaltung,
            was="rundmail",
            wer=Protokoll.Wer.TEAM,
            konto=durch,
            daten={
                "anlass": str(self.anlass),
                "gruppe": self.gruppe,
                **{feld: wert.pk for feld, wert in self._ausschnitt.items()},
                "anzahl": len(empfaenger),
            },
        )
        return len(empfaenger)


def unbekannte(text: str) -> list[str]:
    """The words in braces that nothing stands for."""
    return [f"{{{wort}}}" for wort in WORT.findall(text) if wort not in PLATZHALTER]


def _ersetzt(text: str, werte: dict[str, Callable[[], str]]) -> str:
    """One pass: what comes in with a name is never looked at again."""
    return WORT.sub(
        lambda treffer: werte[treffer[1]]() if treffer[1] in werte else treffer[0], text
    )


def _mit_wahlen() -> Prefetch:
    wahlen = Forumswahl.objects.filter(status__in=Forumswahl.AKTIV).mit_warteplatz()
    wahlen = wahlen.select_related("fachforum", "durchgang", "kontingent")
    return Prefetch("wahlen", wahlen, to_attr="aktive_wahlen")


def _foren(anmeldung: Anmeldung) -> str:
    zeilen = []
    for runde in stand.runden(anmeldung, anmeldung.aktive_wahlen):
        if runde.platz:
            raum = runde.platz.kontingent.raum
            wo = f" ({raum})" if raum else ""
            zeilen.append(f"{runde.durchgang}: {runde.platz.fachforum}{wo}")
        elif runde.wunsch:
            zeilen.append(f"{runde.durchgang}: Warteliste für {runde.wunsch.fachforum}")
    return "\n".join(zeilen) or "kein Fachforum"
