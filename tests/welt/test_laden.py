"""The rules of loading: only adds, whole or not at all, says where a file is wrong."""

import tomllib

import pytest
from django.utils import timezone

from angebote.models import Abgleichrunde, Angebot, Bestaetigung, Hinweis, Programm, Vorschlag
from kommunen.models import Akteurstyp, Einrichtung, Kommune
from praeventionsketten.management.laden.orte import Orte
from praeventionsketten.management.laden.quelle import (
    BEISPIELWELT,
    Eintrag,
    Ladefehler,
    Verknuepfungen,
    Verweise,
    eintraege,
)
from praeventionsketten.models import Landesprogramm, Seite
from veranstaltungen.models import Bericht, Veranstaltung

from .hilfe import lade, schnappschuss


def _zeilen(muster: str, tabelle: str) -> int:
    return sum(
        len(tomllib.loads(datei.read_text())[tabelle]) for datei in BEISPIELWELT.glob(muster)
    )


def test_every_record_of_the_files_is_loaded(welt):
    geladen = {
        "kommunen.toml": (Kommune, "kommune", 10),
        "einrichtungen.toml": (Einrichtung, "einrichtung", 80),
        "angebote_*.toml": (Angebot, "angebot", 163),
        "programme.toml": (Programm, "programm", 2),
        "rueckmeldungen.toml": (Vorschlag, "vorschlag", 2),
        "veranstaltungen.toml": (Veranstaltung, "veranstaltung", 25),
        "berichte.toml": (Bericht, "bericht", 21),
    }

    for muster, (modell, tabelle, anzahl) in geladen.items():
        assert modell.objects.count() == _zeilen(muster, tabelle) == anzahl


def test_a_round_of_a_meeting_is_begun_and_goes_on(welt):
    runde = Abgleichrunde.objects.get()

    antworten = [p.abgleich and p.abgleich.antwort for p in runde.posten()]
    bestaetigungen = Bestaetigung.objects.filter(runde=runde)

    assert {*antworten} == {"stimmt", "korrektur", None}
    assert {timezone.localdate(b.wann) for b in bestaetigungen} == {runde.datum}
    assert Hinweis.objects.filter(text__startswith=str(runde)).count() == 1


def test_a_second_run_changes_no_row(welt):
    vorher = schnappschuss()

    ausgabe = lade("grunddaten", "beispielwelt")

    assert schnappschuss() == vorher
    assert "neu" not in ausgabe


def test_the_comparison_would_see_a_single_overwritten_word(welt):
    vorher = schnappschuss()

    Angebot.objects.filter(slug="tag-der-familienleistungen").update(einzugsgebiet="überall")

    assert schnappschuss() != vorher


def test_what_a_person_edited_or_took_away_stays_so(welt):
    angebot = Angebot.objects.get(slug="tag-der-familienleistungen")
    angebot.titel, angebot.slug = "Geldtag", "geldtag"
    angebot.save()
    angebot.kontakte.all().delete()
    angebot.danach.clear()
    Kommune.objects.filter(slug="odenwaldkreis").update(teaser="Von Hand geschrieben.")
    Akteurstyp.objects.filter(code="kita").update(name="Kindertagesstätte")
    Seite.objects.filter(slug="impressum").update(text="<p>Unser Impressum</p>")
    Landesprogramm.objects.update(demo_hinweis="", leitsatz="Unser Satz")
    vorher = schnappschuss()

    lade("grunddaten", "beispielwelt")

    assert schnappschuss() == vorher


@pytest.mark.parametrize("feld", ["danach", "partner", "sprachen"])
def test_a_wrong_reference_names_file_record_and_word(welt, feld):
    eintrag = Eintrag({"slug": "elterncafe", feld: ["gibt-es-nicht"]}, "angebote_9.toml")
    angebot = Angebot.objects.first()

    with pytest.raises(Ladefehler, match=r"angebote_9\.toml, elterncafe.*„gibt-es-nicht“"):
        Verknuepfungen().sammle(angebot, eintrag, Verweise())


def test_the_judged_searches_name_only_public_angebote(welt):
    genannt = {
        slug
        for anfrage in eintraege(BEISPIELWELT, "suche.toml", "suche")
        for slug in anfrage["relevant"]
    }

    assert genannt <= set(Angebot.objects.sichtbar().values_list("slug", flat=True))


def test_two_angebote_that_describe_one_place_differently_are_refused(db):
    ort = {"name": "Haus", "strasse": "Weg 1", "plz": "60311", "ort": "Frankfurt am Main"}
    angebote = [
        Eintrag(
            {
                "slug": slug,
                "kommune": "landesweit",
                "barrierefrei": {"stufenlos": ja},
                "ort": [ort],
            },
            "angebote_9.toml",
        )
        for slug, ja in (("erstes", "ja"), ("zweites", "nein"))
    ]

    with pytest.raises(Ladefehler, match=r"angebote_9\.toml, zweites: Haus"):
        Orte(Verweise()).lege_an(angebote)
