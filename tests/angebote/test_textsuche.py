"""The search on vectors does what its reference does."""

import random

import pytest

from angebote.suche.textsuche import Textsuche
from tests.lib import korpus
from tests.lib.test_deutsch_tippfehler import texte, vertippt


@pytest.fixture(scope="module")
def nummern() -> dict[str, int]:
    return {angebot["slug"]: stelle for stelle, angebot in enumerate(korpus.angebote())}


@pytest.fixture(scope="module")
def postings(nummern) -> dict[str, bytes]:
    speicher = korpus.suche()._bestand
    vektoren = {}
    for token, gewichte in speicher._postings.items():
        vektor = bytearray(len(nummern))
        for slug, gewicht in gewichte.items():
            vektor[nummern[slug]] = gewicht
        vektoren[token] = bytes(vektor)
    return vektoren


@pytest.fixture(scope="module")
def textsuche() -> Textsuche:
    orte = {ort for angebot in korpus.angebote() for ort in korpus.staedte(angebot)}
    return Textsuche(korpus.analyse(), korpus.suche()._bestand._vokabular, sorted(orte))


def anfragen(anzahl: int) -> list[str]:
    wuerfel = random.Random(7)  # noqa: S311
    gezogen = wuerfel.sample(texte(), anzahl)
    return [*gezogen, *(vertippt(text, wuerfel) for text in gezogen)]


def test_what_a_query_may_need_is_known_before_the_database_is_asked(textsuche, postings):
    for text in anfragen(150):
        anfrage = textsuche.lies(text)
        tokens = textsuche.tokens(anfrage)
        geholt = {token: postings[token] for token in tokens if token in postings}

        aus_geholtem = textsuche.treffer(anfrage, geholt, anzahl=300, ueberall=0)

        assert aus_geholtem == textsuche.treffer(anfrage, postings, anzahl=300, ueberall=0)


def test_slips_are_understood_as_the_reference_understands_them(textsuche, postings, nummern):
    speicher = korpus.suche()._bestand
    ueberall = sum(1 << nummern[slug] for slug in speicher.ueberall)
    gleich = []
    for text in anfragen(150):
        referenz = korpus.suche().suche(text)

        treffer = textsuche.treffer(
            textsuche.lies(text), postings, anzahl=len(nummern), ueberall=ueberall
        )

        assert treffer.gelockert == referenz.gelockert
        gleich.append(treffer.menge == sum(1 << nummern[slug] for slug in referenz.nummern))
    # A vector rounds every score to a hundredth, so one at the edge may fall off.
    assert sum(gleich) / len(gleich) > 0.9
