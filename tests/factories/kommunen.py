"""Vocabularies, Kommunen with all that hangs on them, Einrichtungen and Orte."""

import datetime as dt
import itertools

from django.utils import timezone

from angebote.models import (
    Angebotsformat,
)
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
from praeventionsketten.models import Status
from veranstaltungen.models import (
    Veranstaltungsart,
)

from .dach import begriff, make_konto, nummer

# Round and round: a long run counts further than a row of the map or an AGS can.
kacheln = itertools.cycle(range(1, 30_000))

# ---------------------------------------------------------------- vocabularies


def make_lebensphase(code: str = "kita", **fields) -> Lebensphase:
    defaults = {"kurz": code.title(), "alter_von": 36, "alter_bis": 72}
    return begriff(Lebensphase, code, **defaults | fields)


def make_uebergang(code: str = "in-die-grundschule", **fields) -> Uebergang:
    fields.setdefault("von", None) or fields.update(von=make_lebensphase("kita"))
    fields.setdefault("nach", None) or fields.update(nach=make_lebensphase("grundschule"))
    return begriff(Uebergang, code, **{"kurz": code} | fields)


def make_handlungsfeld(code: str = "wohnen", **fields) -> Handlungsfeld:
    return begriff(Handlungsfeld, code, **{"lebenslage": "materiell"} | fields)


def make_zielgruppe(code: str = "kinder", **fields) -> Zielgruppe:
    return begriff(Zielgruppe, code, **{"gruppe": "kinder"} | fields)


def make_leitdimension(code: str = "kinderrechte", **fields) -> Leitdimension:
    return begriff(Leitdimension, code, **fields)


def make_sprache(code: str = "tr", **fields) -> Sprache:
    return begriff(Sprache, code, **{"eigenname": code} | fields)


def make_angebotsformat(code: str = "vor-ort", **fields) -> Angebotsformat:
    return begriff(Angebotsformat, code, **fields)


def make_ebene(code: str = "strategisch", **fields) -> Ebene:
    return begriff(Ebene, code, **{"kurz": code} | fields)


def make_akteurstyp(code: str = "jugendamt", **fields) -> Akteurstyp:
    return begriff(Akteurstyp, code, **fields)


def make_gremientyp(code: str = "steuerungsgruppe", **fields) -> Gremientyp:
    return begriff(Gremientyp, code, **fields)


def make_prozessschritt(code: str = "auftakt", **fields) -> Prozessschritt:
    return begriff(Prozessschritt, code, **fields)


def make_veranstaltungsart(code: str = "jahresfachtag", **fields) -> Veranstaltungsart:
    return begriff(Veranstaltungsart, code, **fields)


# ---------------------------------------------------------------- kommunen


def make_kachel(**fields) -> Kachel:
    n = next(kacheln)
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
