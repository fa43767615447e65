"""Where the Kette of a Kommune has gaps, if the Kommune shows it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from angebote.luecken import matrix
from kommunen.models import Kommune


@require_safe
def luecken(request: HttpRequest, slug: str) -> HttpResponse:
    zeigen = Kommune.objects.sichtbar().filter(luecken_oeffentlich=True)
    kommune = get_object_or_404(zeigen, slug=slug)
    context = {
        "bereich": "kommunen",
        "pfad": [
            (_("Kommunen"), reverse("kommune_liste")),
            (kommune.kurzname, kommune.get_absolute_url()),
            (_("Was es gibt und was fehlt"), None),
        ],
        "kommune": kommune,
        "matrix": matrix(kommune),
    }
    return render(request, "angebote/luecken.html", context)
