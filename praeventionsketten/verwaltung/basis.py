"""The base of every ModelAdmin and inline: nobody leaves her own Kommunen through it."""

import js_asset
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import NestedObjects, quote, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import router, transaction
from django.db.models import ManyToManyField, Q, QuerySet
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst

from praeventionsketten.lib.rich_text import RichTextField
from praeventionsketten.models import Status

from . import grenze
from .felder import FORMULARFELDER, Mehrfachsuchauswahl, Suchauswahl
from .formular import VerwaltungForm, fehlerliste
from .kasten import Kasten
from .loeschen import ohne_verknuepfungen
from .protokoll import fuer_das_protokoll, ohne_namen


class Begrenzt:
    """What ModelAdmin and inline share: rows, choices and rights within the reach.

    `kommune_pfad` leads from a row to its Kommune, e.g. "angebot__kommune"; None says
    that the rows belong to no Kommune.
    """

    kommune_pfad: str | None = None
    form = VerwaltungForm
    formfield_overrides = FORMULARFELDER

    def get_queryset(self, request) -> QuerySet:
        return self.in_reichweite(request, super().get_queryset(request))

    def in_reichweite(self, request, queryset: QuerySet) -> QuerySet:
        """The rows of this model that the person may see."""
        if not grenze.begrenzt(request.user, self.model, self.kommune_pfad, "view"):
            return queryset
        return queryset.filter(pk__in=self._erreichbar(request, mit_landesweiten=True))

    def _erreichbar(self, request, *, mit_landesweiten: bool) -> QuerySet:
        return grenze.erreichbar(
            self.model, self.kommune_pfad, request.user, mit_landesweiten=mit_landesweiten
        )

    def reicht_bis(self, request, aktion: str, obj) -> bool:
        """Whether the person's reach includes this row, as it is stored."""
        if not grenze.begrenzt(request.user, self.model, self.kommune_pfad, aktion):
            return True
        rows = self._erreichbar(request, mit_landesweiten=aktion == "view")
        return rows.filter(pk=obj.pk).exists()

    def ist_begrenzt(self, request) -> bool:
        """Whether the person changes rows of this model only in her own Kommunen."""
        return grenze.begrenzt(request.user, self.model, self.kommune_pfad, "change")

    # -------------------------------------------------------------- choices

    def waehlbar(self, db_field, request, queryset: QuerySet) -> QuerySet:
        """What a relation of this model may be set to by this person.

        What is linked already stays in the list, or saving the form would cut it off.
        """
        ziel = queryset.model
        queryset = self._geschwister(db_field, request, queryset)
        pfad = self.admin_site.kommune_pfad(ziel)
        if pfad is None or not self.ist_begrenzt(request):
            return queryset
        erlaubt = grenze.erreichbar(
            ziel, pfad, request.user, mit_landesweiten=db_field.name != self.kommune_pfad
        )
        return queryset.filter(
            Q(pk__in=erlaubt) | Q(pk__in=self._verknuepft(db_field, request))
        )

    def _geschwister(self, db_field, request, queryset: QuerySet) -> QuerySet:
        return queryset

    def _verknuepft(self, db_field, request) -> QuerySet:
        rows = self.zeilen_des_formulars(request)
        return rows.filter(**{f"{db_field.name}__isnull": False}).values(db_field.name)

    def zeilen_des_formulars(self, request) -> QuerySet:
        raise NotImplementedError

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        ist_kommune = db_field.name == self.kommune_pfad and self.ist_begrenzt(request)
        if ist_kommune:
            kwargs["widget"] = forms.Select()
        elif db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Suchauswahl(db_field, self.admin_site)
        feld = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if feld is not None:
            feld.queryset = self.waehlbar(db_field, request, feld.queryset)
        if feld is not None and ist_kommune:
            feld.required, feld.help_text = True, ""
            if len(request.user.eigene_kommunen) == 1:
                feld.empty_label = None
        return feld

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Mehrfachsuchauswahl(db_field, self.admin_site)
        else:
            kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        feld = super().formfield_for_manytomany(db_field, request, **kwargs)
        if feld is not None:
            feld.queryset = self.waehlbar(db_field, request, feld.queryset)
        return feld

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """One small way beside a choice: adding what is missing. More would be noise."""
        feld = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(feld, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            if isinstance(widget.widget, forms.CheckboxSelectMultiple):
                feld.widget = widget.widget
            widget.can_change_related = False
            widget.can_delete_related = False
            widget.can_view_related = False
        return feld


class PortalAdmin(Begrenzt, admin.ModelAdmin):
    list_per_page = 50
    save_on_top = False
    actions_on_bottom = False
    show_facets = admin.ShowFacets.NEVER
    # Buttons above the form: name of a method (request, obj) and its label.
    knoepfe: dict[str, str] = {}

    def kaesten(self, request) -> list[Kasten]:
        """What this part of the house puts on the start page of the person."""
        return []

    def zeilen_des_formulars(self, request) -> QuerySet:
        return self.model._base_manager.filter(pk=offenes_objekt(self.model, request))

    # -------------------------------------------------------------- buttons

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_knopf"
        view = self.admin_site.admin_view(self.knopf_view)
        return [
            path("<path:object_id>/knopf/<slug:knopf>/", view, name=name),
            *super().get_urls(),
        ]

    def knopf_view(self, request, object_id: str, knopf: str):
        """A button was pressed: it acts on POST, and only for those who may press it."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or knopf not in self.knoepfe:
            raise Http404
        if not self.darf_knoepfe(request, obj):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        with transaction.atomic():
            antwort = getattr(self, knopf)(request, obj)
        return antwort or HttpResponseRedirect(self._zurueck(request, obj))

    def darf_knoepfe(self, request, obj) -> bool:
        """Whether the person may press the buttons of this row: whoever may change it."""
        return self.has_change_permission(request, obj)

    def _zurueck(self, request, obj) -> str:
        if request.POST.get("zurueck") == "start":
            return reverse("admin:index")
        adresse = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(adresse, args=[quote(obj.pk)])

    def render_change_form(self, request, context, add=False, change=False, obj=None, **kwargs):
        context["knoepfe"] = self.knoepfe if change and self.darf_knoepfe(request, obj) else {}
        context["ist_entwurf"] = getattr(obj, "status", None) == Status.ENTWURF
        context["fehlerliste"] = fehlerliste(context)
        if any(isinstance(feld, RichTextField) for feld in self.opts.fields):
            # The editor's import map is an inline script; the nonce lets it through.
            medien = context["media"] + forms.Media(js=["js/editor.js"])
            context["media"] = js_asset.Media.from_media(medien, nonce=str(request.csp_nonce))
        return super().render_change_form(
            request, context, add=add, change=change, obj=obj, **kwargs
        )

    # -------------------------------------------------------------- log

    def log_addition(self, request, obj, message):
        message = ohne_namen(obj, message)
        return super().log_addition(request, fuer_das_protokoll(obj), message)

    def log_change(self, request, obj, message):
        message = ohne_namen(obj, message)
        return super().log_change(request, fuer_das_protokoll(obj), message)

    def log_deletions(self, request, queryset):
        return super().log_deletions(request, [fuer_das_protokoll(obj) for obj in queryset])

    # -------------------------------------------------------------- rights

    def has_view_permission(self, request, obj=None) -> bool:
        return super().has_view_permission(request, obj) and (
            obj is None or self.reicht_bis(request, "view", obj)
        )

    def has_change_permission(self, request, obj=None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or self.reicht_bis(request, "change", obj)
        )

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and (
            obj is None or self.reicht_bis(request, "delete", obj)
        )

    def has_add_permission(self, request) -> bool:
        """Somebody without a Kommune of her own has nowhere to put a new row."""
        if not super().has_add_permission(request):
            return False
        ist_begrenzt = grenze.begrenzt(request.user, self.model, self.kommune_pfad, "add")
        return not ist_begrenzt or bool(request.user.eigene_kommunen)

    def lookup_allowed(self, lookup, value, request=None) -> bool:
        """Only declared filters: any other field could be guessed letter by letter."""
        if not super().lookup_allowed(lookup, value, request):
            return False
        erklaert = {self.date_hierarchy}
        for eintrag in self.get_list_filter(request) if request else self.list_filter:
            feld = eintrag[0] if isinstance(eintrag, tuple) else eintrag
            erklaert.add(getattr(feld, "parameter_name", feld))
        return any(
            name and (lookup == name or lookup.startswith(f"{name}__")) for name in erklaert
        )

    # -------------------------------------------------------------- saving

    def get_changeform_initial_data(self, request) -> dict:
        anfang = super().get_changeform_initial_data(request)
        feldnamen = {feld.name for feld in self.opts.fields}
        if (
            self.kommune_pfad in feldnamen
            and self.ist_begrenzt(request)
            and len(request.user.eigene_kommunen) == 1
        ):
            anfang[self.kommune_pfad] = request.user.eigene_kommunen[0]
        return anfang

    def save_model(self, request, obj, form, change) -> None:
        """The last lock behind all others: what was saved must lie in the person's reach."""
        super().save_model(request, obj, form, change)
        if not self.reicht_bis(request, "change" if change else "add", obj):
            raise PermissionDenied

    @transaction.atomic
    def delete_queryset(self, request, queryset) -> None:
        """One by one: a record on public pages says itself that they change."""
        for objekt in queryset:
            objekt.delete()

    def get_deleted_objects(self, objs, request):
        """Says what stands in the way of deleting without naming rows of others."""
        zu_loeschen, anzahl, fehlend, hindernisse = super().get_deleted_objects(objs, request)
        zu_loeschen, anzahl = ohne_verknuepfungen(zu_loeschen, anzahl)
        if hindernisse and self.ist_begrenzt(request):
            hindernisse = self._sichtbare_hindernisse(objs, request)
        return zu_loeschen, anzahl, fehlend, hindernisse

    def _sichtbare_hindernisse(self, objs, request) -> list[str]:
        sammler = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        sammler.collect(objs)
        sichtbare = [o for o in sammler.protected if self.admin_site.sieht(request, o)]
        namen = [f"{capfirst(o._meta.verbose_name)}: {o}" for o in sichtbare]
        if len(sichtbare) < len(sammler.protected):
            namen.append("Angaben außerhalb Ihrer Kommunen")
        return namen

    def get_view_on_site_url(self, obj=None) -> str | None:
        """The public address itself; Django's detour would open rows of any model."""
        if obj is None or not hasattr(obj, "get_absolute_url"):
            return None
        return obj.get_absolute_url()


class BegrenztesInline(Begrenzt):
    """An inline follows its form: who may not change the parent changes no row of it."""

    extra = 0
    max_num = 300

    def get_formset(self, request, obj=None, **kwargs):
        """A forged number of rows costs at most as much as the longest honest form."""
        return super().get_formset(request, obj, **{"absolute_max": 400} | kwargs)

    def has_view_permission(self, request, obj=None) -> bool:
        return super().has_view_permission(request, obj) and (
            obj is None or self._elternteil.has_view_permission(request, obj)
        )

    def has_add_permission(self, request, obj=None) -> bool:
        return super().has_add_permission(request, obj) and self._darf_aendern(request, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return super().has_change_permission(request, obj) and self._darf_aendern(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and self._darf_aendern(request, obj)

    @property
    def _elternteil(self) -> PortalAdmin:
        return self.admin_site.get_model_admin(self.parent_model)

    def _darf_aendern(self, request, obj) -> bool:
        return obj is None or self._elternteil.has_change_permission(request, obj)

    def zeilen_des_formulars(self, request) -> QuerySet:
        eltern = offenes_objekt(self.parent_model, request)
        return self.model._base_manager.filter(**{self._verweis.name: eltern})

    @property
    def _verweis(self):
        """The foreign key from the rows to the form they stand in."""
        return forms.models._get_foreign_key(self.parent_model, self.model, self.fk_name)

    def _geschwister(self, db_field, request, queryset: QuerySet) -> QuerySet:
        """Rows of one form point only to each other: a Gremium to a Teilraum of its Kommune."""
        if isinstance(db_field, ManyToManyField):
            return queryset
        for feld in queryset.model._meta.fields:
            if feld.is_relation and feld.remote_field.model is self.parent_model:
                eltern = offenes_objekt(self.parent_model, request)
                return queryset.filter(**{feld.name: eltern})
        return queryset


class PortalTabular(BegrenztesInline, admin.TabularInline):
    """Rows to read."""

    can_delete = False
    max_num = 0


class PortalStacked(BegrenztesInline, admin.StackedInline):
    """Rows to fill in, each with the labels and hints of a form of its own."""


def offenes_objekt(model, request):
    """The key of the object whose form is open, or None on the form for a new one."""
    treffer = request.resolver_match
    if treffer is None or "object_id" not in treffer.kwargs:
        return None
    try:
        return model._meta.pk.to_python(unquote(treffer.kwargs["object_id"]))
    except ValidationError:
        return None
