"""What the worker does for the directory in the background."""

from django.conf import settings
from django.utils import timezone

from praeventionsketten.jobs import job, lebenszeichen
from praeventionsketten.lib.arbeitszeit import ist_arbeitstag
from praeventionsketten.models import Inhaltsversion

from . import linkpruefung, wochenmail
from .fehlsuchen import vergiss_gefundene
from .models import Angebot, Suchzeile
from .pflege import unzustellbar, versand
from .suche import indiziere
from .suche.pruefung import abweichende, repariere

STAPEL = 500
ARBEITSZEIT = range(8, 17)


@job("angebote_indizieren")
def alle_indizieren() -> None:
    """Build the index with the words of today; from then on queries are read with them.

    In pieces: who publishes meanwhile waits for one of them, not for all.
    """
    alle = {*Angebot.objects.values_list("pk", flat=True)}
    alle |= {*Suchzeile.objects.values_list("pk", flat=True)}
    for pks in stapel(sorted(alle)):
        indiziere(pks)
        lebenszeichen()
    Inhaltsversion.erhoehen(woerter=True)


@job("angebote_nachziehen", alle_minuten=15)
def nachziehen() -> None:
    """What nobody saves: a date is over, times have run out."""
    abgelaufen = Suchzeile.objects.filter(gilt_bis__lte=timezone.now())
    for pks in stapel(abgelaufen.order_by("pk").values_list("pk", flat=True)):
        indiziere(pks)


@job("angebote_pflege", alle_minuten=60)
def pflege() -> None:
    """Note what came back, and ask who is due: when people are at work, each once a day."""
    unzustellbar.aus_dem_postausgang()
    jetzt = timezone.localtime()
    if ist_arbeitstag(jetzt.date()) and jetzt.hour in ARBEITSZEIT:
        versand.fragen()


@job("fehlsuchen_pruefen", alle_minuten=15)
def fehlsuchen_pruefen() -> None:
    """What people missed and find by now leaves the list of the coordinator."""
    vergiss_gefundene()


@job("arbeitsvorrat_mailen", alle_minuten=60)
def arbeitsvorrat_mailen() -> None:
    """Once a week, on the day `wochenmail` names."""
    wochenmail.verschicken()


@job("links_pruefen", alle_minuten=5)
def links_pruefen() -> None:
    """Asks other hosts only where the operator wants it."""
    if settings.LINKPRUEFUNG:
        linkpruefung.pruefe_eine()


@job("suche_pruefen", alle_minuten=24 * 60)
def pruefen() -> None:
    """Whoever forgot to index something is found out over night."""
    repariere(abweichende())


def stapel(pks) -> list[list[int]]:
    pks = list(pks)
    return [pks[von : von + STAPEL] for von in range(0, len(pks), STAPEL)]
