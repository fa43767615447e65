"""What happens to registrations without anybody pressing a button."""

import logging

from praeventionsketten.jobs import job

from . import erinnerung, plaetze
from .models import Anmeldung, Veranstaltung

log = logging.getLogger(__name__)


@job("plaetze-fristen", alle_minuten=5)
def fristen_ablaufen() -> None:
    """Holds and offers that have run out; and what a door left undone."""
    plaetze.fristen_ablaufen()
    # Of what is over nobody needs to hear any more.
    offen = Veranstaltung.objects.kommend().filter(
        status=Veranstaltung.Status.ABGESAGT, anmeldungen__status__in=Anmeldung.AKTIV
    )
    for veranstaltung in offen.distinct():
        plaetze.absagen(veranstaltung)


@job("veranstaltung-absagen")
def absagen(veranstaltung: int) -> None:
    """Right after somebody called the event off; the round above would follow soon."""
    for abgesagte in Veranstaltung.objects.filter(pk=veranstaltung):
        plaetze.absagen(abgesagte)


@job("erinnerungen", alle_minuten=30)
def erinnern() -> None:
    erinnerung.verschicken()


@job("plaetze-pruefen", alle_minuten=24 * 60)
def pruefen() -> None:
    """The nightly alarm: a counter that drifted is a bug, and must not stay unseen."""
    for abweichung in plaetze.abgleich():
        log.error("Seats of event %s: %s", abweichung.kontingent.veranstaltung_id, abweichung)
