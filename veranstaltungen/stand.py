"""How things stand for one person, to be read by pages and mails."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Anmeldung, Durchgang, Forumswahl


@dataclass(frozen=True)
class Runde:
    """One Durchgang of a person: the seat held, and what is waited for or offered."""

    durchgang: Durchgang
    platz: Forumswahl | None
    wunsch: Forumswahl | None
    # How many people are before her, herself included; 0 if she does not wait.
    warteplatz: int = 0


def runden(anmeldung: Anmeldung, wahlen: Iterable[Forumswahl] | None = None) -> list[Runde]:
    """The Durchgänge in which the person holds or wants something, in the order of the day.

    `wahlen` are her active rows where the caller has them already.
    """
    if wahlen is None:
        aktive = anmeldung.wahlen.filter(status__in=Forumswahl.AKTIV).mit_warteplatz()
        wahlen = aktive.select_related("fachforum", "durchgang", "kontingent")
    wahlen = sorted(wahlen, key=lambda w: w.durchgang.nummer)
    durchgaenge = {w.durchgang_id: w.durchgang for w in wahlen}
    return [
        _runde(durchgang, [w for w in wahlen if w.durchgang_id == pk])
        for pk, durchgang in durchgaenge.items()
    ]


def warteplatz(anmeldung: Anmeldung) -> int:
    """The person's place in the queue of the house; 0 if she has a seat there."""
    if anmeldung.hausplatz or not anmeldung.ist_aktiv:
        return 0
    if not hasattr(anmeldung, "davor"):
        anmeldung = Anmeldung.objects.mit_warteplatz().get(pk=anmeldung.pk)
    return anmeldung.davor + 1


def _runde(durchgang: Durchgang, wahlen: list[Forumswahl]) -> Runde:
    platz = next((w for w in wahlen if w.status == Forumswahl.Status.BELEGT), None)
    wunsch = next((w for w in wahlen if w is not platz), None)
    return Runde(durchgang, platz, wunsch, _warteplatz(wunsch))


def _warteplatz(wahl: Forumswahl | None) -> int:
    if wahl is None or wahl.status != Forumswahl.Status.WARTEND:
        return 0
    if not hasattr(wahl, "davor"):  # written a moment ago
        wahl = Forumswahl.objects.mit_warteplatz().get(pk=wahl.pk)
    return wahl.davor + 1
