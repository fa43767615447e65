from django.contrib import admin

from kommunen.models import (
    Beteiligung,
    Gremium,
    Kachel,
    Kennzahl,
    Kommune,
    Koordination,
    Meilenstein,
    Steckbriefdokument,
    Teilraum,
)
from praeventionsketten.verwaltung import Kasten, PortalAdmin, PortalStacked, VerlaufAdmin

# Agreed with the programme office; a coordinator reads them and does not change them.
STAMMDATEN = [
    "name",
    "kurzname",
    "slug",
    "art",
    "ags",
    "kachel",
    "teil_der_kachel",
    "programm_von",
    "programm_bis",
    "foerderrunde",
    "status",
]


class SteckbriefInline(PortalStacked):
    kommune_pfad = "kommune"
    classes = ["collapse"]


class KennzahlInline(SteckbriefInline):
    model = Kennzahl
    fields = [
        "bezeichnung",
        ("wert", "einheit"),
        ("stand", "stand_genauigkeit"),
        ("quelle", "reihenfolge"),
    ]


class KoordinationInline(SteckbriefInline):
    model = Koordination
    fields = [
        ("funktion", "stelle"),
        ("name", "name_einwilligung"),
        ("telefon", "email"),
        "vakant",
        "hinweis",
        ("teilraum", "reihenfolge"),
    ]


class GremiumInline(SteckbriefInline):
    model = Gremium
    fields = ["name", ("typ", "ebene"), "aufgabe", ("turnus", "teilraum")]


class MeilensteinInline(SteckbriefInline):
    model = Meilenstein
    fields = [
        "titel",
        ("prozessschritt", "stand"),
        ("datum", "genauigkeit"),
        "text",
        ("ebene", "teilraum"),
    ]


class BeteiligungInline(SteckbriefInline):
    model = Beteiligung
    fields = [
        "titel",
        "wer",
        "wie",
        "ergebnis",
        "veraenderung",
        ("datum", "genauigkeit"),
        ("ebene", "teilraum"),
    ]


class TeilraumInline(SteckbriefInline):
    model = Teilraum
    fields = [("name", "art"), "beschreibung", "slug"]
    prepopulated_fields = {"slug": ["name"]}


class SteckbriefdokumentInline(SteckbriefInline):
    model = Steckbriefdokument
    fields = [
        ("titel", "art"),
        "beschreibung",
        "datei",
        "link",
        ("stand", "barrierefrei", "reihenfolge"),
    ]


@admin.register(Kommune)
class KommuneAdmin(VerlaufAdmin):
    kommune_pfad = "pk"
    list_display = ["name", "art", "programm_von", "status", "stand", "geaendert_am"]
    list_filter = ["status", "art", "foerderrunde"]
    search_fields = ["name", "kurzname"]
    autocomplete_fields = ["bild"]
    inlines = [
        KennzahlInline,
        KoordinationInline,
        GremiumInline,
        MeilensteinInline,
        BeteiligungInline,
        SteckbriefdokumentInline,
        TeilraumInline,
    ]
    fieldsets = [
        (
            "Kopf des Steckbriefs",
            {
                "fields": [
                    "teaser",
                    "bild",
                    "website",
                    "sitz",
                    "stand",
                    "luecken_oeffentlich",
                ]
            },
        ),
        (
            "Worum es uns geht",
            {"fields": ["motivation", "ziele", "schwerpunkte", "arbeitsweise"]},
        ),
        (
            "Kommune in Zahlen",
            {"fields": [("einwohner", "einwohner_stand"), "flaeche_km2"]},
        ),
        (
            "Stammdaten",
            {
                "classes": ["collapse"],
                "description": "Was das Programm festlegt. Änderungen macht die Redaktion.",
                "fields": [
                    ("name", "kurzname"),
                    ("art", "ags"),
                    ("kachel", "teil_der_kachel"),
                    ("programm_von", "programm_bis", "foerderrunde"),
                    ("status", "slug"),
                ],
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        return STAMMDATEN if self.ist_begrenzt(request) else []

    def kaesten(self, request) -> list[Kasten]:
        if not self.ist_begrenzt(request):
            return []
        eigene = self.get_queryset(request).filter(pk__in=request.user.eigene_kommunen)
        return [
            Kasten(
                "admin/kommunen/kasten_steckbrief.html",
                {"kommunen": eigene},
                rang=60,
                am_rand=True,
            )
        ]


@admin.register(Kachel)
class KachelAdmin(PortalAdmin):
    list_display = ["name", "kuerzel", "art", "ags5", "reihe", "spalte"]
    list_filter = ["art"]
    search_fields = ["name", "kuerzel"]
