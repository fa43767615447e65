"""The rows of lists: each put together from a few parts that many rows share."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommunen.kette import Glied, kettchen
from praeventionsketten.lib.zahl import kilometer
from praeventionsketten.schablone import Html, Schablone, als_html, als_klartext, marke
from praeventionsketten.templatetags.portal import gerippe_von, hervorheben

from .models import Suchzeile
from .models.frische import Frische, frische
from .suche.werk import Gemerkt

FELDER = ["url", "titel", "ort", "text", "kettchen"]
GEMERKTE = 15_000  # rows, less than 1 KB each: most of it they share
ABGEWANDELTE = 4000  # the same with marks or a distance, 2 KB each
FAKTEN = ("status", "pausiert_bis", "kosten", "kosten_text", "zugang", "anzahl_sprachen")


@dataclass(slots=True, eq=False)
class Zeile:
    """A row in the pieces it is joined from, and by what its words are looked for.

    No two are equal: so the same row with marks is found by it at no cost.
    """

    teile: list[bytes]
    gerippe: bytes


class Karten:
    """Rows of one content version and one day; keep it for as long as both last."""

    def __init__(self, glieder: list[Glied], heute: dt.date) -> None:
        self._vorlage = Schablone(
            "angebote/_zeile.html",
            FELDER,
            angebot={"pk": marke("pk"), "titel": marke("name")},
            merkmale=marke("fakten") + marke("stand"),
        )
        self._url = reverse("angebot", args=["x"]).removesuffix("x/")
        self._landesweit = _("landesweit")
        self._gemerkt = Gemerkt(GEMERKTE)
        # Who narrows a list or turns its page sees the same rows for the same words.
        self._abgewandelt = lru_cache(ABGEWANDELTE)(partial(_abgewandelt, self._vorlage))
        # What many rows share; a thing of few kinds in many combinations.
        self._kettchen = lru_cache(5000)(partial(_kettchen, glieder))
        self._fakten = lru_cache(2000)(partial(_fakten, heute))
        self._frische = lru_cache(5000)(_frische_html)

    def zeilen(
        self, pks: Iterable[int], worte: list[str], km: Mapping[int, float]
    ) -> dict[int, Html]:
        """The rows of these Angebote; one query, or none for those just shown."""
        bekannt = self._gemerkt.hole_alle(pks)
        if fehlend := [pk for pk in pks if pk not in bekannt]:
            for pk, karte in lies(fehlend).items():
                bekannt[pk] = self._gemerkt.merke(pk, self._zeile(pk, karte))
        gerippe, worte = [gerippe_von(wort) for wort in worte], tuple(worte)
        html = {}
        for pk, zeile in bekannt.items():
            zu_markieren = worte if any(wort in zeile.gerippe for wort in gerippe) else ()
            if zu_markieren or pk in km:
                html[pk] = self._abgewandelt(zeile, zu_markieren, km.get(pk))
            else:
                html[pk] = Html(b"".join(zeile.teile))
        return html

    def _zeile(self, pk: int, karte: Mapping) -> Zeile:
        wo = karte["kommune"] or self._landesweit
        name, kurz = karte["titel"], karte["kurzbeschreibung"]
        bestaetigt = karte["bestaetigt_am"]
        werte = {
            "pk": pk,
            "url": f"{self._url}{karte['slug']}/",
            "titel": name,
            "name": name,
            "ort": f"{wo} · {karte['wo']}" if karte["wo"] else wo,
            "text": kurz,
            "kettchen": self._kettchen(tuple(karte["phasen"]), tuple(karte["uebergaenge"])),
            "fakten": self._fakten(*[karte[name] for name in FAKTEN], karte["stufenlos"]),
            "stand": self._frische(
                bestaetigt is not None,
                # Since when it is public counts only as long as nobody has confirmed it.
                (bestaetigt or karte["seit"])[:10],
                karte["rhythmus_monate"],
                karte.get("gestoert", False),
            ),
        }
        return Zeile(self._vorlage.teile(werte), gerippe_von(f"{name} {kurz}"))


def _abgewandelt(
    vorlage: Schablone, zeile: Zeile, worte: tuple[str, ...], km: float | None
) -> Html:
    """The row with these words marked, and how far it is."""
    teile = zeile.teile.copy()
    for feld in ("titel", "text") if worte else ():
        stelle = vorlage.stelle(feld)
        teile[stelle] = hervorheben(als_klartext(teile[stelle]), worte).encode()
    if km is not None:
        ort = vorlage.stelle("ort")
        teile[ort] = als_html(f"{als_klartext(teile[ort])} ·\u00a0{kilometer(km)}")
    return Html(b"".join(teile))


# Functions of their own: remembered methods would keep a version alive that is over.


def _fakten(heute: dt.date, *werte) -> Html:
    angebot = dict(zip((*FAKTEN, "stufenlos"), werte, strict=True))
    if angebot["pausiert_bis"]:
        angebot["pausiert_bis"] = dt.date.fromisoformat(angebot["pausiert_bis"])
        angebot["pause_abgelaufen"] = angebot["pausiert_bis"] < heute
    return Schablone("angebote/_merkmale.html", angebot=angebot).fuelle({})


def _frische_html(*werte) -> Html:
    return Schablone("angebote/_frische.html", frische=_frische(*werte)).fuelle({})


def _kettchen(glieder: list[Glied], phasen: tuple, uebergaenge: tuple) -> Html:
    zeichnung = kettchen(glieder, phasen, uebergaenge)
    return Schablone("includes/kettchen.html", kettchen=zeichnung).fuelle({})


def _frische(bestaetigt: bool, zuletzt: str, rhythmus: int, gestoert: bool) -> Frische:
    mittag = timezone.make_aware(dt.datetime.fromisoformat(f"{zuletzt}T12:00"))
    return frische(mittag if bestaetigt else None, mittag, rhythmus, gestoert=gestoert)


def lies(pks: Iterable[int]) -> dict[int, dict]:
    """What the rows of these Angebote say; one query, as plain as it gets."""
    pks = list(pks)
    spalten = f"angebot_id, CAST(karte AS TEXT) FROM {Suchzeile._meta.db_table}"
    stellen = ", ".join(["%s"] * len(pks))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {spalten} WHERE angebot_id IN ({stellen})", pks)
        gefunden = cursor.fetchall()
    # Read as one text they take half the time.
    karten = json.loads(f"[{','.join([karte for _pk, karte in gefunden])}]")
    return {pk: karte for (pk, _text), karte in zip(gefunden, karten, strict=True)}
