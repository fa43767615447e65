from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils import timezone

from praeventionsketten.verwaltung import (
    BegriffAdmin,
    Kasten,
    PortalAdmin,
    PortalStacked,
)
from praeventionsketten.verwaltung.formular import VerwaltungForm
from veranstaltungen import plaetze
from veranstaltungen.models import (
    Anmeldung,
    Durchgang,
    Fachforum,
    Programmpunkt,
    Veranstaltung,
    Veranstaltungsart,
    Veranstaltungsdokument,
)

from .listen import ListenSeiten
from .plaetze import PlaetzeInline, PlatzSeiten
from .schreiben import SchreibSeiten

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


class VeranstaltungForm(VerwaltungForm):
    def clean_status(self) -> str:
        """Calling off tells everybody who is registered, so it has a page of its own."""
        status, abgesagt = self.cleaned_data["status"], Veranstaltung.Status.ABGESAGT
        if status != abgesagt or self.initial.get("status") == abgesagt or not self.instance.pk:
            return status
        if anzahl := self.instance.anmeldungen.aktiv().count():
            raise ValidationError(
                f"Es gibt {anzahl} Anmeldungen. Sagen Sie oben unter „Plätze“ ab: "
                "Dann bekommen alle eine Nachricht."
            )
        return status


@admin.register(Veranstaltung)
class VeranstaltungAdmin(PlatzSeiten, ListenSeiten, SchreibSeiten, PortalAdmin):
    kommune_pfad = "kommunen"
    form = VeranstaltungForm
    verweise = {
        "plaetze": "Plätze",
        "anmelden": "Telefonisch anmelden",
        "listen": "Listen",
        "schreiben": "E-Mail schreiben",
    }
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
            {
                "fields": [
                    "zielgruppe",
                    "nur_programmkommunen",
                    ("beitrag", "kosten_text"),
                    "barriere_info",
                ]
            },
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
        (
            "Warteliste",
            {
                "classes": ["collapse"],
                "fields": ["nachruecken", ("angebot_tage", "angebot_stunden")],
            },
        ),
        (
            "Datenschutz",
            {
                "classes": ["collapse"],
                "fields": [
                    "rechtsgrundlage",
                    ("loeschen_unbestaetigt", "loeschen_bedarf"),
                    ("loeschen_abgesagt", "loeschen_teilnahme"),
                ],
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
        naechste_tage = Kasten(
            "admin/veranstaltungen/kasten_naechste.html", {"veranstaltungen": naechste}, rang=10
        )
        abweichungen = plaetze.abgleich()
        if not abweichungen:
            return [naechste_tage]
        alarm = {"abweichungen": abweichungen}
        return [
            Kasten("admin/veranstaltungen/kasten_plaetze.html", alarm, rang=1),
            naechste_tage,
        ]
