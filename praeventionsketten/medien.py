"""Uploaded files, served by Django where no web server stands in front of it."""

from pathlib import PurePath

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

BILDER = {"image/jpeg", "image/png", "image/webp"}


@require_safe
@cache_control(public=True, max_age=3600)
@csp({"default-src": [NONE], "sandbox": [True]})
def medium(request, pfad):
    """Pictures are shown, everything else is offered to save; nothing can run."""
    response = serve(request, pfad, document_root=settings.MEDIA_ROOT)
    if response.headers.get("Content-Type") not in BILDER:
        name = PurePath(pfad).name
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
