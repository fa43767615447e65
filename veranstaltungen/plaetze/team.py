"""What only the team does to seats: other rooms, and the daily check of the counters."""

from dataclasses import dataclass
from functools import partial

from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent, Veranstaltung

from .bestand import sperren
from .warteliste import ruecke_nach
from .zug import in_einem_zug


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
) -> int:
    """Set the seats of a pool; returns how many people moved up. Raises ZuWenig."""
    werte = {"kapazitaet": kapazitaet, "notplaetze": notplaetze}
    werte |= {} if raum is None else {"raum": raum}
    werte |= {} if gesperrt is None else {"gesperrt": gesperrt}
    return in_einem_zug(
        partial(_raum_aendern, kontingent.veranstaltung_id, kontingent.pk, werte)
    )


def _raum_aendern(veranstaltung_id: int, kontingent_id: int, werte: dict) -> int:
    bestand = sperren(veranstaltung_id)
    kontingent = bestand.je_pk[kontingent_id]
    if kontingent.belegt > werte["kapazitaet"] + werte["notplaetze"]:
        raise ZuWenig(kontingent.belegt)
    for feld, wert in werte.items():
        setattr(kontingent, feld, wert)
    kontingent.save(update_fields=list(werte))
    veranstaltung = Veranstaltung.objects.get(pk=veranstaltung_id)
    return len(ruecke_nach(bestand, veranstaltung))


@dataclass(frozen=True)
class Abweichung:
    """A counter that does not tell what the rows tell, or a seat nobody was given."""

    kontingent: Platzkontingent
    belegt: int
    gezaehlt: int
    wartend: int

    def __str__(self) -> str:
        return (
            f"{self.kontingent}: counter {self.belegt}, rows {self.gezaehlt}, "
            f"waiting {self.wartend}"
        )

    @property
    def in_worten(self) -> str:
        if self.belegt != self.gezaehlt:
            return (
                f"{self.kontingent}: gezählt sind {self.belegt} vergebene Plätze, "
                f"in den Anmeldungen stehen {self.gezaehlt}."
            )
        return f"{self.kontingent}: Es ist ein Platz frei, und {self.wartend} warten."


def abgleich() -> list[Abweichung]:
    """Where counters drifted, or somebody waits beside a free seat; empty is how it must be.

    One query, hence one moment: between two, an honest registration would look like drift.
    """
    kontingente = (
        Platzkontingent.objects.select_related("veranstaltung", "fachforum", "durchgang")
        .annotate(
            gezaehlt=Case(
                When(art=Platzkontingent.Art.GESAMT, then=_anzahl(Q(hausplatz=True))),
                default=Count("wahlen", filter=Q(wahlen__status__in=Forumswahl.MIT_PLATZ)),
            ),
            wartend=Case(
                When(
                    art=Platzkontingent.Art.GESAMT,
                    then=_anzahl(Q(status=Anmeldung.Status.WARTELISTE)),
                ),
                default=Count(
                    "wahlen",
                    filter=Q(
                        wahlen__status=Forumswahl.Status.WARTEND,
                        wahlen__anmeldung__status=Anmeldung.Status.BESTAETIGT,
                    ),
                ),
            ),
        )
        .order_by("pk")
    )
    return [
        Abweichung(k, k.belegt, k.gezaehlt, k.wartend)
        for k in kontingente
        if k.belegt != k.gezaehlt or (k.wartend and k.frei and k.veranstaltung.rueckt_nach)
    ]


def _anzahl(bedingung: Q) -> Coalesce:
    """How many registrations of the pool's event are such."""
    je_veranstaltung = (
        Anmeldung.objects.filter(bedingung, veranstaltung=OuterRef("veranstaltung"))
        .order_by()
        .values("veranstaltung")
        .values(anzahl=Count("pk"))
    )
    return Coalesce(Subquery(je_veranstaltung), 0)
