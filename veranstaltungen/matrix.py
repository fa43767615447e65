"""The table Fachforum × Durchgang with its seats, as the event page shows it."""

from dataclasses import dataclass

from .models import Durchgang, Fachforum, Platzkontingent, Veranstaltung


@dataclass(frozen=True)
class Zeile:
    forum: Fachforum
    # One per Durchgang; None where the Fachforum is not offered.
    plaetze: list[tuple[Durchgang, Platzkontingent | None]]


@dataclass(frozen=True)
class Matrix:
    durchgaenge: list[Durchgang]
    zeilen: list[Zeile]


def matrix(veranstaltung: Veranstaltung, foren: list[Fachforum]) -> Matrix | None:
    """None without seats to show: before they are entered, and after the day."""
    kontingente = [k for k in veranstaltung.kontingente.all() if k.durchgang]
    if not kontingente or veranstaltung.vorbei:
        return None
    je_platz = {(k.fachforum_id, k.durchgang_id): k for k in kontingente}
    durchgaenge = sorted({k.durchgang for k in kontingente}, key=lambda d: d.nummer)
    zeilen = [Zeile(f, [(d, je_platz.get((f.pk, d.pk))) for d in durchgaenge]) for f in foren]
    return Matrix(durchgaenge, zeilen)
