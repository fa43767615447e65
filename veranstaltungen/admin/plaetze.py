"""Seats in the admin: their number may change, never below what is already given."""

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from praeventionsketten.verwaltung import PortalStacked
from praeventionsketten.verwaltung.formular import VerwaltungForm
from veranstaltungen.models import Platzkontingent


class PlaetzeForm(VerwaltungForm):
    def clean(self) -> dict:
        daten = super().clean()
        if self.instance.pk and "kapazitaet" in daten and "notplaetze" in daten:
            # Locked until the whole form is saved: nobody registers in between.
            aktuell = Platzkontingent.objects.select_for_update().get(pk=self.instance.pk)
            if aktuell.belegt > daten["kapazitaet"] + daten["notplaetze"]:
                self.add_error(
                    "kapazitaet",
                    f"Es sind schon {aktuell.belegt} Plätze vergeben. "
                    "Weniger geht nur, wenn vorher jemand absagt.",
                )
        return daten

    def save(self, commit=True):
        """Writes the changed fields alone: the counters belong to the registrations."""
        if not (commit and self.instance.pk):
            return super().save(commit)
        self.instance.save(update_fields=self.changed_data)
        return self.instance


class PlaetzeFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        for form in self.initial_forms:
            if self._should_delete_form(form) and form.instance.belegt:
                raise ValidationError(
                    f"„{form.instance}“ kann nicht gelöscht werden: "
                    f"{form.instance.belegt} Plätze sind vergeben."
                )


class PlaetzeInline(PortalStacked):
    kommune_pfad = "veranstaltung__kommunen"
    classes = ["collapse"]
    model = Platzkontingent
    form = PlaetzeForm
    formset = PlaetzeFormSet
    fields = [
        ("art", "fachforum", "durchgang"),
        ("kapazitaet", "notplaetze", "belegt", "raum"),
        "gesperrt",
    ]
    readonly_fields = ["belegt"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("fachforum", "durchgang", "veranstaltung")
        )
