"""Kinds of admins that several apps share."""

from django.contrib import admin

from praeventionsketten.models import Status

from .basis import PortalAdmin


class BegriffAdmin(PortalAdmin):
    """A vocabulary: its code stands in addresses and exports, so it never changes."""

    list_display = ["name", "code", "reihenfolge"]
    search_fields = ["name", "code"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


class EntwurfAdmin(PortalAdmin):
    """A page that is drafted by some and published by others."""

    def darf_veroeffentlichen(self, request) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_change_permission(self, request, obj=None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        ist_entwurf = obj is None or self._gespeicherter_status(obj) == Status.ENTWURF
        return ist_entwurf or self.darf_veroeffentlichen(request)

    def _gespeicherter_status(self, obj) -> str:
        """As it is stored: a submitted form has already changed the object in memory."""
        rows = self.model._base_manager.filter(pk=obj.pk)
        return rows.values_list("status", flat=True).first()

    def get_readonly_fields(self, request, obj=None):
        felder = list(super().get_readonly_fields(request, obj))
        return felder if self.darf_veroeffentlichen(request) else [*felder, "status"]

    @admin.action(description="Veröffentlichen", permissions=["publish"])
    def veroeffentlichen(self, request, queryset):
        anzahl = 0
        for seite in queryset.exclude(status=Status.VEROEFFENTLICHT):
            seite.veroeffentlichen()
            self.log_change(request, seite, "Veröffentlicht.")
            anzahl += 1
        self.message_user(request, f"Veröffentlicht: {anzahl}.")

    @admin.action(description="Zurück auf Entwurf setzen", permissions=["publish"])
    def zurueckziehen(self, request, queryset):
        anzahl = 0
        for seite in queryset.exclude(status=Status.ENTWURF):
            seite.zurueckziehen()
            self.log_change(request, seite, "Auf Entwurf gesetzt.")
            anzahl += 1
        self.message_user(request, f"Auf Entwurf gesetzt: {anzahl}.")

    def has_publish_permission(self, request) -> bool:
        return self.darf_veroeffentlichen(request)
