"""Personal data of the directory: whom to call, and who keeps an entry true."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommunen.personendaten import ANSPRECHPERSONEN, NAMEN_IN_TEXTEN, TEXTE
from praeventionsketten.lib.fristen import JAHR, Frist, Personendaten, erklaeren, unpersoenlich
from praeventionsketten.personendaten import entfernen, fassungen

from .models import (
    Angebotsfassung,
    Fehlsuche,
    Hinweis,
    Kontakt,
    Pflegeadresse,
    Pflegelink,
    Sendung,
    Sofortmeldung,
    Vorschlag,
)
from .models.rueckmeldung import Rueckmeldung

NIEMANDS = Q(pk__in=[])
RUECKMELDUNGEN = _("Hinweise und Vorschläge von außen")


# By these a provider comes to be trusted, as long as an Angebot names her.
VON_BENANNTEN = Q(
    herkunft=Vorschlag.Herkunft.ANBIETER,
    absender_email__in=Kontakt.objects.pflege().values(klein=Lower("email")),
)


def rueckmeldungen(model: type[Rueckmeldung], ausser: Q = NIEMANDS) -> tuple[Frist, ...]:
    """The address goes soon after the answer, the words a year after they came."""

    def entschieden(stichtag: dt.datetime) -> QuerySet:
        return (
            model.objects.filter(entschieden_am__lt=stichtag)
            .exclude(absender_email="")
            .exclude(ausser)
        )

    def alte(stichtag: dt.datetime) -> QuerySet:
        return model.objects.filter(eingegangen_am__lt=stichtag)

    return (
        Frist(
            _("E-Mail-Adresse für die Antwort"),
            _("nach der Entscheidung"),
            tage=30,
            faellig=entschieden,
            loeschen=lambda zeilen: zeilen.update(absender_email=""),
        ),
        Frist(
            _("Der ganze Hinweis oder Vorschlag"),
            _("nach dem Eingang"),
            tage=JAHR,
            faellig=alte,
            loeschen=entfernen,
            spuren=("absender_email",),
        ),
    )


erklaeren(
    fassungen(Angebotsfassung, kontakte=_("Alle Kontakte eines Angebots")),
    Personendaten(
        "angebote.Kontakt",
        ("funktion", "name", "email", "telefon", "erreichbar"),
        thema=ANSPRECHPERSONEN,
        zweck=_("Ein Angebot erreichen; Pflegekontakte sind nie öffentlich"),
        fristen=(
            Frist(
                _("Name, Telefon und E-Mail-Adresse"),
                _("solange das Angebot im Verzeichnis steht; wer es pflegt, nimmt sie heraus"),
            ),
        ),
    ),
    Personendaten(
        "angebote.Pflegeadresse",
        ("email",),
        thema=_("Menschen, die ein Angebot aktuell halten"),
        zweck=_("Fragen, ob ein Angebot noch stimmt; nie öffentlich"),
        rang=40,
        fristen=(
            Frist(
                _("E-Mail-Adresse und was an sie ging"),
                _("nach der letzten E-Mail, wenn kein Angebot die Adresse mehr nennt"),
                tage=90,
                faellig=lambda stichtag: Pflegeadresse.objects.verwaist_seit(stichtag),
                loeschen=entfernen,
            ),
            Frist(
                _("Wann wir nach welchem Angebot gefragt haben"),
                _("nach der E-Mail"),
                tage=JAHR + 30,
                faellig=lambda stichtag: Pflegelink.objects.filter(erstellt_am__lt=stichtag),
                loeschen=entfernen,
                nachweisen=False,
            ),
        ),
    ),
    Personendaten(
        "angebote.Hinweis",
        ("absender_email", "text", "antwort"),
        thema=RUECKMELDUNGEN,
        zweck=_("Einen Eintrag berichtigen und auf Wunsch antworten"),
        rang=20,
        fristen=rueckmeldungen(Hinweis),
    ),
    Personendaten(
        "angebote.Vorschlag",
        ("absender_email", "felder", "antwort"),
        thema=RUECKMELDUNGEN,
        zweck=_("Einen Eintrag ergänzen oder aufnehmen und auf Wunsch antworten"),
        rang=20,
        fristen=(
            *rueckmeldungen(Vorschlag, ausser=VON_BENANNTEN),
            Frist(
                _("E-Mail-Adresse eines Anbieters"),
                _("solange ein Angebot sie nennt, längstens ein Jahr nach dem Eingang"),
            ),
        ),
    ),
    Personendaten(
        "angebote.Sofortmeldung",
        ("text", "vorher", "nachher"),
        thema=_("Menschen, die ein Angebot aktuell halten"),
        zweck=_("Sagen, was gemeldet wurde, und es auf Wunsch zurücknehmen"),
        rang=40,
        fristen=(
            Frist(
                _("Eine Meldung wie „Fällt aus“ und was vorher da stand"),
                _("nach der Meldung"),
                tage=JAHR,
                faellig=lambda stichtag: Sofortmeldung.objects.filter(gemeldet_am__lt=stichtag),
                loeschen=entfernen,
            ),
        ),
    ),
    Personendaten(
        "angebote.Sendung",
        ("absender", "inhalt", "gegenstand"),
        thema=RUECKMELDUNGEN,
        zweck=_(
            "Werbung abwehren: eine verschlüsselte Prüfsumme der Internetadresse, aus der "
            "sich niemand zurückrechnen lässt"
        ),
        rang=20,
        fristen=(
            Frist(
                _("Die Prüfsumme"),
                _("nach dem Absenden"),
                tage=1,
                faellig=lambda stichtag: Sendung.objects.filter(wann__lt=stichtag),
                loeschen=entfernen,
                nachweisen=False,
            ),
        ),
    ),
    Personendaten(
        "angebote.Fehlsuche",
        ("wort", "kennung"),
        thema=_("Suchen ohne Treffer"),
        zweck=_(
            "Sehen, was im Verzeichnis fehlt; das gesuchte Wort erst, wenn es an mehreren Tagen "
            "mindestens fünfmal gesucht wurde, bis dahin nur eine Prüfsumme davon"
        ),
        rang=20,
        fristen=(
            Frist(
                _("Die gezählte Suche"),
                _("nach der Suche"),
                tage=30,
                faellig=lambda stichtag: Fehlsuche.objects.filter(
                    tag__lt=timezone.localdate(stichtag)
                ),
                loeschen=entfernen,
                nachweisen=False,
            ),
        ),
    ),
    Personendaten(
        "angebote.Angebot",
        (
            "kurzbeschreibung",
            "beschreibung",
            "einfache_sprache",
            "hinweis",
            "zugang_text",
            "kosten_text",
            "unterlagen",
            "geschichte",
        ),
        thema=TEXTE,
        **NAMEN_IN_TEXTEN,
    ),
    Personendaten(
        "angebote.Programm", ("teaser", "beschreibung"), thema=TEXTE, **NAMEN_IN_TEXTEN
    ),
    Personendaten(
        "angebote.Suchzeile",
        ("tokens", "karte"),
        thema=TEXTE,
        **NAMEN_IN_TEXTEN,
    ),
)

unpersoenlich({"Programm.name": "a concept", "Abgleichrunde.name": "a meeting"})
