"""PDF everybody can read, and that no text can break."""

from io import BytesIO

import pikepdf
import pytest

from praeventionsketten.lib import pdf


def test_columns_of_a_table_have_headers_that_say_so():
    tabelle = {"art": "tabelle", "kopf": ["Zeit"], "breiten": [1], "zeilen": [["9:00"]]}

    inhalt = pdf.erzeuge(
        "dokument", {"kopf": "K", "titel": "T", "bloecke": [tabelle], "fuss": "F"}
    )

    with pikepdf.open(BytesIO(inhalt)) as dokument:
        koepfe = [
            o
            for o in dokument.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TH"
        ]
        assert koepfe
        assert "/Column" in str(koepfe[0].A)


def test_a_document_without_title_is_refused():
    with pytest.raises(Exception, match="title"):
        pdf.erzeuge("dokument", {"kopf": "K", "titel": "", "bloecke": [], "fuss": "F"})


def test_text_cannot_turn_into_markup():
    boese = '#panic("Einbruch") *fett* $x$ = Überschrift'
    absatz = {"art": "absatz", "laeufe": [{"text": boese}]}

    inhalt = pdf.erzeuge(
        "dokument", {"kopf": boese, "titel": boese, "bloecke": [absatz], "fuss": boese}
    )

    with pikepdf.open(BytesIO(inhalt)) as dokument, dokument.open_metadata() as metadaten:
        assert metadaten["dc:title"] == boese


def test_the_html_of_a_page_becomes_headings_paragraphs_and_lists():
    html = '<h2>Was</h2><p>Ein <strong>Satz</strong><br>und <a href="mailto:a@example.org">Post</a></p><ul><li>eins</li><li>zwei</li></ul>'

    bloecke = pdf.bloecke(html)

    assert [block["art"] for block in bloecke] == ["ueberschrift", "absatz", "liste"]
    assert [lauf["text"] for lauf in bloecke[1]["laeufe"]] == [
        "Ein ",
        "Satz",
        "\n",
        "und ",
        "Post",
    ]
    assert bloecke[1]["laeufe"][1]["fett"]
    assert bloecke[1]["laeufe"][4]["ziel"] == "mailto:a@example.org"
    assert len(bloecke[2]["punkte"]) == 2
