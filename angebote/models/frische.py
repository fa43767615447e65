"""How fresh an entry is: computed from its last Bestätigung, never stored."""

import datetime as dt
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils import timezone

# Asked for two weeks before a confirmation runs out, overdue two months after it.
VORLAUF = dt.timedelta(days=14)
NACHSICHT = dt.timedelta(days=60)
UEBERFAELLIG_NACH = NACHSICHT + dt.timedelta(days=1)


class Stufe(models.TextChoices):
    FRISCH = "frisch", "bestätigt"
    FAELLIG = "faellig", "Bestätigung steht an"
    UEBERFAELLIG = "ueberfaellig", "Bestätigung überfällig"
    UNGESICHERT = "ungesichert", "lange nicht bestätigt"
    NIE = "nie", "noch nicht bestätigt"


class Frische(NamedTuple):
    """When an entry was confirmed, until when that holds, and what it means today."""

    stufe: Stufe
    bestaetigt: dt.date | None
    ablauf: dt.date
    ungesichert_ab: dt.date
    # Its mails come back, or somebody says that it is wrong: it counts as overdue at once.
    gestoert: bool = False

    @property
    def gut(self) -> bool:
        """Whether a family can rely on it; „due“ is only a word to the coordinator."""
        return self.stufe in (Stufe.FRISCH, Stufe.FAELLIG)

    @property
    def faellig_am(self) -> dt.date:
        return self.ablauf - VORLAUF

    @property
    def ueberfaellig_ab(self) -> dt.date:
        return self.ablauf + UEBERFAELLIG_NACH

    @property
    def ueberfaellig(self) -> bool:
        return self.gestoert or timezone.localdate() >= self.ueberfaellig_ab


def frische(
    bestaetigt_am: dt.datetime | None,
    seit: dt.datetime,
    rhythmus_monate: int,
    *,
    gestoert: bool = False,
) -> Frische:
    """`seit` counts where nobody has confirmed the entry yet: when it was published."""
    zuletzt = timezone.localdate(bestaetigt_am or seit)
    rhythmus = relativedelta(months=rhythmus_monate)
    bestaetigt = zuletzt if bestaetigt_am else None
    frische = Frische(
        Stufe.NIE, bestaetigt, zuletzt + rhythmus, zuletzt + 2 * rhythmus, gestoert
    )
    heute = timezone.localdate()
    if heute >= frische.ungesichert_ab:
        return frische._replace(stufe=Stufe.UNGESICHERT)
    if bestaetigt is None:
        return frische
    if frische.ueberfaellig:
        return frische._replace(stufe=Stufe.UEBERFAELLIG)
    if heute >= frische.faellig_am:
        return frische._replace(stufe=Stufe.FAELLIG)
    return frische._replace(stufe=Stufe.FRISCH)
