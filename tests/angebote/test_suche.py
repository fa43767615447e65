"""Plain search: every word is contained somewhere a visitor may read."""

import pytest

from angebote import suche
from angebote.models import Angebot
from tests.factories import (
    make_angebot,
    make_einrichtung,
    make_kontakt,
    make_ort,
    make_termin,
    make_zeitfenster,
)

pytestmark = pytest.mark.django_db


def gefunden(text: str) -> list[str]:
    return [a.titel for a in suche.finde(Angebot.objects.sichtbar(), text).nach_titel()]


@pytest.mark.parametrize(
    "fields",
    [
        {"titel": "Hebammensprechstunde"},
        {"kurzbeschreibung": "Mit einer Hebamme."},
        {"beschreibung": "Die HEBAMME kommt."},
        {"einfache_sprache": "Eine Hebamme hilft."},
    ],
)
def test_a_word_is_found_wherever_it_stands(fields):
    angebot = make_angebot(**fields)
    make_angebot(titel="anderes")

    assert gefunden("hebamme") == [angebot.titel]


def test_the_traeger_and_the_places_are_found():
    make_angebot(titel="Träger", einrichtung=make_einrichtung(name="Haus Sonne"))
    make_zeitfenster(make_angebot(titel="Woche"), ort=make_ort(name="Sonnensaal"))
    make_termin(make_angebot(titel="Termin"), ort=make_ort(ort="Sonnenstadt"))
    make_angebot(titel="Ort", orte=[make_ort(name="Sonne 2")])
    make_termin(make_angebot(titel="vorbei"), ort=make_ort(name="Sonne 3"), in_tagen=-3)
    make_angebot(titel="fern", orte=[make_ort()])

    assert gefunden("sonne") == ["Ort", "Termin", "Träger", "Woche"]


def test_every_word_must_be_there_in_any_order():
    make_angebot(titel="Beratung am Telefon")
    make_angebot(titel="Beratung im Haus")

    assert gefunden("telefon BERATUNG") == ["Beratung am Telefon"]


@pytest.mark.parametrize("text", ["übergang", "ÜBERGANG", "Übergang"])
def test_umlauts_ignore_case_on_every_database(text):
    make_angebot(titel="Übergang", kurzbeschreibung="x")
    make_angebot(titel="anders", kurzbeschreibung="Der Schulübergang.")
    make_angebot(titel="nichts")

    assert gefunden(text) == ["anders", "Übergang"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "' OR 1=1 --", "(", "*"])
def test_marks_of_the_database_are_only_marks(text):
    make_angebot(titel="Elterncafé", kurzbeschreibung="Ohne Zeichen.")

    assert gefunden(text) == []


def test_many_words_stay_one_small_query():
    make_angebot()

    assert len(suche.woerter("wort " * 5000 + " ".join(map(str, range(5000))))) == 8
    assert gefunden(" ".join(map(str, range(5000)))) == []


def test_what_is_hidden_or_never_public_is_not_found():
    verborgen = make_ort(name="Haus Lindenweg", strasse="Lindenweg 3", adresse_verborgen=True)
    angebot = make_angebot(titel="Frauenhaus", orte=[verborgen])
    make_kontakt(angebot, art="pflege", name="Lindemann", email="linde@example.org")

    assert gefunden("linde") == []
    assert gefunden(verborgen.ort) == ["Frauenhaus"]
