"""Personal data of the roof: mails, accounts, reports of barriers, and the frame's tables."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from praeventionsketten.jobs import MAX_VERSUCHE
from praeventionsketten.lib.fristen import (
    JAHR,
    Frist,
    Personendaten,
    erklaeren,
    unpersoenlich,
)
from praeventionsketten.models import Barrieremeldung, Fassung, Job, Konto, Mail

SOLANGE_SICHTBAR = _("solange die Angabe veröffentlicht ist; die Redaktion nimmt sie heraus")
GELOESCHT = "@geloescht.invalid"


# ------------------------------------------------------------------ accounts


def ruhende_konten(stichtag: dt.datetime) -> QuerySet:
    """Accounts that were switched off and have not been used for so long."""
    return (
        Konto.objects.filter(is_active=False)
        .alias(zuletzt=Coalesce("last_login", "date_joined"))
        .filter(zuletzt__lt=stichtag)
        .exclude(email__endswith=GELOESCHT)
    )


def konten_loeschen(konten: QuerySet) -> int:
    """The row stays for what hangs on it (who confirmed what); the person is gone."""
    EmailAddress.objects.filter(user__in=konten).delete()
    for fassung in Fassung.__subclasses__():
        # Contacts in it have a period of their own and no tie to who saved them.
        fassung.objects.filter(konto__in=konten).update(konto=None)
    nummer = Cast("pk", CharField())
    return konten.update(
        email=Concat(Value("konto-"), nummer, Value(GELOESCHT)),
        name=gettext("Gelöschtes Konto"),
        password=make_password(None),
        is_staff=False,
        is_superuser=False,
    )


# ------------------------------------------------------------------ reports of barriers


def erledigte_barrieren(stichtag: dt.datetime) -> QuerySet:
    erledigt = Barrieremeldung.objects.filter(erledigt=True, eingegangen_am__lt=stichtag)
    return erledigt.exclude(name="", email="")


def ruhende_jobs(stichtag: dt.datetime) -> QuerySet:
    """Jobs that nobody will run again: finished, or given up."""
    ruhend = Q(erledigt_am__isnull=False) | Q(versuche__gte=MAX_VERSUCHE)
    return Job.objects.filter(ruhend, faellig_ab__lt=stichtag)


def entfernen(zeilen: QuerySet) -> int:
    return zeilen.delete()[0]


# ------------------------------------------------------------------ earlier states


def fassungen(model: type[Fassung], *, kontakte: str) -> Personendaten:
    """What every kind of Fassung declares; `kontakte` says whose names it keeps."""
    return Personendaten(
        model._meta.label,
        ("daten", "namen"),
        thema=_("Frühere Fassungen von Angeboten und Steckbriefen"),
        zweck=_("Sehen, was wann galt, und Fehler rückgängig machen; nie öffentlich"),
        rang=60,
        fristen=(
            Frist(
                kontakte,
                _("nachdem eine neuere Fassung sie abgelöst hat"),
                tage=2 * JAHR,
                faellig=lambda stichtag: model.objects.abgeloest_vor(stichtag).mit_kontakten(),
                loeschen=lambda zeilen: zeilen.kontakte_loeschen(),
            ),
            Frist(
                _("Die ganze Fassung"),
                _("nachdem eine neuere Fassung sie abgelöst hat"),
                tage=5 * JAHR,
                faellig=lambda stichtag: model.objects.abgeloest_vor(stichtag),
                loeschen=entfernen,
            ),
        ),
    )


erklaeren(
    Personendaten(
        "praeventionsketten.Mail",
        ("an", "betreff", "text", "html", "anhaenge", "fehler", "bezug"),
        thema=_("E-Mails, die das Portal verschickt"),
        zweck=_("Zustellen und nachsehen, ob eine E-Mail angekommen ist"),
        rang=30,
        fristen=(
            Frist(
                _("Text und Anhänge"),
                _("nach dem Versand"),
                tage=30,
                faellig=lambda stichtag: Mail.objects.beendet_vor(stichtag).mit_text(),
                loeschen=lambda mails: mails.text_loeschen(),
            ),
            Frist(
                _("E-Mail-Adresse und Betreff"),
                _("nach dem Versand"),
                tage=90,
                faellig=lambda stichtag: Mail.objects.beendet_vor(stichtag).mit_adresse(),
                loeschen=lambda mails: mails.adresse_loeschen(),
            ),
            Frist(
                _("Vermerk ohne Namen, dass verschickt wurde"),
                _("nach dem Versand"),
                tage=JAHR,
                faellig=lambda stichtag: Mail.objects.beendet_vor(stichtag),
                loeschen=entfernen,
            ),
        ),
    ),
    Personendaten(
        "praeventionsketten.Barrieremeldung",
        ("name", "email", "text", "seite", "notiz"),
        thema=_("Gemeldete Barrieren"),
        zweck=_("Die Barriere beseitigen und antworten"),
        rang=20,
        fristen=(
            Frist(
                _("Name und E-Mail-Adresse, wenn die Sache erledigt ist"),
                _("nach der Meldung"),
                tage=90,
                faellig=erledigte_barrieren,
                loeschen=lambda meldungen: meldungen.update(name="", email=""),
            ),
            Frist(
                _("Die ganze Meldung"),
                _("nach der Meldung"),
                tage=JAHR,
                faellig=lambda stichtag: Barrieremeldung.objects.filter(
                    eingegangen_am__lt=stichtag
                ),
                loeschen=entfernen,
                spuren=("name", "email"),
            ),
        ),
    ),
    Personendaten(
        "praeventionsketten.Konto",
        ("name", "email", "password"),
        thema=_("Konten von Menschen, die im Portal arbeiten"),
        zweck=_("Anmelden in der Verwaltung und nachvollziehen, wer etwas bestätigt hat"),
        fristen=(
            Frist(
                _("Name und E-Mail-Adresse eines abgeschalteten Kontos"),
                _("nach der letzten Anmeldung"),
                tage=JAHR,
                faellig=ruhende_konten,
                loeschen=konten_loeschen,
                spuren=("name", "email"),
            ),
        ),
    ),
    Personendaten(
        "account.EmailAddress",
        ("email",),
        thema=_("Konten von Menschen, die im Portal arbeiten"),
        zweck=_("Anmelden mit einem Code per E-Mail"),
        fristen=(Frist(_("E-Mail-Adresse"), _("zusammen mit dem Konto")),),
    ),
    Personendaten(
        "sessions.Session",
        ("session_data", "session_key"),
        thema=_("Sitzungen"),
        zweck=_("Angemeldet bleiben und Formulare schützen"),
        fristen=(
            Frist(
                _("Die ganze Sitzung"),
                _("sobald sie abgelaufen ist, spätestens am Tag danach"),
                faellig=lambda stichtag: Session.objects.filter(expire_date__lt=stichtag),
                loeschen=entfernen,
                nachweisen=False,
            ),
        ),
    ),
    Personendaten(
        "admin.LogEntry",
        ("object_repr", "change_message"),
        thema=_("Protokolle der Verwaltung"),
        zweck=_("Nachvollziehen, wer was geändert hat"),
        fristen=(
            Frist(
                _("Der ganze Eintrag"),
                _("nach der Änderung"),
                tage=JAHR,
                faellig=lambda stichtag: LogEntry.objects.filter(action_time__lt=stichtag),
                loeschen=entfernen,
            ),
        ),
    ),
    Personendaten(
        "praeventionsketten.Job",
        ("fehler",),
        thema=_("Protokolle der Technik"),
        zweck=_("Fehler finden"),
        fristen=(
            Frist(
                _("Hintergrundaufgaben mit ihrer Fehlermeldung"),
                _("nach dem Lauf"),
                tage=30,
                faellig=ruhende_jobs,
                loeschen=entfernen,
                nachweisen=False,
            ),
        ),
    ),
    Personendaten(
        "praeventionsketten.Landesprogramm",
        ("stelle", "anschrift", "email", "telefon"),
        thema=_("Ansprechpersonen auf der Website"),
        zweck=_("Erreichbar sein"),
        fristen=(Frist(_("Kontakt der Koordinierungsstelle"), SOLANGE_SICHTBAR),),
    ),
    Personendaten(
        "praeventionsketten.Seite",
        ("teaser", "text"),
        thema=_("Texte der Website"),
        zweck=_("Öffentliche Information; Namen nur mit Einverständnis"),
        fristen=(Frist(_("Genannte Personen"), SOLANGE_SICHTBAR),),
    ),
    Personendaten(
        "praeventionsketten.Bild",
        ("titel", "alternativtext", "nachweis"),
        thema=_("Texte der Website"),
        zweck=_("Bildnachweis und Beschreibung von Bildern"),
        fristen=(Frist(_("Genannte Personen"), SOLANGE_SICHTBAR),),
    ),
)

unpersoenlich(
    {
        "Begriff.name": "a word of a vocabulary",
        "Group.name": "a role",
        "Permission.name": "a right",
        "Job.name": "the name of a function",
        "Landesprogramm.name": "the name of the programme",
    }
)
