"""In: registering, and confirming that it was really this person."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db.models import Q, UUIDField
from django.utils import timezone

from praeventionsketten.lib.abfrage import Abfrage, Offen
from veranstaltungen import mails
from veranstaltungen.models import Anmeldung, Bedarf, Einwilligung, Forumswahl, Veranstaltung

from .bestand import Bestand, sperren
from .laden import frisch
from .schritt import vermerken
from .wahl import Ergebnis, Wahl, hindernisse
from .warteliste import ruecke_nach
from .zug import in_einem_zug

HALTEN = timedelta(hours=24)


def anmelden(
    veranstaltung: Veranstaltung,
    *,
    name: str,
    email: str,
    wahl: Wahl,
    idempotenz: uuid.UUID,
    organisation: str = "",
    funktion: str = "",
    quelle: str = Anmeldung.Quelle.WEB,
    bedarfe: Iterable[Bedarf] = (),
    einwilligungen: Iterable[Einwilligung] = (),
    durch=None,
    mit_mail: bool = True,
) -> Ergebnis:
    """Give a person a place in the house and the chosen Fachforen, or on their waiting lists.

    From the web she has a day to confirm; whom the team registers (`durch`) is confirmed,
    in or out of the window. The same key again returns the first result. The same person
    again gets no second seat but a mail with her link; whoever asked cannot tell.
    """
    neu = Anmeldung(
        veranstaltung=veranstaltung,
        name=name,
        email=email,
        organisation=organisation,
        funktion=funktion,
        quelle=quelle,
        idempotenz=idempotenz,
    )
    beigaben = [*bedarfe, *einwilligungen]
    return in_einem_zug(partial(_anmelden, neu, wahl, beigaben, durch, mit_mail))


def bestaetigen(anmeldung: Anmeldung, *, durch=None) -> bool:
    """The person pressed the button of her mail; False if there was nothing to confirm."""
    return in_einem_zug(partial(_bestaetigen, anmeldung, durch))


def _anmelden(vorlage: Anmeldung, wahl: Wahl, beigaben, durch, mit_mail: bool) -> Ergebnis:
    bestand = sperren(vorlage.veranstaltung_id, wahl)
    if bestand.haus is None:
        return Ergebnis(Ergebnis.Art.ABGELEHNT, hindernisse=hindernisse([], wahl))
    # Who waited for the lock must see an event cancelled meanwhile.
    veranstaltung = bestand.haus.veranstaltung
    neu = _leer_kopiert(vorlage, veranstaltung)
    bekannt = _dieselbe_person(neu)
    if bekannt and bekannt.idempotenz == neu.idempotenz:
        return Ergebnis(Ergebnis.Art.BEKANNT, bekannt)
    if not (veranstaltung.nimmt_an if durch else veranstaltung.anmeldung_laeuft):
        return Ergebnis(Ergebnis.Art.GESCHLOSSEN)
    if bekannt and mit_mail:
        mails.schon_angemeldet(bekannt)
    # Asked of known people too: a stranger must not learn from the answer who is registered.
    if gegen := hindernisse(bestand.kontingente, wahl):
        return Ergebnis(Ergebnis.Art.ABGELEHNT, hindernisse=gegen)
    if bekannt:
        return Ergebnis(Ergebnis.Art.BEKANNT, bekannt)
    _in_den_stand(neu, bestand, sofort=neu.vom_team)
    wahlen = _einbuchen(neu, bestand, wahl)
    _beilegen(neu, beigaben)
    vermerken(neu, "angemeldet", durch, platz=neu.hausplatz)
    if mit_mail:
        mails.nach_der_anmeldung(neu, wahlen, bestand.programm)
    return Ergebnis(Ergebnis.Art.NEU, neu)


def _bestaetigen(vorher: Anmeldung, durch) -> bool:
    bestand = sperren(vorher.veranstaltung_id)
    anmeldung = frisch(vorher)
    if anmeldung.status != Anmeldung.Status.UNBESTAETIGT:
        return False
    hat_platz = anmeldung.hausplatz
    anmeldung.status = Anmeldung.Status.BESTAETIGT if hat_platz else Anmeldung.Status.WARTELISTE
    anmeldung.bestaetigt_am, anmeldung.haltefrist = timezone.now(), None
    anmeldung.save(update_fields=["status", "bestaetigt_am", "haltefrist"])
    vermerken(anmeldung, "bestaetigt", durch)
    # A seat may have come free while nobody ahead of her had confirmed.
    ruecke_nach(bestand, anmeldung.veranstaltung, ohne_mail_an=anmeldung)
    mails.bestaetigt(frisch(anmeldung))
    return True


def _leer_kopiert(vorlage: Anmeldung, veranstaltung: Veranstaltung) -> Anmeldung:
    """A new row for each attempt: what a rolled back one set must not stay."""
    felder = ("name", "email", "organisation", "funktion", "quelle", "idempotenz")
    angaben = {feld: getattr(vorlage, feld) for feld in felder}
    return Anmeldung(veranstaltung=veranstaltung, **angaben)


def _dieselbe_person(neu: Anmeldung) -> Anmeldung | None:
    """The active registration of this person; a spent key is replaced by a fresh one."""
    neu.normalisieren()
    gefunden = _BEKANNT(
        veranstaltung=neu.veranstaltung.pk,
        email=neu.email_norm,
        name=neu.name_norm,
        schluessel=neu.idempotenz,
    )
    bekannt = None
    for anmeldung in Anmeldung.objects.filter(pk__in=[pk for (pk,) in gefunden]):
        if (
            anmeldung.ist_aktiv
            and anmeldung.veranstaltung_id == neu.veranstaltung_id
            and anmeldung.email_norm == neu.email_norm
            and anmeldung.name_norm == neu.name_norm
        ):
            bekannt = anmeldung
        else:
            # "Back" and another name, or a new try after cancelling: not a double click.
            neu.idempotenz = uuid.uuid4()
    return bekannt


_PERSON = Q(
    veranstaltung=Offen("veranstaltung"),
    email_norm=Offen("email"),
    name_norm=Offen("name"),
    status__in=Anmeldung.AKTIV,
)
_SCHLUESSEL = Q(idempotenz=Offen("schluessel", UUIDField()))
_BEKANNT = Abfrage(lambda: Anmeldung.objects.filter(_PERSON | _SCHLUESSEL).values_list("pk"))


def _in_den_stand(neu: Anmeldung, bestand: Bestand, *, sofort: bool) -> None:
    """A seat of the house or a place in its queue; held for a day unless confirmed already."""
    neu.hausplatz = bestand.hat_platz(bestand.haus)
    neu.position = bestand.naechste_position(bestand.haus)
    if neu.hausplatz:
        bestand.nimm(bestand.haus)
    if sofort:
        neu.bestaetigt_am = timezone.now()
        neu.status = (
            Anmeldung.Status.BESTAETIGT if neu.hausplatz else Anmeldung.Status.WARTELISTE
        )
    else:
        neu.status = Anmeldung.Status.UNBESTAETIGT
        neu.haltefrist = min(timezone.now() + HALTEN, neu.veranstaltung.beginn)


def _einbuchen(neu: Anmeldung, bestand: Bestand, wahl: Wahl) -> list[Forumswahl]:
    """Write the registration, its Forumswahlen and the counters of the locked pools."""
    neu.save(force_insert=True)
    # Whoever comes now comes last: ahead of her are those who waited before.
    neu.davor, zeilen = bestand.haus.wartend, []
    for durchgang, wunsch in wahl.items():
        if wunsch.forum is None:
            continue
        kontingent = bestand.je_platz[durchgang, wunsch.forum]
        frei = neu.hausplatz and bestand.hat_platz(kontingent)
        zeilen.append(bestand.wahl(neu, kontingent, mit_platz=frei))
        zeilen[-1].davor = kontingent.wartend
        if wunsch.ersatz is not None and neu.hausplatz and not frei:
            ersatz = bestand.je_platz[durchgang, wunsch.ersatz]
            if bestand.hat_platz(ersatz):
                zeilen.append(bestand.wahl(neu, ersatz, mit_platz=True))
    Forumswahl.objects.bulk_create(zeilen)
    bestand.sichern()
    return zeilen


def _beilegen(neu: Anmeldung, beigaben: list[Bedarf | Einwilligung]) -> None:
    for model in (Bedarf, Einwilligung):
        if eigene := [b for b in beigaben if isinstance(b, model)]:
            for beigabe in eigene:
                beigabe.pk, beigabe.anmeldung = None, neu
            model.objects.bulk_create(eigene)
