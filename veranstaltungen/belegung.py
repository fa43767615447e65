"""How full it is: every pool of an event with who sits and who waits, for the team."""

from dataclasses import dataclass

from django.db.models import Count, Q

from .models import Anmeldung, Durchgang, Fachforum, Forumswahl, Platzkontingent, Veranstaltung

Stand = Anmeldung.Status


@dataclass(frozen=True)
class Raum:
    """A pool in numbers; offered seats count as taken."""

    kontingent: Platzkontingent
    angeboten: int
    wartend: int

    @property
    def zusaetzlich(self) -> int:
        """People on spare seats."""
        return max(0, self.kontingent.belegt - self.kontingent.kapazitaet)


@dataclass(frozen=True)
class Belegung:
    haus: Raum | None
    durchgaenge: list[Durchgang]
    # Per Fachforum one Raum per Durchgang, None where it is not offered.
    zeilen: list[tuple[Fachforum, list[tuple[Durchgang, Raum | None]]]]


def belegung(veranstaltung: Veranstaltung) -> Belegung:
    haus, je_platz = None, {}
    for kontingent in _kontingente(veranstaltung):
        if kontingent.art == Platzkontingent.Art.GESAMT:
            haus = _haus(kontingent)
        else:
            platz = (kontingent.fachforum, kontingent.durchgang)
            je_platz[platz] = Raum(kontingent, kontingent.angeboten, kontingent.wartend)
    durchgaenge = sorted({d for _, d in je_platz}, key=lambda d: d.nummer)
    foren = sorted({f for f, _ in je_platz}, key=lambda f: f.nummer)
    zeilen = [(f, [(d, je_platz.get((f, d))) for d in durchgaenge]) for f in foren]
    return Belegung(haus, durchgaenge, zeilen)


def _kontingente(veranstaltung: Veranstaltung):
    angeboten = Count("wahlen", filter=Q(wahlen__status=Forumswahl.Status.ANGEBOTEN))
    kontingente = veranstaltung.kontingente.mit_warteliste().annotate(angeboten=angeboten)
    return kontingente.select_related("fachforum", "durchgang")


def _haus(kontingent: Platzkontingent) -> Raum:
    angeboten = Anmeldung.objects.filter(
        veranstaltung=kontingent.veranstaltung_id, status=Stand.ANGEBOTEN
    )
    return Raum(kontingent, angeboten.count(), kontingent.wartend)


@dataclass(frozen=True)
class Reihe:
    """Who is in a pool: (Anmeldung, Forumswahl or None), in the order of their coming."""

    sitzend: list[tuple[Anmeldung, Forumswahl | None]]
    wartend: list[tuple[Anmeldung, Forumswahl | None]]


def reihe(kontingent: Platzkontingent) -> Reihe:
    if kontingent.art == Platzkontingent.Art.GESAMT:
        anmeldungen = Anmeldung.objects.filter(
            veranstaltung=kontingent.veranstaltung_id
        ).order_by("position", "pk")
        return Reihe(
            [(a, None) for a in anmeldungen.filter(hausplatz=True)],
            [(a, None) for a in anmeldungen.im_haus_wartend()],
        )
    wahlen = kontingent.wahlen.select_related("anmeldung").order_by("position")
    wartend = wahlen.filter(status=Forumswahl.Status.WARTEND, anmeldung__hausplatz=True)
    return Reihe(
        [(w.anmeldung, w) for w in wahlen.filter(status__in=Forumswahl.MIT_PLATZ)],
        [(w.anmeldung, w) for w in wartend],
    )
