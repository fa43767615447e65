"""How the roof is kept: pages, pictures, accounts, and a look at mails and jobs."""

import re

from django.contrib import admin, messages
from django.db.models import Q

from praeventionsketten import rollen
from praeventionsketten.jobs import MAX_VERSUCHE
from praeventionsketten.models import (
    AlteAdresse,
    Barrieremeldung,
    Bild,
    Job,
    Landesprogramm,
    Loeschnachweis,
    Mail,
    Seite,
    Seitendokument,
    Status,
    Wortgruppe,
)
from praeventionsketten.verwaltung import EntwurfAdmin, Kasten, PortalAdmin, PortalStacked

ZEILEN_IM_KASTEN = 10
# The token at the end opens the page of a person, and what she needs.
EIGENER_LINK = re.compile(r"(/meine-anmeldung/[^/\s]+/)[^/\s]+/?")


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
        ("Angebote aktuell halten", {"fields": ["vertraut_nach"]}),
    ]


WOERTER_DER_SUCHE = """
Wonach suchen Menschen, und was steht bei uns? Hier lernt die Suche, dass beides dasselbe ist:
<ul>
<li><b>andere Wörter für dasselbe</b>: Kita, Kindergarten, Kindertagesstätte. Wer eines sucht, findet alle.</li>
<li><b>das erste Wort führt zu den weiteren</b>: Ferienbetreuung, Ferienspiele, Feriencamp.
Wer Ferienbetreuung sucht, findet auch Ferienspiele, aber nicht umgekehrt.</li>
<li><b>Ableitungen eines Wortes</b>: Arzt, Ärztin, ärztlich.</li>
<li><b>Bestandteile zusammengesetzter Wörter</b>: Hebamme, Sprechstunde. Damit führt Sprechstunde auch
zur Hebammensprechstunde. Die Einzahl genügt.</li>
<li><b>Wörter, deren Ende keine Endung ist</b>: Treffen (sonst hielte die Suche es für die Mehrzahl von Treff).</li>
<li><b>zählt mit, muss aber nicht vorkommen</b>: Hilfe, Familie.</li>
<li><b>gehört zu jeder Anfrage</b>: Telefonnummer, Öffnungszeiten, suchen. „Hebamme Telefonnummer“ findet, was
„Hebamme“ findet; nur wer nichts anderes schreibt, sucht danach.</li>
<li><b>wird nie gesucht</b>: der, die, das. Ein Wort, das hier steht, findet niemand mehr.</li>
<li><b>ein Handlungsfeld und die Wörter, die dort zu Hause sind</b>: Geld und Leistungen, Wohngeld, Schulden.
Nennt ein Angebot dieses Handlungsfelds das Wort, zählt es mehr als eine Erwähnung anderswo.</li>
</ul>
"""


@admin.register(Wortgruppe)
class WortgruppeAdmin(PortalAdmin):
    """The words of the search. The index follows within minutes of a change."""

    list_display = ["woerter_kurz", "art"]
    list_filter = ["art"]
    search_fields = ["woerter"]
    fieldsets = [(None, {"fields": ["art", "woerter"], "description": WOERTER_DER_SUCHE})]

    @admin.display(description="Wörter", ordering="woerter")
    def woerter_kurz(self, gruppe) -> str:
        return str(gruppe)

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        self.message_user(
            request, "Die Suche lernt die Wörter in den nächsten Minuten.", messages.INFO
        )

    def delete_model(self, request, obj) -> None:
        super().delete_model(request, obj)
        self.message_user(
            request, "Die Suche vergisst die Wörter in den nächsten Minuten.", messages.INFO
        )


@admin.register(AlteAdresse)
class AlteAdresseAdmin(PortalAdmin):
    list_display = ["bereich", "slug", "seit"]
    list_filter = ["bereich"]
    search_fields = ["slug"]


@admin.register(Mail)
class MailAdmin(PortalAdmin):
    """To read, and to decide about dead letters.

    The Veranstaltungsteam sees what registrations are about, the Administration everything;
    nobody sees a login code, or the link by which somebody else acts.
    """

    list_display = ["betreff", "an", "status", "erstellt_am", "gesendet_am", "versuche"]
    list_filter = ["status"]
    search_fields = ["an", "betreff"]
    date_hierarchy = "erstellt_am"
    actions = ["noch_einmal_versuchen", "als_erledigt"]
    knoepfe = {"noch_einmal": "Noch einmal versuchen", "erledigen": "Erledigt"}
    readonly_fields = ["inhalt"]
    fieldsets = [
        (None, {"fields": ["an", "betreff", "inhalt"]}),
        (
            "Versand",
            {
                "fields": [
                    "status",
                    "fehler",
                    "versuche",
                    "gestoert_seit",
                    "naechster_versuch",
                    "erstellt_am",
                    "gesendet_am",
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        mails = super().get_queryset(request)
        alle = rollen.ADMINISTRATION in rollen.rollen_von(request.user)
        return mails if alle or request.user.is_superuser else mails.zu_anmeldungen()

    @admin.display(description="Text")
    def inhalt(self, mail) -> str:
        """Whoever reads a login code could log in as somebody else."""
        if mail.vertraulich:
            return "Vertraulich"
        return EIGENER_LINK.sub(r"\1…/", mail.text) or "Gelöscht"

    def kaesten(self, request) -> list[Kasten]:
        offen = self.get_queryset(request).nicht_zugestellt()
        kontext = {"mails": offen[:ZEILEN_IM_KASTEN], "anzahl": offen.count()}
        return [Kasten("admin/kasten_post.html", kontext, rang=70)]

    # -------------------------------------------------------------- dead letters

    def has_zustellen_permission(self, request) -> bool:
        return request.user.has_perm("praeventionsketten.zustellen_mail")

    def darf_knoepfe(self, request, obj) -> bool:
        return obj.ist_nicht_zugestellt and self.has_zustellen_permission(request)

    def noch_einmal(self, request, mail) -> None:
        self.noch_einmal_versuchen(request, Mail.objects.filter(pk=mail.pk))

    def erledigen(self, request, mail) -> None:
        self.als_erledigt(request, Mail.objects.filter(pk=mail.pk))

    @admin.action(description="Noch einmal versuchen", permissions=["zustellen"])
    def noch_einmal_versuchen(self, request, queryset) -> None:
        self._entschieden(request, queryset, "Noch einmal versuchen")
        anzahl = queryset.noch_einmal()
        self.message_user(request, f"Noch einmal unterwegs: {e_mails(anzahl)}.")

    @admin.action(description="Erledigt", permissions=["zustellen"])
    def als_erledigt(self, request, queryset) -> None:
        self._entschieden(request, queryset, "Erledigt")
        anzahl = queryset.erledigen()
        self.message_user(request, f"Als erledigt vermerkt: {e_mails(anzahl)}.")

    def _entschieden(self, request, queryset, was: str) -> None:
        for mail in queryset.nicht_zugestellt():
            self.log_change(request, mail, was)


def e_mails(anzahl: int) -> str:
    return "1 E-Mail" if anzahl == 1 else f"{anzahl} E-Mails"


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


@admin.register(Loeschnachweis)
class LoeschnachweisAdmin(PortalAdmin):
    """To read only: what was erased, when, and whether anything was left over."""

    list_display = ["wann", "was", "frist", "anzahl", "geprueft", "sauber"]
    list_filter = ["was", "geprueft"]
    date_hierarchy = "wann"
    fields = ["wann", "was", "frist", "anzahl", "geprueft", "fundstellen", "statistik"]
    readonly_fields = fields

    @admin.display(description="nichts übrig", boolean=True)
    def sauber(self, nachweis) -> bool | None:
        return not nachweis.reste if nachweis.geprueft else None

    @admin.display(description="Reste")
    def fundstellen(self, nachweis) -> str:
        return "\n".join(nachweis.reste) or "keine"

    @admin.display(description="Zahlen, vorher wie nachher")
    def statistik(self, nachweis) -> str:
        return "\n".join(
            f"Veranstaltung {nummer}, {gruppe}: "
            + ", ".join(f"{was} {anzahl}" for was, anzahl in werte.items())
            for nummer, gruppen in nachweis.zahlen.items()
            for gruppe, werte in gruppen.items()
            if werte
        )

    def kaesten(self, request) -> list[Kasten]:
        """Names of people who should be gone: the technique has to look at it."""
        mit_resten = self.get_queryset(request).mit_resten()[:ZEILEN_IM_KASTEN]
        if not mit_resten:
            return []
        return [Kasten("admin/kasten_loeschung.html", {"nachweise": mit_resten}, rang=60)]
