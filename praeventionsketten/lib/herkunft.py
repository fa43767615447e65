"""Whether a POST comes from one of our own pages, for forms that need no cookie.

A CSRF token would put a cookie on every page with such a form. Browsers say by themselves
where a request comes from, and no page can make them lie about it.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LAENGSTE_ADRESSE = 8192


def eigene_herkunft(request: HttpRequest) -> bool:
    """True only if the browser says so: without a word about it the answer is no."""
    if (seite := request.headers.get("Sec-Fetch-Site")) is not None:
        return seite == "same-origin"
    herkunft = request.headers.get("Origin", "")
    return herkunft == settings.BASIS_URL or (
        urlsplit(herkunft).scheme in {"http", "https"}
        and urlsplit(herkunft).netloc == request.get_host()
    )


def lokaler_pfad(adresse: str, sonst: str) -> str:
    """The path of an address of this portal, without its fragment; else `sonst`."""
    pfad = adresse.partition("#")[0].removeprefix(settings.BASIS_URL)
    lokal = (
        pfad.startswith("/")
        and len(pfad) <= LAENGSTE_ADRESSE
        and url_has_allowed_host_and_scheme(pfad, allowed_hosts=None)
    )
    return pfad if lokal else sonst
