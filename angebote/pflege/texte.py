"""New words of a provider wait for the coordinator, unless she has been right often enough."""

import contextlib

from django.db import transaction

from angebote.models import Angebot, Hinweis, Kontakt, Pflegelink, Vorschlag
from angebote.models.vorschlag import Konflikt, NichtAnwendbar
from praeventionsketten.models import Landesprogramm

from .antwort import beanspruchen

# What a provider may say anew, besides the numbers of the contacts.
TEXTE = ("kurzbeschreibung", "beschreibung", "kosten_text", "zugang_text", "website")


def vertraut(email: str, kommune_id: int | None) -> bool:
    """Whether texts of this address appear unread; every Kommune decides for itself."""
    noetig = Landesprogramm.objects.values_list("vertraut_nach", flat=True).first()
    angenommen = Vorschlag.objects.filter(
        herkunft=Vorschlag.Herkunft.ANBIETER,
        status=Vorschlag.Status.ANGENOMMEN,
        absender_email__iexact=email,
        kommune=kommune_id,
        # Those she was trusted with prove nothing.
        entschieden_von__isnull=False,
    )
    return bool(noetig) and angenommen.count() >= noetig


@transaction.atomic
def vorschlagen(
    link: Pflegelink, angebot: Angebot, neu: dict[str, str], *, frisch: bool = True
) -> Vorschlag | None:
    """Propose these words, by the names of `Vorschlag.felder`; None if nothing is new.

    A newer proposal of the same address takes the place of one nobody has read.
    """
    link = beanspruchen(link)
    Angebot.objects.select_for_update(no_key=True).get(pk=angebot.pk)
    heute = _heute(angebot)
    felder = {
        name: {"alt": heute[name], "neu": wert}
        for name, wert in neu.items()
        # A browser writes its own line ends.
        if name in heute and wert.splitlines() != heute[name].splitlines()
    }
    if not felder:
        return None
    eigene = angebot.vorschlaege.filter(
        herkunft=Vorschlag.Herkunft.ANBIETER,
        status=Vorschlag.Status.OFFEN,
        absender_email__iexact=link.adresse.email,
    )
    for alt in eigene:
        felder = {n: w for n, w in alt.felder.items() if n not in neu} | felder
    eigene.delete()
    vorschlag = angebot.vorschlaege.create(
        herkunft=Vorschlag.Herkunft.ANBIETER,
        absender_email=link.adresse.email,
        felder=felder,
    )
    if frisch and vertraut(link.adresse.email, angebot.kommune_id):
        # What breaks a rule waits like the words of anybody else.
        with contextlib.suppress(Konflikt, NichtAnwendbar):
            vorschlag.annehmen(None)
        vorschlag.refresh_from_db()
    return vorschlag


def _heute(angebot: Angebot) -> dict[str, str]:
    heute = {name: getattr(angebot, name) for name in TEXTE}
    for kontakt in angebot.kontakte.filter(art=Kontakt.Art.OEFFENTLICH):
        heute[f"kontakt:{kontakt.pk}:telefon"] = kontakt.telefon
    return heute


@transaction.atomic
def zeiten_anders(link: Pflegelink, angebot: Angebot, text: str) -> Hinweis:
    """Times and places are many fields: she says it in words, a coordinator writes it down."""
    link = beanspruchen(link)
    hinweis, neu = Hinweis.objects.offen().get_or_create(
        angebot=angebot,
        thema=Hinweis.Thema.ZEITEN,
        text=text,
        defaults={"absender_email": link.adresse.email},
    )
    if neu:
        angebot.indizieren()
    return hinweis
