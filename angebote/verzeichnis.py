"""The page /angebote/, put together for many visitors at little cost.

What is the same for all (`geruest`) is rendered once per content version; a request fills
in counts, marks and rows. The markup stands in templates/angebote/.
"""

from collections.abc import Iterable

from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kommunen.kette import UEBERGANG
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.schablone import (
    Html,
    Schablone,
    als_html,
    marke,
    verbunden,
    zahl_html,
)

from . import zahlworte
from .auswege import Ausweg, auswege, weiter_weg
from .filters import AngebotFilter, Gewaehlt
from .geruest import NICHTS, OHNE, ZUM_TIPPEN, Geruest, geruest
from .kalender import HOECHSTENS
from .suche import Ergebnis

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
ANGEKREUZT, OFFEN = Html(b" checked"), Html(b" open")
NOINDEX = Html(b'<meta name="robots" content="noindex">')


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
    zahlen, gewaehlt = filter_.ergebnis.zahlen, filter_.werte
    ohne = filter_.adresse(phase=[], uebergang=[])
    ohne = als_html(ohne + ("&" if "?" in ohne else "?"))
    glieder = [
        fest.glied(art, code, zahlen.get((art, code), 0), code in gewaehlt[art])
        for art, code in fest.glieder
    ]
    return Html(b"".join(glieder).replace(OHNE, ohne))


def _uebergaenge(fest: Geruest, filter_: AngebotFilter) -> Html:
    """The way to the page of each chosen transition."""
    gewaehlt = [(UEBERGANG, code) for code in filter_.werte[UEBERGANG]]
    glieder = (fest.glieder[wert] for wert in sorted(gewaehlt, key=list(fest.glieder).index))
    teile = (fest.schablone("angebote/_weg_uebergang.html", glied=g) for g in glieder)
    return verbunden(teil.fuelle({}) for teil in teile)


def _formular(fest: Geruest, filter_: AngebotFilter) -> Html:
    zahlen, felder = filter_.ergebnis.zahlen, fest.optionen
    fuellung = {felder[wert]: zahl_html(n) for wert, n in zahlen.items() if wert in felder}
    for name, codes in filter_.angekreuzt:
        for code in codes:
            if (name, code) in felder:
                fuellung[f"an {name} {code}"] = ANGEKREUZT
            if falte := fest.falte.get((name, code)):
                fuellung[f"offen {falte}"] = OFFEN
    eins = fest.schablone("angebote/_versteckt.html", "name", "wert")
    fuellung["versteckt"] = verbunden(
        eins.fuelle({"name": n, "wert": w}) for n, w in filter_.versteckt
    )
    fuellung["gewaehlt"] = fest.gewaehlt(len(filter_.gewaehlt))
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
    adresse = als_html(filter_.adresse(ungesichert=["1"]))
    return Html(b'<p class="text">%b <a href="%b#treffer">%b</a></p>' % (satz, adresse, text))


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
