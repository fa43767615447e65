"""The daily check: do the counters tell what the rows tell?"""

from dataclasses import dataclass

from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from veranstaltungen.models import Anmeldung, Forumswahl, Platzkontingent


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
