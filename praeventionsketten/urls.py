from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.account.urls")),
    path("verwaltung/", admin.site.urls),
]

handler400 = "praeventionsketten.fehler.ungueltige_anfrage"
handler403 = "praeventionsketten.fehler.kein_zutritt"
handler404 = "praeventionsketten.fehler.nicht_gefunden"
handler500 = "praeventionsketten.fehler.serverfehler"
