"""Headers on every response, static files and media included, and clean requests.

The order in settings matters: what stands above WhiteNoise also covers static files
and the error pages of everything below.
"""

import codecs
import functools
import logging

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError, connection
from django.urls import reverse

from praeventionsketten import fehler

log = logging.getLogger(__name__)

ABGESCHALTET = [
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
]
KOPFZEILEN = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{merkmal}=()" for merkmal in ABGESCHALTET),
    # SecurityMiddleware sets these two, but not when it refuses a host itself.
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}


def schutzkopf(get_response):
    """Adds the headers no other middleware sets, to whatever leaves the house."""

    def middleware(request):
        response = get_response(request)
        for name, wert in KOPFZEILEN.items():
            response.headers.setdefault(name, wert)
        if request.method == "POST" and request.path in abmeldungen():
            # On a shared computer the next person presses "back".
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


@functools.cache
def abmeldungen() -> frozenset[str]:
    return frozenset([reverse("account_logout"), reverse("admin:logout")])


class Inhaltsrichtlinie(CSPMiddleware):
    """The strict policy everywhere, a wider one where Django's admin and the editor work."""

    def process_response(self, request, response):
        """Nearly every response carries the same policy; it is put together once."""
        besonders = any(name.startswith("_csp") for name in vars(response))
        if besonders or settings.DEBUG or request.path_info.startswith(verwaltung()):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, strenge_richtlinie())
        return response

    def get_policy_parts(self, request, response, report_only=False) -> PolicyParts:
        teile = super().get_policy_parts(request, response, report_only)
        if teile.config is None and request.path_info.startswith(verwaltung()):
            teile.replace = settings.CSP_VERWALTUNG
        return teile


@functools.cache
def verwaltung() -> str:
    return reverse("admin:index")


@functools.cache
def strenge_richtlinie() -> str:
    """Without a nonce: no public page has a use for one."""
    return build_policy()


def saubere_anfrage(get_response):
    """Refuses what no browser sends and no database takes, before any view sees it."""

    def middleware(request):
        texte = [request.path, request.META.get("QUERY_STRING", ""), *request.COOKIES.values()]
        if any("\0" in text or "%00" in text for text in texte):
            raise BadRequest("NUL byte")
        # Python knows encodings that are none, and would fail on them in request.GET.
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest("Encoding is not UTF-8")
        return get_response(request)

    return middleware


def erklaerte_absage(get_response):
    """Gives Django's empty 405 a page that says what is possible."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            return fehler.nicht_vorgesehen(request, response.headers["Allow"])
        return response

    return middleware


def ohne_datenbank(get_response):
    """While the database restarts, people are asked to come back instead of shown a crash.

    Whether the last change was written is not known then; the keys of our forms make
    sending one again safe.
    """

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if isinstance(exception, OperationalError | InterfaceError) and not _erreichbar():
            log.error("The database does not answer: %s", exception)
            return fehler.datenbank_fehlt(request)
        return None

    middleware.process_exception = process_exception
    return middleware


def _erreichbar() -> bool:
    return connection.connection is not None and connection.is_usable()
