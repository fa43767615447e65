"""A table as a file to take away, in the form that was asked for."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from praeventionsketten.lib.tabelle import CSV, XLSX, Tabelle


def als_datei(tabelle: Tabelle, als: str | None) -> HttpResponse | None:
    """The file, or None where somebody wants to read a page."""
    match als:
        case "csv":
            inhalt, typ = tabelle.als_csv(), CSV
        case "xlsx":
            inhalt, typ = tabelle.als_xlsx(), XLSX
        case _:
            return None
    name = f"{slugify(tabelle.titel)[:80]}-{timezone.localtime():%Y-%m-%d-%H%M}.{als}"
    kopf = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(inhalt, content_type=typ, headers=kopf)
