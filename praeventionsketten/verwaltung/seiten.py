"""Pages of our own below a row of the admin: the row is found and the right is asked first.

Unlike a form of Django's they run in no transaction, so that a verb may have its own.
"""

from collections.abc import Callable
from functools import wraps
from inspect import getmembers, isfunction

from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse


def seite(pfad: str, recht: str = "change", *, auch: str = "") -> Callable:
    """Makes a method the page `<row>/<pfad>` for who has this right on the row.

    `auch` is a permission needed besides. The name of the address ends with the method's.
    """

    def merken(methode: Callable) -> Callable:
        methode.seite = (pfad, recht, auch)
        return methode

    return merken


class MitSeiten:
    """Mixin of a PortalAdmin with such pages."""

    # Links above the form: name of a method and its label.
    verweise: dict[str, str] = {}

    def get_urls(self) -> list:
        namen = [name for name, _ in getmembers(type(self), isfunction)]
        methoden = [getattr(self, name) for name in namen]
        eigene = [
            path(
                f"<path:object_id>/{methode.seite[0]}",
                self.admin_site.admin_view(self._geprueft(methode)),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{methode.__name__}",
            )
            for methode in methoden
            if hasattr(methode, "seite")
        ]
        return [*eigene, *super().get_urls()]

    def adresse(self, name: str, obj, *teile) -> str:
        """The address of one of these pages, or of a page of Django's."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}"
        return reverse(name, args=[quote(obj.pk), *teile])

    def darf(self, request: HttpRequest, obj, methode: str) -> bool:
        """Whether the person may open this page of this row."""
        _, recht, auch = getattr(self, methode).seite
        darf = getattr(self, f"has_{recht}_permission")(request, obj)
        return darf and (not auch or request.user.has_perm(auch))

    def zeige(self, request: HttpRequest, obj, vorlage: str, status: int = 200, **kontext):
        """Render a page of this row with all that the frame of the admin needs."""
        kontext = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "wege": self.wege(request, obj),
            **kontext,
        }
        request.current_app = self.admin_site.name
        return render(request, f"admin/{vorlage}", kontext, status=status)

    def wege(self, request: HttpRequest, obj) -> list[tuple[str, str]]:
        """Address and label of the pages the person may open."""
        return [
            (self.adresse(name, obj), text)
            for name, text in self.verweise.items()
            if self.darf(request, obj, name)
        ]

    def zur_seite(self, name: str, obj, *teile) -> HttpResponse:
        return redirect(self.adresse(name, obj, *teile))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["wege"] = self.wege(request, obj) if obj else []
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _geprueft(self, methode: Callable) -> Callable:
        @wraps(methode)
        def view(request: HttpRequest, object_id: str, **teile) -> HttpResponse:
            obj = self.get_object(request, unquote(object_id))
            if obj is None:
                raise Http404
            if not self.darf(request, obj, methode.__name__):
                raise PermissionDenied
            return methode(request, obj, **teile)

        return view
