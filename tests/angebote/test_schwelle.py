"""The threshold of an Angebot: sentences from facts, unknown ones said openly."""

import pytest

from angebote.schwelle import Niedrig, schwellenprofil
from tests.factories import make_angebot, make_ort, make_sprache

pytestmark = pytest.mark.django_db

JA, NEIN, UNBEKANNT = Niedrig


def saetze(**felder) -> dict[str, Niedrig]:
    return {punkt.satz: punkt.niedrig for punkt in schwellenprofil(make_angebot(**felder))}


@pytest.mark.parametrize(
    ("felder", "niedrig", "satz"),
    [
        ({"kosten": "kostenlos"}, JA, "Es kostet nichts."),
        (
            {"kosten": "kostenlos", "kosten_text": "Material 2 Euro"},
            JA,
            "Es kostet nichts. Material 2 Euro.",
        ),
        (
            {"kosten": "betrag", "kosten_text": "3 Euro, auch in bar!"},
            NEIN,
            "Es kostet etwas. 3 Euro, auch in bar!",
        ),
        (
            {"kosten": "einkommensabhaengig"},
            NEIN,
            "Was es kostet, hängt von Ihrem Einkommen ab.",
        ),
        ({"zugang": "offen"}, JA, "Sie brauchen keine Anmeldung."),
        ({"zugang": "anmeldung"}, NEIN, "Sie müssen sich vorher anmelden."),
        (
            {"zugang": "ueberweisung"},
            NEIN,
            "Sie brauchen eine Überweisung oder Vermittlung.",
        ),
        (
            {"unterlagen": "Ausweis."},
            NEIN,
            "Bringen Sie mit, wenn Sie es haben: Ausweis.",
        ),
        ({"name_noetig": True}, NEIN, "Sie müssen Ihren Namen nennen."),
        ({"name_noetig": False}, JA, "Sie müssen Ihren Namen nicht nennen."),
        ({"kinderbetreuung": True}, JA, "Es gibt eine Kinderbetreuung."),
        ({"kinderbetreuung": False}, NEIN, "Es gibt keine Kinderbetreuung."),
        ({"sprachmittlung": True}, JA, "Auf Anfrage übersetzt jemand."),
    ],
)
def test_a_fact_is_a_sentence(felder, niedrig, satz):
    assert saetze(**felder)[satz] == niedrig


def test_what_nobody_knows_is_said_and_stands_last():
    profil = schwellenprofil(make_angebot())

    werte = [punkt.niedrig for punkt in profil]
    assert werte == sorted(werte, key=list(Niedrig).index)
    assert {punkt.satz for punkt in profil if punkt.niedrig == UNBEKANNT} == {
        "Ob es etwas kostet, wissen wir nicht.",
        "Ob Sie etwas mitbringen sollen, ist nicht angegeben.",
        "Ob Sie Ihren Namen nennen müssen, wissen wir nicht.",
        "In welchen Sprachen es geht, wissen wir nicht.",
        "Ob es eine Kinderbetreuung gibt, wissen wir nicht.",
    }


@pytest.mark.parametrize(
    ("codes", "mittlung", "niedrig", "satz"),
    [
        (["de", "tr", "ar"], False, JA, "Es geht in 3 Sprachen."),
        (["de"], False, NEIN, "Es geht nur auf De."),
        (["de"], True, JA, "Es geht auf De. Auf Anfrage übersetzt jemand."),
    ],
)
def test_one_language_alone_is_a_threshold(codes, mittlung, niedrig, satz):
    sprachen = [make_sprache(code) for code in codes]

    assert saetze(sprachen=sprachen, sprachmittlung=mittlung)[satz] == niedrig


@pytest.mark.parametrize(
    ("angaben", "niedrig", "satz"),
    [
        (["ja", "ja"], JA, "Der Weg hinein ist stufenlos."),
        (["nein"], NEIN, "Der Weg hinein hat Stufen."),
        (["unbekannt"], UNBEKANNT, "Ob es Stufen gibt, wissen wir nicht."),
        (["ja", "nein"], NEIN, "Nicht alle Orte sind stufenlos zu erreichen."),
        (
            ["ja", "unbekannt"],
            UNBEKANNT,
            "Nur von einigen Orten wissen wir, dass sie stufenlos sind.",
        ),
    ],
)
def test_steps_are_told_by_the_places(angaben, niedrig, satz):
    assert saetze(orte=[make_ort(stufenlos=angabe) for angabe in angaben])[satz] == niedrig


def test_where_there_is_no_place_nobody_speaks_of_steps():
    assert not [satz for satz in saetze() if "tufen" in satz]
