"""The one inventory of page states: every public state of the portal, by address.

Tests for status, headers, HTML, links, queries and accessibility run over it. An address
of the URL configuration that no state opens fails the suite (test_inventar.py).
"""

from dataclasses import dataclass

from django.test import Client

from praeventionsketten.lib import signatur

# Of the links in tests.kleine_welt, which are their own tokens.
PFLEGELINK = "11111111-1111-4111-8111-111111111111"
UEBERNAHME = "22222222-2222-4222-8222-222222222222"

HTML = "text/html; charset=utf-8"
KALENDER = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Zustand:
    """One state of a page: how to open it, and what must be true of the answer."""

    name: str
    adresse: str
    status: int = 200
    typ: str = HTML
    formular: bool = False  # only these may set a cookie
    noindex: bool = False
    axe: bool = True
    anmeldung: str = ""  # public_id of the registration whose link was opened before
    pflege: str = ""  # of the Pflegelink that was opened before

    @property
    def ist_html(self) -> bool:
        return self.typ == HTML

    def besucher(self, **angaben) -> Client:
        """A browser that may open this page."""
        client = Client(**angaben)
        if self.anmeldung:
            zeichen = signatur.zeichen("meine-anmeldung", self.anmeldung, 1)
            client.cookies["meine_anmeldung"] = zeichen
        if self.pflege:
            client.cookies["pflege"] = self.pflege
        return client


def _html(name: str, adresse: str, **angaben) -> Zustand:
    return Zustand(name, adresse, **angaben)


def _form(name: str, adresse: str, **angaben) -> Zustand:
    return Zustand(name, adresse, formular=True, **angaben)


def _datei(name: str, adresse: str, typ: str, **angaben) -> Zustand:
    return Zustand(name, adresse, typ=typ, axe=False, **angaben)


def _eigene(name: str, anmeldung: str, unter: str = "", **angaben) -> Zustand:
    adresse = f"/meine-anmeldung/{anmeldung}/{unter}"
    vorgabe = {"anmeldung": anmeldung, "formular": True, "noindex": True}
    return Zustand(name, adresse, **vorgabe | angaben)


def _pflege(name: str, kennung: str, unter: str = "", **angaben) -> Zustand:
    adresse = f"/angebote/bestaetigen/{kennung}/{unter}"
    vorgabe = {"pflege": kennung, "formular": True, "noindex": True}
    return Zustand(name, adresse, **vorgabe | angaben)


START = [
    _html("Start", "/"),
    _html("Programm mit Dokument", "/programm/"),
    _html("Impressum", "/impressum/"),
    _html("Datenschutz", "/datenschutz/"),
    _html("Erklärung zur Barrierefreiheit", "/barrierefreiheit/"),
    _html("Kontakt", "/kontakt/"),
    _html("Leichte Sprache", "/leichte-sprache/"),
    _form("Barriere melden", "/barriere-melden/"),
    _html("Barriere gemeldet", "/barriere-melden/danke/", noindex=True),
    _html("Suche, leer", "/suche/", noindex=True),
    _html("Suche mit Treffern", "/suche/?q=Elterncaf%C3%A9", noindex=True),
    _html("Suche ohne Treffer", "/suche/?q=Quastenflosser", noindex=True),
]

KOMMUNEN = [
    _html("Kommunen", "/kommunen/"),
    _html("Kommunen, nur Landkreise", "/kommunen/?art=landkreis"),
    _html("Kommunen, Art unbekannt", "/kommunen/?art=planet"),
    _html("Steckbrief", "/kommunen/landkreis-kassel/"),
    _html("Steckbrief, fast leer", "/kommunen/stadt-kassel/"),
    _html("Lückenanalyse", "/kommunen/landkreis-kassel/luecken/"),
    _html("Steckbrief, Teilnahme beendet", "/kommunen/odenwaldkreis/"),
]

ANGEBOTE = [
    _html("Angebote", "/angebote/"),
    _html("Angebote, eine Phase", "/angebote/?phase=kita"),
    _html(
        "Angebote, viele Filter",
        "/angebote/?q=Eltern&kommune=landkreis-kassel&phase=kita&uebergang=in-die-grundschule"
        "&feld=wohnen&zielgruppe=kinder&sprache=tr&kosten=frei&zugang=offen&stufenlos=1&format=vor-ort&alter=4",
        noindex=True,
    ),
    _html("Angebote im Umkreis", "/angebote/?plz=34117&km=30", noindex=True),
    _html("Angebote ohne Treffer", "/angebote/?q=Quastenflosser", noindex=True),
    _html("Angebote, unbekannter Code", "/angebote/?kommune=atlantis"),
    _html("Angebote, nicht verstanden", "/angebote/?plz=Atlantis&km=weit&alter=x"),
    _html(
        "Angebote, Seite zu hoch",
        "/angebote/?seite=1000000000000000000000000000000",
        status=404,
        noindex=True,
    ),
    _html("Angebot", "/angebote/elterncafe/"),
    _html("Angebot, pausiert", "/angebote/pausiert/"),
    _html("Angebot, beendet", "/angebote/beendet/", noindex=True),
    _html("Angebot, landesweit", "/angebote/landesweit/"),
    _html("Übergang", "/angebote/uebergang/in-die-grundschule/"),
    _html(
        "Übergang, eine Kommune",
        "/angebote/uebergang/in-die-grundschule/?kommune=landkreis-kassel",
    ),
    _html("Übergang ohne Angebote", "/angebote/uebergang/in-die-kita/"),
    _html("Programme", "/angebote/programme/"),
    _html("Programm eines Angebots", "/angebote/programme/schatzsuche/"),
    _html("Programm ohne Angebote", "/angebote/programme/ohne-angebote/"),
    _form("Hinweis geben", "/angebote/elterncafe/hinweis/", noindex=True),
    _html("Hinweis gegeben", "/angebote/elterncafe/hinweis/danke/", noindex=True),
    _form("Angebot vorschlagen", "/angebote/vorschlagen/", noindex=True),
    _html("Angebot vorgeschlagen", "/angebote/vorschlagen/danke/", noindex=True),
    _form("Merkliste, leer", "/angebote/merkliste/", noindex=True),
    _html("Merkliste, falscher Link", "/angebote/merkliste/falsch/", status=404, noindex=True),
    _datei("Kalender eines Angebots", "/angebote/elterncafe/kalender.ics", KALENDER),
    _datei("Kalender eines Filters", "/angebote/kalender.ics?phase=kita", KALENDER),
    _datei("Feed der Angebote", "/angebote/feed/?kommune=landkreis-kassel", ATOM),
]

VERANSTALTUNGEN = [
    _html("Veranstaltungen", "/veranstaltungen/"),
    _html("Veranstaltungen, eine Art", "/veranstaltungen/?art=jahresfachtag"),
    _html("Fachtag, Anmeldung offen", "/veranstaltungen/fachtag/"),
    _html("Veranstaltung, ausgebucht", "/veranstaltungen/voll/"),
    _html("Veranstaltung, noch nicht offen", "/veranstaltungen/noch-nicht/"),
    _html("Veranstaltung, geschlossen", "/veranstaltungen/geschlossen/"),
    _html("Veranstaltung, abgesagt", "/veranstaltungen/abgesagt/"),
    _html("Save the Date", "/veranstaltungen/vormerken/"),
    _html("Veranstaltung, vorbei, mit Bericht", "/veranstaltungen/vorbei/"),
    _form("Anmelden zum Fachtag", "/veranstaltungen/fachtag/anmelden/", noindex=True),
    _form("Anmelden ohne Fachforen", "/veranstaltungen/treffen/anmelden/", noindex=True),
    _form("Anmelden, Warteliste", "/veranstaltungen/voll/anmelden/", noindex=True),
    _html("Anmelden, Pause", "/veranstaltungen/pause/anmelden/", noindex=True),
    _html("Veranstaltung, Pause", "/veranstaltungen/pause/"),
    _datei(
        "Erinnerung an den Anmeldestart",
        "/veranstaltungen/noch-nicht/anmelden/kalender.ics",
        KALENDER,
    ),
    _html("Anmelden, noch nicht offen", "/veranstaltungen/noch-nicht/anmelden/", noindex=True),
    _html("Anmelden, geschlossen", "/veranstaltungen/geschlossen/anmelden/", noindex=True),
    _html("Anmelden, abgesagt", "/veranstaltungen/abgesagt/anmelden/", noindex=True),
    _html("Angemeldet", "/veranstaltungen/fachtag/anmelden/fertig/", noindex=True),
    _datei(
        "Kalender einer Veranstaltung",
        "/veranstaltungen/fachtag/kalender.ics",
        KALENDER,
    ),
    _datei(
        "Kalender aller Veranstaltungen",
        "/veranstaltungen/kalender.ics",
        KALENDER,
    ),
    _html(
        "Meine Anmeldung ohne Link", "/meine-anmeldung/abcdefghjk/", status=404, noindex=True
    ),
    _html(
        "Meine Anmeldung, falscher Link",
        "/meine-anmeldung/abcdefghjk/falsch/",
        status=404,
        noindex=True,
    ),
]

EIGENE = [
    _eigene("Meine Anmeldung, unbestätigt", "unbestaetigt"),
    _eigene("Meine Anmeldung, bestätigt", "bestaetigt"),
    _eigene("Meine Anmeldung, Warteliste", "warteliste"),
    _eigene("Meine Anmeldung, Platz angeboten", "angeboten"),
    _eigene("Meine Anmeldung, storniert", "storniert"),
    _eigene("Meine Anmeldung, verfallen", "verfallen"),
    _eigene("Meine Anmeldung, Veranstaltung abgesagt", "abgesagt"),
    _eigene("Meine Anmeldung, vorbei", "vorbei"),
    _eigene("Absagen", "bestaetigt", "absagen/"),
    _eigene("Fachforen wechseln", "bestaetigt", "foren/"),
    _eigene("Vertretung", "bestaetigt", "vertretung/"),
    _eigene("Angaben und Einwilligungen", "bestaetigt", "angaben/"),
    _eigene("Meine Daten", "bestaetigt", "daten/"),
    _eigene("Jetzt löschen", "bestaetigt", "loeschen/"),
    _eigene(
        "Meine Daten als Datei", "bestaetigt", "daten.json", typ="application/json", axe=False
    ),
    _eigene("Mein Kalender", "bestaetigt", "kalender.ics", typ=KALENDER, axe=False),
    _form("Link verloren", "/meine-anmeldung/", noindex=True),
    _form("Link unterwegs", "/meine-anmeldung/unterwegs/", noindex=True),
    _html("Vertretung eingetragen", "/meine-anmeldung/abgegeben/", noindex=True),
    _html("Daten gelöscht", "/meine-anmeldung/geloescht/", noindex=True),
]

PFLEGE = [
    _pflege("Angebote bestätigen", PFLEGELINK),
    _pflege("Angebot, etwas ist anders", PFLEGELINK, f"{PFLEGELINK}/"),
    _pflege("Nicht mehr zuständig", PFLEGELINK, "weitergeben/"),
    _pflege("Sind Sie jetzt zuständig?", UEBERNAHME),
    _html(
        "Angebote bestätigen, falscher Link",
        "/angebote/bestaetigen/falsch/",
        status=404,
        noindex=True,
    ),
]

BERICHTE = [
    _html("Aktuelles", "/aktuelles/"),
    _html("Bericht", "/aktuelles/bericht/"),
    _html("Meldung", "/aktuelles/meldung/"),
    _datei("Feed", "/aktuelles/feed/", ATOM),
]

KONTO = [
    _form("Anmelden in der Verwaltung", "/konto/login/", noindex=True),
    _form("Anmelden mit Code", "/konto/login/code/", noindex=True),
    _form("Passwort vergessen", "/konto/password/reset/", noindex=True),
]

TECHNIK = [
    _datei("Sitemap", "/sitemap.xml", "application/xml"),
    _datei("robots.txt", "/robots.txt", "text/plain; charset=utf-8"),
    _datei("security.txt", "/.well-known/security.txt", "text/plain; charset=utf-8"),
    _datei("lebt", "/livez", "text/plain"),
    _datei("bereit", "/readyz", "text/plain; charset=utf-8"),
]

FEHLER = [
    _html("Nicht gefunden", "/gibt-es-nicht/", status=404, noindex=True),
    _html("NUL im Pfad", "/angebote/a%00b/", status=400, noindex=True),
]

ZUSTAENDE = [
    *START,
    *KOMMUNEN,
    *ANGEBOTE,
    *VERANSTALTUNGEN,
    *EIGENE,
    *PFLEGE,
    *BERICHTE,
    *KONTO,
    *TECHNIK,
    *FEHLER,
]
SEITEN = [zustand for zustand in ZUSTAENDE if zustand.ist_html]
