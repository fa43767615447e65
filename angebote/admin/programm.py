from django.contrib import admin

from angebote.models import Programm
from praeventionsketten.verwaltung import PortalAdmin


@admin.register(Programm)
class ProgrammAdmin(PortalAdmin):
    """Everybody may choose one; the Redaktion describes it."""

    list_display = ["name", "status", "geaendert_am"]
    list_filter = ["status"]
    search_fields = ["name", "teaser"]
    fieldsets = [
        (None, {"fields": ["name", "teaser", "status"]}),
        ("Worum es geht", {"fields": ["beschreibung", "bausteine", "website"]}),
        ("Adresse im Portal", {"classes": ["collapse"], "fields": ["slug"]}),
    ]
