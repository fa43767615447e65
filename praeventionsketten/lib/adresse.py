from django.conf import settings


def absolut(pfad: str) -> str:
    """The full address for mails, feeds and sitemap; never from the request's host."""
    return f"{settings.BASIS_URL}{pfad}"
