from django.contrib import admin

from praeventionsketten.models import Status
from praeventionsketten.verwaltung import EntwurfAdmin, Kasten, PortalStacked
from veranstaltungen.models import Beitrag, Bericht


class BeitragInline(PortalStacked):
    kommune_pfad = "kommune"
    model = Beitrag
    autocomplete_fields = ["kommune"]
    fields = [("kommune", "reihenfolge"), "titel", "text"]


@admin.register(Bericht)
class BerichtAdmin(EntwurfAdmin):
    kommune_pfad = "veranstaltung__kommunen"
    list_display = ["titel", "kicker", "status", "veroeffentlicht_am", "geaendert_am"]
    list_filter = ["status"]
    list_select_related = ["veranstaltung"]
    date_hierarchy = "veroeffentlicht_am"
    search_fields = ["titel", "teaser"]
    autocomplete_fields = ["bild", "veranstaltung", "naechster_termin"]
    actions = ["veroeffentlichen", "zurueckziehen"]
    inlines = [BeitragInline]
    fieldsets = [
        (None, {"fields": ["titel", ("status", "veroeffentlicht_am"), "veranstaltung"]}),
        ("Text", {"fields": ["teaser", "bild", "bildunterschrift", "text"]}),
        (
            "Rückblick auf drei Ebenen",
            {
                "classes": ["collapse"],
                "fields": ["ebene_strategisch", "ebene_akteure", "ebene_zielgruppe"],
            },
        ),
        ("Wie es weitergeht", {"fields": ["naechster_termin"]}),
        ("Adresse im Portal", {"classes": ["collapse"], "fields": ["slug"]}),
    ]

    @admin.display(description="Art")
    def kicker(self, bericht) -> str:
        return bericht.kicker

    def kaesten(self, request) -> list[Kasten]:
        entwuerfe = self.get_queryset(request).filter(status=Status.ENTWURF)
        kontext = {
            "entwuerfe": entwuerfe,
            "darf_freigeben": self.darf_veroeffentlichen(request),
        }
        return [Kasten("admin/veranstaltungen/kasten_berichte.html", kontext, rang=30)]
