"""Tables to take away: read back by the standard library, no cell is a formula."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest

from praeventionsketten.lib import tabelle
from praeventionsketten.lib.tabelle import Tabelle

SCHAEDLICH = [
    '=HYPERLINK("https://boese.example","klick")',
    "+49 1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    '"=1+1',
    "'=1+1",
    "„=1+1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "\x00=1+1",
]
HARMLOS = ["Alex Beispiel", "Müller-Lüdenscheidt", "a=b", "1+1", "Kita „Zwerge“", "", "ß;x"]
NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
DC = "http://purl.org/dc/elements/1.1/"


def liste(*werte: str) -> Tabelle:
    return Tabelle("Teilnahme: Fachtag", ["Name", "Stelle"], [[wert, "Amt"] for wert in werte])


def blatt(inhalt: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
        return gelesen(archiv.read("xl/worksheets/sheet1.xml"))


def gelesen(xml: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314


def csv_zellen(inhalt: bytes) -> list[str]:
    zeilen = csv.reader(io.StringIO(inhalt.decode("utf-8-sig")), delimiter=";")
    return [zeile[0] for zeile in zeilen][1:]


def laeuft_als_formel(zelle: str) -> bool:
    """What a careless program would run: it trims, drops quotes, and looks."""
    if zelle.startswith("'"):  # the mark of a text
        return False
    return zelle.strip(' \t\r\n\u00a0\u200b\ufeff"„').startswith(tuple("=+-@＝"))


@pytest.mark.parametrize("text", SCHAEDLICH)
def test_what_looks_like_a_formula_becomes_text_in_both_formats(text):
    [zelle] = csv_zellen(liste(text).als_csv())
    mappe = openpyxl.load_workbook(io.BytesIO(liste(text).als_xlsx()))

    assert zelle.startswith("'")
    assert mappe.active["A2"].value == zelle
    assert blatt(liste(text).als_xlsx()).findall(".//s:f", NS) == []


@pytest.mark.parametrize("text", [t for t in SCHAEDLICH if not t.startswith("'")])
def test_without_the_apostrophe_they_would_run(monkeypatch, text):
    """The control: the same table with the guard taken away."""
    [sicher] = csv_zellen(liste(text).als_csv())
    monkeypatch.setattr(tabelle, "entschaerft", lambda wert: wert.replace("\x00", ""))

    [ohne] = csv_zellen(liste(text.replace("\r", " ").replace("\n", " ")).als_csv())

    assert laeuft_als_formel(ohne)
    assert not laeuft_als_formel(sicher)


@pytest.mark.parametrize("text", HARMLOS)
def test_everything_else_stays_as_it_was_typed(text):
    assert csv_zellen(liste(text).als_csv()) == [text]


def test_a_line_break_inside_a_name_does_not_begin_a_row():
    assert csv_zellen(liste("Alex\n=1+1;x").als_csv()) == ["Alex =1+1;x"]


def test_numbers_and_gaps_become_texts():
    zeilen = Tabelle("x", ["Platz", "Raum"], [[3, None]]).als_csv().decode("utf-8-sig")

    assert zeilen.splitlines()[1] == '"3";""'


def test_a_workbook_names_its_language_and_title_and_marks_its_head():
    inhalt = liste("Alex").als_xlsx()

    with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
        angaben = gelesen(archiv.read("docProps/core.xml"))
        mappe = archiv.read("xl/workbook.xml").decode()
    assert angaben.findtext(f"{{{DC}}}title") == "Teilnahme: Fachtag"
    assert angaben.findtext(f"{{{DC}}}language") == "de-DE"
    assert "_xlnm.Print_Titles" in mappe
    assert blatt(inhalt).find(".//s:pane", NS).get("state") == "frozen"
    assert blatt(inhalt).find("s:autoFilter", NS).get("ref") == "A1:B2"


@pytest.mark.parametrize("titel", ["a/b:c*[d]?", "x" * 80, "''", ""])
def test_any_title_names_a_sheet(titel):
    mappe = openpyxl.load_workbook(io.BytesIO(Tabelle(titel, ["A"], []).als_xlsx()))

    assert 0 < len(mappe.active.title) <= 31
