from django.urls import path

from .views import kalender, seite, verzeichnis

urlpatterns = [
    path("", verzeichnis.angebot_liste, name="angebot_liste"),
    path("kalender.ics", kalender.angebote_kalender, name="angebote_kalender"),
    path("<slug:slug>/", seite.angebot, name="angebot"),
    path("<slug:slug>/kalender.ics", kalender.angebot_kalender, name="angebot_kalender"),
]
