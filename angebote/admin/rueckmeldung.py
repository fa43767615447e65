"""What came from outside: Hinweise and Vorschläge, of the own Kommunen alone."""

from django.contrib import admin

from angebote.models import Hinweis, Vorschlag
from praeventionsketten.verwaltung import MitSeiten, PortalAdmin


class RueckmeldungAdmin(MitSeiten, PortalAdmin):
    """Read and decided upon, never typed in or deleted by hand."""

    def _erreichbar(self, request, *, mit_landesweiten: bool):
        """What belongs to no Kommune goes to the Redaktion, with the address of who wrote."""
        return super()._erreichbar(request, mit_landesweiten=False)


@admin.register(Hinweis)
class HinweisAdmin(RueckmeldungAdmin):
    kommune_pfad = "angebot__kommune"
    list_display = ["angebot", "thema", "status", "eingegangen_am"]
    list_filter = ["status", "thema"]
    list_select_related = ["angebot"]
    search_fields = ["angebot__titel", "text"]
    fields = readonly_fields = [
        "angebot",
        "thema",
        "text",
        "absender_email",
        "eingegangen_am",
        "status",
        "ergebnis",
        "antwort",
        "entschieden_am",
        "entschieden_von",
    ]


@admin.register(Vorschlag)
class VorschlagAdmin(RueckmeldungAdmin):
    kommune_pfad = "kommune"
    list_display = ["__str__", "kommune", "herkunft", "status", "eingegangen_am"]
    list_filter = ["status", "herkunft"]
    list_select_related = ["angebot", "kommune"]
    search_fields = ["angebot__titel"]
    fields = readonly_fields = [
        "angebot",
        "kommune",
        "herkunft",
        "absender_email",
        "eingegangen_am",
        "status",
        "antwort",
        "entschieden_am",
        "entschieden_von",
    ]
