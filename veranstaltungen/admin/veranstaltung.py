from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone

from praeventionsketten.verwaltung import (
    BegriffAdmin,
    Kasten,
    PortalAdmin,
    PortalStacked,
)
from veranstaltungen.models import (
    Anmeldung,
    Durchgang,
    Fachforum,
    Programmpunkt,
    Veranstaltung,
    Veranstaltungsart,
    Veranstaltungsdokument,
)

from .plaetze import PlaetzeInline

admin.site.register(Veranstaltungsart, BegriffAdmin)

PFAD = "veranstaltung__kommunen"


class ProgrammpunktInline(PortalStacked):
    kommune_pfad = PFAD
    classes = ["collapse"]
    model = Programmpunkt
    fields = [("tag", "beginn", "ende"), "titel", "text", ("art", "raum")]


class DurchgangInline(PortalStacked):
    kommune_pfad = PFAD
    classes = ["collapse"]
    model = Durchgang
    fields = [("nummer", "beginn", "ende")]


class FachforumInline(PortalStacked):
    kommune_pfad = PFAD
    classes = ["collapse"]
    model = Fachforum
    autocomplete_fields = ["kommune"]
    fields = [("nummer", "titel"), "teaser", ("leitdimension", "leitung"), "kommune"]


class DokumentInline(PortalStacked):
    kommune_pfad = PFAD
    model = Veranstaltungsdokument
    classes = ["collapse"]
    fields = [
        "titel",
        "beschreibung",
        "datei",
        "link",
        ("stand", "barrierefrei", "reihenfolge"),
    ]


@admin.register(Veranstaltung)
class VeranstaltungAdmin(PortalAdmin):
    kommune_pfad = "kommunen"
    list_display = ["titel", "art", "beginn", "ort", "status", "angemeldet"]
    list_filter = ["status", "art", "format"]
    list_select_related = ["art"]
    date_hierarchy = "beginn"
    search_fields = ["titel", "untertitel", "ort", "ort_name"]
    autocomplete_fields = ["kommunen", "bild"]
    inlines = [
        ProgrammpunktInline,
        DurchgangInline,
        FachforumInline,
        PlaetzeInline,
        DokumentInline,
    ]
    fieldsets = [
        (None, {"fields": ["titel", "untertitel", ("art", "status"), "teaser", "bild"]}),
        (
            "Wann",
            {"fields": ["beginn", "ende", "zeit_bekannt", "zeitraum_text"]},
        ),
        (
            "Wo",
            {
                "fields": [
                    "format",
                    "ort_name",
                    "strasse",
                    ("plz", "ort"),
                    "online_link",
                    "link_ab",
                ]
            },
        ),
        ("Worum es geht", {"fields": ["motto", "beschreibung", "leitfragen"]}),
        (
            "Für wen",
            {"fields": ["zielgruppe", "nur_programmkommunen", "kosten_text", "barriere_info"]},
        ),
        (
            "Anmeldung",
            {
                "fields": [
                    "anmeldung_von",
                    "anmeldung_bis",
                    "storno_bis",
                    "wahl_aenderung_bis",
                ],
                "description": "Leer lassen, wenn man sich nicht über das Portal anmeldet. "
                "Damit die Anmeldung öffnet, braucht es unten bei „Plätze“ eine Zeile für "
                "das ganze Haus.",
            },
        ),
        ("Wer einlädt", {"fields": ["veranstalter", "kommunen"]}),
        ("Nach der Veranstaltung", {"classes": ["collapse"], "fields": ["teilnehmende"]}),
        ("Adresse im Portal", {"classes": ["collapse"], "fields": ["slug"]}),
    ]

    def get_queryset(self, request):
        angemeldet = Count(
            "anmeldungen", filter=Q(anmeldungen__status=Anmeldung.Status.BESTAETIGT)
        )
        return super().get_queryset(request).annotate(anzahl_angemeldet=angemeldet)

    @admin.display(description="Angemeldet", ordering="anzahl_angemeldet")
    def angemeldet(self, veranstaltung) -> int:
        return veranstaltung.anzahl_angemeldet

    def kaesten(self, request) -> list[Kasten]:
        naechste = (
            self.get_queryset(request)
            .filter(ende__gte=timezone.now())
            .prefetch_related("kontingente")
            .order_by("beginn")[:8]
        )
        kontext = {"veranstaltungen": naechste}
        return [Kasten("admin/veranstaltungen/kasten_naechste.html", kontext, rang=10)]
