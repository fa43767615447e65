"""Tables to take away: CSV and XLSX with language and title, and never a formula.

What people type ends in spreadsheets of others, where a cell that begins like a formula
would be run as one. Such a cell gets an apostrophe in front, in both formats alike.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
        # Here, because it takes 10 MB of a worker, and few are ever asked for Excel.
        from . import xlsx

        return xlsx.schreibe(self.titel, list(self._zellen()))

    def _zellen(self) -> Iterable[list[str]]:
        for zeile in (self.kopf, *self.zeilen):
            yield [entschaerft("" if wert is None else str(wert)) for wert in zeile]


def entschaerft(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; everything else stays."""
    text = STEUERZEICHEN.sub(" ", text).strip()
    rest = text[DAVOR.match(text).end() :]
    return f"'{text}" if rest.startswith(FORMELANFANG) else text
