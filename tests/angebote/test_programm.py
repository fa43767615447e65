"""A Programm that several Angebote in several Kommunen carry out, and its page."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse

from angebote.models import Angebot
from praeventionsketten.models import AlteAdresse
from tests.factories import make_angebot, make_kommune, make_programm

pytestmark = pytest.mark.django_db


def test_the_page_says_what_it_consists_of_and_where_it_takes_place(client):
    kassel, hanau = make_kommune(name="Kassel"), make_kommune(name="Hanau")
    schatzsuche = make_programm(bausteine="Treffen | Sechs Nachmittage.\nAbschluss")
    make_angebot(titel="Schätze in Kassel", kommune=kassel, programm=schatzsuche)
    make_angebot(titel="Schätze in Hanau", kommune=hanau, programm=schatzsuche)
    make_angebot(titel="Für Kita-Teams", programm=schatzsuche)
    make_angebot(titel="Ganz anderes", kommune=kassel)

    html = client.get(schatzsuche.get_absolute_url()).text

    orte = ["Sechs Nachmittage.", "Abschluss", "Hanau", "Kassel", "Im ganzen Land"]
    stellen = [html.index(ort) for ort in orte]
    assert stellen == sorted(stellen)
    assert "Schätze in Kassel" in html
    assert "Für Kita-Teams" in html
    assert "Ganz anderes" not in html


@pytest.mark.parametrize("status", ["entwurf", "beendet"])
def test_the_page_keeps_quiet_about_angebote_that_are_not_public(client, status):
    schatzsuche = make_programm()
    make_angebot(titel="Geheim", programm=schatzsuche, status=status)

    html = client.get(schatzsuche.get_absolute_url()).text
    liste = client.get("/angebote/programme/").text

    assert "Geheim" not in html
    assert "Zurzeit setzt es kein Angebot um." in liste


def test_a_draft_is_shown_nowhere(client):
    entwurf = make_programm(name="Nochnichtfertig", status="entwurf")
    angebot = make_angebot(programm=entwurf, kommune=make_kommune())

    seiten = [
        "/angebote/programme/",
        angebot.get_absolute_url(),
        angebot.kommune.get_absolute_url(),
        "/suche/?q=Nochnichtfertig",
        "/sitemap.xml",
    ]

    assert client.get(entwurf.get_absolute_url()).status_code == 404
    for seite in seiten:
        assert entwurf.get_absolute_url() not in client.get(seite).text
    assert "Nochnichtfertig" not in client.get(angebot.get_absolute_url()).text


def test_the_list_counts_angebote_and_kommunen(client):
    schatzsuche, kassel = make_programm(), make_kommune()
    for kommune in (kassel, kassel, make_kommune(), None):
        make_angebot(programm=schatzsuche, kommune=kommune)
    make_angebot(programm=schatzsuche, kommune=make_kommune(), status="entwurf")

    html = client.get("/angebote/programme/").text

    assert "4 Angebote in 2 Kommunen" in html


def test_angebot_steckbrief_search_and_sitemap_lead_to_it(client):
    schatzsuche = make_programm(name="Schatzsuche")
    angebot = make_angebot(titel="Elterntreffen", programm=schatzsuche, kommune=make_kommune())
    make_angebot(titel="Nicht gesucht", kommune=angebot.kommune)

    for seite in [
        angebot.get_absolute_url(),
        angebot.kommune.get_absolute_url(),
        "/suche/?q=Schatzsuche",
        "/sitemap.xml",
    ]:
        assert "/angebote/programme/schatzsuche/" in client.get(seite).text

    gefunden = client.get("/angebote/?q=Schatzsuche").text
    assert "Elterntreffen" in gefunden
    assert "Nicht gesucht" not in gefunden


def test_angebote_are_found_by_the_new_name_of_their_programm(client):
    schatzsuche = make_programm(name="Schatzsuche")
    make_angebot(titel="Elterntreffen", programm=schatzsuche)

    schatzsuche.name = "Juwelenjagd"
    schatzsuche.save()

    assert "Elterntreffen" in client.get("/angebote/?q=Juwelenjagd").text


def test_the_words_of_the_address_are_taken():
    angebot = make_angebot(titel="Programme")

    assert angebot.slug == "programme-2"
    with pytest.raises(ValidationError):
        Angebot(slug="programme").clean()


def test_an_old_address_leads_to_the_new_one(client):
    schatzsuche = make_programm(slug="schatzsuche")
    make_angebot(slug="programme-anders")
    schatzsuche.slug = "schatz-suche"
    schatzsuche.save()

    antwort = client.get("/angebote/programme/schatzsuche/")

    assert antwort.status_code == 301
    assert antwort["Location"] == "/angebote/programme/schatz-suche/"
    assert AlteAdresse.objects.get().bereich == "angebote.programm"


def test_a_programm_in_use_cannot_be_deleted():
    schatzsuche = make_programm()
    make_angebot(programm=schatzsuche)

    with pytest.raises(ProtectedError):
        schatzsuche.delete()


def test_a_fassung_keeps_the_programm_and_gives_it_back():
    schatzsuche = make_programm(name="Schatzsuche")
    angebot = make_angebot(programm=schatzsuche)
    erste = angebot.festhalten()
    angebot.programm = None
    angebot.save()

    angebot.wiederherstellen(erste)

    assert Angebot.objects.get(pk=angebot.pk).programm == schatzsuche
    assert erste.namen["angebote.programm"] == {str(schatzsuche.pk): "Schatzsuche"}


def test_bausteine_are_lines_with_a_meaning_or_without():
    programm = make_programm(bausteine="Treffen | Sechs Nachmittage\nAbschluss")

    assert programm.bausteine_liste == [("Treffen", "Sechs Nachmittage"), ("Abschluss", "")]


def test_the_page_costs_the_same_with_one_and_with_many(client, django_assert_max_num_queries):
    schatzsuche = make_programm()
    make_angebot(programm=schatzsuche, kommune=make_kommune())
    adresse = reverse("programm_einzeln", args=[schatzsuche.slug])
    with django_assert_max_num_queries(4) as eine:
        client.get(adresse)
    for _n in range(5):
        make_angebot(programm=schatzsuche, kommune=make_kommune())

    with django_assert_max_num_queries(len(eine)):
        client.get(adresse)
