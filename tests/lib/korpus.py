"""The Angebote of the demo world in a search index, without a database.

python -m tests.lib.korpus [--ohne-suchwoerter] [--fehler] [FILE]

prints the numbers of the search. Without the words of the editors it must do with what
an Angebot says of itself, as with the first ones of somebody new.
"""

import sys
import tomllib
from functools import cache
from pathlib import Path

import praeventionsketten
from praeventionsketten.lib.deutsch import (
    ZUGANG,
    Analyse,
    Speicher,
    Suche,
    Woerterbuch,
    absaetze,
    gratis_fuer_manche,
    lebensalter,
    zeitworte,
)
from praeventionsketten.lib.deutsch.angaben import WOCHENTAGE
from praeventionsketten.lib.deutsch.messen import fehler, lies, messe, tabelle

PAKET = Path(praeventionsketten.__file__).parent
ANFRAGEN = PAKET / "beispielwelt" / "suche.toml"


def toml(pfad: str) -> dict:
    return tomllib.loads((PAKET / pfad).read_text())


@cache
def analyse() -> Analyse:
    dateien = sorted((PAKET / "grunddaten").glob("suchwoerter*.toml"))
    return Analyse(Woerterbuch.aus(*(tomllib.loads(d.read_text()) for d in dateien)))


@cache
def angebote() -> list[dict]:
    dateien = sorted((PAKET / "beispielwelt").glob("angebote_*.toml"))
    alle = [a for datei in dateien for a in tomllib.loads(datei.read_text())["angebot"]]
    return [angebot for angebot in alle if angebot["status"] == "veroeffentlicht"]


@cache
def namen(datei: str, art: str, schluessel: str) -> dict[str, str]:
    return {eintrag[schluessel]: eintrag["name"] for eintrag in toml(datei)[art]}


def begriffe(angebot: dict, feld: str, art: str) -> list[str]:
    vokabular = namen("grunddaten/vokabular.toml", art, "code")
    return [vokabular[code] for code in angebot[feld]]


def sprachen(angebot: dict) -> list[str]:
    gesprochen = set(angebot["sprachen"]) - {"de"}
    alle = toml("grunddaten/vokabular.toml")["sprache"]
    je_sprache = [(s["name"], s["eigenname"]) for s in alle if s["code"] in gesprochen]
    return [name for namen in je_sprache for name in namen]


def orte(angebot: dict) -> list[dict]:
    orte = [*angebot.get("ort", []), *(t.get("ort", {}) for t in angebot.get("termin", []))]
    return [ort for ort in orte if isinstance(ort, dict)]


def staedte(angebot: dict) -> list[str]:
    kommunen = namen("beispielwelt/kommunen.toml", "kommune", "slug")
    stadt = {ort["ort"] for ort in orte(angebot) if "ort" in ort}
    return sorted(stadt | {kommunen.get(angebot["kommune"], "")})


def haeuser(angebot: dict) -> list[str]:
    return sorted({ort["name"] for ort in orte(angebot) if "name" in ort})


def felder(angebot: dict) -> dict[str, str | list[str]]:
    einrichtungen = namen("beispielwelt/einrichtungen.toml", "einrichtung", "slug")
    angaben = [angebot.get(f, "") for f in ("kosten_text", "zugang_text", "unterlagen")]
    return {
        "titel": angebot["titel"],
        "suchwoerter": angebot.get("suchwoerter", "").split(","),
        "kurz": angebot["kurzbeschreibung"],
        "einfach": angebot.get("einfache_sprache", ""),
        **absaetze(angebot.get("beschreibung", "")),
        "begriffe": begriffe(angebot, "handlungsfelder", "handlungsfeld")
        + begriffe(angebot, "zielgruppen", "zielgruppe"),
        "sprachen": sprachen(angebot),
        "phasen": begriffe(angebot, "lebensphasen", "lebensphase")
        + begriffe(angebot, "uebergaenge", "uebergang"),
        "traeger": [einrichtungen[angebot["einrichtung"]], *haeuser(angebot)],
        "ort": staedte(angebot),
        "angaben": angaben,
        "fakten": fakten(angebot),
        "zugang": zugang(angebot),
    }


def fakten(angebot: dict) -> list[str]:
    gratis = angebot["kosten"] == "kostenlos" or (
        angebot["kosten"] == "einkommensabhaengig"
        and gratis_fuer_manche(angebot.get("kosten_text", ""))
    )
    return [
        *(["kostenlos"] if gratis else []),
        *(["Kinderbetreuung"] if angebot.get("kinderbetreuung") else []),
        *(["ohne Anmeldung", "ohne Termin"] if angebot["zugang"] == "offen" else []),
        *(["online"] if "digital" in angebot["formate"] else []),
        *(["telefonisch"] if "telefonisch" in angebot["formate"] else []),
        *wann(angebot),
        *lebensalter(angebot.get("alter_von"), angebot.get("alter_bis")),
    ]


def wann(angebot: dict) -> list[str]:
    tage = [str(tag).lower() for tag in WOCHENTAGE]
    zeiten = [
        zeitworte(tage.index(z["wochentag"]), int(z["von"][:2]))
        for z in angebot.get("zeitfenster", [])
    ]
    return sorted({wort for worte in zeiten for wort in worte})


def zugang(angebot: dict) -> list[str]:
    """Without a place nobody has ticked anything."""
    angaben = angebot.get("barrierefrei", {}) if orte(angebot) else {}
    return [
        w for merkmal, worte in ZUGANG.items() if angaben.get(merkmal) == "ja" for w in worte
    ]


@cache
def suche(*, mit_suchwoertern: bool = True) -> Suche:
    speicher = Speicher(analyse())
    for angebot in angebote():
        ueberall = angebot["kommune"] == "landesweit"
        texte = felder(angebot) | ({} if mit_suchwoertern else {"suchwoerter": []})
        speicher.lege_an(angebot["slug"], texte, ueberall=ueberall)
    return Suche(analyse(), speicher)


def messungen(datei: Path = ANFRAGEN, *, mit_suchwoertern: bool = True):
    diese = suche(mit_suchwoertern=mit_suchwoertern)
    return messe(lambda text: diese.suche(text).nummern, lies(datei))


if __name__ == "__main__":
    dateien = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    gemessen = messungen(
        *dateien[:1] or [ANFRAGEN], mit_suchwoertern="--ohne-suchwoerter" not in sys.argv
    )
    sys.stdout.write(tabelle(gemessen) + "\n")
    if "--fehler" in sys.argv:
        sys.stdout.write(fehler(gemessen) + "\n")
