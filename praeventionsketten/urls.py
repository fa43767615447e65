from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from angebote.views.luecken import luecken
from praeventionsketten import betrieb, medien, views
from praeventionsketten.models.programm import FESTE_SEITEN
from praeventionsketten.sitemaps import Portal

urlpatterns = [
    path("", views.start, name="start"),
    # First, because it is asked for most, and every line above costs each request a look.
    path("angebote/", include("angebote.urls")),
    *(path(f"{slug}/", views.seite, {"slug": slug}, name=slug) for slug in FESTE_SEITEN),
    path("suche/", views.suche, name="suche"),
    path("barriere-melden/", views.barriere_melden, name="barriere-melden"),
    path("barriere-melden/danke/", views.barriere_gemeldet, name="barriere-gemeldet"),
    path("kommunen/<slug:slug>/luecken/", luecken, name="luecken"),
    path("kommunen/", include("kommunen.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"portal": Portal}}, name="sitemap"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("medien/<path:pfad>", medien.medium),
    path("livez", betrieb.livez, name="livez"),
    path("readyz", betrieb.readyz, name="readyz"),
    path("konto/", include("praeventionsketten.konto_urls")),
    path("verwaltung/", admin.site.urls),
    path("", include("veranstaltungen.urls")),
]

handler400 = "praeventionsketten.fehler.ungueltige_anfrage"
handler403 = "praeventionsketten.fehler.kein_zutritt"
handler404 = "praeventionsketten.fehler.nicht_gefunden"
handler500 = "praeventionsketten.fehler.serverfehler"
