"""The rows of lists: each put together from a few parts that many rows share."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommunen.kette import Glied, kettchen
from praeventionsketten.lib.deutsch.falten import falte, woerter
from praeventionsketten.lib.zahl import kilometer
from praeventionsketten.schablone import Html, Schablone, als_html, marke, verbunden
from praeventionsketten.templatetags.portal import hervorheben

from .models import Suchzeile
from .models.frische import Frische, frische
from .suche.werk import Gemerkt

FELDER = ["url", "titel", "ort", "text", "kettchen", "merkmale"]
GEMERKTE = 5000  # rows, some 2 KB each
FAKTEN = ("status", "pausiert_bis", "kosten", "kosten_text", "zugang", "anzahl_sprachen")


class Zeile(NamedTuple):
    """A row, written but for what the request decides: marked words, and how far it is."""

    davor: Html
    titel: Html
    nach_titel: Html
    ort: Html
    nach_ort: Html
    text: Html
    danach: Html
    name: str
    wo: str
    kurz: str
    gefaltet: str

    def html(self, worte: list[str], gefaltete: Collection[str], km: float | None) -> Html:
        """The row with these words marked; folded they tell at once where there are none."""
        titel, ort, text = self.titel, self.ort, self.text
        for wort in gefaltete:
            if wort in self.gefaltet:
                titel = als_html(hervorheben(self.name, worte))
                text = als_html(hervorheben(self.kurz, worte))
                break
        if km is not None:
            ort = als_html(f"{self.wo} ·\u00a0{kilometer(km)}")
        teile = (self.davor, titel, self.nach_titel, ort, self.nach_ort, text, self.danach)
        return Html(b"".join(teile))


class Karten:
    """Rows of one content version and one day; keep it for as long as both last."""

    def __init__(self, glieder: list[Glied], heute: dt.date) -> None:
        self.heute = heute
        self._glieder = glieder
        angebot = {"pk": marke("pk"), "titel": marke("name")}
        zeile = Schablone("angebote/_zeile.html", FELDER, angebot=angebot)
        teile = zeile.zerteilt("titel", "ort", "text")
        self._davor, self._nach_titel, self._nach_ort, self._danach = teile
        self._url = reverse("angebot", args=["x"]).removesuffix("x/")
        self._landesweit = _("landesweit")
        self._gemerkt = Gemerkt(GEMERKTE)
        # What many rows share; a thing of few kinds in many combinations.
        self._kettchen = lru_cache(5000)(self._kettchen_html)
        self._fakten = lru_cache(2000)(self._fakten_html)
        self._frische = lru_cache(5000)(self._frische_html)

    def zeilen(
        self, pks: Iterable[int], worte: list[str], km: Mapping[int, float]
    ) -> dict[int, Html]:
        """The rows of these Angebote; one query, or none for those just shown."""
        bekannt = {pk: zeile for pk in pks if (zeile := self._gemerkt.hole(pk))}
        if fehlend := [pk for pk in pks if pk not in bekannt]:
            for pk, karte in lies(fehlend).items():
                bekannt[pk] = self._gemerkt.merke(pk, self._zeile(pk, karte))
        gefaltete = {falte(teil) for wort in worte for teil in woerter(wort)}
        return {pk: zeile.html(worte, gefaltete, km.get(pk)) for pk, zeile in bekannt.items()}

    def _zeile(self, pk: int, karte: Mapping) -> Zeile:
        wo = karte["kommune"] or self._landesweit
        wo = f"{wo} · {karte['wo']}" if karte["wo"] else wo
        werte = {
            "pk": pk,
            "url": f"{self._url}{karte['slug']}/",
            "name": (titel := als_html(karte["titel"])),
            "kettchen": self._kettchen(tuple(karte["phasen"]), tuple(karte["uebergaenge"])),
            "merkmale": self._merkmale(karte),
        }
        return Zeile(
            davor=self._davor.fuelle(werte),
            titel=titel,
            nach_titel=self._nach_titel.fuelle(werte),
            ort=als_html(wo),
            nach_ort=self._nach_ort.fuelle(werte),
            text=als_html(karte["kurzbeschreibung"]),
            danach=self._danach.fuelle(werte),
            name=karte["titel"],
            wo=wo,
            kurz=karte["kurzbeschreibung"],
            gefaltet=falte(" ".join(woerter(f"{karte['titel']} {karte['kurzbeschreibung']}"))),
        )

    def _merkmale(self, karte: Mapping) -> Html:
        fakten = self._fakten(*[karte[name] for name in FAKTEN], karte["stufenlos"])
        bestaetigt = karte["bestaetigt_am"]
        stand = self._frische(
            bestaetigt is not None,
            # Since when it is public counts only as long as nobody has confirmed it.
            (bestaetigt or karte["seit"])[:10],
            karte["rhythmus_monate"],
            karte.get("gestoert", False),
        )
        return verbunden([fakten, stand])

    def _fakten_html(self, *werte) -> Html:
        angebot = dict(zip((*FAKTEN, "stufenlos"), werte, strict=True))
        if angebot["pausiert_bis"]:
            angebot["pausiert_bis"] = dt.date.fromisoformat(angebot["pausiert_bis"])
            angebot["pause_abgelaufen"] = angebot["pausiert_bis"] < self.heute
        return Schablone("angebote/_merkmale.html", angebot=angebot).fuelle({})

    def _frische_html(self, *werte) -> Html:
        stand = _frische(*werte)
        return Schablone("angebote/_frische.html", frische=stand).fuelle({})

    def _kettchen_html(self, phasen: tuple, uebergaenge: tuple) -> Html:
        zeichnung = kettchen(self._glieder, phasen, uebergaenge)
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
        return {pk: json.loads(karte) for pk, karte in cursor.fetchall()}
