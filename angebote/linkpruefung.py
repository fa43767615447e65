"""Asks the websites of published Angebote, one at a time, whether they are still there.

Slowly, so that nobody notices: one page in five minutes, each once a week. What does not
answer on three days becomes a task, and the entry counts as overdue until it does.
"""

import datetime as dt

from django.utils import timezone

from praeventionsketten.lib import netz

from .models import Linkpruefung

PAUSE = dt.timedelta(minutes=1)


def pruefe_eine(erlaubt: netz.Erlaubt = netz.ist_oeffentlich) -> Linkpruefung | None:
    """Ask the next website; none if one was asked within the last minute."""
    if Linkpruefung.objects.filter(geprueft_am__gt=timezone.now() - PAUSE).exists():
        return None
    angebot = Linkpruefung.objects.faellige_angebote().first()
    if angebot is None:
        return None
    adresse = angebot.website
    return Linkpruefung.vermerken(angebot, adresse, netz.antwortet(adresse, erlaubt))
