"""Headers on every response, static files and media included, and clean paths."""

from django.http import HttpResponseBadRequest


class Schutzkopf:
    """Adds the headers no other middleware sets, to whatever leaves the house."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, wert in KOPFZEILEN.items():
            response.headers.setdefault(name, wert)
        return response


KOPFZEILEN = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


def sauberer_pfad(get_response):
    """Refuses NUL bytes in path and query before a database sees them."""

    def middleware(request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("400")
        return get_response(request)

    return middleware


def statische_kopfzeilen(headers, path, url) -> None:
    """WhiteNoise's hook: the protection headers on static files."""
    for name, wert in KOPFZEILEN.items():
        headers[name] = wert
