from django.urls import path

from .feeds import BerichtFeed
from .views import anmeldung, bericht, veranstaltung

urlpatterns = [
    path("veranstaltungen/", veranstaltung.veranstaltung_liste, name="veranstaltung_liste"),
    path("veranstaltungen/kalender.ics", veranstaltung.alle_termine, name="kalender"),
    path("veranstaltungen/<slug:slug>/", veranstaltung.veranstaltung, name="veranstaltung"),
    path(
        "veranstaltungen/<slug:slug>/kalender.ics",
        veranstaltung.veranstaltung_kalender,
        name="veranstaltung_kalender",
    ),
    path("veranstaltungen/<slug:slug>/anmelden/", anmeldung.anmelden, name="anmelden"),
    path(
        "veranstaltungen/<slug:slug>/anmelden/fertig/",
        anmeldung.anmelden_fertig,
        name="anmelden_fertig",
    ),
    path(
        "meine-anmeldung/<slug:public_id>/<str:token>/",
        anmeldung.meine_anmeldung_link,
        name="meine_anmeldung_link",
    ),
    path(
        "meine-anmeldung/<slug:public_id>/", anmeldung.meine_anmeldung, name="meine_anmeldung"
    ),
    path("aktuelles/", bericht.bericht_liste, name="bericht_liste"),
    path("aktuelles/feed/", BerichtFeed(), name="bericht_feed"),
    path("aktuelles/<slug:slug>/", bericht.bericht, name="bericht"),
]
