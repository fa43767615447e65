from django.contrib import admin

from kommunen.models import Einrichtung, Ort
from praeventionsketten.verwaltung import PortalAdmin

ANSCHRIFT = ("Anschrift", {"fields": ["strasse", ("plz", "ort"), ("lat", "lon")]})


@admin.register(Einrichtung)
class EinrichtungAdmin(PortalAdmin):
    kommune_pfad = "kommune"
    list_display = ["name", "akteurstyp", "kommune", "ort"]
    list_filter = ["kommune", "akteurstyp", "ebene"]
    list_select_related = ["akteurstyp", "kommune"]
    search_fields = ["name", "ort", "strasse"]
    autocomplete_fields = ["kommune"]
    fieldsets = [
        (None, {"fields": ["name", "akteurstyp", "kommune"]}),
        ("So erreicht man sie", {"fields": ["telefon", "email", "website"]}),
        ANSCHRIFT,
        ("Einordnung", {"fields": ["ebene", "lebensphasen"]}),
        ("Adresse im Portal", {"classes": ["collapse"], "fields": ["slug"]}),
    ]


@admin.register(Ort)
class OrtAdmin(PortalAdmin):
    kommune_pfad = "kommune"
    list_display = ["name", "ort", "strasse", "kommune", "stufenlos"]
    list_filter = ["kommune", "stufenlos"]
    list_select_related = ["kommune"]
    search_fields = ["name", "ort", "strasse"]
    autocomplete_fields = ["kommune"]
    fieldsets = [
        (None, {"fields": ["name", "kommune"]}),
        (
            ANSCHRIFT[0],
            {
                "fields": [*ANSCHRIFT[1]["fields"], "adresse_verborgen"],
                "description": "Breiten- und Längengrad sind nur für die Suche im Umkreis nötig.",
            },
        ),
        (
            "Barrierefreiheit",
            {
                "fields": ["stufenlos", "wc", "hoerhilfe", "gebaerden", "barriere_hinweis"],
                "description": "Schreiben Sie nur „ja“, was jemand vor Ort geprüft hat.",
            },
        ),
    ]
