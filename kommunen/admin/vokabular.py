from django.contrib import admin

from kommunen import models
from praeventionsketten.verwaltung import BegriffAdmin, PortalAdmin

admin.site.register(
    [models.Akteurstyp, models.Ebene, models.Gremientyp, models.Prozessschritt], BegriffAdmin
)


@admin.register(models.Lebensphase)
class LebensphaseAdmin(BegriffAdmin):
    list_display = ["name", "code", "alter_von", "alter_bis", "im_programm", "reihenfolge"]


@admin.register(models.Uebergang)
class UebergangAdmin(BegriffAdmin):
    list_display = ["name", "code", "von", "nach", "im_programm", "reihenfolge"]
    list_select_related = ["von", "nach"]


@admin.register(models.Handlungsfeld)
class HandlungsfeldAdmin(BegriffAdmin):
    list_display = ["name", "code", "lebenslage", "reihenfolge"]
    list_filter = ["lebenslage"]


@admin.register(models.Zielgruppe)
class ZielgruppeAdmin(BegriffAdmin):
    list_display = ["name", "code", "gruppe", "reihenfolge"]
    list_filter = ["gruppe"]


@admin.register(models.Leitdimension)
class LeitdimensionAdmin(BegriffAdmin):
    list_display = ["name", "code", "fuer_angebote", "fuer_fachforen", "reihenfolge"]


@admin.register(models.Sprache)
class SpracheAdmin(BegriffAdmin):
    list_display = ["name", "code", "eigenname", "rtl", "reihenfolge"]


@admin.register(models.Ferien)
class FerienAdmin(PortalAdmin):
    """Calendars and dates ahead leave out what pauses in these days."""

    list_display = ["name", "von", "bis"]
    search_fields = ["name"]
    date_hierarchy = "von"
    fields = ["name", ("von", "bis")]
