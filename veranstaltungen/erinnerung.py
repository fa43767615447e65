"""The reminders before an event: who is due, and the mail for each person once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from praeventionsketten.models import Mail

from . import mails
from .models import Anmeldung, Protokoll, Veranstaltung

TAGE = (7, 2)
NACHHOLEN = timedelta(days=1)  # what a stopped worker missed; later it would only surprise
# Steps after which a mail has told how things stand.
GESCHRIEBEN = (
    "angemeldet",
    "bestaetigt",
    "angenommen",
    "gewechselt",
    "nachgerueckt",
    "forum_nachgerueckt",
    "vertretung",
)


def verschicken() -> int:
    """Remind everybody who is due now; returns how many mails were written."""
    return sum(_eine(pk, tage) for tage in TAGE for pk in faellige(tage))


def faellige(tage: int) -> QuerySet:
    """Keys of the confirmed people with a seat who are to be reminded so many days before.

    Left out is who has heard from us since that day: she registered, confirmed or moved.
    """
    jetzt = timezone.now()
    vorher = timedelta(days=tage)
    veranstaltungen = Veranstaltung.objects.filter(
        status=Veranstaltung.Status.VEROEFFENTLICHT,
        anmeldung_von__isnull=False,
        beginn__lte=jetzt + vorher,
        beginn__gt=jetzt + vorher - NACHHOLEN,
    )
    schluessel = Concat(
        Value("anmeldung-"), Cast(OuterRef("pk"), CharField()), Value(f":erinnerung-{tage}")
    )
    seitdem = Protokoll.objects.filter(
        anmeldung=OuterRef("pk"),
        was__in=GESCHRIEBEN,
        wann__gte=OuterRef("veranstaltung__beginn") - vorher,
    )
    return (
        Anmeldung.objects.filter(
            veranstaltung__in=veranstaltungen, status=Anmeldung.Status.BESTAETIGT
        )
        .exclude(Exists(Mail.objects.filter(schluessel=schluessel)))
        .exclude(Exists(seitdem))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


@transaction.atomic
def _eine(pk: int, tage: int) -> bool:
    """Locks the row: who cancels at this moment gets no reminder, or has it withdrawn."""
    anmeldung = (
        Anmeldung.objects.select_for_update(of=("self",))
        .select_related("veranstaltung")
        .filter(pk=pk, status=Anmeldung.Status.BESTAETIGT)
        .first()
    )
    if anmeldung is None:
        return False
    mails.erinnerung(anmeldung, tage)
    return True
