from django.contrib import admin
from django.urls import include, path

from praeventionsketten import betrieb, medien

urlpatterns = [
    path("medien/<path:pfad>", medien.medium),
    path("livez", betrieb.livez, name="livez"),
    path("readyz", betrieb.readyz, name="readyz"),
    path("konto/", include("allauth.account.urls")),
    path("verwaltung/", admin.site.urls),
    path("", include("veranstaltungen.urls")),
]

handler400 = "praeventionsketten.fehler.ungueltige_anfrage"
handler403 = "praeventionsketten.fehler.kein_zutritt"
handler404 = "praeventionsketten.fehler.nicht_gefunden"
handler500 = "praeventionsketten.fehler.serverfehler"
