"""Personal data of the Steckbriefe: contacts that are there to be read."""

from django.utils.translation import gettext_lazy as _

from praeventionsketten.lib.fristen import Frist, Personendaten, erklaeren, unpersoenlich
from praeventionsketten.personendaten import SOLANGE_SICHTBAR, fassungen

from .models import Steckbrieffassung

ANSPRECHPERSONEN = _("Ansprechpersonen auf der Website")
TEXTE = _("Texte der Website")
NAMEN_IN_TEXTEN = {
    "zweck": _("Öffentliche Information; Namen nur mit Einverständnis"),
    "fristen": (Frist(_("Genannte Personen"), SOLANGE_SICHTBAR),),
}

erklaeren(
    fassungen(Steckbrieffassung, kontakte=_("Alle Angaben zur Koordination")),
    Personendaten(
        "kommunen.Koordination",
        ("funktion", "stelle", "name", "telefon", "email", "hinweis"),
        thema=ANSPRECHPERSONEN,
        zweck=_("Die Koordination einer Kommune erreichen; der Name nur mit Einwilligung"),
        fristen=(Frist(_("Name, Telefon und E-Mail-Adresse"), SOLANGE_SICHTBAR),),
    ),
    Personendaten(
        "kommunen.Einrichtung",
        ("name", "telefon", "email", "strasse", "plz", "ort", "website", "slug"),
        thema=ANSPRECHPERSONEN,
        zweck=_("Eine Einrichtung erreichen"),
        fristen=(Frist(_("Telefon und E-Mail-Adresse"), SOLANGE_SICHTBAR),),
    ),
    Personendaten(
        "kommunen.Kommune",
        ("teaser", "motivation", "ziele", "arbeitsweise", "schwerpunkte"),
        thema=TEXTE,
        **NAMEN_IN_TEXTEN,
    ),
    Personendaten(
        "kommunen.Gremium", ("name", "aufgabe", "turnus"), thema=TEXTE, **NAMEN_IN_TEXTEN
    ),
    Personendaten("kommunen.Meilenstein", ("titel", "text"), thema=TEXTE, **NAMEN_IN_TEXTEN),
    Personendaten(
        "kommunen.Beteiligung",
        ("titel", "wer", "wie", "ergebnis", "veraenderung"),
        thema=TEXTE,
        **NAMEN_IN_TEXTEN,
    ),
)

unpersoenlich(
    {
        "Kommune.name": "a municipality",
        "Kachel.name": "a tile of the map",
        "Teilraum.name": "a town or district",
        "Ort.name": "a building",
        "Ort.strasse": "a building",
        "Ferien.name": "school holidays",
        "Lebensphase.name_trennbar": "a word of a vocabulary",
    }
)
