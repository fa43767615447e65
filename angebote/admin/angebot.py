"""How Angebote are kept, confirmed and copied."""

from collections import Counter

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from angebote.models import (
    Angebot,
    Angebotsformat,
    Bestaetigung,
    Kontakt,
    Termin,
    Zeitfenster,
)
from praeventionsketten.lib import zeit
from praeventionsketten.lib.zahl import ganze_zahl
from praeventionsketten.verwaltung import (
    BegriffAdmin,
    Kasten,
    PortalStacked,
    PortalTabular,
    VerlaufAdmin,
)

from .pflege import MitPflege
from .vorrat import MitVorrat

admin.site.register(Angebotsformat, BegriffAdmin)


class ZeitfensterInline(PortalStacked):
    kommune_pfad = "angebot__kommune"
    model = Zeitfenster
    autocomplete_fields = ["ort"]
    fields = [
        ("takt", "wochentag", "von", "bis"),
        "ort",
        ("text", "ferienregel", "gueltig_bis"),
    ]


class TerminInline(PortalStacked):
    kommune_pfad = "angebot__kommune"
    model = Termin
    autocomplete_fields = ["ort"]
    fields = [("beginn", "ende"), "ort", "text", ("abgesagt", "ersetzt_durch")]


class KontaktInline(PortalStacked):
    kommune_pfad = "angebot__kommune"
    model = Kontakt
    readonly_fields = ["unzustellbar_seit"]
    fields = [
        ("funktion", "art"),
        "name",
        ("telefon", "telefon_falsch"),
        ("email", "unzustellbar_seit"),
        ("erreichbar", "reihenfolge"),
    ]


class BestaetigungInline(PortalTabular):
    kommune_pfad = "angebot__kommune"
    model = Bestaetigung
    classes = ["collapse"]
    fields = readonly_fields = ["wann", "wie", "konto"]
    verbose_name_plural = "Bisherige Bestätigungen"


@admin.register(Angebot)
class AngebotAdmin(MitPflege, MitVorrat, VerlaufAdmin):
    kommune_pfad = "kommune"
    knoepfe = {
        "bestaetigen": "Angaben bestätigen",
        **MitPflege.pflegeknoepfe,
        "kopieren": "Kopie anlegen",
    }
    list_display = ["titel", "gebiet", "einrichtung", "status", "zuletzt_bestaetigt"]
    list_filter = [
        "status",
        "kommune",
        "lebensphasen",
        "handlungsfelder",
        "zeiten",
        "praxisbeispiel",
    ]
    list_select_related = ["kommune", "einrichtung"]
    search_fields = ["titel", "kurzbeschreibung", "einrichtung__name"]
    autocomplete_fields = ["kommune", "einrichtung", "partner", "orte", "danach"]
    actions = ["angaben_bestaetigen"]
    inlines = [ZeitfensterInline, TerminInline, KontaktInline, BestaetigungInline]
    fieldsets = [
        (None, {"fields": ["titel", "kurzbeschreibung", "status", "pausiert_bis"]}),
        ("Aktueller Hinweis", {"classes": ["collapse"], "fields": ["hinweis", "hinweis_bis"]}),
        (
            "Für wen",
            {
                "fields": [
                    "lebensphasen",
                    "uebergaenge",
                    "zielgruppen",
                    ("alter_von", "alter_bis"),
                    "einzugsgebiet",
                ]
            },
        ),
        ("Worum es geht", {"fields": ["handlungsfelder", "leitdimensionen", "beschreibung"]}),
        ("Kosten", {"fields": ["kosten", "kosten_text"]}),
        ("Wo und wann", {"fields": ["zeiten", "formate", "orte"]}),
        (
            "So kommt man hinein",
            {
                "fields": [
                    "zugang",
                    "zugang_text",
                    "unterlagen",
                    ("name_noetig", "kinderbetreuung"),
                    "sprachen",
                    "sprachmittlung",
                    "website",
                ]
            },
        ),
        ("Wer es anbietet", {"fields": ["kommune", "einrichtung", "partner", "programm"]}),
        ("Einfache Sprache", {"classes": ["collapse"], "fields": ["einfache_sprache"]}),
        ("Gefunden werden", {"classes": ["collapse"], "fields": ["suchwoerter"]}),
        ("Was kommt danach?", {"classes": ["collapse"], "fields": ["danach"]}),
        (
            "Beispiel für andere Kommunen",
            {"classes": ["collapse"], "fields": ["praxisbeispiel", "geschichte"]},
        ),
        (
            "Pflege und Adresse",
            {"classes": ["collapse"], "fields": ["rhythmus_monate", "slug"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).mit_bestaetigung().mit_fassungsnummer()

    @admin.display(description="Kommune", ordering="kommune__name", empty_value="landesweit")
    def gebiet(self, angebot):
        return angebot.kommune

    @admin.display(description="Zuletzt bestätigt", ordering="bestaetigt_am")
    def zuletzt_bestaetigt(self, angebot) -> str | None:
        return angebot.bestaetigt_am and zeit.tag(angebot.bestaetigt_am)

    def save_related(self, request, form, formsets, change) -> None:
        """A coordinator who publishes says that it is true; saving alone says nothing.

        Once all its parts are saved: what she confirms is the whole.
        """
        super().save_related(request, form, formsets, change)
        war_oeffentlich = form.initial.get("status") == Angebot.Status.VEROEFFENTLICHT
        wird_oeffentlich = form.instance.status == Angebot.Status.VEROEFFENTLICHT
        if wird_oeffentlich and not (change and war_oeffentlich) and self.ist_begrenzt(request):
            form.instance.bestaetigen(Bestaetigung.Wie.VERWALTUNG, request.user)

    def response_post_save_change(self, request, obj):
        """Who came from a round goes on with it."""
        runde = ganze_zahl(request.GET.get("_runde", ""))
        if runde is not None:
            name = "admin:angebote_abgleichrunde_angebot"
            return HttpResponseRedirect(reverse(name, args=[runde, obj.pk]))
        return super().response_post_save_change(request, obj)

    def nachfuehren(self, angebot) -> None:
        # What is proposed for it goes with it, out of the reach of the Kommune it leaves.
        angebot.vorschlaege.update(kommune=angebot.kommune)
        angebot.indizieren()

    def kopieren(self, request, angebot):
        kopie = angebot.kopie()
        self.log_addition(request, kopie, f"Kopie von „{angebot}“.")
        self.message_user(
            request, "Die Kopie ist ein Entwurf. Bitte passen Sie sie an.", messages.SUCCESS
        )
        return HttpResponseRedirect(reverse("admin:angebote_angebot_change", args=[kopie.pk]))

    def kaesten(self, request) -> list[Kasten]:
        if not self.has_change_permission(request):
            return []
        alle = self.get_queryset(request)
        eigene = self.ist_begrenzt(request)
        if eigene:
            alle = alle.filter(kommune__in=request.user.eigene_kommunen)
        je_status = Counter(alle.values_list("status", flat=True))
        kontext = {
            "titel": "Meine Angebote" if eigene else "Angebote",
            "zahlen": [(s.value, s.label, je_status[s]) for s in Angebot.Status],
            "entwuerfe": alle.filter(status=Angebot.Status.ENTWURF)[:20],
            "darf_anlegen": self.has_add_permission(request),
        }
        return [
            self.vorrat(request),
            Kasten("admin/angebote/kasten_angebote.html", kontext, rang=20),
        ]
