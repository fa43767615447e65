"""Accessible PDF (PDF/UA-1): typst refuses to make one without title, language or order.

The data goes in as JSON, so no text can turn into markup.
"""

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import typst

VORLAGEN = Path(__file__).parent / "pdf_vorlagen"


@cache
def _schriften() -> typst.Fonts:
    # Reading the fonts takes longer than a page does.
    return typst.Fonts(include_system_fonts=False)


def erzeuge(vorlage: str, daten: dict) -> bytes:
    """The PDF that a template of this folder makes of the data."""
    return typst.compile(
        VORLAGEN / f"{vorlage}.typ",
        sys_inputs={"daten": json.dumps(daten)},
        pdf_standards=["ua-1"],
        font_paths=_schriften(),
    )


class _Bloecke(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.bloecke: list[dict] = []
        self._laeufe: list[dict] = []
        self._fett, self._ziel = False, ""

    def handle_starttag(self, tag, attrs) -> None:
        match tag:
            case "h2" | "h3" | "h4" | "p" | "li":
                self._laeufe = []
            case "ul" | "ol":
                self.bloecke.append({"art": "liste", "punkte": []})
            case "strong":
                self._fett = True
            case "a":
                self._ziel = dict(attrs).get("href", "")
            case "br":
                self._laeufe.append({"text": "\n"})

    def handle_data(self, data) -> None:
        self._laeufe.append({"text": data, "fett": self._fett, "ziel": self._ziel})

    def handle_endtag(self, tag) -> None:
        match tag:
            case "h2" | "h3" | "h4":
                self._ablegen({"art": "ueberschrift", "stufe": int(tag[1])})
            case "p":
                self._ablegen({"art": "absatz"})
            case "li":
                self.bloecke[-1]["punkte"].append(self._laeufe)
                self._laeufe = []
            case "strong":
                self._fett = False
            case "a":
                self._ziel = ""

    def _ablegen(self, block: dict) -> None:
        self.bloecke.append(block | {"laeufe": self._laeufe})
        self._laeufe = []


def bloecke(html: str) -> list[dict]:
    """The clean HTML of a page as headings, paragraphs and lists for „dokument.typ“."""
    leser = _Bloecke()
    leser.feed(html)
    return leser.bloecke
