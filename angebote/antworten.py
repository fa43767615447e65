"""The mails that answer a person from outside, one function per occasion."""

from angebote.models import Hinweis
from praeventionsketten import post
from praeventionsketten.lib.adresse import absolut


def hinweis_erledigt(hinweis: Hinweis) -> None:
    """What became of a report, if somebody wants to know; advertising gets no answer."""
    if not hinweis.absender_email or hinweis.ergebnis == Hinweis.Ergebnis.WERBUNG:
        return
    post.schreiben(
        f"hinweis-{hinweis.pk}:erledigt",
        bezug=f"hinweis-{hinweis.pk}",
        an=hinweis.absender_email,
        vorlage="hinweis_erledigt",
        hinweis=hinweis,
        berichtigt=hinweis.ergebnis == Hinweis.Ergebnis.BERICHTIGT,
        adresse=absolut(hinweis.angebot.get_absolute_url()),
    )
