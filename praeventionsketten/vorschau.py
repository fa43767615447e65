"""Drafts on their own page: whoever may see a draft in the admin may preview it."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest


def hole_oder_vorschau(
    request: HttpRequest, oeffentlich: QuerySet, alle: QuerySet, **lookup
) -> tuple[Model, bool]:
    """The record and whether it is only a preview; Http404 when it is neither.

    `oeffentlich` is what everybody may read, `alle` the same with drafts. The person is
    asked for only when the public has no hit, so that public pages stay free of sessions.
    """
    if (objekt := oeffentlich.filter(**lookup).first()) is not None:
        return objekt, False
    objekt = _entwuerfe(request, alle).filter(**lookup).first()
    if objekt is None or not _verwaltung(alle.model).has_view_permission(request, objekt):
        raise Http404
    return objekt, True


def _verwaltung(model: type[Model]) -> admin.ModelAdmin:
    return admin.site.get_model_admin(model)


def _entwuerfe(request: HttpRequest, alle: QuerySet) -> QuerySet:
    """What this person sees in the admin: its scope per Kommune holds here too."""
    if not admin.site.is_registered(alle.model) or not admin.site.has_permission(request):
        return alle.none()
    verwaltung = _verwaltung(alle.model)
    if not verwaltung.has_view_permission(request):
        return alle.none()
    return alle.filter(pk__in=verwaltung.get_queryset(request).order_by().values("pk"))
