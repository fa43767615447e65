"""Hinweise from outside, of the own Kommunen alone, and what both kinds share."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect

from angebote import mails
from angebote.models import Hinweis
from praeventionsketten.verwaltung import MitSeiten, PortalAdmin, seite

ANTWORT_HOECHSTENS = 2000
SCHON = "Das hat inzwischen schon jemand entschieden. So ist es ausgegangen:"


class RueckmeldungAdmin(MitSeiten, PortalAdmin):
    """Read and decided upon on one page, never typed in or deleted by hand."""

    date_hierarchy = "eingegangen_am"

    def _erreichbar(self, request, *, mit_landesweiten: bool):
        """What belongs to no Kommune goes to the Redaktion, with the address of who wrote."""
        return super()._erreichbar(request, mit_landesweiten=False)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self.zur_seite("pruefen", obj)

    def verlangt(self, request, obj) -> None:
        if not self.has_change_permission(request, obj):
            raise PermissionDenied

    def antwort(self, request) -> str:
        """The kind words, cut where no mail goes on; no database takes a NUL."""
        return request.POST.get("antwort", "").replace("\0", "").strip()[:ANTWORT_HOECHSTENS]

    def fertig(self, request, obj, satz: str):
        self.log_change(request, obj, satz)
        dazu = " Die Person bekommt eine E-Mail." if obj.absender_email else ""
        self.message_user(request, satz + dazu, messages.SUCCESS)
        return redirect("admin:index")


@admin.register(Hinweis)
class HinweisAdmin(RueckmeldungAdmin):
    kommune_pfad = "angebot__kommune"
    list_display = ["angebot", "thema", "status", "eingegangen_am"]
    list_filter = ["status", "thema"]
    list_select_related = ["angebot"]
    search_fields = ["angebot__titel", "text"]
    fields = readonly_fields = ["angebot", "thema", "text", "eingegangen_am", "status"]

    @seite("pruefen/", "view")
    def pruefen(self, request, hinweis):
        """What was reported, what stands there today, and how it ends."""
        if request.method == "POST":
            self.verlangt(request, hinweis)
            ergebnis = request.POST.get("ergebnis", "")
            if ergebnis in Hinweis.Ergebnis.values:
                return self._erledigen(request, hinweis, ergebnis)
        return self.zeige(
            request,
            hinweis,
            "angebote/hinweis.html",
            title=str(hinweis),
            darf=self.has_change_permission(request, hinweis),
            ergebnisse=Hinweis.Ergebnis,
            kontakte=hinweis.angebot.oeffentliche_kontakte,
            zeiten=hinweis.angebot.zeitfenster.gueltig(),
        )

    @transaction.atomic
    def _erledigen(self, request, hinweis, ergebnis: str):
        if not hinweis.erledigen(request.user, ergebnis, self.antwort(request)):
            self.message_user(request, SCHON, messages.INFO)
            return self.zur_seite("pruefen", hinweis)
        if ergebnis == Hinweis.Ergebnis.WERBUNG:
            hinweis.absender_email = ""  # nobody is answered
        mails.hinweis_erledigt(hinweis)
        return self.fertig(request, hinweis, "Der Hinweis ist erledigt.")
