"""Somebody who works for another Kommune: how did they do it there?"""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("ueber", ["Karte", "Liste"])
def test_a_colleague_sees_how_another_kommune_does_it(mensch, ueber):
    mensch.oeffne("/")

    if ueber == "Karte":
        mensch.folge("KS")
    else:
        mensch.menue("Kommunen")
        assert mensch.sieht("Zwei Steckbriefe")
        mensch.folge("Landkreis Kassel")
    assert mensch.h1 == "Landkreis Kassel"
    assert mensch.sieht("Hand in Hand.")

    mensch.folge("Elterncafé")
    assert mensch.sieht("Wie es dazu kam")
    mensch.folge("Die Präventionskette dort", rueckwaerts=False)
    assert mensch.pfad == "/kommunen/landkreis-kassel/"

    mensch.folge("Wie es war")
    assert mensch.h1 == "Wie es war"
    assert mensch.sieht("Beiträge aus den Kommunen")

    mensch.folge("Landkreis Kassel")
    assert mensch.pfad == "/kommunen/landkreis-kassel/"
