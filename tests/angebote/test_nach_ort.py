"""Times and dates of an Angebot stand together by place, with its address once."""

import datetime as dt
import re

import pytest

from tests.factories import (
    make_angebot,
    make_landesprogramm,
    make_ort,
    make_termin,
    make_zeitfenster,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()


def html(client, angebot) -> str:
    return client.get(angebot.get_absolute_url()).content.decode()


def test_dates_stand_beneath_their_place_and_its_address_once(client):
    rathaus = make_ort(name="Rathaus", strasse="Markt 1", stufenlos="ja")
    park = make_ort(name="Park", strasse="Allee 2")
    angebot = make_angebot(titel="Café", zeiten="einzeltermine")
    for ort, tage in ((rathaus, 3), (park, 5), (rathaus, 7), (None, 9)):
        make_termin(angebot, ort=ort, in_tagen=tage)

    termine = html(client, angebot).split('id="termine"')[1].split("</section>")[0]

    orte = re.findall(r"<h3>(.*?)</h3>", termine)
    je_ort = [teil.count('class="termin"') for teil in termine.split("<h3>")[1:]]
    assert list(zip(orte, je_ort, strict=True)) == [
        ("Rathaus", 2),
        ("Park", 1),
        ("Ohne Ortsangabe", 1),
    ]
    assert (termine.count("Markt 1,"), termine.count("Allee 2,")) == (1, 1)
    assert termine.count("stufenlos") == 1


def test_dates_that_are_all_without_a_place_need_no_heading_for_it(client):
    angebot = make_angebot(titel="Videocafé", zeiten="einzeltermine")
    make_termin(angebot, ort=None, in_tagen=3)

    termine = html(client, angebot).split('id="termine"')[1].split("</section>")[0]

    assert termine.count('class="termin"') == 1
    assert "<h3>" not in termine


def test_times_share_the_address_of_their_place(client):
    saal, hof = make_ort(name="Saal", strasse="Weg 1"), make_ort(name="Hof", strasse="Weg 2")
    angebot = make_angebot(orte=[saal, make_ort(name="Büro", strasse="Weg 3")])
    make_zeitfenster(angebot, wochentag=0, ort=saal)
    make_zeitfenster(angebot, wochentag=1, ort=hof)
    make_zeitfenster(angebot, wochentag=2, ort=saal, von=dt.time(14), bis=dt.time(15))

    tafel = html(client, angebot).split('id="was"')[0].split('class="eckdaten"')[1]
    tafel = tafel.split("</dl>")[0]

    assert [tafel.count(f"Weg {n},") for n in (1, 2, 3)] == [1, 1, 1]
    folge = ("jeden Montag", "jeden Mittwoch", "Weg 1", "jeden Dienstag", "Weg 2", "Weg 3")
    assert sorted(folge, key=tafel.index) == list(folge)
