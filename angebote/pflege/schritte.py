"""What is next for an Angebot whose confirmation runs out.

Two mails to the first Pflegekontakt, one to the second, then somebody calls. All of it is
read from what was sent since the last confirmation; nothing remembers a stage.
"""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import OuterRef, Prefetch, Subquery
from django.utils import timezone

from angebote.models import Angebot, Kontakt, Pflegeposition, Telefonaufgabe
from angebote.models.frische import VORLAUF

ABSTAND = dt.timedelta(days=14)  # between two mails to the same person, whatever they ask
ANTWORTFRIST = dt.timedelta(days=7)  # then somebody else is asked
MAILS_JE_KONTAKT = (2, 1)

Grund = Telefonaufgabe.Grund


class Mail(NamedTuple):
    """Ask this address."""

    an: str


class Anruf(NamedTuple):
    """Let a coordinator call, and why."""

    grund: Telefonaufgabe.Grund


Schritt = Mail | Anruf | None


def kandidaten(bis: dt.date) -> list[Angebot]:
    """Public Angebote that run out by this day or cannot be asked, with what was sent."""
    heute = timezone.localdate()
    oeffentlich = Angebot.objects.sichtbar().exclude(
        status=Angebot.Status.PAUSIERT, pausiert_bis__gte=heute
    )
    gefragt = Pflegeposition.objects.select_related("link__adresse").filter(
        link__von__isnull=True
    )
    aufgaben = Telefonaufgabe.objects.offen().filter(angebot=OuterRef("pk"))
    angebote = (
        oeffentlich.filter(
            pk__in=[
                *oeffentlich.mit_ablauf_bis(bis).values_list("pk", flat=True),
                *oeffentlich.filter(status=Angebot.Status.PAUSIERT).values_list(
                    "pk", flat=True
                ),
                *oeffentlich.filter(
                    kontakte__in=Kontakt.objects.pflege().filter(
                        unzustellbar_seit__isnull=False
                    )
                ).values_list("pk", flat=True),
            ]
        )
        .select_related("kommune", "einrichtung")
        .mit_bestaetigung()
        .annotate(offene_aufgabe=Subquery(aufgaben.values("grund")[:1]))
        .prefetch_related(
            Prefetch("kontakte", Kontakt.objects.pflege(), "pflegekontakte"),
            Prefetch("pflegepositionen", gefragt, "gefragt"),
        )
    )
    return list(angebote.order_by("pk"))


def adressen(angebot: Angebot) -> list[str]:
    """Whom one could ask, in order, each once; needs `pflegekontakte`."""
    return list(
        dict.fromkeys(
            k.email.strip().lower()
            for k in angebot.pflegekontakte
            if k.email and k.unzustellbar_seit is None
        )
    )


def faellig_am(angebot: Angebot) -> dt.date:
    """From when on to ask; after a pause whether it goes on."""
    if angebot.pause_abgelaufen:
        return min(angebot.faellig_am, angebot.pausiert_bis + dt.timedelta(days=1))
    return angebot.faellig_am


def naechster(angebot: Angebot, verbraucht: Collection[str]) -> Schritt:
    """What to do today; `verbraucht` are addresses that may get no more mails this year."""
    heute = timezone.localdate()
    alle = adressen(angebot)
    if not alle and any(k.email for k in angebot.pflegekontakte):
        return Anruf(Grund.UNZUSTELLBAR)
    if heute < faellig_am(angebot):
        return None
    if not alle:
        return Anruf(Grund.KEINE_ADRESSE)
    if not (offen := [adresse for adresse in alle if adresse not in verbraucht]):
        return Anruf(Grund.GENUG_MAILS)
    return _mail_oder_anruf(angebot, offen, heute)


def _mail_oder_anruf(angebot: Angebot, offen: list[str], heute: dt.date) -> Schritt:
    gesendet = _gesendet(angebot)
    for adresse, hoechstens in zip(offen, MAILS_JE_KONTAKT, strict=False):
        tage = gesendet.get(adresse, [])
        if not tage:
            return Mail(adresse)
        if len(tage) < hoechstens:
            # Not before it has run out, and not as long as the first may be answered.
            wieder_ab = max(angebot.faellig_am + VORLAUF, max(tage) + ABSTAND)
            return Mail(adresse) if heute >= wieder_ab else None
        if heute < max(tage) + ANTWORTFRIST:
            return None
    return Anruf(Grund.KEINE_ANTWORT)


def _gesendet(angebot: Angebot) -> dict[str, list[dt.date]]:
    """The days on which each address was asked since it was last confirmed."""
    seit = angebot.bestaetigt_am
    tage: dict[str, list[dt.date]] = {}
    for position in angebot.gefragt:
        wann = position.link.erstellt_am
        if seit is None or wann > seit:
            tage.setdefault(position.link.adresse.email, []).append(timezone.localdate(wann))
    return tage
