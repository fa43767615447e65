"""Seats: the only package that writes pools, Forumswahlen and the status of an Anmeldung.

Every verb is one transaction. It locks pools in one query, in the order of their keys, so
that two people never wait for each other; what gives seats back locks all pools of the
event and lets the next move up before it ends. The constraints of the tables are the proof,
not the means: a verb that hits one has lost a race and looks again.
"""

from .ausgang import absagen, fristen_ablaufen, stornieren
from .eingang import anmelden, bestaetigen
from .pruefung import Abweichung, abgleich
from .team import ZuWenig, aufnehmen, berichtigen, link_senden, raum_aendern, vorziehen
from .wahl import Ergebnis, Hindernis, Wahl, Wunsch, hindernisse
from .warteliste import ablehnen, annehmen, nachruecken
from .wechsel import ersetzen, wechseln
from .zug import Ueberlastet

__all__ = [
    "Abweichung",
    "Ergebnis",
    "Hindernis",
    "Ueberlastet",
    "Wahl",
    "Wunsch",
    "ZuWenig",
    "abgleich",
    "ablehnen",
    "absagen",
    "anmelden",
    "annehmen",
    "aufnehmen",
    "berichtigen",
    "bestaetigen",
    "ersetzen",
    "fristen_ablaufen",
    "hindernisse",
    "link_senden",
    "nachruecken",
    "raum_aendern",
    "stornieren",
    "vorziehen",
    "wechseln",
]
