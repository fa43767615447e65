"""Bad news stands on the page at once; whoever gave it, or a coordinator, takes it back.

A change is written down as what was there and what is there now, field by field. Taking it
back undoes exactly that, and nothing if somebody has changed it again.
"""

import datetime as dt
from collections.abc import Collection

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from angebote import mails
from angebote.models import Angebot, Hinweis, Kontakt, Pflegelink, Sofortmeldung, Termin
from praeventionsketten.lib import zeit

from .antwort import GiltNicht, beanspruchen

Art = Sofortmeldung.Art
ARTEN: dict[str, type[models.Model]] = {
    "angebot": Angebot,
    "termin": Termin,
    "kontakt": Kontakt,
}
# Kind of row → key → field → value, as JSON keeps it.
Stand = dict[str, dict[str, dict[str, object]]]


class Ueberholt(Exception):
    """Somebody has changed the same thing since."""


def faellt_aus(
    link: Pflegelink, angebot: Angebot, termine: Collection[Termin], tag: dt.date | None
) -> Sofortmeldung:
    """Dates are cancelled; a day of a weekly time is told in the short notice."""
    tage = [timezone.localdate(termin.beginn) for termin in termine] + [tag] * bool(tag)
    text = _("Fällt aus am %(tage)s") % {"tage": ", ".join(zeit.tag(t) for t in sorted(tage))}
    neu: Stand = {"termin": {str(t.pk): {"abgesagt": True} for t in termine}}
    if tag:
        neu["angebot"] = {str(angebot.pk): _notiz(angebot, tag)}
    return _melden(link, angebot, Art.FAELLT_AUS, f"{text}.", neu)


def pausiert(link: Pflegelink, angebot: Angebot, bis: dt.date) -> Sofortmeldung:
    text = _("Macht Pause bis %(tag)s.") % {"tag": zeit.tag(bis)}
    felder = {"status": Angebot.Status.PAUSIERT.value, "pausiert_bis": bis.isoformat()}
    return _melden(link, angebot, Art.PAUSIERT, text, {"angebot": {str(angebot.pk): felder}})


def beendet(link: Pflegelink, angebot: Angebot) -> Sofortmeldung:
    felder = {"status": Angebot.Status.BEENDET.value, "pausiert_bis": None}
    text = _("Gibt es nicht mehr.")
    return _melden(link, angebot, Art.BEENDET, text, {"angebot": {str(angebot.pk): felder}})


@transaction.atomic
def nummer_falsch(link: Pflegelink, angebot: Angebot, kontakt: Kontakt) -> Sofortmeldung:
    """The number is hidden, and somebody has to find the right one."""
    neu = {"kontakt": {str(kontakt.pk): {"telefon_falsch": True}}}
    text = _("Die Telefonnummer von „%(wer)s“ ist falsch.") % {"wer": kontakt.funktion}
    offen = angebot.hinweise.offen().filter(thema=Hinweis.Thema.TELEFON)
    if not offen.exists():
        angebot.hinweise.create(thema=Hinweis.Thema.TELEFON, text=text)
    return _melden(link, angebot, Art.NUMMER_FALSCH, text[:280], neu)


def _notiz(angebot: Angebot, tag: dt.date) -> dict[str, object]:
    """The short notice with this day; what it says already stays if there is room."""
    satz = _("Am %(tag)s fällt es aus.") % {"tag": zeit.wochentag(tag)}
    bisher = angebot.aktueller_hinweis
    beides = bisher if satz in bisher else " ".join(filter(None, [bisher, satz]))
    passt = len(beides) <= Angebot._meta.get_field("hinweis").max_length
    bis = max(tag, angebot.hinweis_bis) if bisher and passt else tag
    return {"hinweis": beides if passt else satz, "hinweis_bis": bis.isoformat()}


@transaction.atomic
def _melden(
    link: Pflegelink, angebot: Angebot, art: Sofortmeldung.Art, text: str, neu: Stand
) -> Sofortmeldung:
    """Write it, keep both states as versions, and tell who looks after the Kommune."""
    link = beanspruchen(link)
    sichtbare = Angebot.objects.sichtbar().select_for_update(no_key=True)
    gesperrt = sichtbare.filter(pk=angebot.pk).first()
    vorher = _lies(neu)
    bisherige = angebot.sofortmeldungen.gueltig().filter(art=art).first()
    if vorher == neu and bisherige:
        return bisherige  # pressed twice
    if gesperrt is None:
        raise GiltNicht  # withdrawn while she wrote: a pause would publish it again
    angebot.festhalten(grund="Vorgefunden")
    _schreibe(neu)
    angebot.festhalten(grund=f"Gemeldet über den Pflegelink: {text}"[:200])
    angebot.indizieren()
    meldung = angebot.sofortmeldungen.create(
        link=link, art=art, text=text, vorher=vorher, nachher=neu, gemeldet_am=timezone.now()
    )
    mails.sofort_gemeldet(meldung)
    return meldung


@transaction.atomic
def zuruecknehmen(meldung: Sofortmeldung, konto=None) -> None:
    """Say again what was said before; refused if somebody has changed it since."""
    Angebot.objects.select_for_update(no_key=True).get(pk=meldung.angebot_id)
    meldung.refresh_from_db()
    if meldung.zurueckgenommen_am is not None:
        return
    if _lies(meldung.nachher) != meldung.nachher:
        raise Ueberholt
    angebot = meldung.angebot
    _schreibe(meldung.vorher)
    angebot.festhalten(konto, f"Zurückgenommen: {meldung.text}"[:200])
    meldung.zurueckgenommen_am = timezone.now()
    meldung.save(update_fields=["zurueckgenommen_am"])
    if meldung.art == Art.NUMMER_FALSCH:
        _hinweise_schliessen(angebot, meldung.text, konto)
    angebot.indizieren()
    mails.sofort_gemeldet(meldung, zurueck=True)


def _hinweise_schliessen(angebot: Angebot, text: str, konto) -> None:
    """The task our own report has opened; what others reported stays."""
    for hinweis in angebot.hinweise.offen().filter(thema=Hinweis.Thema.TELEFON, text=text):
        hinweis.erledigen(konto, Hinweis.Ergebnis.STIMMT)


def _lies(stand: Stand) -> Stand:
    """The same fields as they are now; rows that are gone are left out."""
    return {
        art: {
            str(zeile.pk): {
                feld: _als_json(getattr(zeile, feld)) for feld in zeilen[str(zeile.pk)]
            }
            for zeile in ARTEN[art].objects.filter(pk__in=zeilen).order_by("pk")
        }
        for art, zeilen in stand.items()
    }


def _schreibe(stand: Stand) -> None:
    """By save, which raises the numbers that calendars count by."""
    for art, zeilen in stand.items():
        for zeile in ARTEN[art].objects.filter(pk__in=zeilen).order_by("pk"):
            for feld, wert in zeilen[str(zeile.pk)].items():
                setattr(zeile, feld, zeile._meta.get_field(feld).to_python(wert))
            zeile.save()


def _als_json(wert):
    return wert.isoformat() if isinstance(wert, dt.date) else wert
