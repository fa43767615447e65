"""Words: spelling, stems, compounds."""

import os
import re
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praeventionsketten.lib.deutsch import Analyse, Speicher, Suche, Woerterbuch
from praeventionsketten.lib.deutsch.falten import falte, woerter
from tests.lib.korpus import analyse


def ganz(wort: str) -> str:
    return analyse().form(woerter(wort)[0]).ganz


def teile(wort: str) -> tuple[str, ...]:
    return analyse().form(woerter(wort)[0]).teile


@pytest.mark.parametrize(
    "gleiche",
    [
        ["Ärztin", "aerztin", "arztin", "ÄRZTIN", "Ärztinnen", "Arzt", "Ärzte"],
        ["Mütter", "Muetter", "mutter"],
        ["Café", "Cafe", "Cafés", "cafes"],
        ["Straße", "Strasse"],
        ["Kurs", "Kurse", "Kurses", "Kursen"],
        ["Kur", "Kuren"],
        ["Lotsin", "Lotsinnen", "Lotse", "Lotsen"],
        ["Schwimmkurs", "Schwimmkurse", "Schwimmkursen"],
        ["Schuldnerberatung", "Schuldenberatung", "Schuldnerberatungen"],
        ["Impfung", "impfen", "geimpft"],
        ["zocken", "zockt", "gezockt"],
        ["aufpassen", "aufpasst", "aufgepasst", "aufzupassen"],
        ["Kitaplatz", "Kindergartenplatz"],
        ["Schifffahrt", "Schiffahrt"],
        ["Türkçe", "türkce", "turkce"],
        ["Kadın", "kadin"],
        ["tłumacz", "tlumacz"],
        ["Ελληνικά", "ελληνικα"],
        ["عَرَبِيّ", "عربي"],
    ],
)
def test_spellings_and_forms_of_one_word_end_as_one_token(gleiche):
    assert len({ganz(wort) for wort in gleiche}) == 1


@pytest.mark.parametrize(
    ("eines", "anderes"),
    [
        ("Kurs", "Kur"),
        ("Treff", "Treffen"),
        ("Kita", "Kind"),
        ("Berlin", "Berl"),
        ("Sucht", "suchen"),
        ("Hort", "hört"),
        ("Schulden", "Schuld"),
    ],
)
def test_different_words_stay_different(eines, anderes):
    assert ganz(eines) != ganz(anderes)


@pytest.mark.parametrize(
    ("wort", "glieder"),
    [
        ("Familienberatung", ["Familie", "Beratung"]),
        ("Schulweg", ["Schule", "Weg"]),
        ("Beratungsstelle", ["Beratung", "Stelle"]),
        ("Kindertagespflege", ["Kind", "Tagespflege"]),
        ("Hebammensprechstunden", ["Hebamme", "Sprechstunde"]),
        ("Zwergentreff", ["Treff"]),
        ("Hebammenzauber", ["Hebamme"]),
        ("Kinderrechtszauber", ["Kind", "Recht"]),
    ],
)
def test_compounds_are_found_by_their_parts(wort, glieder):
    gefunden = {token for token, _ in analyse().tokens(woerter(wort)[0])}

    assert {ganz(glied) for glied in glieder} <= gefunden


@pytest.mark.parametrize(
    "wort", ["Großeltern", "Alltag", "Vertrag", "Frühstück", "Beispiel", "Umgang", "Schulter"]
)
def test_words_that_only_look_like_compounds_stay_whole(wort):
    assert teile(wort) == ()


def test_a_beginning_that_explains_more_than_the_end_wins():
    assert teile("Kinderrechtsplakette") == (ganz("Kind"), ganz("Recht"))


def test_a_shared_head_is_given_to_both_words():
    gewichte = analyse().gewichte({"titel": "Familien- und Erziehungsberatung"})

    assert ganz("Familienberatung") in gewichte
    assert ganz("Erziehungsberatung") in gewichte


def test_stop_words_leave_nothing():
    assert analyse().woerter("und was ist mit der, die das nicht?") == []
    assert analyse().gewichte({"titel": "und oder nicht"}) == {}


def test_a_word_weighs_more_in_the_title_than_in_the_text():
    gewichte = analyse().gewichte({"titel": "Flohmarkt", "text": "Kuchen. Noch mehr Kuchen."})
    einmal = analyse().gewichte({"text": "Kuchen"})

    assert gewichte[ganz("Flohmarkt")] == 100
    assert einmal[ganz("Kuchen")] < gewichte[ganz("Kuchen")] < gewichte[ganz("Flohmarkt")]


def test_the_name_of_the_traeger_is_not_taken_apart():
    gewichte = analyse().gewichte({"traeger": "Schuldnerberatung am Markt"})

    assert ganz("Schuldnerberatung") in gewichte
    assert ganz("Beratung") not in gewichte


def test_the_version_changes_with_every_word():
    eines = Woerterbuch.aus({"lexikon": {"eins": ["Kurs"]}, "synonyme": [["Kita", "Krippe"]]})
    gleiches = Woerterbuch.aus({"lexikon": ["Kurs"], "synonyme": [["Kita", "Krippe"]]})
    anderes = Woerterbuch.aus({"lexikon": ["Kur"], "synonyme": [["Kita", "Krippe"]]})

    assert eines.version == gleiches.version != anderes.version


def test_an_empty_dictionary_still_stems():
    leer = Analyse(Woerterbuch())

    assert leer.form("kinder").ganz == leer.form("kindern").ganz


ZEILEN = st.lists(st.lists(st.text(max_size=12), max_size=3).map(tuple), max_size=3)


@given(st.frozensets(st.text(max_size=12), max_size=4), ZEILEN)
def test_a_dictionary_of_any_rows_can_be_built_and_used(worte, gruppen):
    einzelne = dict.fromkeys(("stopp", "nebenbei", "schwach", "lexikon", "eigen"), worte)
    gruppiert = dict.fromkeys(("familien", "synonyme", "begriffe"), tuple(gruppen))
    buch = Woerterbuch(**einzelne, **gruppiert)
    woerter_aus = Analyse(buch)
    speicher = Speicher(woerter_aus)

    speicher.lege_an(1, {"titel": "Elterncafé"})

    assert Suche(woerter_aus, speicher).suche("elterncafe " + " ".join(worte)) is not None


@given(st.text())
def test_any_text_gives_tokens_of_letters_and_digits(text):
    gewichte = analyse().gewichte({"titel": text, "suchwoerter": [text], "traeger": text})

    assert all(re.fullmatch(r"[^\W_]+", token) for token in gewichte)
    assert all(1 <= gewicht <= 100 for gewicht in gewichte.values())


@given(st.text(alphabet="abceghkläöüßeinstr 019", min_size=1))
def test_folding_twice_is_folding_once(text):
    einmal = [falte(wort) for wort in woerter(text)]

    assert [falte(wort) for wort in einmal] == einmal


@pytest.mark.parametrize(
    "muell", ["a" * 100_000, "kinder" * 20_000, "ß€\u0301\x00-" * 25_000, "x- und y " * 12_000]
)
def test_junk_of_100_kb_takes_less_than_a_second(muell):
    deutsch = analyse()
    begonnen = time.process_time()

    deutsch.gewichte({"text": muell})

    assert time.process_time() - begonnen < 1


def test_a_word_weighs_more_where_its_handlungsfeld_is_at_home():
    text = {"anfang": "Auch zum Wohngeld gibt es Rat."}

    zu_hause = analyse().gewichte({**text, "begriffe": ["Geld und Leistungen"]})
    fremd = analyse().gewichte({**text, "begriffe": ["Freizeit und Kultur"]})

    assert zu_hause["wohngeld"] > fremd["wohngeld"]


def test_the_words_of_the_editors_say_enough():
    text = {"anfang": "Auch zum Wohngeld gibt es Rat.", "begriffe": ["Geld und Leistungen"]}

    mit = analyse().gewichte({**text, "suchwoerter": ["Krabbelgruppe"]})
    ohne = analyse().gewichte({**text, "suchwoerter": [""]})

    assert mit["wohngeld"] < ohne["wohngeld"]


def test_a_county_is_found_by_the_name_of_its_land():
    assert "odenwald" in analyse().gewichte({"ort": "Odenwaldkreis"})
    assert "odenwald" in analyse().ortsnamen("Odenwaldkreis")
    assert "land" not in analyse().gewichte({"ort": "Landkreis Kassel"})


@pytest.mark.parametrize("ausdruck", ["ohne Papiere", "nach der Schule", "hört nicht"])
def test_a_function_word_that_turns_the_meaning_belongs_to_the_expression(ausdruck):
    assert len(analyse().ausdruck(ausdruck)) == 2
    assert analyse().ausdruck("die Schule") == ["schule"]


def test_what_denies_a_word_belongs_to_every_expression():
    assert analyse().ausdruck("Kind isst nicht") == ["kind", "isst", "nicht"]
    assert analyse().ausdruck("Sport nach der Geburt") == ["sport", "geburt"]


def test_a_word_joined_by_hyphens_is_a_compound():
    assert ganz("Kitalotse") in analyse().gewichte({"titel": "Kita-Lotsen: der Weg zum Platz"})


GELESEN = """
from tests.lib.korpus import analyse
a = analyse()
worte = sorted({teil for eintrag in a.woerterbuch.alle for teil in a.woerter(eintrag)})
print(len(worte), [(wort, a.form(wort), a.tokens(wort)) for wort in worte])
"""


def test_a_word_means_the_same_in_every_worker():
    """Sets stand in another order in every process; „gehört“ was hören or gehören by lot."""
    gelesen = {
        subprocess.run(
            [sys.executable, "-c", GELESEN],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "7")
    }

    assert len(gelesen) == 1
    assert int(gelesen.pop().split()[0]) > 1000
