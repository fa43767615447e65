"""What the roof does by itself, again and again."""

from praeventionsketten import mails
from praeventionsketten.jobs import job
from praeventionsketten.models import Mail


@job("nicht-zugestelltes-melden", alle_minuten=60)
def nicht_zugestelltes_melden() -> None:
    """A notice about a lost notice would help nobody."""
    anzahl = Mail.objects.nicht_zugestellt().exclude(bezug=mails.POST).count()
    if anzahl:
        mails.nicht_zugestellt(anzahl)
