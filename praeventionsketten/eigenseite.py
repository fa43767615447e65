"""Pages that only the link of a mail opens: the token moves from the address to a cookie."""

from django.conf import settings
from django.http import HttpResponse


def merken(response: HttpResponse, name: str, wert: str, *, pfad: str, sekunden: int) -> None:
    """A cookie for one page and what lies below it."""
    response.set_cookie(
        name,
        wert,
        max_age=sekunden,
        path=pfad,
        secure=not settings.LOKAL,
        httponly=True,
        samesite="Lax",
    )


def verschwiegen(response: HttpResponse, referrer_policy: str) -> HttpResponse:
    """Neither search engines nor other sites hear of the address."""
    response["Referrer-Policy"] = referrer_policy
    response["X-Robots-Tag"] = "noindex"
    return response
