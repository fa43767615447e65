"""Once a day: one mail per person with all that is due, and a call where none helps."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Count, Max
from django.utils import timezone

from angebote import mails
from angebote.models import Angebot, Pflegeadresse, Pflegelink, Telefonaufgabe
from angebote.models.frische import VORLAUF

from . import schritte
from .schritte import ABSTAND, Anruf, Mail

JE_JAHR = 6  # mails to one person; whoever answers none of them is called
JAHR = dt.timedelta(days=365)
# What is due so soon comes along, so that a person is asked once and not every week.
VORGRIFF = dt.timedelta(days=30)


LAESST_SICH_BEHEBEN = (Telefonaufgabe.Grund.KEINE_ADRESSE, Telefonaufgabe.Grund.UNZUSTELLBAR)


class Bilanz(NamedTuple):
    mails: int = 0
    anrufe: int = 0


class Post(NamedTuple):
    """What one address has got so far."""

    letzte: dt.datetime | None
    im_jahr: int

    @property
    def gesperrt(self) -> bool:
        return self.letzte is not None and timezone.now() - self.letzte < ABSTAND


NICHTS = Post(None, 0)


def fragen() -> Bilanz:
    """Ask everybody whose turn it is; running it again asks nobody twice."""
    angebote = schritte.kandidaten(timezone.localdate() + VORLAUF + VORGRIFF)
    post = _post({email for a in angebote for email in schritte.adressen(a)})
    verbraucht = {email for email, p in post.items() if p.im_jahr >= JE_JAHR}
    je_adresse, anrufe = defaultdict(list), 0
    for angebot in angebote:
        if not _ohne_aufgabe(angebot):
            continue
        match schritte.naechster(angebot, verbraucht):
            case Mail(an):
                je_adresse[an].append(angebot)
            case Anruf(grund):
                anrufe += _anrufen(angebot, grund)
    faellige = {email for email in je_adresse if not post.get(email, NICHTS).gesperrt}
    sammlung = _sammlung(angebote, faellige, verbraucht)
    versandt = sum(
        _schreiben(email, sammlung[email] | set(je_adresse[email]))
        for email in sorted(faellige)
    )
    return Bilanz(versandt, anrufe)


def _post(emails: Iterable[str]) -> dict[str, Post]:
    """What went to these addresses within a year; requests to take over are not counted."""
    zeilen = (
        Pflegelink.objects.filter(
            adresse__email__in=emails,
            von__isnull=True,
            erstellt_am__gt=timezone.now() - JAHR,
        )
        .order_by()
        .values_list("adresse__email")
        .annotate(Max("erstellt_am"), Count("pk"))
    )
    return {email: Post(letzte, anzahl) for email, letzte, anzahl in zeilen}


def _sammlung(
    angebote: list[Angebot], emails: set[str], verbraucht: set[str]
) -> dict[str, set[Angebot]]:
    """All that is due or soon due, by the address that would be asked first."""
    sammlung: dict[str, set[Angebot]] = defaultdict(set)
    for angebot in angebote:
        if angebot.offene_aufgabe is not None:
            continue
        offen = [e for e in schritte.adressen(angebot) if e not in verbraucht]
        if offen and offen[0] in emails:
            sammlung[offen[0]].add(angebot)
    return sammlung


def _ohne_aufgabe(angebot: Angebot) -> bool:
    """Whether nobody is going to call about it; a new address makes a call needless."""
    if angebot.offene_aufgabe is None:
        return True
    if angebot.offene_aufgabe in LAESST_SICH_BEHEBEN and schritte.adressen(angebot):
        angebot.telefonaufgaben.all().erledigen(Telefonaufgabe.Ergebnis.HINFAELLIG)
        return True
    return False


def _anrufen(angebot: Angebot, grund: Telefonaufgabe.Grund) -> bool:
    """Have somebody call, unless that is asked for already."""
    try:
        with transaction.atomic():
            angebot.telefonaufgaben.create(grund=grund, entstanden_am=timezone.now())
    except IntegrityError:  # another worker was faster
        return False
    return True


@transaction.atomic
def _schreiben(email: str, angebote: set[Angebot]) -> bool:
    """One mail; False if another worker has just written it."""
    Pflegeadresse.objects.zu(email)
    adresse = Pflegeadresse.objects.select_for_update().get(email=email)
    if _post([email]).get(email, NICHTS).gesperrt:
        return False
    erste = not adresse.links.exists()
    link, zeichen = Pflegelink.objects.ausstellen(adresse)
    aufnehmen(link, angebote)
    mails.stimmt_das_noch(link, zeichen, sorted(angebote, key=_reihenfolge), erste=erste)
    return True


def aufnehmen(link: Pflegelink, angebote: Iterable[Angebot]) -> None:
    """What this link opens, each as it reads now."""
    for angebot in sorted(angebote, key=lambda angebot: angebot.pk):
        angebot.aktuelle_fassung()
        link.positionen.create(angebot=angebot, fassung=angebot.fassungen.first())


def _reihenfolge(angebot: Angebot) -> tuple:
    return (angebot.kommune.kurzname if angebot.kommune else "", angebot.titel, angebot.pk)
