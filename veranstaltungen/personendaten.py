"""Personal data of events."""

from django.utils.translation import gettext_lazy as _

from kommunen.personendaten import ANSPRECHPERSONEN, NAMEN_IN_TEXTEN, TEXTE
from praeventionsketten.lib.fristen import Frist, Personendaten, erklaeren, unpersoenlich
from praeventionsketten.personendaten import SOLANGE_SICHTBAR

erklaeren(
    Personendaten(
        "veranstaltungen.Anmeldung",
        ("name", "email", "name_norm", "email_norm", "organisation", "funktion"),
        thema=_("Anmeldung zu einer Veranstaltung"),
        zweck=_("Plätze vergeben und den Angemeldeten schreiben"),
        rang=10,
        fristen=(Frist(_("Alle Angaben zur Person"), _("nach der Veranstaltung"), tage=90),),
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
