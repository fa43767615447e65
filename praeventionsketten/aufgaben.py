"""What the roof does by itself, again and again."""

import logging

from praeventionsketten import loeschung, mails
from praeventionsketten.jobs import job
from praeventionsketten.models import Mail

log = logging.getLogger(__name__)


@job("nicht-zugestelltes-melden", alle_minuten=60)
def nicht_zugestelltes_melden() -> None:
    """A notice about a lost notice would help nobody."""
    anzahl = Mail.objects.nicht_zugestellt().exclude(bezug=mails.POST).count()
    if anzahl:
        mails.nicht_zugestellt(anzahl)


@job("loeschen", alle_minuten=24 * 60)
def loeschen() -> None:
    """Every night: what is over its period goes."""
    for ergebnis in loeschung.ausfuehren():
        if ergebnis.anzahl:
            was = f"{ergebnis.daten.model}: {ergebnis.frist.was}"
            log.info("Erased %s of %s", ergebnis.anzahl, was)
