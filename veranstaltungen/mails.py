"""One function per occasion; each writes a row of the outbox inside the caller's change."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from praeventionsketten import post
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Mail

from . import kalender
from .models import Anmeldung, Forumswahl


def bestaetigt(anmeldung: Anmeldung, wahlen: Sequence[Forumswahl]) -> None:
    """Seats are given: what, where, when, and the link to one's own page."""
    _schreiben(
        anmeldung,
        f"bestaetigt:v{anmeldung.token_version}",
        vorlage="anmeldung_bestaetigt",
        wahlen=wahlen,
        anhaenge=_anhaenge(anmeldung, wahlen),
    )


def schon_angemeldet(anmeldung: Anmeldung) -> None:
    """Somebody registered this person again: the existing link, at most once a day."""
    heute = timezone.localdate()
    _schreiben(anmeldung, f"schon-angemeldet:{heute}", vorlage="anmeldung_schon_da")


def storniert(anmeldung: Anmeldung) -> None:
    """The registration is cancelled; what is still unsent of it would be wrong now."""
    offen = Mail.objects.filter(
        schluessel__startswith=f"anmeldung-{anmeldung.pk}:", status=Mail.Status.NEU
    )
    offen.update(status=Mail.Status.ABGEBROCHEN)
    _schreiben(
        anmeldung,
        "storniert",
        vorlage="anmeldung_storniert",
        anhaenge=_anhaenge(anmeldung, [], absage=True),
    )


def _schreiben(anmeldung: Anmeldung, anlass: str, *, vorlage: str, **kontext) -> None:
    veranstaltung = anmeldung.veranstaltung
    link = reverse("meine_anmeldung_link", args=[anmeldung.public_id, anmeldung.zeichen])
    post.schreiben(
        f"anmeldung-{anmeldung.pk}:{anlass}",
        an=anmeldung.email,
        vorlage=vorlage,
        anmeldung=anmeldung,
        veranstaltung=veranstaltung,
        link=absolut(link),
        seite=absolut(veranstaltung.get_absolute_url()),
        **kontext,
    )


def _anhaenge(anmeldung: Anmeldung, wahlen: Sequence[Forumswahl], **art) -> list[dict]:
    if anmeldung.veranstaltung.zeitraum_text:  # there is no day to put into a calendar yet
        return []
    return [kalender.einladung(anmeldung, wahlen, **art)]
