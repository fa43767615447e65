"""Pages for what went wrong: 400, 403, 404, 500, in the design and in plain German."""

from django.shortcuts import render


def ungueltige_anfrage(request, exception=None):
    return render(request, "400.html", status=400)


def kein_zutritt(request, exception=None):
    return render(request, "403.html", status=403)


def csrf_fehler(request, reason=""):
    """A form that lay open too long; the text says how to go on without losing it."""
    return render(request, "403_csrf.html", status=403)


def nicht_gefunden(request, exception=None):
    return render(request, "404.html", status=404)


def serverfehler(request):
    """Renders without database, session or user: any of them may be what failed."""
    return render(None, "500.html", status=500)
