"""The page /angebote/, put together for many visitors at little cost.

What is the same for all (frame, form, Kette) is rendered once per content version; a
request fills in counts, marks and rows. The markup stands in templates/angebote/.
"""

import datetime as dt
from collections.abc import Iterable
from functools import cache, lru_cache

from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommunen.kette import UEBERGANG, kette
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.schablone import Html, Schablone, als_html, marke, verbunden, zahl_html

from . import karten, zahlworte
from .auswege import Ausweg, auswege, weiter_weg
from .filters import SORTIERUNGEN, AngebotFilter, Gewaehlt
from .kalender import HOECHSTENS
from .models import Angebot
from .suche import Ergebnis, Werk
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
ERGEBNISSE = (
    "ueberschrift",
    "sortierung",
    "auswahl",
    "meldungen",
    "dazu",
    "karten",
    "landesweite",
    "ungesicherte",
    "seiten",
    "mitnehmen",
)
NICHTS = Html()
ANGEKREUZT, OFFEN = Html(b" checked"), Html(b" open")
NOINDEX = Html(b'<meta name="robots" content="noindex">')


class Geruest:
    """What of the page holds for one content version and one day."""

    def __init__(self, werk: Werk, felder: dict, heute: dt.date) -> None:
        self.programm, self._felder = werk.programm, felder
        self.glieder = {(g.art, g.code): g for g in kette(Angebot.objects.none())}
        self.karten = karten.Karten(list(self.glieder.values()), heute)
        gruppen = _gruppen(felder)
        alle = [o for g in gruppen for o in (*g["optionen"], *g["weitere"])]
        self.optionen = {(o["name"], o["code"]): f"zahl {o['name']} {o['code']}" for o in alle}
        # Which fold an option lies in, so that it opens where one is chosen.
        self.falte = {
            (o["name"], o["code"]): g["legende"] for g in gruppen for o in g["weitere"]
        }
        self.leer = {f"an {name} {code}": NICHTS for name, code in self.optionen}
        self.leer |= {f"offen {g['legende']}": NICHTS for g in gruppen}
        self.formular = Schablone("angebote/_filter.html", IM_FORMULAR, gruppen=gruppen)
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
        self.glied = cache(self._glied)
        self.umkreis = cache(self._umkreis)
        self.ueberschrift = lru_cache(2000)(zahlworte.ueberschrift)
        self.weitere = lru_cache(2000)(zahlworte.ungesichert)
        self.sortierung = cache(_sortierung_von)
        self.seiten = Gemerkt(500)

    def _glied(self, art: str, code: str, anzahl: int, aktuell: bool) -> Schablone:
        """One link of the Kette; none, one and many differ in a word."""
        werte = {
            "art": art,
            "name": self.glieder[art, code].name,
            "anzahl": anzahl,
            "aktuell": aktuell,
            "url": f"{marke('ohne')}{art}={code}",
            "zahl": marke("zahl"),
        }
        return Schablone("includes/glied.html", glied=werte)

    def _umkreis(self, *falsch: str) -> Schablone:
        """The fields one types into, some of them with what is wrong there."""
        werte = {
            "felder": self._felder,
            "falsch": falsch,
            "fehler": {name: marke(f"fehler {name}") for name in falsch},
        }
        return Schablone("angebote/_umkreis.html", ZUM_TIPPEN, **werte)


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
    return werk.einmal(("geruest", heute), lambda: Geruest(werk, filter_.felder, heute))


def html(filter_: AngebotFilter, seite: Page) -> Html:
    """The whole page; `seite` holds the numbers of its Angebote."""
    fest = geruest(filter_)
    adresse = filter_.adresse(seite=seite.number)
    return fest.seite.fuelle(
        {
            "seitentitel": _titel(fest, filter_, seite),
            "seitenadresse": absolut(adresse),
            "robots": NICHTS
            if filter_.fuer_suchmaschinen and filter_.ergebnis.anzahl
            else NOINDEX,
            "q": filter_.werte["q"],
            "lebensweg": _lebensweg(fest, filter_),
            "glieder": _kette(fest, filter_),
            "uebergaenge": _uebergaenge(fest, filter_),
            "formular": _formular(fest, filter_),
            "ergebnisse": _ergebnisse(fest, filter_, seite, adresse),
        }
    )


def _titel(fest: Geruest, filter_: AngebotFilter, seite: Page) -> str:
    titel = f"{fest.angebote}: {filter_.in_worten}" if filter_.gewaehlt else fest.titel
    if seite.number > 1:
        titel += " " + _("(Seite %(n)s)") % {"n": seite.number}
    return titel


def _lebensweg(fest: Geruest, filter_: AngebotFilter) -> str:
    if not filter_.lebensweg:
        return fest.waehlen
    return format_html("{} <span>{}</span>", filter_.lebensweg, fest.aendern)


def _kette(fest: Geruest, filter_: AngebotFilter) -> Html:
    """Each link with what choosing it would give, whatever is chosen of the others."""
    zahlen = filter_.ergebnis.zahlen
    ohne = filter_.adresse(phase=[], uebergang=[])
    ohne = als_html(ohne + ("&" if "?" in ohne else "?"))
    teile = []
    for art, code in fest.glieder:
        anzahl = zahlen.get((art, code), 0)
        schablone = fest.glied(art, code, min(anzahl, 2), code in filter_.werte[art])
        teile.append(schablone.fuelle({"ohne": ohne, "zahl": zahl_html(anzahl)}))
    return verbunden(teile)


def _uebergaenge(fest: Geruest, filter_: AngebotFilter) -> Html:
    """The way to the page of each chosen transition."""
    gewaehlt = [(UEBERGANG, code) for code in filter_.werte[UEBERGANG]]
    glieder = (fest.glieder[wert] for wert in sorted(gewaehlt, key=list(fest.glieder).index))
    teile = (fest.schablone("angebote/_weg_uebergang.html", glied=g) for g in glieder)
    return verbunden(teil.fuelle({}) for teil in teile)


def _formular(fest: Geruest, filter_: AngebotFilter) -> Html:
    zahlen = filter_.ergebnis.zahlen
    fuellung = fest.leer | {
        feld: zahl_html(zahlen.get(wert, 0)) for wert, feld in fest.optionen.items()
    }
    for name, codes in filter_.angekreuzt:
        for code in codes:
            fuellung[f"an {name} {code}"] = ANGEKREUZT
            fuellung[f"offen {fest.falte.get((name, code))}"] = OFFEN
    eins = fest.schablone("angebote/_versteckt.html", "name", "wert")
    fuellung["versteckt"] = verbunden(
        eins.fuelle({"name": n, "wert": w}) for n, w in filter_.versteckt
    )
    anzahl = len(filter_.gewaehlt)
    fuellung["gewaehlt"] = (
        format_html("<span>{}</span>", _("%(n)s gewählt") % {"n": anzahl}) if anzahl else NICHTS
    )
    fehler = filter_.feldfehler
    getippt = {name: filter_.im_feld(name) for name in ZUM_TIPPEN}
    getippt |= {f"fehler {name}": satz for name, satz in fehler.items()}
    fuellung["umkreis"] = fest.umkreis(*sorted(fehler)).fuelle(getippt)
    return fest.formular.fuelle(fuellung)


def _ergebnisse(fest: Geruest, filter_: AngebotFilter, seite: Page, adresse: str) -> Html:
    ergebnis = filter_.ergebnis
    pks = seite.object_list
    landesweite = filter(ergebnis.ist_landesweit, pks) if ergebnis.getrennt else ()
    landesweite = dict.fromkeys(landesweite)
    km = ergebnis.umkreis.km if ergebnis.umkreis else {}
    zeilen = fest.karten.zeilen(pks, filter_.woerter, km)
    oertliche = _reihe((pk for pk in pks if pk not in landesweite), zeilen)
    return fest.schablone("angebote/_ergebnisse.html", *ERGEBNISSE).fuelle(
        {
            "ueberschrift": fest.ueberschrift(*_vor_ort(ergebnis)),
            "sortierung": _sortierung(fest, filter_),
            "auswahl": _auswahl(fest, filter_),
            "meldungen": _meldungen(filter_),
            "dazu": _dazu(ergebnis, alle_davor=not oertliche),
            "karten": oertliche or _statt_oertlicher(fest, filter_),
            "landesweite": _landesweite(fest, ergebnis, _reihe(landesweite, zeilen)),
            "ungesicherte": _ungesicherte(fest, filter_),
            "seiten": _seiten(fest, filter_, seite),
            "mitnehmen": _mitnehmen(fest, filter_, adresse),
        }
    )


def _reihe(pks: Iterable[int], zeilen: dict[int, Html]) -> Html:
    # Between the two queries an Angebot may have gone.
    teile = [zeilen[pk] for pk in pks if pk in zeilen]
    return Html(b'<ul class="reihe">%b</ul>' % b"".join(teile)) if teile else NICHTS


def _statt_oertlicher(fest: Geruest, filter_: AngebotFilter) -> Html:
    """The ways on, where nothing was found; else at least how much farther to look."""
    if not filter_.ergebnis.anzahl:
        return _leer(fest, filter_)
    if filter_.ergebnis.anzahl_oertlich or not (wege := _wege(fest, weiter_weg(filter_))):
        return NICHTS
    return Html(b'<ul class="text striche">%b</ul>' % wege)


def _wege(fest: Geruest, wege: Iterable[Ausweg]) -> Html:
    einer = fest.schablone("angebote/_ausweg.html", *Ausweg._fields)
    return verbunden(einer.fuelle(weg._asdict() | {"anzahl": weg.treffer}) for weg in wege)


def _leer(fest: Geruest, filter_: AngebotFilter) -> Html:
    leer = fest.schablone(
        "angebote/_leer.html",
        "auswege",
        gewaehlt=bool(filter_.gewaehlt),
        stichwort=bool(filter_.werte["q"]),
        email=fest.programm.email,
    )
    return leer.fuelle({"auswege": _wege(fest, auswege(filter_))})


def _meldungen(filter_: AngebotFilter) -> Html:
    if not filter_.hat_meldung:
        return NICHTS
    return als_html(render_to_string("angebote/_meldungen.html", {"filter": filter_}))


def _vor_ort(ergebnis: Ergebnis) -> tuple[int, str]:
    """How many the first heading counts, and where they are."""
    if not ergebnis.getrennt:
        return ergebnis.anzahl, ""
    return ergebnis.anzahl_oertlich, "umkreis" if ergebnis.umkreis else "kommune"


def _dazu(ergebnis: Ergebnis, alle_davor: bool) -> Html:
    if not (ergebnis.getrennt and (n := ergebnis.anzahl_landesweit)):
        return NICHTS
    oertliche, wo = _vor_ort(ergebnis)
    satz = zahlworte.dazu(n, allein=not oertliche)
    if alle_davor and oertliche:
        satz += " " + zahlworte.davor(wo)
    return als_html(format_html('<p class="text">{}</p>', satz))


def _landesweite(fest: Geruest, ergebnis: Ergebnis, reihe: Html) -> Html:
    if not reihe:
        return NICHTS
    schablone = fest.schablone(
        "angebote/_landesweit.html",
        "ueberschrift",
        "karten",
        ohne_weg=ergebnis.umkreis is not None,
    )
    titel = zahlworte.landesweit(ergebnis.anzahl_landesweit)
    return schablone.fuelle({"ueberschrift": titel, "karten": reihe})


def _ungesicherte(fest: Geruest, filter_: AngebotFilter) -> Html:
    """What the list leaves out, and the way to it."""
    if not (n := filter_.ergebnis.anzahl_ungesichert):
        return NICHTS
    satz, text = fest.weitere(n)
    adresse = filter_.adresse(ungesichert=["1"])
    return als_html(
        format_html('<p class="text">{} <a href="{}#treffer">{}</a></p>', satz, adresse, text)
    )


def _sortierung(fest: Geruest, filter_: AngebotFilter) -> Html:
    if filter_.ergebnis.anzahl < 2:
        return NICHTS
    wege = filter_.sortierungen
    schablone = fest.sortierung(tuple(wege), filter_.sortierung)
    return schablone.fuelle(wege)


def _auswahl(fest: Geruest, filter_: AngebotFilter) -> Html:
    if not filter_.gewaehlt:
        return NICHTS
    eine = fest.schablone("angebote/_wahl.html", *Gewaehlt._fields)
    wahlen = verbunden(eine.fuelle(wahl._asdict()) for wahl in filter_.gewaehlt)
    mehrere = len(filter_.gewaehlt) > 1
    auswahl = fest.schablone("angebote/_auswahl.html", "wahlen", mehrere=mehrere)
    return auswahl.fuelle({"wahlen": wahlen})


def _seiten(fest: Geruest, filter_: AngebotFilter, seite: Page) -> Html:
    if not seite.has_other_pages():
        return NICHTS
    anfrage = filter_.anfrage
    schluessel = (seite.number, seite.paginator.num_pages, bool(anfrage))
    if (schablone := fest.seiten.hole(schluessel)) is None:
        werte = {"page": seite, "anfrage": anfrage and marke("anfrage")}
        schablone = fest.seiten.merke(schluessel, Schablone("includes/seiten.html", **werte))
    return schablone.fuelle({"anfrage": anfrage})


def _mitnehmen(fest: Geruest, filter_: AngebotFilter, adresse: str) -> Html:
    anfrage = filter_.anfrage
    schablone = fest.schablone(
        "angebote/_mitnehmen.html",
        anzahl=bool(filter_.ergebnis.anzahl),
        hoechstens=HOECHSTENS if filter_.ergebnis.anzahl > HOECHSTENS else None,
        anfrage=anfrage and marke("anfrage"),
        seitenadresse=marke("seitenadresse"),
    )
    return schablone.fuelle({"anfrage": anfrage, "seitenadresse": absolut(adresse)})
