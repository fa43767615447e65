"""Both sides of a transition: what comes before, what helps through it, what comes next."""

import re
from html import unescape

import pytest

from tests.factories import make_angebot, make_kommune, make_lebensphase, make_uebergang

pytestmark = pytest.mark.django_db

ADRESSE = "/angebote/uebergang/in-die-grundschule/"


@pytest.fixture(autouse=True)
def uebergang():
    kita = make_lebensphase("kita", name="Kita", alter_bis=72, reihenfolge=1)
    schule = make_lebensphase(
        "grundschule", name="Grundschule", alter_von=72, alter_bis=120, reihenfolge=2
    )
    return make_uebergang(
        "in-die-grundschule",
        name="von der Kita in die Grundschule",
        frage="Ist mein Kind bereit?",
        von=kita,
        nach=schule,
    )


def teile(client, adresse: str = ADRESSE) -> dict[str, str]:
    """The text of each section by the id of its heading."""
    seite = unescape(client.get(adresse).content.decode())
    stuecke = re.split(r'<h2 id="(\w+)"', seite.split("<footer")[0])
    return dict(zip(stuecke[1::2], stuecke[2::2], strict=True)) | {"kopf": stuecke[0]}


def test_every_angebot_stands_on_its_side(client, uebergang):
    make_angebot(titel="Mitten", uebergaenge=[uebergang], lebensphasen=[uebergang.von])
    make_angebot(titel="Vorher", lebensphasen=[uebergang.von], alter_bis=72)
    make_angebot(titel="Nachher", lebensphasen=[uebergang.nach], alter_von=72)
    make_angebot(titel="Beides", lebensphasen=[uebergang.von, uebergang.nach])

    seite = teile(client)

    assert "Von der Kita in die Grundschule" in seite["kopf"]
    assert "Ist mein Kind bereit?" in seite["kopf"]
    assert "1 Angebot für den Übergang" in seite["mitten"]
    for wort, teil in [("Mitten", "mitten"), ("Vorher", "davor"), ("Nachher", "danach")]:
        assert [name for name, text in seite.items() if f">{wort}<" in text] == [teil]
    assert [name for name, text in seite.items() if ">Beides<" in text] == ["davor"]


def test_what_does_not_reach_to_the_transition_is_left_out(client, uebergang):
    make_angebot(titel="Nur Kleine", lebensphasen=[uebergang.von], alter_bis=48)
    make_angebot(titel="Nur Große", lebensphasen=[uebergang.nach], alter_von=96)
    make_angebot(titel="Geburt", lebensphasen=[make_lebensphase("geburt")])

    seite = "".join(teile(client).values())

    for titel in ("Nur Kleine", "Nur Große", "Geburt"):
        assert titel not in seite


def test_what_an_own_angebot_names_counts_whatever_its_phase(client, uebergang):
    danach, davor = make_angebot(titel="Hort"), make_angebot(titel="Krabbelgruppe")
    mitten = make_angebot(uebergaenge=[uebergang], danach=[danach])
    davor.danach.add(mitten)

    seite = teile(client)

    assert "Hort" in seite["danach"]
    assert "Krabbelgruppe" in seite["davor"]


def test_nothing_stands_on_both_sides(client, uebergang):
    danach = make_angebot(titel="Hort", lebensphasen=[uebergang.von, uebergang.nach])
    make_angebot(uebergaenge=[uebergang], danach=[danach])

    seite = teile(client)

    assert "Hort" in seite["danach"]
    assert "Hort" not in seite["davor"]


def test_a_kommune_shows_its_own_and_what_is_for_everybody(client, uebergang):
    kassel = make_kommune(kurzname="Kassel")
    make_angebot(titel="Fremd", kommune=make_kommune(), uebergaenge=[uebergang])
    make_angebot(titel="Alle", uebergaenge=[uebergang])
    make_angebot(titel="Eigenes", kommune=kassel, uebergaenge=[uebergang])

    mitten = teile(client, f"{ADRESSE}?kommune={kassel.slug}")["mitten"]

    assert "Fremd" not in mitten
    assert mitten.index("Eigenes") < mitten.index("Alle")


def test_only_public_angebote_count(client, uebergang):
    for status in ("entwurf", "beendet"):
        make_angebot(titel="Geheim", status=status, uebergaenge=[uebergang])

    mitten = teile(client)["mitten"]

    assert "0 Angebote für den Übergang" in mitten
    assert "Hier fehlt noch etwas." in mitten
    assert "Geheim" not in mitten


def test_a_long_list_is_cut_and_leads_to_all_of_it(client, uebergang):
    for _ in range(22):
        make_angebot(uebergaenge=[uebergang])

    mitten = teile(client)["mitten"]

    assert mitten.count("<article") == 20
    assert "/angebote/?uebergang=in-die-grundschule" in mitten
    assert "Alle 22 ansehen" in mitten


@pytest.mark.parametrize("kommune", ["atlantis", "x" * 7000, "a&b=<c>"])
def test_an_unknown_kommune_is_ignored_with_a_word(client, uebergang, kommune):
    make_angebot(titel="Da", uebergaenge=[uebergang])

    response = client.get(ADRESSE, {"kommune": kommune})

    assert response.status_code == 200
    assert "Diese Kommune kennen wir nicht." in response.text
    assert "Da" in response.text


def test_a_draft_kommune_is_not_offered(client):
    make_kommune(kurzname="Geheimkreis", slug="geheim", status="entwurf")

    response = client.get(ADRESSE, {"kommune": "geheim"})

    assert "Geheimkreis" not in response.text


def test_an_unknown_transition_is_a_friendly_404(client):
    assert client.get("/angebote/uebergang/zum-mars/").status_code == 404


def test_the_way_goes_on_to_the_next_transition(client, uebergang):
    make_uebergang(
        "in-die-neue-schule",
        name="in die neue Schule",
        von=uebergang.nach,
        nach=make_lebensphase("neu"),
        reihenfolge=9,
    )

    seite = client.get(ADRESSE).text

    assert 'href="/angebote/uebergang/in-die-neue-schule/"' in seite
    assert "Danach: In die neue Schule" in seite


def test_list_and_page_of_an_angebot_lead_here(client, uebergang):
    kassel = make_kommune(slug="kassel")
    angebot = make_angebot(uebergaenge=[uebergang], kommune=kassel)

    assert f'href="{ADRESSE}"' in client.get("/angebote/?uebergang=in-die-grundschule").text
    assert f'href="{ADRESSE}"' not in client.get("/angebote/").text
    assert f'href="{ADRESSE}?kommune=kassel"' in client.get(angebot.get_absolute_url()).text
