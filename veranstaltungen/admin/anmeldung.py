from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.utils import timezone

from praeventionsketten.verwaltung import PortalAdmin
from veranstaltungen.models import (
    Anmeldung,
    Bedarf,
    Einwilligungstext,
    Protokoll,
    Veranstaltung,
)
from veranstaltungen.plaetze.schritt import vermerken

from .person import PersonSeiten
from .worte import Schritt, in_worten


@admin.register(Anmeldung)
class AnmeldungAdmin(PersonSeiten, PortalAdmin):
    """No form of Django's: seats and states are written by veranstaltungen.plaetze alone."""

    kommune_pfad = "veranstaltung__kommunen"
    list_display = ["name", "organisation", "veranstaltung", "status", "eingang"]
    list_filter = ["status", "veranstaltung"]
    list_select_related = ["veranstaltung"]
    search_fields = ["name", "email", "organisation"]
    date_hierarchy = "eingang"
    actions = None

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if object_id is None:
            return self._wo_anmelden(request)
        anmeldung = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, anmeldung):
            raise PermissionDenied
        if anmeldung is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self.uebersicht(request, anmeldung)

    def _wo_anmelden(self, request):
        """Registering begins with the event: its form knows the Fachforen."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        offene = (
            self.admin_site.get_model_admin(Veranstaltung)
            .get_queryset(request)
            .filter(
                status=Veranstaltung.Status.VEROEFFENTLICHT,
                anmeldung_von__isnull=False,
                ende__gt=timezone.now(),
            )
        )
        return self.zeige(
            request,
            None,
            "veranstaltungen/telefon_wo.html",
            title="Anmelden: für welche Veranstaltung?",
            veranstaltungen=offene.order_by("beginn"),
        )


@admin.register(Bedarf)
class BedarfAdmin(PortalAdmin):
    """Health data; the roles table opens it to the team alone."""

    kommune_pfad = "anmeldung__veranstaltung__kommunen"
    list_display = ["art", "text", "anmeldung", "veranstaltung"]
    list_filter = ["art", "anmeldung__veranstaltung"]
    list_select_related = ["anmeldung__veranstaltung"]
    autocomplete_fields = ["anmeldung"]
    fieldsets = [
        (
            None,
            {
                "fields": ["anmeldung", "art", "text"],
                "description": "Nur eintragen, wenn die Person dem ausdrücklich zustimmt. "
                "Das Portal löscht es bald nach der Veranstaltung.",
            },
        )
    ]

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        vermerken(obj.anmeldung, "angaben_geaendert", request.user)

    def delete_model(self, request, obj) -> None:
        vermerken(obj.anmeldung, "angaben_geaendert", request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset) -> None:
        for bedarf in queryset.select_related("anmeldung"):
            self.delete_model(request, bedarf)

    @admin.display(description="Veranstaltung")
    def veranstaltung(self, bedarf) -> str:
        return bedarf.anmeldung.veranstaltung.titel

    def get_readonly_fields(self, request, obj=None):
        return ["anmeldung"] if obj else []


@admin.register(Einwilligungstext)
class EinwilligungstextAdmin(PortalAdmin):
    """What people agreed to never changes; another wording is a row of its own."""

    list_display = ["zweck", "fassung", "gueltig_ab"]
    list_filter = ["zweck"]
    fields = ["zweck", "fassung", "gueltig_ab", "text"]

    def get_readonly_fields(self, request, obj=None):
        return self.fields if obj and obj.einwilligungen.exists() else []


@admin.register(Protokoll)
class ProtokollAdmin(PortalAdmin):
    """To read only; nobody is named but the team."""

    kommune_pfad = "veranstaltung__kommunen"
    list_display = ["wann", "was_in_worten", "wer_genau", "veranstaltung"]
    list_display_links = None
    list_filter = ["wer", "veranstaltung"]
    list_select_related = ["veranstaltung", "konto"]
    date_hierarchy = "wann"

    @admin.display(description="Was")
    def was_in_worten(self, schritt) -> str:
        return in_worten(schritt)

    @admin.display(description="Wer")
    def wer_genau(self, schritt) -> str:
        return Schritt(schritt, "", "").wer
