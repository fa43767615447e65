"""A nurse in a practice: which café could the family in front of her go to?"""

import pytest

from angebote.models import Angebot
from tests.factories import make_angebot, make_sprache

pytestmark = pytest.mark.browser


@pytest.fixture
def _dari(welt):
    dari = make_sprache("prs", name="Dari", eigenname="دری")
    make_angebot(titel="Elterncafé ohne Dari", kosten=Angebot.Kosten.KOSTENLOS)
    mit_eintritt = make_angebot(titel="Elterncafé mit Eintritt", kosten="betrag")
    for angebot in (Angebot.objects.get(slug="elterncafe"), mit_eintritt):
        angebot.sprachen.add(dari)
        angebot.indizieren()


@pytest.mark.usefixtures("_dari")
def test_a_nurse_finds_whom_to_call(mensch):
    mensch.oeffne("/")

    mensch.schreibe("Was brauchen Sie?", "Elterncafé")
    mensch.folge("Angebote finden")
    assert mensch.sieht("3 Angebote")

    mensch.page.evaluate("document.activeElement.blur()")
    mensch.klappe_auf("Treffer eingrenzen")
    mensch.kreuze_an("دری (Dari)")
    mensch.kreuze_an("kostenlos")
    mensch.folge("Auswahl anwenden")
    assert mensch.sieht("1 Angebot")
    assert not mensch.sieht("Elterncafé ohne Dari")
    assert not mensch.sieht("Elterncafé mit Eintritt")

    mensch.folge("Elterncafé")
    assert mensch.h1 == "Elterncafé"

    mensch.gehe_zu("Anrufen: 0561 000-1")
    assert mensch.page.locator(":focus").get_attribute("href") == "tel:+495610001"


@pytest.mark.usefixtures("_dari")
def test_where_nothing_fits_she_is_told_what_would(mensch):
    mensch.oeffne("/angebote/?q=Elterncaf%C3%A9&sprache=prs&kosten=frei&zugang=ueberweisung")
    assert mensch.sieht("„ueberweisung“ kennen wir nicht")

    mensch.oeffne("/angebote/?q=Chorprobe&sprache=prs&kosten=frei")
    assert mensch.sieht("0 Angebote")

    mensch.folge("„Chorprobe“ weglassen")
    assert mensch.sieht("1 Angebot")
    assert mensch.h1 == "Angebote für Familien und Fachkräfte"

    mensch.page.go_back()
    assert mensch.sieht("0 Angebote")
