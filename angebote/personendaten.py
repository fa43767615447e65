"""Personal data of the directory: whom to call, and who keeps an entry true."""

from django.utils.translation import gettext_lazy as _

from kommunen.personendaten import ANSPRECHPERSONEN, NAMEN_IN_TEXTEN, TEXTE
from praeventionsketten.lib.fristen import Frist, Personendaten, erklaeren
from praeventionsketten.personendaten import fassungen

from .models import Angebotsfassung

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
