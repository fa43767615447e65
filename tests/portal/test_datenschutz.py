"""The page „Datenschutz“ tells the periods the code keeps, and no others."""

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings

from praeventionsketten.lib import fristen
from tests.factories import make_landesprogramm, make_seite

pytestmark = pytest.mark.django_db


@pytest.fixture
def seite(client) -> str:
    make_landesprogramm()
    make_seite(slug="datenschutz", titel="Datenschutz")
    return unescape(client.get("/datenschutz/").content.decode())


def test_every_period_of_the_code_stands_on_the_page(seite):
    eintraege = fristen.ERKLAERT.values()

    assert len(eintraege) > 10
    for eintrag in eintraege:
        assert f"<h3>{eintrag.thema}</h3>" in seite
        assert f"Wozu: {eintrag.zweck}." in seite
        for frist in eintrag.fristen:
            assert f"<li>{frist.was}: {frist.wann}</li>" in seite


def test_what_concerns_visitors_comes_first_and_nothing_twice(seite):
    themen = re.findall(r"<h3>(.*?)</h3>", seite)

    assert themen[0] == "Anmeldung zu einer Veranstaltung"
    assert len(themen) == len(set(themen))
    assert seite.count("<li>Genannte Personen:") == 2  # in texts, and in captions of pictures


def test_other_pages_tell_no_periods(client):
    make_landesprogramm()
    make_seite(slug="impressum", titel="Impressum")

    assert "Wozu:" not in client.get("/impressum/").content.decode()


def test_the_text_of_the_base_data_promises_no_period_of_its_own():
    ordner = Path(settings.BASE_DIR) / "praeventionsketten" / "grunddaten"
    seiten = tomllib.loads((ordner / "seiten.toml").read_text())["seite"]
    [text] = [seite["text"] for seite in seiten if seite["slug"] == "datenschutz"]

    zahlen = re.findall(r"\d+ (?:Tage|Monate|Jahre)\w*", text)

    assert zahlen == ["180 Tage"]  # the cookie of the Merkliste, which is not ours to keep
