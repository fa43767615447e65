"""Personal data of the directory: whom to call, and who keeps an entry true."""

from django.utils.translation import gettext_lazy as _

from kommunen.personendaten import ANSPRECHPERSONEN, NAMEN_IN_TEXTEN, TEXTE
from praeventionsketten.lib.fristen import JAHR, Frist, Personendaten, erklaeren
from praeventionsketten.personendaten import entfernen, fassungen

from .models import Angebotsfassung, Pflegeadresse, Pflegelink

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
        "angebote.Suchzeile",
        ("tokens", "karte"),
        thema=TEXTE,
        **NAMEN_IN_TEXTEN,
    ),
)
