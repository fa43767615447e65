"""How the roof is kept: pages, pictures, accounts, and a look at mails and jobs."""

from django.contrib import admin
from django.db.models import Q

from praeventionsketten.jobs import MAX_VERSUCHE
from praeventionsketten.models import (
    AlteAdresse,
    Barrieremeldung,
    Bild,
    Job,
    Landesprogramm,
    Mail,
    Seite,
    Seitendokument,
    Status,
)
from praeventionsketten.verwaltung import EntwurfAdmin, Kasten, PortalAdmin, PortalStacked


@admin.register(Bild)
class BildAdmin(PortalAdmin):
    kommune_pfad = "kommune"
    list_display = ["titel", "alternativtext", "nachweis", "kommune"]
    list_filter = ["kommune", "schmueckend"]
    list_select_related = ["kommune"]
    search_fields = ["titel", "alternativtext", "nachweis"]
    autocomplete_fields = ["kommune"]
    fieldsets = [
        (None, {"fields": ["datei", "titel"]}),
        ("Für alle lesbar", {"fields": ["alternativtext", "schmueckend"]}),
        ("Rechte", {"fields": ["nachweis", "lizenz", "kommune"]}),
    ]


class SeitendokumentInline(PortalStacked):
    model = Seitendokument
    fields = [
        "titel",
        "beschreibung",
        "datei",
        "link",
        ("stand", "barrierefrei", "reihenfolge"),
    ]


@admin.register(Seite)
class SeiteAdmin(EntwurfAdmin):
    """The fixed pages: they are laid out once, so none is added or deleted here."""

    list_display = ["titel", "slug", "status", "stand", "geaendert_am"]
    list_filter = ["status"]
    search_fields = ["titel", "text"]
    actions = ["veroeffentlichen", "zurueckziehen"]
    inlines = [SeitendokumentInline]
    readonly_fields = ["slug"]
    fieldsets = [
        (None, {"fields": ["titel", "status", "teaser", "text"]}),
        ("Angaben zur Seite", {"fields": ["stand", "sprache", "slug"]}),
    ]

    def kaesten(self, request) -> list[Kasten]:
        if not self.darf_veroeffentlichen(request):
            return []
        leer = self.get_queryset(request).filter(status=Status.ENTWURF)
        return [Kasten("admin/kasten_seiten.html", {"seiten": leer}, rang=40)]


@admin.register(Barrieremeldung)
class BarrieremeldungAdmin(PortalAdmin):
    list_display = ["eingegangen_am", "seite", "erledigt"]
    list_filter = ["erledigt"]
    search_fields = ["text", "seite"]
    date_hierarchy = "eingegangen_am"
    readonly_fields = ["eingegangen_am", "seite", "text", "name", "email"]
    fieldsets = [
        ("Die Meldung", {"fields": readonly_fields}),
        ("Unsere Arbeit daran", {"fields": ["erledigt", "notiz"]}),
    ]

    def kaesten(self, request) -> list[Kasten]:
        offen = self.get_queryset(request).filter(erledigt=False)
        return [
            Kasten("admin/kasten_barrieren.html", {"meldungen": offen}, rang=15, am_rand=True)
        ]


@admin.register(Landesprogramm)
class LandesprogrammAdmin(PortalAdmin):
    fieldsets = [
        ("Name", {"fields": ["name", "kurzname", "langname", "claim", "land"]}),
        ("Startseite", {"fields": ["leitsatz", "einleitung", "oft_gesucht"]}),
        (
            "Träger und Kontakt",
            {"fields": ["traeger", "stelle", "anschrift", "email", "telefon"]},
        ),
        ("Fuß jeder Seite", {"fields": ["hilfenummern", "foerderer", "demo_hinweis"]}),
    ]


@admin.register(AlteAdresse)
class AlteAdresseAdmin(PortalAdmin):
    list_display = ["bereich", "slug", "seit"]
    list_filter = ["bereich"]
    search_fields = ["slug"]


@admin.register(Mail)
class MailAdmin(PortalAdmin):
    """To read only. The text of a confidential mail is gone once it was sent."""

    list_display = ["betreff", "an", "status", "erstellt_am", "gesendet_am", "versuche"]
    list_filter = ["status"]
    search_fields = ["an", "betreff"]
    date_hierarchy = "erstellt_am"
    readonly_fields = ["inhalt"]
    fieldsets = [
        (None, {"fields": ["an", "betreff", "inhalt"]}),
        ("Versand", {"fields": ["status", "versuche", "erstellt_am", "gesendet_am", "fehler"]}),
    ]

    @admin.display(description="Text")
    def inhalt(self, mail) -> str:
        """Whoever reads a login code could log in as somebody else."""
        return "Vertraulich" if mail.vertraulich else mail.text

    def kaesten(self, request) -> list[Kasten]:
        aufgegeben = self.get_queryset(request).filter(status=Mail.Status.FEHLER)
        return [Kasten("admin/kasten_post.html", {"mails": aufgegeben}, rang=70)]


@admin.register(Job)
class JobAdmin(PortalAdmin):
    list_display = ["name", "faellig_ab", "versuche", "erledigt_am"]
    list_filter = ["name"]
    date_hierarchy = "faellig_ab"
    search_fields = ["name"]

    def kaesten(self, request) -> list[Kasten]:
        gescheitert = self.get_queryset(request).filter(
            Q(erledigt_am__isnull=True) & Q(versuche__gte=MAX_VERSUCHE)
        )
        return [Kasten("admin/kasten_jobs.html", {"jobs": gescheitert}, rang=80)]
