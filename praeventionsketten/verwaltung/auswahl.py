"""Choices a person meets: suggestions while typing, and the values of a list's filters."""

from django.contrib.admin import FieldListFilter, RelatedFieldListFilter
from django.contrib.admin.utils import get_model_from_relation
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied


class Auswahl(AutocompleteJsonView):
    """Suggestions only for fields that ask for them, and only what their form accepts."""

    def process_request(self, request):
        ergebnis = super().process_request(request)
        self.quelle = self._quelle(request, ergebnis[2])
        return ergebnis

    def _quelle(self, request, feld):
        """The ModelAdmin or inline in whose form the person is choosing."""
        for klasse in self.admin_site.klassen(feld.model):
            darf = klasse.has_change_permission(request) or klasse.has_add_permission(
                *[request] if self.admin_site.is_registered(feld.model) else [request, None]
            )
            if darf and feld.name in klasse.get_autocomplete_fields(request):
                return klasse
        raise PermissionDenied

    def get_queryset(self):
        return self.quelle.waehlbar(self.source_field, self.request, super().get_queryset())


class WerteInReichweite(RelatedFieldListFilter):
    """Every filter over a relation offers only values the person may see."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = "ohne Angabe"

    def field_choices(self, field, request, model_admin):
        ziel = get_model_from_relation(field)
        reihenfolge = self.field_admin_ordering(field, request, model_admin)
        werte = ziel._default_manager.all()
        for klasse in model_admin.admin_site.klassen(ziel)[:1]:
            werte = klasse.in_reichweite(request, werte)
        return field.get_choices(
            include_blank=False,
            ordering=reihenfolge,
            limit_choices_to={"pk__in": werte.values("pk")},
        )


FieldListFilter.register(
    lambda field: field.remote_field, WerteInReichweite, take_priority=True
)
