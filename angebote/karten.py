"""The rows of lists: each put together from a few parts that many rows share."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommunen.kette import Glied, kettchen
from praeventionsketten.lib.zahl import kilometer
from praeventionsketten.schablone import Html, Schablone, als_html, marke
from praeventionsketten.templatetags.portal import gerippe_von, hervorheben

from .models import Suchzeile
from .models.frische import Frische, frische
from .suche.werk import Gemerkt

FELDER = ["url", "titel", "ort", "text", "kettchen"]
GEMERKTE = 15_000  # rows, less than 1 KB each
FAKTEN = ("status", "pausiert_bis", "kosten", "kosten_text", "zugang", "anzahl_sprachen")


class Zeile(NamedTuple):
    """What is written into a row; its last three are shared with others."""

    url: Html
    name: Html
    ort: Html
    text: Html
    gerippe: bytes
    kettchen: Html
    fakten: Html
    stand: Html


class Karten:
    """Rows of one content version and one day; keep it for as long as both last."""

    def __init__(self, glieder: list[Glied], heute: dt.date) -> None:
        self.heute = heute
        self._glieder = glieder
        angebot = {"pk": marke("pk"), "titel": marke("name")}
        merkmale = marke("fakten") + marke("stand")
        self._vorlage = Schablone(
            "angebote/_zeile.html", FELDER, angebot=angebot, merkmale=merkmale
        )
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
                bekannt[pk] = self._gemerkt.merke(pk, self._zeile(karte))
        gerippe, worte = [gerippe_von(wort) for wort in worte], tuple(worte)
        return {
            pk: self._html(
                pk,
                zeile,
                worte if any(wort in zeile.gerippe for wort in gerippe) else (),
                km.get(pk),
            )
            for pk, zeile in bekannt.items()
        }

    def _html(self, pk: int, zeile: Zeile, worte: tuple[str, ...], km: float | None) -> Html:
        """The row with these words marked, and how far it is."""
        titel, ort, text = zeile.name, zeile.ort, zeile.text
        if worte:
            titel, text = _markiert(titel, worte), _markiert(text, worte)
        if km is not None:
            ort = als_html(f"{ort.klartext} ·\u00a0{kilometer(km)}")
        return self._vorlage.fuelle(
            {
                "pk": pk,
                "url": zeile.url,
                "titel": titel,
                "name": zeile.name,
                "ort": ort,
                "text": text,
                "kettchen": zeile.kettchen,
                "fakten": zeile.fakten,
                "stand": zeile.stand,
            }
        )

    def _zeile(self, karte: Mapping) -> Zeile:
        wo = karte["kommune"] or self._landesweit
        kurz, bestaetigt = karte["kurzbeschreibung"], karte["bestaetigt_am"]
        return Zeile(
            url=als_html(f"{self._url}{karte['slug']}/"),
            name=als_html(karte["titel"]),
            ort=als_html(f"{wo} · {karte['wo']}" if karte["wo"] else wo),
            text=als_html(kurz),
            gerippe=gerippe_von(f"{karte['titel']} {kurz}"),
            kettchen=self._kettchen(tuple(karte["phasen"]), tuple(karte["uebergaenge"])),
            fakten=self._fakten(*[karte[name] for name in FAKTEN], karte["stufenlos"]),
            stand=self._frische(
                bestaetigt is not None,
                # Since when it is public counts only as long as nobody has confirmed it.
                (bestaetigt or karte["seit"])[:10],
                karte["rhythmus_monate"],
                karte.get("gestoert", False),
            ),
        )

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


# Who narrows a list or turns its page sees the same rows for the same words.
@lru_cache(8000)
def _markiert(html: Html, worte: tuple[str, ...]) -> Html:
    return als_html(hervorheben(html.klartext, worte))


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
