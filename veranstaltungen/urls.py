from django.urls import path

from .feeds import BerichtFeed
from .views import anmelden, bericht, eigene, veranstaltung

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
    path("meine-anmeldung/<slug:public_id>/", eigene.meine_anmeldung, name="meine_anmeldung"),
    path(
        "meine-anmeldung/<slug:public_id>/absagen/",
        eigene.absagen,
        name="meine_anmeldung_absagen",
    ),
    path(
        "meine-anmeldung/<slug:public_id>/<str:token>/",
        eigene.meine_anmeldung_link,
        name="meine_anmeldung_link",
    ),
    path("aktuelles/", bericht.bericht_liste, name="bericht_liste"),
    path("aktuelles/feed/", BerichtFeed(), name="bericht_feed"),
    path("aktuelles/<slug:slug>/", bericht.bericht, name="bericht"),
]
