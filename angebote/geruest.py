"""What of the page /angebote/ is the same for all: frame, form and Kette, rendered once.

For `verzeichnis`, which fills in what differs. The markup stands in templates/angebote/.
"""

import datetime as dt
from functools import cache, lru_cache, partial

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommunen.kette import kette
from praeventionsketten.schablone import Html, Schablone, Vordruck, als_html, marke, zahl_html

from . import karten, zahlworte
from .filters import SORTIERUNGEN, AngebotFilter
from .models import Angebot
from .suche import Werk
from .suche.werk import Gemerkt

# The fieldsets of the form: legend, parameters, how many options show at once.
GRUPPEN = (
    (gettext_lazy("Kommune"), ["kommune"], 6),
    (gettext_lazy("Für wen?"), ["zielgruppe"], 6),
    (gettext_lazy("Thema"), ["feld"], 6),
    (gettext_lazy("Sprache"), ["sprache"], 6),
    (gettext_lazy("Außerdem"), ["kosten", "zugang", "stufenlos"], 9),
    (gettext_lazy("Wie?"), ["format"], 9),
)
IM_FORMULAR = ["versteckt", "gewaehlt", "umkreis"]
ZUM_TIPPEN = ("plz", "km", "alter")
AUF_DER_SEITE = [
    "seitentitel",
    "seitenadresse",
    "robots",
    "q",
    "lebensweg",
    "glieder",
    "uebergaenge",
    "formular",
    "ergebnisse",
]
NICHTS = Html()
OHNE = marke("ohne").encode()


class Geruest:
    """What of the page holds for one content version and one day."""

    def __init__(self, werk: Werk, felder: dict, heute: dt.date) -> None:
        self.programm = werk.programm
        self.glieder = {(g.art, g.code): g for g in kette(Angebot.objects.none())}
        self.karten = karten.Karten(list(self.glieder.values()), heute)
        gruppen = _gruppen(felder)
        alle = [o for g in gruppen for o in (*g["optionen"], *g["weitere"])]
        self.optionen = {(o["name"], o["code"]): f"zahl {o['name']} {o['code']}" for o in alle}
        # Which fold an option lies in, so that it opens where one is chosen.
        self.falte = {
            (o["name"], o["code"]): g["legende"] for g in gruppen for o in g["weitere"]
        }
        leer = {f"an {name} {code}": NICHTS for name, code in self.optionen}
        leer |= {f"offen {g['legende']}": NICHTS for g in gruppen if g["weitere"]}
        leer |= dict.fromkeys(self.optionen.values(), zahl_html(0))
        leer |= dict.fromkeys(IM_FORMULAR, NICHTS)
        formular = Schablone("angebote/_filter.html", IM_FORMULAR, gruppen=gruppen)
        self.formular = Vordruck(formular, leer)
        self.seite = Schablone(
            "angebote/angebot_liste.html",
            AUF_DER_SEITE,
            bereich="angebote",
            pfad=[(_("Angebote"), None)],
            programm=self.programm,
            felder=felder,
        )
        # A translation costs as much as a row of the list.
        self.titel, self.angebote = _("Angebote für Familien und Fachkräfte"), _("Angebote")
        self.waehlen, self.aendern = _("Lebensphase wählen"), _("ändern")
        self.schablone = cache(_schablone)
        # Not methods: remembered, they would keep a version alive that is over.
        self.glied = lru_cache(2000)(partial(_glied, cache(partial(_glied_von, self.glieder))))
        self.umkreis = cache(partial(_umkreis, felder))
        self.gewaehlt = cache(_gewaehlt)
        self.ueberschrift = lru_cache(2000)(zahlworte.ueberschrift)
        self.weitere = lru_cache(2000)(_weitere)
        self.sortierung = cache(_sortierung_von)
        self.seiten = Gemerkt(500)


def _glied(vorlage, art: str, code: str, anzahl: int, aktuell: bool) -> Html:
    """One link of the Kette, complete but for OHNE: none, one and many differ in a word."""
    schablone = vorlage(art, code, min(anzahl, 2), aktuell)
    return schablone.fuelle({"ohne": Html(OHNE), "zahl": zahl_html(anzahl)})


def _glied_von(glieder: dict, art: str, code: str, anzahl: int, aktuell: bool) -> Schablone:
    werte = {
        "art": art,
        "name": glieder[art, code].name,
        "anzahl": anzahl,
        "aktuell": aktuell,
        "url": f"{marke('ohne')}{art}={code}",
        "zahl": marke("zahl"),
    }
    return Schablone("includes/glied.html", glied=werte)


def _umkreis(felder: dict, *falsch: str) -> Schablone:
    """The fields one types into, some of them with what is wrong there."""
    fehler = {name: marke(f"fehler {name}") for name in falsch}
    werte = {"felder": felder, "falsch": falsch, "fehler": fehler}
    return Schablone("angebote/_umkreis.html", ZUM_TIPPEN, **werte)


def _gewaehlt(anzahl: int) -> Html:
    if not anzahl:
        return NICHTS
    return als_html(format_html("<span>{}</span>", _("%(n)s gewählt") % {"n": anzahl}))


def _weitere(anzahl: int) -> tuple[Html, Html]:
    satz, text = zahlworte.ungesichert(anzahl)
    return als_html(satz), als_html(text)


def _schablone(template: str, *felder: str, **werte) -> Schablone:
    return Schablone(template, felder, **werte)


def _sortierung_von(codes: tuple[str, ...], aktuell: str) -> Schablone:
    """The ways to sort, each with a field for its address."""
    sortierungen = [(SORTIERUNGEN[code], marke(code), code == aktuell) for code in codes]
    return Schablone("angebote/_sortierung.html", sortierungen=sortierungen)


def _gruppen(felder: dict) -> list[dict]:
    gruppen = []
    for legende, namen, zuerst in GRUPPEN:
        optionen = [
            {
                "id": f"id_{name}_{nummer}",
                "name": name,
                "code": code,
                "label": label,
                "gewaehlt": marke(f"an {name} {code}"),
                "zahl": marke(f"zahl {name} {code}"),
            }
            for name in namen
            for nummer, (code, label) in enumerate(felder[name].choices)
        ]
        gruppen.append(
            {
                "legende": str(legende),
                "optionen": optionen[:zuerst],
                "weitere": optionen[zuerst:],
                "offen": marke(f"offen {legende}"),
            }
        )
    return gruppen


def geruest(filter_: AngebotFilter) -> Geruest:
    werk, heute = filter_.ergebnis.werk, filter_.ergebnis.heute
    return werk.taeglich("geruest", heute, lambda: Geruest(werk, filter_.felder, heute))
