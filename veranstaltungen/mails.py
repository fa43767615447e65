"""One function per occasion; each writes a row of the outbox inside the caller's change.

Every mail tells how things stand as a whole, so the next one overtakes it: what is still
unsent of the same registration is withdrawn.
"""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from praeventionsketten import post
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Landesprogramm, Mail

from . import kalender, stand
from .models import Anmeldung, Forumswahl


def nach_der_anmeldung(
    anmeldung: Anmeldung, wahlen: Sequence[Forumswahl], programm: Landesprogramm | None = None
) -> None:
    """The first mail: asks to confirm, or confirms whom the team has entered."""
    erste = partial(_schreiben, anmeldung, wahlen=wahlen, erste=True, programm=programm)
    if anmeldung.status == Anmeldung.Status.UNBESTAETIGT:
        erste("bitte-bestaetigen")
    else:
        erste("bestaetigt", kalender_mit=True)


def bitte_bestaetigen(anmeldung: Anmeldung) -> None:
    """To the person who takes over the seats of another."""
    _schreiben(anmeldung, "bitte-bestaetigen")


def bestaetigt(anmeldung: Anmeldung) -> None:
    """Confirmed: what she has, what she waits for; never a seat where there is none."""
    _schreiben(anmeldung, "bestaetigt", kalender_mit=True)


def nachgerueckt(anmeldung: Anmeldung) -> None:
    """A seat came free: it is hers, or hers to take until a date."""
    _schreiben(anmeldung, "nachgerueckt", kalender_mit=True)


def geaendert(anmeldung: Anmeldung) -> None:
    _schreiben(anmeldung, "geaendert", kalender_mit=True)


def angebot_abgelaufen(anmeldung: Anmeldung, abgelaufen: Sequence[Forumswahl]) -> None:
    """She did not answer in time, and the offered seats went on."""
    _schreiben(anmeldung, "angebot-abgelaufen", abgelaufen=abgelaufen)


def schon_angemeldet(anmeldung: Anmeldung) -> None:
    """Somebody registered this person again: the existing link, at most once a day."""
    heute = timezone.localdate()
    _in_den_postausgang(anmeldung, f"schon-angemeldet:{heute}", "anmeldung_schon_da")


def storniert(anmeldung: Anmeldung) -> None:
    _schreiben(anmeldung, "storniert", wahlen=[], absage=True)


def abgesagt(anmeldung: Anmeldung) -> None:
    """The event is called off."""
    _schreiben(anmeldung, "abgesagt", wahlen=[], absage=True)


def verfallen(anmeldung: Anmeldung) -> None:
    """Not confirmed, or an offer not answered, in time."""
    _schreiben(anmeldung, "verfallen", wahlen=[], absage=True)


def abgegeben(anmeldung: Anmeldung) -> None:
    """To the person who named a substitute; before her data are overwritten."""
    # A matter of its own: what follows goes to somebody else and must not call it back.
    bezug = f"{_bezug(anmeldung)}-abgegeben"
    _schreiben(anmeldung, "abgegeben", wahlen=[], absage=True, bezug=bezug)


def erinnerung(anmeldung: Anmeldung, tage: int) -> None:
    """So many days before: when, where, which Fachforen, and how to cancel. Once each."""
    _in_den_postausgang(
        anmeldung,
        f"erinnerung-{tage}",
        "anmeldung_erinnerung",
        runden=stand.runden(anmeldung),
        absage=f"{link(anmeldung)}?ziel=absagen",
    )


def eigene_links(email: str) -> None:
    """To somebody who lost her link: those of all her coming events, in one mail.

    Takes the same time whether the address is known or not. Once in ten minutes.
    """
    with transaction.atomic():
        anmeldungen = list(
            Anmeldung.objects.aktiv()
            .filter(email_norm=email.strip().lower(), veranstaltung__ende__gte=timezone.now())
            .select_related("veranstaltung")
            .order_by("veranstaltung__beginn", "pk")
        )
        erste = anmeldungen[0].pk if anmeldungen else 0
        zehn_minuten = int(timezone.now().timestamp() // 600)
        post.schreiben(
            f"anmeldung-{erste}:links:{zehn_minuten}",
            an=email,
            vorlage="anmeldung_links",
            bezug=f"anmeldung-{erste}-links",
            anmeldungen=[(anmeldung, link(anmeldung)) for anmeldung in anmeldungen],
        )
        if not anmeldungen:  # a stranger gets no mail through us
            transaction.set_rollback(True)


def an_die_person(anmeldung: Anmeldung) -> QuerySet[Mail]:
    """What was written to her about this registration, the oldest first."""
    zu_ihr = Mail.objects.filter(bezug__in=_bezuege(anmeldung), an__iexact=anmeldung.email)
    return zu_ihr.order_by("pk")


def keine_mehr(anmeldung: Anmeldung) -> None:
    """Her data are about to go: nothing that waits is sent any more."""
    for bezug in _bezuege(anmeldung):
        post.zurueckziehen(bezug)


def rundmail(
    anmeldung: Anmeldung, anlass: str, *, betreff: str, text: str, programm: Landesprogramm
) -> None:
    """What the team has to say; stands beside the mails about seats and recalls none."""
    _in_den_postausgang(
        anmeldung,
        f"rundmail:{anlass}",
        "anmeldung_rundmail",
        bezug=f"{_bezug(anmeldung)}-rundmail",
        betreff=betreff,
        text=text,
        programm=programm,
    )


def link(anmeldung: Anmeldung) -> str:
    """The person's own way to her registration."""
    return absolut(
        reverse("meine_anmeldung_link", args=[anmeldung.public_id, anmeldung.zeichen])
    )


def _schreiben(
    anmeldung: Anmeldung,
    anlass: str,
    *,
    wahlen: Sequence[Forumswahl] | None = None,
    erste: bool = False,
    kalender_mit: bool = False,
    absage: bool = False,
    **kontext,
) -> None:
    if not erste:
        post.zurueckziehen(_bezug(anmeldung))
        anmeldung.folge += 1
        anmeldung.save(update_fields=["folge"])
    runden = stand.runden(anmeldung, wahlen)
    _in_den_postausgang(
        anmeldung,
        f"{anlass}:{anmeldung.folge}",
        f"anmeldung_{anlass.replace('-', '_')}",
        runden=runden,
        warteplatz=stand.warteplatz(anmeldung),
        angebote=[r.wunsch for r in runden if r.wunsch and r.wunsch.angebot_bis],
        anhaenge=_anhaenge(anmeldung, runden, kalender_mit=kalender_mit, absage=absage),
        **kontext,
    )


def _in_den_postausgang(
    anmeldung: Anmeldung, anlass: str, vorlage: str, *, bezug: str = "", **kontext
) -> None:
    veranstaltung = anmeldung.veranstaltung
    post.schreiben(
        f"{_bezug(anmeldung)}:{anlass}",
        an=anmeldung.email,
        vorlage=vorlage,
        bezug=bezug or _bezug(anmeldung),
        anmeldung=anmeldung,
        veranstaltung=veranstaltung,
        link=link(anmeldung),
        seite=absolut(veranstaltung.get_absolute_url()),
        **kontext,
    )


def _bezug(anmeldung: Anmeldung) -> str:
    return f"anmeldung-{anmeldung.pk}"


def _bezuege(anmeldung: Anmeldung) -> list[str]:
    """What she herself gets mail about; "…-abgegeben" went to somebody before her."""
    bezug = _bezug(anmeldung)
    return [bezug, f"{bezug}-links", f"{bezug}-rundmail"]


def _anhaenge(
    anmeldung: Anmeldung, runden: list[stand.Runde], *, kalender_mit: bool, absage: bool
) -> list[dict]:
    """The calendar entry with a seat; its withdrawal for whoever once was confirmed."""
    if anmeldung.veranstaltung.zeitraum_text:  # there is no day to put into a calendar yet
        return []
    hat_ihn = anmeldung.bestaetigt_am is not None
    if absage and hat_ihn:
        return [kalender.einladung(anmeldung, [], absage=True)]
    if kalender_mit and anmeldung.status == Anmeldung.Status.BESTAETIGT:
        return [kalender.einladung(anmeldung, [r.platz for r in runden if r.platz])]
    return []
