from django.urls import path

from .feeds import AngebotFeed
from .views import (
    kalender,
    merkliste,
    pflege,
    programm,
    rueckmeldung,
    seite,
    uebergang,
    verzeichnis,
)

urlpatterns = [
    path("", verzeichnis.angebot_liste, name="angebot_liste"),
    path("kalender.ics", kalender.angebote_kalender, name="angebote_kalender"),
    path("feed/", AngebotFeed(), name="angebot_feed"),
    path("uebergang/<slug:code>/", uebergang.uebergang, name="uebergang"),
    path("programme/", programm.programm_liste, name="programm_liste"),
    path("programme/<slug:slug>/", programm.programm, name="programm_einzeln"),
    path("merkliste/", merkliste.meine_merkliste, name="merkliste"),
    path("merkliste/<str:zeichen>/", merkliste.blatt, name="merkliste_blatt"),
    path("vorschlagen/", rueckmeldung.vorschlagen, name="vorschlagen"),
    path("vorschlagen/danke/", rueckmeldung.vorschlagen_danke, name="vorschlagen_danke"),
    path("<slug:slug>/hinweis/", rueckmeldung.hinweis, name="hinweis"),
    path("<slug:slug>/hinweis/danke/", rueckmeldung.hinweis_danke, name="hinweis_danke"),
    path("bestaetigen/<uuid:kennung>/", pflege.pflege, name="pflege"),
    path(
        "bestaetigen/<uuid:kennung>/<uuid:eintrag>/",
        pflege.pflege_angebot,
        name="pflege_angebot",
    ),
    path(
        "bestaetigen/<uuid:kennung>/weitergeben/",
        pflege.pflege_weitergeben,
        name="pflege_weitergeben",
    ),
    path("bestaetigen/<str:zeichen>/", pflege.pflege_link, name="pflege_link"),
    path("<slug:slug>/", seite.angebot, name="angebot"),
    path("<slug:slug>/kalender.ics", kalender.angebot_kalender, name="angebot_kalender"),
]
