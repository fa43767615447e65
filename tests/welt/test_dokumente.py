"""Every document of the demo world can be read by everybody."""

import pikepdf

from kommunen.models import Steckbriefdokument
from praeventionsketten.models import Dokument, Seitendokument
from veranstaltungen.models import Veranstaltungsdokument


def _pruefe(datei, titel: str) -> None:
    with pikepdf.open(datei) as dokument:
        wurzel = dokument.Root
        assert str(wurzel.Lang) == "de-DE"
        assert bool(wurzel.MarkInfo.Marked)
        assert wurzel.StructTreeRoot.K is not None
        assert bool(wurzel.ViewerPreferences.DisplayDocTitle)
        with dokument.open_metadata() as metadaten:
            assert metadaten["dc:title"] == titel
            assert metadaten["pdfuaid:part"] == "1"


def test_all_documents_are_tagged_pdf_with_language_and_title(welt):
    anzahl = 0
    for modell in (Steckbriefdokument, Veranstaltungsdokument, Seitendokument):
        for dokument in modell.objects.all():
            with dokument.datei.open() as datei:
                _pruefe(datei, dokument.titel)
            assert dokument.barrierefrei == Dokument.Barrierefrei.JA
            assert dokument.groesse > 5_000
            anzahl += 1
    assert anzahl == 18 + 2 + 1
