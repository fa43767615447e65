"""Tables to take away: CSV and XLSX with language and title, and never a formula.

What people type ends in spreadsheets of others, where a cell that begins like a formula
would be run as one. Such a cell gets an apostrophe in front, in both formats alike.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

SPRACHE = "de-DE"
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

STEUERZEICHEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")
# What a program may drop from the front before it looks at the first character.
DAVOR = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\"'`´‘’“”„‚«»]*")
FORMELANFANG = tuple("=+-@|＝＋－＠−")


@dataclass(frozen=True)
class Tabelle:
    titel: str
    kopf: Sequence[str]
    zeilen: Sequence[Sequence[object]]

    def als_csv(self) -> bytes:
        """Semicolons and a byte order mark: Excel opens it with umlauts and columns."""
        puffer = io.StringIO()
        schreiber = csv.writer(puffer, delimiter=";", quoting=csv.QUOTE_ALL)
        schreiber.writerows(self._zellen())
        return puffer.getvalue().encode("utf-8-sig")

    def als_xlsx(self) -> bytes:
        """One sheet; its first row is marked as head, stays in view and on every page."""
        mappe = Workbook(write_only=True)
        mappe.properties.title = self.titel
        mappe.properties.language = SPRACHE
        mappe.properties.creator = ""
        blatt = mappe.create_sheet(_blattname(self.titel))
        blatt.freeze_panes = "A2"
        blatt.print_title_rows = "1:1"
        blatt.page_setup.orientation, blatt.page_setup.paperSize = "landscape", 9
        zeilen = list(self._zellen())
        letzte = f"{get_column_letter(len(self.kopf))}{len(zeilen)}"
        blatt.auto_filter.ref = f"A1:{letzte}"
        for nummer, breite in enumerate(_breiten(zeilen), start=1):
            blatt.column_dimensions[get_column_letter(nummer)].width = breite
        for nummer, zeile in enumerate(zeilen):
            blatt.append([_zelle(blatt, wert, kopf=nummer == 0) for wert in zeile])
        puffer = io.BytesIO()
        mappe.save(puffer)
        return puffer.getvalue()

    def _zellen(self) -> Iterable[list[str]]:
        for zeile in (self.kopf, *self.zeilen):
            yield [entschaerft("" if wert is None else str(wert)) for wert in zeile]


def entschaerft(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; everything else stays."""
    text = STEUERZEICHEN.sub(" ", text).strip()
    rest = text[DAVOR.match(text).end() :]
    return f"'{text}" if rest.startswith(FORMELANFANG) else text


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
