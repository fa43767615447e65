from django.contrib import admin

from praeventionsketten.verwaltung import PortalAdmin, PortalTabular
from veranstaltungen.models import Anmeldung, Forumswahl


class ForumswahlInline(PortalTabular):
    kommune_pfad = "anmeldung__veranstaltung__kommunen"
    model = Forumswahl
    fields = readonly_fields = ["durchgang", "fachforum", "status"]


@admin.register(Anmeldung)
class AnmeldungAdmin(PortalAdmin):
    """To read only: seats and states are written by veranstaltungen.plaetze alone."""

    kommune_pfad = "veranstaltung__kommunen"
    list_display = ["name", "organisation", "veranstaltung", "status", "eingang"]
    list_filter = ["status", "veranstaltung"]
    list_select_related = ["veranstaltung"]
    search_fields = ["name", "email", "organisation"]
    date_hierarchy = "eingang"
    inlines = [ForumswahlInline]
    fieldsets = [
        (None, {"fields": ["veranstaltung", "status", "name", "email"]}),
        ("Woher", {"fields": ["organisation", "funktion", "quelle"]}),
        ("Verlauf", {"fields": ["eingang", "bestaetigt_am", "storniert_am"]}),
    ]
    readonly_fields = ["eingang", "bestaetigt_am", "storniert_am"]
