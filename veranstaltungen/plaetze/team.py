"""What only the team does to seats: other rooms, and the daily check of the counters."""

from dataclasses import dataclass
from functools import partial

from django.db.models import Count, Q

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


def abgleich() -> list[Abweichung]:
    """Where counters drifted, or somebody waits beside a free seat; empty is how it must be."""
    kontingente = Platzkontingent.objects.select_related(
        "veranstaltung", "fachforum", "durchgang"
    ).annotate(
        wahlen_mit_platz=Count("wahlen", filter=Q(wahlen__status__in=Forumswahl.MIT_PLATZ)),
        wahlen_wartend=Count(
            "wahlen",
            filter=Q(
                wahlen__status=Forumswahl.Status.WARTEND,
                wahlen__anmeldung__status=Anmeldung.Status.BESTAETIGT,
            ),
        ),
    )
    gefunden = (_pruefen(kontingent) for kontingent in kontingente.order_by("pk"))
    return [abweichung for abweichung in gefunden if abweichung]


def _pruefen(kontingent) -> Abweichung | None:
    gezaehlt, wartend = kontingent.wahlen_mit_platz, kontingent.wahlen_wartend
    if kontingent.art == Platzkontingent.Art.GESAMT:
        anmeldungen = kontingent.veranstaltung.anmeldungen
        gezaehlt = anmeldungen.filter(hausplatz=True).count()
        wartend = anmeldungen.filter(status=Anmeldung.Status.WARTELISTE).count()
    vergessen = wartend and kontingent.frei and kontingent.veranstaltung.rueckt_nach
    if kontingent.belegt == gezaehlt and not vergessen:
        return None
    return Abweichung(kontingent, kontingent.belegt, gezaehlt, wartend)
