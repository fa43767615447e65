"""Plain factories: valid by default, overridable in every detail.

`make_x(**fields)` stores and returns one x; pass only what the test is about.
"""

import datetime as dt
import itertools

from django.utils import timezone

from angebote.models import Angebot, Angebotsformat, Bestaetigung, Kontakt, Termin, Zeitfenster
from kommunen.models import (
    Akteurstyp,
    Beteiligung,
    Ebene,
    Einrichtung,
    Ferien,
    Gremientyp,
    Gremium,
    Handlungsfeld,
    Kachel,
    Kennzahl,
    Kommune,
    Koordination,
    Lebensphase,
    Leitdimension,
    Meilenstein,
    Ort,
    Prozessschritt,
    Sprache,
    Steckbriefdokument,
    Teilraum,
    Uebergang,
    Zielgruppe,
    Zustaendigkeit,
)
from praeventionsketten.models import Konto, Landesprogramm, Mail, Seite, Status, Wortgruppe
from tests.indizieren import indiziert
from veranstaltungen.models import (
    Anmeldung,
    Beitrag,
    Bericht,
    Durchgang,
    Fachforum,
    Platzkontingent,
    Veranstaltung,
    Veranstaltungsart,
)

nummer = itertools.count(1)


def _begriff(model, code: str, **fields):
    """Get or create a word of a vocabulary by its code."""
    begriff, _ = model.objects.get_or_create(
        code=code, defaults={"name": code.title()} | fields
    )
    return begriff


# ---------------------------------------------------------------- the roof


def make_landesprogramm(**fields) -> Landesprogramm:
    defaults = {
        "pk": 1,
        "name": "Landesprogramm Präventionsketten Hessen",
        "kurzname": "Präventionsketten Hessen",
        "claim": "Gelingendes Aufwachsen, Kinderrechte leben",
        "leitsatz": "Damit kein Kind den Faden verliert",
        "land": "Hessen",
        "traeger": "Träger e. V.",
        "stelle": "Landeskoordinierungsstelle",
        "email": "programm@example.org",
        "hilfenummern": "116 111 | Nummer gegen Kummer",
    }
    programm, _ = Landesprogramm.objects.update_or_create(pk=1, defaults=defaults | fields)
    return programm


def make_konto(**fields) -> Konto:
    password = fields.pop("password", "ein-langes-passwort")
    n = next(nummer)
    defaults = {"email": f"konto{n}@example.org", "name": f"Konto {n}"}
    return Konto.objects.create_user(password=password, **defaults | fields)


def make_mail(**fields) -> Mail:
    n = next(nummer)
    defaults = {
        "schluessel": f"mail-{n}",
        "an": f"mail{n}@example.org",
        "betreff": "Guten Tag",
        "text": "Schön, dass Sie da sind.\n",
        "message_id": f"<mail-{n}@portal.example.org>",
    }
    return Mail.objects.create(**defaults | fields)


def make_seite(**fields) -> Seite:
    defaults = {"titel": "Impressum", "slug": "impressum", "status": Status.VEROEFFENTLICHT}
    return Seite.objects.create(**defaults | fields)


def make_wortgruppe(art: str, woerter: str) -> Wortgruppe:
    return Wortgruppe.objects.create(art=art, woerter=woerter)


# ---------------------------------------------------------------- vocabularies


def make_lebensphase(code: str = "kita", **fields) -> Lebensphase:
    defaults = {"kurz": code.title(), "alter_von": 36, "alter_bis": 72}
    return _begriff(Lebensphase, code, **defaults | fields)


def make_uebergang(code: str = "in-die-grundschule", **fields) -> Uebergang:
    fields.setdefault("von", None) or fields.update(von=make_lebensphase("kita"))
    fields.setdefault("nach", None) or fields.update(nach=make_lebensphase("grundschule"))
    return _begriff(Uebergang, code, **{"kurz": code} | fields)


def make_handlungsfeld(code: str = "wohnen", **fields) -> Handlungsfeld:
    return _begriff(Handlungsfeld, code, **{"lebenslage": "materiell"} | fields)


def make_zielgruppe(code: str = "kinder", **fields) -> Zielgruppe:
    return _begriff(Zielgruppe, code, **{"gruppe": "kinder"} | fields)


def make_leitdimension(code: str = "kinderrechte", **fields) -> Leitdimension:
    return _begriff(Leitdimension, code, **fields)


def make_sprache(code: str = "tr", **fields) -> Sprache:
    return _begriff(Sprache, code, **{"eigenname": code} | fields)


def make_angebotsformat(code: str = "vor-ort", **fields) -> Angebotsformat:
    return _begriff(Angebotsformat, code, **fields)


def make_ebene(code: str = "strategisch", **fields) -> Ebene:
    return _begriff(Ebene, code, **{"kurz": code} | fields)


def make_akteurstyp(code: str = "jugendamt", **fields) -> Akteurstyp:
    return _begriff(Akteurstyp, code, **fields)


def make_gremientyp(code: str = "steuerungsgruppe", **fields) -> Gremientyp:
    return _begriff(Gremientyp, code, **fields)


def make_prozessschritt(code: str = "auftakt", **fields) -> Prozessschritt:
    return _begriff(Prozessschritt, code, **fields)


def make_veranstaltungsart(code: str = "jahresfachtag", **fields) -> Veranstaltungsart:
    return _begriff(Veranstaltungsart, code, **fields)


# ---------------------------------------------------------------- kommunen


def make_kachel(**fields) -> Kachel:
    n = next(nummer)
    defaults = {
        "kuerzel": "KS",
        "name": f"Kreis {n}",
        "zeilen": f"Kreis|{n}",
        "art": "landkreis",
        "ags5": f"{10000 + n}",
        "reihe": n,
        "spalte": n % 2,
    }
    return Kachel.objects.create(**defaults | fields)


def make_kommune(**fields) -> Kommune:
    n = next(nummer)
    defaults = {
        "name": f"Landkreis {n}",
        "kurzname": f"Kreis {n}",
        "art": Kommune.Art.LANDKREIS,
        "ags": f"{20000 + n}",
        "programm_von": dt.date(2023, 1, 1),
        "status": Status.VEROEFFENTLICHT,
    }
    return Kommune.objects.create(**defaults | fields)


def make_koordination(**fields) -> Koordination:
    fields.setdefault("kommune", None) or fields.update(kommune=make_kommune())
    defaults = {"funktion": "Koordination Präventionskette", "stelle": "Jugendamt"}
    return Koordination.objects.create(**defaults | fields)


def make_teilraum(**fields) -> Teilraum:
    fields.setdefault("kommune", None) or fields.update(kommune=make_kommune())
    n = next(nummer)
    return Teilraum.objects.create(
        **{"name": f"Stadt {n}", "slug": f"s-{n}", "art": "stadt"} | fields
    )


def make_gremium(**fields) -> Gremium:
    fields.setdefault("kommune", None) or fields.update(kommune=make_kommune())
    defaults = {
        "name": f"Gremium {next(nummer)}",
        "typ": make_gremientyp(),
        "ebene": make_ebene(),
    }
    return Gremium.objects.create(**defaults | fields)


def make_meilenstein(**fields) -> Meilenstein:
    fields.setdefault("kommune", None) or fields.update(kommune=make_kommune())
    defaults = {
        "titel": f"Schritt {next(nummer)}",
        "prozessschritt": make_prozessschritt(),
        "datum": dt.date(2024, 3, 1),
        "stand": "erledigt",
    }
    return Meilenstein.objects.create(**defaults | fields)


def make_beteiligung(**fields) -> Beteiligung:
    fields.setdefault("kommune", None) or fields.update(kommune=make_kommune())
    n = next(nummer)
    defaults = {
        "titel": f"Befragung {n}",
        "wer": "Kinder",
        "datum": dt.date(2020, 1, 1) + dt.timedelta(days=n),
    }
    return Beteiligung.objects.create(**defaults | fields)


def make_kennzahl(**fields) -> Kennzahl:
    fields.setdefault("kommune", None) or fields.update(kommune=make_kommune())
    defaults = {"bezeichnung": "Kinder bis 10 Jahre", "wert": 1653, "einheit": "Kinder"}
    return Kennzahl.objects.create(**defaults | fields)


def make_steckbriefdokument(**fields) -> Steckbriefdokument:
    fields.setdefault("kommune", None) or fields.update(kommune=make_kommune())
    defaults = {"titel": "Leitfaden", "link": "https://example.org/leitfaden"}
    return Steckbriefdokument.objects.create(**defaults | fields)


def make_zustaendigkeit(**fields) -> Zustaendigkeit:
    fields.setdefault("konto", None) or fields.update(konto=make_konto())
    fields.setdefault("kommune", None) or fields.update(kommune=make_kommune())
    return Zustaendigkeit.objects.create(**{"von": dt.date(2023, 1, 1)} | fields)


def make_einrichtung(**fields) -> Einrichtung:
    defaults = {"name": f"Familienzentrum {next(nummer)}"}
    if "akteurstyp" not in fields:
        defaults["akteurstyp"] = make_akteurstyp()
    return Einrichtung.objects.create(**defaults | fields)


def make_ort(**fields) -> Ort:
    defaults = {
        "name": f"Saal {next(nummer)}",
        "strasse": "Am Markt 1",
        "plz": "34117",
        "ort": "Kassel",
    }
    return Ort.objects.create(**defaults | fields)


def make_ferien(von: dt.date | None = None, bis: dt.date | None = None, **fields) -> Ferien:
    """A fortnight of school holidays, some time ahead."""
    n = next(nummer)
    von = von or timezone.localdate() + dt.timedelta(days=30 + 20 * n)
    bis = bis or von + dt.timedelta(days=13)
    return Ferien.objects.create(**{"name": f"Ferien {n}", "von": von, "bis": bis} | fields)


# ---------------------------------------------------------------- angebote


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


# ---------------------------------------------------------------- veranstaltungen


def make_veranstaltung(
    *, in_tagen: int = 30, plaetze: int | None = None, **fields
) -> Veranstaltung:
    """A published event; with `plaetze` its registration is open and the house has that many."""
    beginn = timezone.now() + dt.timedelta(days=in_tagen)
    defaults = {
        "titel": f"Jahresfachtag {next(nummer)}",
        "beginn": beginn,
        "ende": beginn + dt.timedelta(hours=7),
        "status": Veranstaltung.Status.VEROEFFENTLICHT,
    }
    if "art" not in fields:
        defaults["art"] = make_veranstaltungsart()
    if plaetze is not None:
        defaults |= {
            "anmeldung_von": timezone.now() - dt.timedelta(days=1),
            "anmeldung_bis": min(beginn, timezone.now() + dt.timedelta(days=20)),
        }
    veranstaltung = Veranstaltung.objects.create(**defaults | fields)
    if plaetze is not None:
        Platzkontingent.objects.create(
            veranstaltung=veranstaltung, art=Platzkontingent.Art.GESAMT, kapazitaet=plaetze
        )
    return veranstaltung


def make_fachtag(
    *, foren: int = 3, durchgaenge: int = 2, je_forum: int = 10, **fields
) -> Veranstaltung:
    """A Fachtag with open registration, every Fachforum offered in every Durchgang."""
    fachtag = make_veranstaltung(**{"plaetze": foren * je_forum * durchgaenge} | fields)
    slots = [
        Durchgang.objects.create(
            veranstaltung=fachtag, nummer=n, beginn=dt.time(9 + 2 * n), ende=dt.time(10 + 2 * n)
        )
        for n in range(1, durchgaenge + 1)
    ]
    for n in range(1, foren + 1):
        forum = Fachforum.objects.create(veranstaltung=fachtag, nummer=n, titel=f"Forum {n}")
        for slot in slots:
            Platzkontingent.objects.create(
                veranstaltung=fachtag, fachforum=forum, durchgang=slot, kapazitaet=je_forum
            )
    return fachtag


def make_anmeldung(**fields) -> Anmeldung:
    """A bare row without seats; whoever needs seats registers through plaetze."""
    n = next(nummer)
    defaults = {"name": f"Alex Beispiel {n}", "email": f"alex{n}@example.org"}
    if "veranstaltung" not in fields:
        defaults["veranstaltung"] = make_veranstaltung(plaetze=10)
    stand = fields.get("status", Anmeldung.Status.BESTAETIGT)
    defaults["hausplatz"] = stand in ("unbestaetigt", "bestaetigt", "angeboten")
    return Anmeldung.objects.create(**defaults | fields)


def make_bericht(**fields) -> Bericht:
    defaults = {
        "titel": f"Bericht {next(nummer)}",
        "teaser": "Was war und was bleibt.",
        "text": "<p>Es war gut.</p>",
        "status": Status.VEROEFFENTLICHT,
        "veroeffentlicht_am": timezone.localdate(),
    }
    return Bericht.objects.create(**defaults | fields)


def make_beitrag(**fields) -> Beitrag:
    fields.setdefault("bericht", None) or fields.update(bericht=make_bericht())
    fields.setdefault("kommune", None) or fields.update(kommune=make_kommune())
    return Beitrag.objects.create(**{"titel": "Beitrag", "text": "Ein Beispiel."} | fields)
