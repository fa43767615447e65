"""The mails of the roof, one function per occasion."""

from praeventionsketten import post
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Barrieremeldung, Landesprogramm


def barriere_gemeldet(meldung: Barrieremeldung) -> None:
    """Tell the programme office; without an address of it the row alone has to do."""
    programm = Landesprogramm.objects.first()
    if programm is None:
        return
    post.schreiben(
        f"barrieremeldung-{meldung.pk}",
        an=programm.email,
        vorlage="barriere_gemeldet",
        meldung=meldung,
        verwaltung=absolut("/verwaltung/"),
    )
