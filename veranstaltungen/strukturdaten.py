"""Linked data of an event for search engines (schema.org/Event)."""

from django.utils import timezone

from praeventionsketten.lib.adresse import absolut

from .models import Veranstaltung

FORMAT = {
    Veranstaltung.Format.PRAESENZ: "OfflineEventAttendanceMode",
    Veranstaltung.Format.DIGITAL: "OnlineEventAttendanceMode",
    Veranstaltung.Format.HYBRID: "MixedEventAttendanceMode",
}


def strukturdaten(veranstaltung: Veranstaltung) -> dict | None:
    """None while not even the day is known: a search engine cannot show "autumn"."""
    if veranstaltung.zeitraum_text:
        return None
    abgesagt = veranstaltung.status == veranstaltung.Status.ABGESAGT
    adresse = absolut(veranstaltung.get_absolute_url())
    daten = {
        "@type": "Event",
        "name": veranstaltung.titel,
        "url": adresse,
        "startDate": _zeitpunkt(veranstaltung.beginn, veranstaltung.zeit_bekannt),
        "endDate": _zeitpunkt(veranstaltung.ende, veranstaltung.zeit_bekannt),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if abgesagt else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{FORMAT[veranstaltung.format]}",
        "location": _orte(veranstaltung, adresse),
    }
    if veranstaltung.teaser:
        daten["description"] = veranstaltung.teaser
    if veranstaltung.veranstalter:
        daten["organizer"] = {"@type": "Organization", "name": veranstaltung.veranstalter}
    return daten


def _zeitpunkt(wert, mit_uhrzeit: bool) -> str:
    lokal = timezone.localtime(wert)
    return lokal.isoformat(timespec="minutes") if mit_uhrzeit else lokal.date().isoformat()


def _orte(veranstaltung: Veranstaltung, adresse: str) -> list[dict]:
    orte = []
    if veranstaltung.format != veranstaltung.Format.DIGITAL and veranstaltung.ort:
        orte.append(
            {
                "@type": "Place",
                "name": veranstaltung.ort_name or veranstaltung.ort,
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": veranstaltung.strasse,
                    "postalCode": veranstaltung.plz,
                    "addressLocality": veranstaltung.ort,
                    "addressCountry": "DE",
                },
            }
        )
    if veranstaltung.format != veranstaltung.Format.PRAESENZ:
        orte.append({"@type": "VirtualLocation", "url": adresse})
    return orte
