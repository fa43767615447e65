"""Personal data of events: who registered, what somebody needs, and the numbers that stay."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommunen.personendaten import ANSPRECHPERSONEN, NAMEN_IN_TEXTEN, TEXTE
from praeventionsketten import loeschung
from praeventionsketten.lib.fristen import (
    JAHR,
    Frist,
    Personendaten,
    erklaeren,
    unpersoenlich,
)
from praeventionsketten.personendaten import SOLANGE_SICHTBAR, entfernen
from veranstaltungen import mails, plaetze, statistik
from veranstaltungen.models import (
    Anmeldung,
    Bedarf,
    Protokoll,
    Veranstaltung,
)

Status = Anmeldung.Status
ANMELDUNG = _("Anmeldung zu einer Veranstaltung")
# What nobody confirmed is held for at most a day before its period begins.
HALTEFRIST = 1


# ------------------------------------------------------------------ what is due


def nie_bestaetigte(_stichtag: dt.datetime) -> QuerySet:
    """Run out; or still held when the event was over, where no seat is given back any more."""
    verfallen = Q(status=Status.VERFALLEN) & _frist_vorbei(
        "loeschen_unbestaetigt", "eingang", dazu=HALTEFRIST
    )
    gehalten = Q(status=Status.UNBESTAETIGT, veranstaltung__ende__lt=timezone.now())
    gehalten &= _frist_vorbei("loeschen_unbestaetigt", "haltefrist")
    return _mit_namen().filter(verfallen | gehalten, bestaetigt_am__isnull=True)


def ohne_teilnahme(_stichtag: dt.datetime) -> QuerySet:
    """Cancelled, waiting to the end, called off: whoever was not there."""
    return (
        _mit_namen()
        .filter(_frist_vorbei("loeschen_abgesagt", "veranstaltung__ende"))
        .exclude(status__in=[Status.BESTAETIGT, Status.ANGEBOTEN])
    )


def mit_teilnahme(_stichtag: dt.datetime) -> QuerySet:
    return _mit_namen().filter(_frist_vorbei("loeschen_teilnahme", "veranstaltung__ende"))


def bedarfe(_stichtag: dt.datetime) -> QuerySet:
    """What somebody needed: health data, so they go before the registration does."""
    ende, ueber = "anmeldung__veranstaltung__ende", "anmeldung__veranstaltung"
    return Bedarf.objects.filter(_frist_vorbei("loeschen_bedarf", ende, ueber=ueber))


def bedarfe_ohne_zweck(_stichtag: dt.datetime) -> QuerySet:
    vorbei = [Status.STORNIERT, Status.VERFALLEN, Status.ABGESAGT]
    return Bedarf.objects.filter(anmeldung__status__in=vorbei)


def _mit_namen() -> QuerySet:
    return Anmeldung.objects.filter(anonymisiert_am__isnull=True)


def _frist_vorbei(frist: str, moment: str, *, ueber: str = "veranstaltung", dazu: int = 0) -> Q:
    """The rows whose own event has let them go; each event says its days itself."""
    jetzt, bedingung = timezone.now(), Q(pk__in=[])
    for tage in Veranstaltung.objects.order_by().values_list(frist, flat=True).distinct():
        vor = jetzt - dt.timedelta(days=tage + dazu)
        bedingung |= Q(**{f"{ueber}__{frist}": tage, f"{moment}__lt": vor})
    return bedingung


# ------------------------------------------------------------------ how they go


def anonymisieren(anmeldungen: QuerySet) -> int:
    """The rows stay and count; whoever they were is gone."""
    zeilen = list(anmeldungen)
    for zeile in zeilen:
        zeile.anonymisieren()
    return len(zeilen)


def auf_wunsch_loeschen(anmeldung: Anmeldung) -> None:
    """The right of erasure, by one button: before the event it also gives the seat back."""
    if anmeldung.veranstaltung.rueckt_nach:
        plaetze.stornieren(anmeldung, mit_mail=False)
    with transaction.atomic():
        mails.keine_mehr(anmeldung)
        loeschung.sofort(_mit_namen().filter(pk=anmeldung.pk))


def _zahlen(anmeldungen: Iterable[int]) -> dict:
    return statistik.zahlen_von(Anmeldung.objects.filter(pk__in=anmeldungen))


def _der_veranstaltungen(anmeldungen: Iterable[int]) -> dict:
    betroffen = Veranstaltung.objects.filter(anmeldungen__in=anmeldungen)
    return statistik.zahlen(betroffen.order_by().values_list("pk", flat=True).distinct())


def _frist(feld: str, was: str, ab: str, faellig) -> Frist:
    """An erasure of whole people whose days the event may set itself."""
    return Frist(
        was,
        ab,
        tage=Veranstaltung._meta.get_field(feld).default,
        faellig=faellig,
        loeschen=anonymisieren,
        spuren=("name", "email"),
        zahlen=_zahlen,
        statistik=_der_veranstaltungen,
    )


JE_VERANSTALTUNG = _("nach der Veranstaltung, wenn bei ihr nichts anderes steht")

erklaeren(
    Personendaten(
        "veranstaltungen.Anmeldung",
        ("name", "email", "name_norm", "email_norm", "organisation", "funktion"),
        thema=ANMELDUNG,
        zweck=_("Plätze vergeben und den Angemeldeten schreiben; danach bleiben nur Zahlen"),
        rang=10,
        fristen=(
            _frist(
                "loeschen_unbestaetigt",
                _("Anmeldungen, die niemand bestätigt hat"),
                _("nach Ablauf der Zeit zum Bestätigen"),
                nie_bestaetigte,
            ),
            _frist(
                "loeschen_abgesagt",
                _("Abgesagte Anmeldungen und Wartelisten"),
                JE_VERANSTALTUNG,
                ohne_teilnahme,
            ),
            _frist(
                "loeschen_teilnahme",
                _("Anmeldungen mit Platz"),
                JE_VERANSTALTUNG,
                mit_teilnahme,
            ),
        ),
    ),
    Personendaten(
        "veranstaltungen.Bedarf",
        ("text",),
        thema=ANMELDUNG,
        zweck=_("Zugang und Essen vorbereiten, nur mit ausdrücklicher Einwilligung"),
        rang=11,
        fristen=(
            Frist(
                _("Angaben zu Zugang und Essen nach einer Absage"),
                _("spätestens am nächsten Tag"),
                faellig=bedarfe_ohne_zweck,
                loeschen=entfernen,
            ),
            Frist(
                _("Angaben zu Zugang und Essen sonst"),
                JE_VERANSTALTUNG,
                tage=Veranstaltung._meta.get_field("loeschen_bedarf").default,
                faellig=bedarfe,
                loeschen=entfernen,
            ),
        ),
    ),
    Personendaten(
        "veranstaltungen.Einwilligung",
        ("zweck", "text", "erteilt_am", "widerrufen_am"),
        thema=ANMELDUNG,
        zweck=_("Nachweisen, wozu jemand eingewilligt hat"),
        rang=12,
        fristen=(Frist(_("Einwilligungen"), _("zusammen mit der Anmeldung")),),
    ),
    Personendaten(
        "veranstaltungen.Protokoll",
        ("was", "daten", "konto"),
        thema=ANMELDUNG,
        zweck=_("Nachvollziehen, wann ein Platz vergeben oder abgegeben wurde, ohne Namen"),
        rang=13,
        fristen=(
            Frist(
                _("Schritte einer Anmeldung"),
                _("nach dem Schritt"),
                tage=JAHR,
                faellig=lambda stichtag: Protokoll.objects.filter(wann__lt=stichtag),
                loeschen=entfernen,
            ),
        ),
    ),
    Personendaten(
        "veranstaltungen.Fachforum",
        ("titel", "teaser", "leitung"),
        thema=ANSPRECHPERSONEN,
        zweck=_("Zeigen, wer ein Fachforum leitet"),
        fristen=(Frist(_("Name und Stelle"), SOLANGE_SICHTBAR),),
    ),
    Personendaten(
        "veranstaltungen.Programmpunkt", ("titel", "text"), thema=TEXTE, **NAMEN_IN_TEXTEN
    ),
    Personendaten(
        "veranstaltungen.Bericht",
        (
            "titel",
            "teaser",
            "text",
            "bildunterschrift",
            "ebene_strategisch",
            "ebene_akteure",
            "ebene_zielgruppe",
        ),
        thema=TEXTE,
        **NAMEN_IN_TEXTEN,
    ),
    Personendaten("veranstaltungen.Beitrag", ("titel", "text"), thema=TEXTE, **NAMEN_IN_TEXTEN),
    Personendaten(
        "veranstaltungen.Veranstaltung",
        ("titel", "untertitel", "teaser", "motto", "beschreibung", "barriere_info"),
        thema=TEXTE,
        **NAMEN_IN_TEXTEN,
    ),
)

unpersoenlich({"Veranstaltung.ort_name": "a building", "Veranstaltung.strasse": "a building"})
