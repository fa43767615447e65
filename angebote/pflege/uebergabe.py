"""„Nicht mehr zuständig“: somebody else is asked, and only if she agrees."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from angebote import mails
from angebote.models import Angebot, Pflegeadresse, Pflegelink, Telefonaufgabe

from .antwort import beanspruchen

WARTEN = dt.timedelta(days=14)  # for the answer of the new one; then somebody calls
# Nobody is asked to take over more often than this, whoever names her.
NICHT_OEFTER_ALS = dt.timedelta(days=90)


@transaction.atomic
def abgeben(link: Pflegelink, an: str = "") -> None:
    """Give the Angebote of this link away, to an address or to whoever the call finds.

    The link ends here. With a new address the old one stays until the new one agrees: a
    slip of the pen must not lose the entry. It is told nothing about who was named before.
    """
    link = beanspruchen(link)
    angebote = list(
        Angebot.objects.filter(pk__in=link.offene_positionen().values("angebot"))
        .select_related("kommune", "einrichtung")
        .order_by("pk")
    )
    gefragt = bool(an) and _fragen(link, an, angebote)
    for angebot in angebote:
        wieder_am = timezone.localdate() + WARTEN if gefragt else None
        _anrufen(angebot, wieder_am)
        if not an:
            _austragen(angebot, link.adresse)
    _widerrufen(link.adresse, angebote)


def _fragen(link: Pflegelink, an: str, angebote: list[Angebot]) -> bool:
    """One mail to the new address; False if it must not or need not be asked."""
    neue = Pflegeadresse.objects.zu(an)
    neue = Pflegeadresse.objects.select_for_update().get(pk=neue.pk)
    seit = timezone.now() - NICHT_OEFTER_ALS
    schon_gefragt = neue.links.filter(von__isnull=False, erstellt_am__gt=seit).exists()
    if neue == link.adresse or neue.keine_mails_seit or schon_gefragt:
        return False
    neuer, zeichen = Pflegelink.objects.ausstellen(neue, von=link.adresse)
    for angebot in angebote:
        neuer.positionen.create(angebot=angebot, fassung=angebot.fassungen.first())
    mails.uebernehmen(neuer, zeichen, angebote)
    return True


def _anrufen(angebot: Angebot, wieder_am: dt.date | None) -> None:
    offen = angebot.telefonaufgaben.offen().first()
    if offen is None:
        angebot.telefonaufgaben.create(
            grund=Telefonaufgabe.Grund.ABGEGEBEN,
            entstanden_am=timezone.now(),
            wieder_am=wieder_am,
        )


def _austragen(angebot: Angebot, adresse: Pflegeadresse) -> None:
    """Forget the address, and the contact if there is no number to call."""
    for kontakt in angebot.kontakte.pflege().filter(email__iexact=adresse.email):
        if kontakt.telefon:
            kontakt.email = ""
            kontakt.save(update_fields=["email"])
        else:
            kontakt.delete()
    _nachfuehren(angebot, "Pflegekontakt ist nicht mehr zuständig")


def _nachfuehren(angebot: Angebot, grund: str) -> None:
    if angebot.hat_seite:
        angebot.festhalten(grund=grund)
    angebot.indizieren()


def _widerrufen(adresse: Pflegeadresse, angebote: list[Angebot]) -> None:
    for link in adresse.links.filter(von__isnull=True):
        link.positionen.filter(angebot__in=angebote).widerrufen()


@transaction.atomic
def annehmen(link: Pflegelink) -> list[Angebot]:
    """She agrees: her address takes the place of the old one, and the link asks her."""
    link = beanspruchen(link)
    if link.von is None:
        return []
    angebote = list(
        Angebot.objects.filter(pk__in=link.offene_positionen().values("angebot")).order_by("pk")
    )
    _widerrufen(link.von, angebote)
    for angebot in angebote:
        for kontakt in angebot.kontakte.pflege().filter(email__iexact=link.von.email):
            # The name and number of the one before would be wrong beside the new address.
            kontakt.email, kontakt.name, kontakt.telefon = link.adresse.email, "", ""
            kontakt.save()
        aufgaben = angebot.telefonaufgaben.filter(grund=Telefonaufgabe.Grund.ABGEGEBEN)
        aufgaben.erledigen(Telefonaufgabe.Ergebnis.HINFAELLIG)
        _nachfuehren(angebot, "Neuer Pflegekontakt hat zugestimmt")
        link.positionen.filter(angebot=angebot).update(fassung=angebot.fassungen.first())
    link.von = None
    link.save(update_fields=["von"])
    return angebote


@transaction.atomic
def ablehnen(link: Pflegelink) -> None:
    """She has nothing to do with it: she is not asked again, and somebody calls."""
    link = beanspruchen(link)
    if link.von is None:
        return
    jetzt = timezone.now()
    aufgaben = Telefonaufgabe.objects.offen().filter(
        angebot__in=link.offene_positionen().values("angebot")
    )
    aufgaben.update(wieder_am=None)
    # Who keeps other entries has said nothing about those.
    if not link.adresse.kontakte.exists():
        link.adresse.keine_mails_seit = jetzt
        link.adresse.save(update_fields=["keine_mails_seit"])
    link.widerrufen_am = jetzt
    link.save(update_fields=["widerrufen_am"])
