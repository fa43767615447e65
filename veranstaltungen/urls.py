from django.urls import include, path

from .feeds import BerichtFeed
from .views import aendern, anmelden, bericht, daten, eigene, veranstaltung

# What has a word of its own stands before public_id and token.
MEINE_ANMELDUNG = [
    path("", daten.link_anfordern, name="meine_anmeldung_verloren"),
    path("unterwegs/", daten.link_unterwegs, name="meine_anmeldung_unterwegs"),
    path("abgegeben/", aendern.abgegeben, name="meine_anmeldung_abgegeben"),
    path("geloescht/", daten.geloescht, name="meine_anmeldung_geloescht"),
    path("<slug:public_id>/", eigene.meine_anmeldung, name="meine_anmeldung"),
    path("<slug:public_id>/absagen/", eigene.absagen, name="meine_anmeldung_absagen"),
    path("<slug:public_id>/foren/", aendern.foren, name="meine_anmeldung_foren"),
    path("<slug:public_id>/vertretung/", aendern.vertretung, name="meine_anmeldung_vertretung"),
    path("<slug:public_id>/angaben/", aendern.angaben, name="meine_anmeldung_angaben"),
    path("<slug:public_id>/daten/", daten.daten, name="meine_anmeldung_daten"),
    path("<slug:public_id>/daten.json", daten.daten_json, name="meine_anmeldung_json"),
    path(
        "<slug:public_id>/kalender.ics", daten.eigener_kalender, name="meine_anmeldung_kalender"
    ),
    path("<slug:public_id>/loeschen/", daten.loeschen, name="meine_anmeldung_loeschen"),
    path(
        "<slug:public_id>/<str:token>/",
        eigene.meine_anmeldung_link,
        name="meine_anmeldung_link",
    ),
]

urlpatterns = [
    path("veranstaltungen/", veranstaltung.veranstaltung_liste, name="veranstaltung_liste"),
    path("veranstaltungen/kalender.ics", veranstaltung.alle_termine, name="kalender"),
    path("veranstaltungen/<slug:slug>/", veranstaltung.veranstaltung, name="veranstaltung"),
    path(
        "veranstaltungen/<slug:slug>/kalender.ics",
        veranstaltung.veranstaltung_kalender,
        name="veranstaltung_kalender",
    ),
    path("veranstaltungen/<slug:slug>/anmelden/", anmelden.anmelden, name="anmelden"),
    path(
        "veranstaltungen/<slug:slug>/anmelden/fertig/",
        anmelden.anmelden_fertig,
        name="anmelden_fertig",
    ),
    path(
        "veranstaltungen/<slug:slug>/anmelden/kalender.ics",
        anmelden.anmeldestart_kalender,
        name="anmeldestart_kalender",
    ),
    path("meine-anmeldung/", include(MEINE_ANMELDUNG)),
    path("aktuelles/", bericht.bericht_liste, name="bericht_liste"),
    path("aktuelles/feed/", BerichtFeed(), name="bericht_feed"),
    path("aktuelles/<slug:slug>/", bericht.bericht, name="bericht"),
]
