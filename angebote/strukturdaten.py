"""Linked data for search engines: an Angebot as a schema.org Service."""

from praeventionsketten.lib.adresse import absolut

from .models import Angebot


def angebot_daten(angebot: Angebot) -> dict:
    daten = {
        "@type": "Service",
        "name": angebot.titel,
        "description": angebot.kurzbeschreibung,
        "url": absolut(angebot.get_absolute_url()),
        "provider": {"@type": "Organization", "name": angebot.einrichtung.name},
        "areaServed": angebot.einzugsgebiet or (angebot.kommune and angebot.kommune.name),
        "availableLanguage": [sprache.code for sprache in angebot.sprachen.all()],
    }
    if angebot.kosten == Angebot.Kosten.KOSTENLOS:
        daten["offers"] = {"@type": "Offer", "price": 0, "priceCurrency": "EUR"}
    return {name: wert for name, wert in daten.items() if wert}
