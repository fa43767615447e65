"""The mails that answer a person from outside, one function per occasion."""

from django.urls import reverse

from angebote.models import Hinweis, Vorschlag
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


def vorschlag_entschieden(vorschlag: Vorschlag, *, neu: bool) -> None:
    """What became of a proposal, if somebody from the public wants to know.

    Providers hear from us on the page of their own link.
    """
    if not vorschlag.absender_email:
        return
    titel = vorschlag.titel if neu else vorschlag.angebot.titel
    post.schreiben(
        f"vorschlag-{vorschlag.pk}:entschieden",
        bezug=f"vorschlag-{vorschlag.pk}",
        an=vorschlag.absender_email,
        vorlage="vorschlag_entschieden",
        titel=titel,
        neu=neu,
        angenommen=vorschlag.status == Vorschlag.Status.ANGENOMMEN,
        antwort=vorschlag.antwort,
        adresse=absolut(reverse("angebot_liste")),
    )
