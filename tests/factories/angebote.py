"""The directory."""

import datetime as dt

from django.utils import timezone

from angebote.models import (
    Abgleichrunde,
    Angebot,
    Bestaetigung,
    Erhebung,
    Hinweis,
    Kontakt,
    Pflegeadresse,
    Pflegelink,
    Programm,
    Termin,
    Vorschlag,
    Zeitfenster,
)
from praeventionsketten.models import Status
from tests.indizieren import indiziert

from .dach import nummer
from .kommunen import make_einrichtung, make_handlungsfeld, make_lebensphase


def make_angebot(**fields) -> Angebot:
    """A published Angebot; many-to-many fields take lists."""
    m2m = {f.name for f in Angebot._meta.many_to_many}
    viele = {name: fields.pop(name) for name in m2m & fields.keys()}
    defaults = {
        "titel": f"Elterncafé {next(nummer)}",
        "kurzbeschreibung": "Kaffee, Spielecke und ein offenes Ohr.",
        "status": Angebot.Status.VEROEFFENTLICHT,
    }
    if "einrichtung" not in fields:
        defaults["einrichtung"] = make_einrichtung(kommune=fields.get("kommune"))
    angebot = Angebot.objects.create(**defaults | fields)
    for name, werte in viele.items():
        getattr(angebot, name).set(werte)
    return indiziert(angebot)


def make_programm(**fields) -> Programm:
    defaults = {
        "name": f"Programm {next(nummer)}",
        "teaser": "Eltern suchen gemeinsam, was ihr Kind stark macht.",
        "status": Status.VEROEFFENTLICHT,
    }
    return Programm.objects.create(**defaults | fields)


def make_erhebung(kommune, *, vor_tagen: int = 0, **fields) -> Erhebung:
    """Somebody found nothing for the Kita and Wohnen, or elsewhere."""
    if "uebergang" not in fields:
        fields.setdefault("lebensphase", make_lebensphase("kita"))
    defaults = {
        "handlungsfeld": make_handlungsfeld(),
        "wann": timezone.now() - dt.timedelta(days=vor_tagen),
    }
    return Erhebung.objects.create(kommune=kommune, **defaults | fields)


def make_abgleichrunde(kommune, **fields) -> Abgleichrunde:
    return Abgleichrunde.objects.create(kommune=kommune, **{"name": "Netzwerktreffen"} | fields)


def make_kontakt(angebot: Angebot, **fields) -> Kontakt:
    defaults = {"funktion": "Team", "telefon": "0561 000-1"}
    return indiziert(angebot, Kontakt.objects.create(angebot=angebot, **defaults | fields))


def make_bestaetigung(angebot: Angebot, **fields) -> Bestaetigung:
    return indiziert(
        angebot, Bestaetigung.objects.create(angebot=angebot, **{"wie": "telefon"} | fields)
    )


def make_zeitfenster(angebot: Angebot, **fields) -> Zeitfenster:
    defaults = {"wochentag": 1, "von": dt.time(9, 30), "bis": dt.time(11, 0)}
    return indiziert(angebot, Zeitfenster.objects.create(angebot=angebot, **defaults | fields))


def make_termin(angebot: Angebot, *, in_tagen: int = 7, **fields) -> Termin:
    beginn = timezone.now() + dt.timedelta(days=in_tagen)
    defaults = {"beginn": beginn, "ende": beginn + dt.timedelta(hours=2)}
    return indiziert(angebot, Termin.objects.create(angebot=angebot, **defaults | fields))


def make_hinweis(angebot: Angebot, **fields) -> Hinweis:
    """A report that is open: somebody from outside says that the entry is wrong."""
    defaults = {"thema": Hinweis.Thema.TELEFON, "text": "Da geht niemand ans Telefon."}
    return indiziert(angebot, Hinweis.objects.create(angebot=angebot, **defaults | fields))


def make_vorschlag(angebot: Angebot | None = None, **fields) -> Vorschlag:
    """Other words for an Angebot; without one, a new Angebot that somebody knows of."""
    if angebot:
        felder = {"titel": {"alt": angebot.titel, "neu": f"{angebot.titel} im Park"}}
    else:
        felder = {"titel": {"alt": "", "neu": f"Krabbelgruppe {next(nummer)}"}}
    return Vorschlag.objects.create(angebot=angebot, **{"felder": felder} | fields)


# ---------------------------------------------------------------- who keeps it true


def make_pflegekontakt(angebot: Angebot, email: str = "team@kita.example", **fields) -> Kontakt:
    defaults = {"art": Kontakt.Art.PFLEGE, "telefon": "", "email": email}
    return make_kontakt(angebot, **defaults | fields)


def make_pflegelink(*angebote: Angebot, email: str = "team@kita.example", **fields):
    """A link for these Angebote, as after a mail; returns it with its token."""
    adresse = Pflegeadresse.objects.zu(email)
    link, zeichen = Pflegelink.objects.ausstellen(adresse, **fields)
    for angebot in angebote:
        angebot.aktuelle_fassung()
        link.positionen.create(angebot=angebot, fassung=angebot.fassungen.first())
    return link, zeichen
