"""A sheet for Excel; `lib.tabelle` says what may stand in its cells."""

import io
import re

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

SPRACHE = "de-DE"


def schreibe(titel: str, zeilen: list[list[str]]) -> bytes:
    """The first row is the head."""
    mappe = Workbook(write_only=True)
    mappe.properties.title = titel
    mappe.properties.language = SPRACHE
    mappe.properties.creator = ""
    blatt = mappe.create_sheet(_blattname(titel))
    blatt.freeze_panes = "A2"
    blatt.print_title_rows = "1:1"
    blatt.page_setup.orientation, blatt.page_setup.paperSize = "landscape", 9
    letzte = f"{get_column_letter(len(zeilen[0]))}{len(zeilen)}"
    blatt.auto_filter.ref = f"A1:{letzte}"
    for nummer, breite in enumerate(_breiten(zeilen), start=1):
        blatt.column_dimensions[get_column_letter(nummer)].width = breite
    for nummer, zeile in enumerate(zeilen):
        blatt.append([_zelle(blatt, wert, kopf=nummer == 0) for wert in zeile])
    puffer = io.BytesIO()
    mappe.save(puffer)
    return puffer.getvalue()


def _zelle(blatt, wert: str, *, kopf: bool) -> WriteOnlyCell:
    zelle = WriteOnlyCell(blatt, value=wert)
    zelle.data_type = "s"  # a text, whatever it looks like
    zelle.alignment = Alignment(wrap_text=True, vertical="top")
    if kopf:
        zelle.font = Font(bold=True)
    return zelle


def _breiten(zeilen: list[list[str]]) -> list[int]:
    return [
        min(max(len(wert) for wert in spalte) + 2, 48) for spalte in zip(*zeilen, strict=True)
    ]


def _blattname(titel: str) -> str:
    """Excel refuses these characters, and more than 31."""
    return re.sub(r"[\[\]:*?/\\']", " ", titel)[:31].strip() or "Liste"
