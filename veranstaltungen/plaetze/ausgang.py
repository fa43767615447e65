"""Out: every way that ends a registration and lets the next person in."""

from collections import defaultdict
from functools import partial

from django.db.models import Q
from django.utils import timezone

from veranstaltungen import mails
from veranstaltungen.models import Anmeldung, Forumswahl, Veranstaltung

from .bestand import Bestand, sperren
from .laden import frisch
from .schritt import vermerken
from .warteliste import gib_auf, ruecke_nach
from .zug import in_einem_zug

Status = Anmeldung.Status
BUENDEL = 200  # registrations in one transaction when a whole event is called off


def stornieren(anmeldung: Anmeldung, *, durch=None, mit_mail: bool = True) -> bool:
    """Give back every seat of the person; False if she held a place no longer."""
    return in_einem_zug(partial(_stornieren, anmeldung, durch, mit_mail))


def absagen(veranstaltung: Veranstaltung) -> int:
    """Tell everybody that the event is called off; can be run again, returns how many."""
    gesamt = 0
    while anzahl := in_einem_zug(partial(_absagen, veranstaltung.pk)):
        gesamt += anzahl
    return gesamt


def fristen_ablaufen() -> int:
    """End the holds and offers whose time is over, and fill what that frees.

    Also looks at events where somebody waits although nothing ran out: should a door ever
    have freed a seat without calling, nobody waits longer than to the next run.
    """
    jetzt = timezone.now()
    kommend = Veranstaltung.objects.filter(ende__gt=jetzt)
    betroffen = kommend.filter(
        Q(anmeldungen__in=_abgelaufene(jetzt))
        | Q(anmeldungen__status=Status.WARTELISTE)
        | Q(anmeldungen__wahlen__status__in=["wartend", "angeboten"])
    )
    return sum(
        in_einem_zug(partial(_ablaufen, pk))
        for pk in betroffen.order_by("pk").values_list("pk", flat=True).distinct()
    )


def _stornieren(vorher: Anmeldung, durch, mit_mail: bool) -> bool:
    bestand = sperren(vorher.veranstaltung_id)
    anmeldung = frisch(vorher)
    if not anmeldung.ist_aktiv:
        return False
    _beende(bestand, anmeldung, Status.STORNIERT)
    anmeldung.storniert_am = timezone.now()
    anmeldung.save(update_fields=["storniert_am"])
    vermerken(anmeldung, "storniert", durch)
    if mit_mail:
        mails.storniert(anmeldung)
    ruecke_nach(bestand, anmeldung.veranstaltung)
    return True


def _absagen(veranstaltung_id: int) -> int:
    bestand = sperren(veranstaltung_id)
    veranstaltung = Veranstaltung.objects.get(pk=veranstaltung_id)
    if veranstaltung.status != Veranstaltung.Status.ABGESAGT:
        return 0
    aktive = list(veranstaltung.anmeldungen.aktiv().order_by("pk")[:BUENDEL])
    for anmeldung in aktive:
        anmeldung.veranstaltung = veranstaltung
        _beende(bestand, anmeldung, Status.ABGESAGT)
        vermerken(anmeldung, "abgesagt", "system")
        mails.abgesagt(anmeldung)
    bestand.sichern()
    return len(aktive)


def _ablaufen(veranstaltung_id: int) -> int:
    bestand = sperren(veranstaltung_id)
    veranstaltung = Veranstaltung.objects.get(pk=veranstaltung_id)
    jetzt = timezone.now()
    abgelaufen = list(_abgelaufene(jetzt).filter(veranstaltung=veranstaltung))
    for anmeldung in abgelaufen:
        anmeldung.veranstaltung = veranstaltung
        _beende(bestand, anmeldung, Status.VERFALLEN)
        vermerken(anmeldung, "verfallen", "system")
        mails.verfallen(anmeldung)
    angebote = _lass_angebote(bestand, veranstaltung, jetzt)
    bewegte = ruecke_nach(bestand, veranstaltung)
    return len(abgelaufen) + angebote + len(bewegte)


def _lass_angebote(bestand: Bestand, veranstaltung: Veranstaltung, jetzt) -> int:
    """Take back the offered Fachforen nobody answered for; returns to how many people."""
    angebote = Forumswahl.objects.filter(
        kontingent__veranstaltung=veranstaltung,
        status=Forumswahl.Status.ANGEBOTEN,
        angebot_bis__lte=jetzt,
    ).select_related("anmeldung", "fachforum", "durchgang")
    je_person = defaultdict(list)
    for wahl in angebote.order_by("anmeldung", "durchgang__nummer"):
        je_person[wahl.anmeldung_id].append(wahl)
    for wahlen in je_person.values():
        anmeldung = wahlen[0].anmeldung
        anmeldung.veranstaltung = veranstaltung
        for wahl in wahlen:
            gib_auf(bestand, wahl)
            vermerken(anmeldung, "angebot_abgelaufen", "system", wahl=wahl.pk)
        # One mail for all of them: the next would withdraw it.
        mails.angebot_abgelaufen(anmeldung, wahlen)
    return len(je_person)


def _beende(bestand: Bestand, anmeldung: Anmeldung, status: Status) -> None:
    for wahl in anmeldung.wahlen.filter(status__in=Forumswahl.AKTIV):
        gib_auf(bestand, wahl)
    if anmeldung.hausplatz:
        bestand.gib(bestand.haus)
    anmeldung.status, anmeldung.hausplatz = status, False
    anmeldung.haltefrist = anmeldung.angebot_bis = None
    anmeldung.save(update_fields=["status", "hausplatz", "haltefrist", "angebot_bis"])


def _abgelaufene(jetzt):
    return Anmeldung.objects.filter(
        Q(status=Status.UNBESTAETIGT, haltefrist__lte=jetzt)
        | Q(status=Status.ANGEBOTEN, angebot_bis__lte=jetzt)
    )
