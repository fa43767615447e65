"""Finding by words: German, wherever a visitor may read them, in the best order."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from angebote.filters import AngebotFilter
from angebote.models import Angebot
from tests.factories import (
    make_angebot,
    make_bestaetigung,
    make_einrichtung,
    make_kommune,
    make_kontakt,
    make_ort,
    make_sprache,
    make_termin,
    make_wortgruppe,
    make_zeitfenster,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _woerter():
    for art, woerter in {
        "stopp": "mit, für, ein, eine, der, die, kommt",
        "lexikon": "Hebamme, Sprechstunde, Beratung, Familie, Schwimmen, Kurs, Eltern, Treff, Café",
        "synonyme": "Elterncafé, Elterntreff",
        "familien": "Schwimmen, Schwimm, schwimmt",
    }.items():
        make_wortgruppe(art, woerter)


def suche(text: str, **weitere) -> AngebotFilter:
    query = QueryDict(mutable=True)
    query.update({"q": text, **weitere})
    return AngebotFilter(query)


def gefunden(text: str) -> list[str]:
    """Titles of the hits, sorted: the order has tests of its own."""
    titel = dict(Angebot.objects.values_list("pk", "titel"))
    return sorted(titel[pk] for pk in suche(text).ergebnis.seite())


@pytest.mark.parametrize("wort", ["Gebärdensprache", "gebaerdensprache", "DGS", "gehörlos"])
def test_what_was_ticked_about_a_place_is_found_by_every_word_for_it(wort):
    make_angebot(titel="Mit Gebärden", orte=[make_ort(gebaerden="ja")])
    make_angebot(titel="Ohne", orte=[make_ort(gebaerden="nein")])

    assert gefunden(wort) == ["Mit Gebärden"]


@pytest.mark.parametrize(
    ("anfrage", "titel"),
    [
        ("Treff Freitag", ["Treff B"]),
        ("Treff freitags", ["Treff B"]),
        ("Treff vormittags", ["Treff B"]),
        ("Treff abends", ["Treff C"]),
        ("Treff am Wochenende", ["Treff C"]),
    ],
)
def test_the_day_and_the_time_of_day_are_found_as_people_say_them(anfrage, titel):
    for name, tag, stunde in (("A", 0, 14), ("B", 4, 9), ("C", 6, 18)):
        angebot = make_angebot(titel=f"Treff {name}", suchwoerter="Treff")
        make_zeitfenster(angebot, wochentag=tag, von=dt.time(stunde), bis=dt.time(stunde + 1))

    assert gefunden(anfrage) == titel


def test_a_day_that_is_over_is_not_found_any_more():
    gestern = timezone.localdate() - dt.timedelta(days=1)
    make_zeitfenster(make_angebot(titel="Früher"), wochentag=1, gueltig_bis=gestern)
    make_zeitfenster(make_angebot(titel="Noch"), wochentag=1)

    assert gefunden("Dienstag") == ["Noch"]


@pytest.mark.parametrize(
    ("kosten", "text", "frei"),
    [
        ("kostenlos", "", True),
        ("einkommensabhaengig", "75 Euro, mit Bildungskarte kostenlos", True),
        ("einkommensabhaengig", "5 Euro, wer nichts hat, isst umsonst", True),
        ("einkommensabhaengig", "45 Euro, mit Bildungskarte 10 Euro", False),
        ("einkommensabhaengig", "Leider nicht umsonst, ab 5 Euro", False),
        ("einkommensabhaengig", "Plätze frei; 5 bis 20 Euro", False),
        ("einkommensabhaengig", "Höhe frei wählbar ab 5 Euro", False),
        ("einkommensabhaengig", "20 Euro, mit Bildungskarte frei", True),
        ("betrag", "6 Euro im Monat; drei Schnupperstunden sind frei", False),
    ],
)
def test_what_is_free_for_who_has_little_is_found_as_free(kosten, text, frei):
    make_angebot(titel="Schwimmkurs Nord", kosten=kosten, kosten_text=text)
    make_angebot(titel="Immer frei: Schwimmkurs", kosten="kostenlos")

    titel = gefunden("Schwimmkurs kostenlos")

    assert ("Schwimmkurs Nord" in titel) == frei


def test_a_room_with_a_hoeranlage_says_nothing_about_the_ears_of_a_child():
    make_wortgruppe("synonyme", "Hörtest, hört schlecht, schwerhörig")
    make_angebot(titel="Café", orte=[make_ort(hoerhilfe="ja")])
    make_angebot(titel="Kinderärztin", beschreibung="Ein Hörtest gehört dazu.")

    assert gefunden("Hörtest") == ["Kinderärztin"]
    assert gefunden("Höranlage") == ["Café"]


def test_gebaerdensprache_is_no_help_with_languages():
    make_wortgruppe("lexikon", "Gebärden, Sprache")
    make_angebot(titel="Mit Gebärden", orte=[make_ort(gebaerden="ja")])
    make_angebot(titel="Sprache üben", orte=[make_ort()])

    assert gefunden("Sprache") == ["Sprache üben"]


@pytest.mark.parametrize(
    "fields",
    [
        {"titel": "Hebammensprechstunde"},
        {"kurzbeschreibung": "Mit einer Hebamme."},
        {"beschreibung": "Die HEBAMME kommt."},
        {"einfache_sprache": "Eine Hebamme hilft."},
        {"suchwoerter": "Hebamme, Nachsorge"},
        {"einrichtung": "Praxis der Hebammen"},
    ],
)
def test_a_word_is_found_wherever_it_stands(fields):
    if name := fields.pop("einrichtung", None):
        fields["einrichtung"] = make_einrichtung(name=name)
    angebot = make_angebot(**fields)
    make_angebot(titel="anderes")

    assert gefunden("hebamme") == [angebot.titel]


@pytest.mark.parametrize(
    ("text", "titel"),
    [
        ("Beratung", "Familienberatung"),
        ("Schwimmkurs", "Schwimmkurse"),
        ("aerztin", "Ärztin"),
        ("Hebame", "Hebamme"),
        ("Elterntreff", "Elterncafé"),
        ("elterncafe", "Elterncafé"),
    ],
)
def test_german_is_understood(text, titel):
    make_angebot(titel=titel)
    make_angebot(titel="Fußball")

    assert gefunden(text) == [titel]


def test_the_traeger_and_the_places_are_found():
    make_angebot(titel="Träger", einrichtung=make_einrichtung(name="Haus Sonne"))
    make_zeitfenster(make_angebot(titel="Woche"), ort=make_ort(name="Sonne 1"))
    make_termin(make_angebot(titel="Termin"), ort=make_ort(name="Sonne 4"))
    make_angebot(titel="Ort", orte=[make_ort(name="Sonne 2")])
    make_termin(make_angebot(titel="vorbei"), ort=make_ort(name="Sonne 3"), in_tagen=-3)
    make_angebot(titel="fern", orte=[make_ort()])

    assert gefunden("sonne") == ["Ort", "Termin", "Träger", "Woche"]


def test_every_word_must_be_there_in_any_order():
    make_angebot(titel="Beratung am Telefon")
    make_angebot(titel="Beratung im Haus")

    assert gefunden("telefon BERATUNG") == ["Beratung am Telefon"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "' OR 1=1 --", "(", "*"])
def test_marks_of_the_database_are_only_marks(text):
    make_angebot(titel="Elterncafé", kurzbeschreibung="Ohne Zeichen.")

    assert gefunden(text) == []


def test_what_is_hidden_or_never_public_is_not_found():
    verborgen = make_ort(name="Haus Lindenweg", strasse="Lindenweg 3", adresse_verborgen=True)
    angebot = make_angebot(titel="Frauenhaus", orte=[verborgen])
    make_kontakt(angebot, art="pflege", name="Lindenweg", email="linde@example.org")
    make_angebot(titel="Lindenweg", status="entwurf")

    assert gefunden("lindenweg") == []
    assert gefunden(verborgen.ort) == ["Frauenhaus"]


def test_what_was_relaxed_is_said_in_words(client):
    make_angebot(titel="Hebamme", kommune=make_kommune(name="Kassel"))

    html = client.get("/angebote/?q=Hebame").content.decode()

    assert "„Hebame“ kommt nicht vor. Wir zeigen Treffer zu „Hebamme“." in html
    assert 'class="meldung" role="status"' in html


def test_without_its_only_word_nothing_was_searched_for(client):
    make_angebot(titel="Hebamme")

    html = client.get("/angebote/?q=Quittengelee").content.decode()

    assert "„Quittengelee“ kommt in keinem Angebot vor." in html
    assert "ohne dieses Wort" not in html


def test_a_word_in_another_script_is_named_as_it_was_typed(client):
    make_angebot(titel="Hebamme")

    html = client.get("/angebote/", {"q": "Hebamme Арабский"}).content.decode()

    assert "„Арабский“ kommt nicht vor. Wir haben ohne dieses Wort gesucht." in html


@pytest.mark.parametrize("sprache", ["Russisch", "русский", "РУССКИЙ"])
def test_a_language_is_found_by_the_name_its_speakers_write(sprache):
    russisch = make_sprache("ru", name="Russisch", eigenname="русский")
    make_angebot(titel="Krabbelgruppe", sprachen=[russisch])
    make_angebot(titel="anderes")

    assert gefunden(sprache) == ["Krabbelgruppe"]


def test_the_fresher_of_two_equals_stands_first():
    alt, frisch = (
        make_angebot(titel=f"Hebamme {n}", rhythmus_monate=6) for n in ("alt", "frisch")
    )
    make_bestaetigung(alt, wann=timezone.now() - dt.timedelta(days=270))
    make_bestaetigung(frisch)

    assert suche("Hebamme").ergebnis.seite() == [frisch.pk, alt.pk]


def test_ties_fall_by_lot_which_holds_for_a_day_and_across_pages():
    for _ in range(30):
        make_angebot(titel="Hebamme")

    ganz = suche("Hebamme").ergebnis.seite()
    teile = [suche("hebamme").ergebnis.seite(von, von + 10) for von in (0, 10, 20)]

    assert ganz == [pk for teil in teile for pk in teil]
    assert ganz != sorted(ganz)


def test_distance_decides_mildly_and_the_nearest_first_is_a_choice(client):
    nah, fern = make_ort(lat=51.31, lon=9.49), make_ort(lat=51.41, lon=9.49, plz="34246")
    weit = make_angebot(titel="Hebamme Sprechstunde", orte=[fern])
    nebenan = make_angebot(titel="Beratung einer Hebamme", orte=[nah])
    make_angebot(titel="Hebamme am Main", orte=[make_ort(lat=50.1, lon=8.6, plz="60311")])

    nahe = suche("", plz="34117").ergebnis
    html = client.get("/angebote/?plz=34117").content.decode()

    assert nahe.seite() == [nebenan.pk, weit.pk]
    assert nahe.sortierung == "naehe"
    assert "·\u00a0unter 1 km" in html
    assert "·\u00a011 km" in html


def test_an_unknown_place_is_said_openly(client):
    make_angebot()

    html = client.get("/angebote/?plz=Atlantis&km=5").content.decode()

    assert "Wo „Atlantis“ liegt, wissen wir nicht." in html
    assert "1 Angebot<" in html


def test_a_misspelt_place_is_answered_with_the_one_that_was_meant(client):
    make_angebot(orte=[make_ort(ort="Kassel", lat=51.31, lon=9.49)])

    html = client.get("/angebote/?plz=Kasel&km=5").content.decode()

    ziel = "/angebote/?plz=Kassel&amp;km=5#treffer"
    assert f'Meinten Sie <a href="{ziel}">Kassel</a>?' in html


@pytest.mark.parametrize("ort", ["Atlantis", "99999", "k", "🙂", "Kxyz"])
def test_what_is_like_no_place_gets_no_proposal(client, ort):
    make_angebot(orte=[make_ort(ort="Kassel", lat=51.31, lon=9.49)])

    html = client.get("/angebote/", {"plz": ort}).content.decode()

    assert "liegt, wissen wir nicht" in html
    assert "Meinten Sie" not in html


def test_a_postleitzahl_among_the_words_says_where(client):
    make_angebot(titel="Hebamme nebenan", orte=[make_ort(lat=51.31, lon=9.49)])
    make_angebot(titel="Hebamme am Main", orte=[make_ort(lat=50.1, lon=8.6, plz="60311")])

    html = client.get("/angebote/?q=Hebamme+in+34117").content.decode()

    assert "bis 20 km um 34117" in html
    assert 'value="Hebamme in"' in html
    assert "1 Angebot im Umkreis<" in html


def test_a_postleitzahl_in_its_own_field_comes_first():
    make_angebot(titel="Hebamme 34117", orte=[make_ort(lat=50.1, lon=8.6, plz="60311")])

    filter_ = suche("Hebamme 34117", plz="60311")

    assert (filter_.werte["q"], filter_.werte["plz"]) == ("Hebamme 34117", "60311")


def test_a_language_finds_who_speaks_it_beside_who_writes_of_it():
    arabisch = make_sprache("ar", name="Arabisch", eigenname="العربية")
    spricht = make_angebot(titel="Elterncafé", sprachen=[arabisch])
    texte = {"kurzbeschreibung": "Auf Arabisch", "beschreibung": "Wir sprechen Arabisch."}
    nennt = make_angebot(titel="Elternkurs", sprachen=[arabisch], **texte)
    make_angebot(titel="Chor")

    assert set(suche("Arabisch").ergebnis.seite()) == {spricht.pk, nennt.pk}
