"""The page behind the link: it shows, and only a press of a button acts."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from angebote.models import Angebot, Pflegelink, Pflegeposition
from tests.factories import (
    make_angebot,
    make_bestaetigung,
    make_kommune,
    make_kontakt,
    make_pflegekontakt,
    make_pflegelink,
    make_termin,
    make_zeitfenster,
)

from .hilfen import (
    EMAIL,
    ganze_datenbank,
    geoeffnet,
    make_faelliges,
    ueber_link,
    vor_tagen,
)

pytestmark = pytest.mark.django_db
ADRESSE = re.compile(r'(?:href|action)="(/angebote/bestaetigen/[^"#]*)"')


def stand(angebot: Angebot) -> int:
    return angebot.fassungen.first().nummer


def test_a_scanner_that_opens_every_link_changes_nothing():
    angebot = make_faelliges()
    make_kontakt(angebot)
    make_termin(angebot)
    _link, zeichen = make_pflegelink(angebot)
    vorher = ganze_datenbank()

    client, ziel = geoeffnet(zeichen)
    offen, besucht = [ziel], set()
    while offen:
        adresse = offen.pop()
        besucht.add(adresse)
        seite = client.get(adresse).content.decode()
        offen += [a for a in ADRESSE.findall(seite) if a not in besucht]

    assert len(besucht) >= 3
    assert ganze_datenbank() == vorher


def test_the_comparison_of_all_tables_sees_a_confirmation():
    angebot = make_faelliges()
    vorher = ganze_datenbank()

    angebot.bestaetigen("telefon")

    assert ganze_datenbank() != vorher


def test_one_press_confirms_what_was_shown():
    angebot = make_faelliges()
    link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)

    antwort = client.post(ziel, {"alle": "1", f"stand_{angebot.pk}": stand(angebot)})

    bestaetigung = angebot.bestaetigungen.first()
    assert (antwort.status_code, antwort["Location"]) == (302, ziel)
    assert (bestaetigung.wie, bestaetigung.fassung) == (
        "anbieter-link",
        angebot.fassungen.first(),
    )
    assert "Alles erledigt" in client.get(ziel).content.decode()
    assert link.positionen.get().beantwortet_am is not None


def test_only_what_is_ticked_is_confirmed():
    eins, zwei = make_faelliges(), make_faelliges()
    _link, zeichen = make_pflegelink(eins, zwei)
    client, ziel = geoeffnet(zeichen)

    daten = {f"stand_{a.pk}": stand(a) for a in (eins, zwei)}
    client.post(ziel, daten | {"angebot": [eins.pk]})

    assert (ueber_link(eins), ueber_link(zwei)) == (1, 0)


def test_nothing_ticked_is_said_and_confirms_nothing():
    eins, zwei = make_faelliges(), make_faelliges()
    _link, zeichen = make_pflegelink(eins, zwei)
    client, ziel = geoeffnet(zeichen)

    antwort = client.post(ziel, {f"stand_{eins.pk}": stand(eins)})

    assert antwort.status_code == 422
    assert "<title>Fehler:" in antwort.content.decode()
    assert ueber_link(eins) == 0


def test_the_page_asks_only_for_what_has_expired():
    angebot = make_faelliges(kurzbeschreibung="Ein Satz, der lange hält.")
    make_kontakt(angebot, telefon="0561 4711")
    make_zeitfenster(angebot, text="im Hof")
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)

    seite = client.get(ziel).content.decode()

    assert "im Hof" in seite
    assert "0561 4711" not in seite
    assert "Ein Satz, der lange hält." not in seite


def test_after_two_years_of_dates_alone_the_description_is_asked_for():
    angebot = make_faelliges(kurzbeschreibung="Ein Satz, der lange hält.")
    alt = timezone.now() - dt.timedelta(days=800)
    angebot.bestaetigungen.all().update(felder=["zeiten"])
    make_bestaetigung(angebot, wann=alt)
    make_kontakt(angebot, telefon="0561 4711")
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)

    seite = client.get(ziel).content.decode()
    client.post(ziel, {"alle": "1", f"stand_{angebot.pk}": stand(angebot)})

    assert "Ein Satz, der lange hält." in seite
    assert "0561 4711" in seite
    assert angebot.bestaetigungen.first().felder == ["zeiten", "kontakt", "beschreibung"]


def test_a_change_since_the_mail_is_said_and_the_new_state_is_confirmed():
    angebot = make_faelliges()
    _link, zeichen = make_pflegelink(angebot)
    angebot.titel = "Café der Generationen"
    angebot.save()
    angebot.festhalten(grund="Gespeichert")
    client, ziel = geoeffnet(zeichen)

    seite = client.get(ziel).content.decode()
    client.post(ziel, {"alle": "1", f"stand_{angebot.pk}": stand(angebot)})

    assert "Seit unserer E-Mail hat jemand diesen Eintrag geändert" in seite
    assert "Café der Generationen" in seite
    assert angebot.bestaetigungen.first().fassung.nummer == stand(angebot)


def test_nobody_confirms_what_changed_while_the_page_was_open():
    angebot = make_faelliges()
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)
    gesehen = stand(angebot)
    angebot.titel = "Café der Generationen"
    angebot.save()

    client.post(ziel, {"alle": "1", f"stand_{angebot.pk}": gesehen})

    assert ueber_link(angebot) == 0
    assert "wurde gerade geändert" in client.get(ziel).content.decode()


def test_what_was_never_kept_before_is_confirmed_with_the_first_press():
    angebot = make_faelliges()
    angebot.bestaetigungen.all().delete()
    _link, zeichen = make_pflegelink(angebot)
    angebot.fassungen.all().delete()
    client, ziel = geoeffnet(zeichen)

    client.post(ziel, {"alle": "1", f"stand_{angebot.pk}": 0})

    assert angebot.bestaetigungen.get().fassung.nummer == 1


def test_two_presses_are_one_confirmation():
    angebot = make_faelliges()
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)
    daten = {"alle": "1", f"stand_{angebot.pk}": stand(angebot)}

    for _mal in range(2):
        client.post(ziel, daten)

    assert ueber_link(angebot) == 1


def test_tabs_of_two_mails_answer_each_for_their_own():
    eins, zwei = make_faelliges(), make_faelliges()
    (_l1, z1), (_l2, z2) = make_pflegelink(eins), make_pflegelink(zwei)
    client, ziel1 = geoeffnet(z1)
    zweiter, ziel2 = geoeffnet(z2)

    # The test's browser knows no paths; a real one keeps both cookies apart by them.
    assert client.cookies["pflege"]["path"] != zweiter.cookies["pflege"]["path"]
    client.post(ziel1, {"alle": "1", f"stand_{eins.pk}": stand(eins)})
    zweiter.post(ziel2, {"alle": "1", f"stand_{zwei.pk}": stand(zwei)})

    assert (ueber_link(eins), ueber_link(zwei)) == (1, 1)


def test_the_page_costs_the_same_for_one_and_for_many(django_assert_max_num_queries):
    viele = [make_faelliges() for _ in range(12)]
    for angebot in viele:
        make_kontakt(angebot)
        make_zeitfenster(angebot)
    _link, zeichen = make_pflegelink(*viele)
    client, ziel = geoeffnet(zeichen)

    with django_assert_max_num_queries(8):
        client.get(ziel)


# ------------------------------------------------------------------ links that open nothing


def test_the_token_leaves_the_address_and_stays_in_a_cookie_of_this_page():
    _link, zeichen = make_pflegelink(make_faelliges())

    antwort = Client().get(f"/angebote/bestaetigen/{zeichen}/")

    assert zeichen not in antwort["Location"]
    assert antwort.cookies["pflege"]["path"] == antwort["Location"]
    assert antwort.cookies["pflege"]["httponly"]
    assert antwort["Referrer-Policy"] == "no-referrer"


def test_the_database_does_not_know_the_token():
    link, zeichen = make_pflegelink(make_faelliges())

    felder = [str(wert) for wert in Pflegelink.objects.filter(pk=link.pk).values_list()[0]]

    assert not any(zeichen in wert for wert in felder)


def abgelaufen(link, _angebot):
    vor_tagen(link, 61)


def widerrufen(link, _angebot):
    Pflegelink.objects.filter(pk=link.pk).update(widerrufen_am=timezone.now())


def position_widerrufen(link, _angebot):
    link.positionen.all().widerrufen()


def kontakt_geaendert(_link, angebot):
    kontakt = angebot.kontakte.get()
    kontakt.email = "neu@kita.example"
    kontakt.save()


@pytest.mark.parametrize(
    "womit", [abgelaufen, widerrufen, position_widerrufen, kontakt_geaendert]
)
def test_a_link_that_ended_shows_and_confirms_nothing(womit):
    angebot = make_faelliges(titel="Geheimes Café")
    link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)
    womit(link, angebot)

    gezeigt = client.get(ziel)
    antwort = client.post(ziel, {"alle": "1", f"stand_{angebot.pk}": stand(angebot)})

    assert (gezeigt.status_code, antwort.status_code) == (404, 404)
    assert "Dieser Link gilt nicht" in antwort.content.decode()
    assert "Geheimes Café" not in gezeigt.content.decode()
    assert ueber_link(angebot) == 0


@pytest.mark.parametrize("zeichen", ["x", "a" * 43, "ä" * 500, "../../etc"])
def test_a_forged_token_gets_the_same_answer(zeichen):
    make_pflegelink(make_faelliges())

    antwort = Client().get(f"/angebote/bestaetigen/{zeichen}/")

    assert antwort.status_code == 404


def test_a_link_does_not_open_the_page_of_another():
    (_eigen, zeichen), (fremd, _) = (
        make_pflegelink(make_faelliges()),
        make_pflegelink(make_faelliges(titel="Fremdes Café")),
    )
    client, _ziel = geoeffnet(zeichen)
    client.cookies["pflege"] = zeichen

    antwort = client.get(f"/angebote/bestaetigen/{fremd.kennung}/")

    assert antwort.status_code == 404
    assert "Fremdes Café" not in antwort.content.decode()


def test_entries_of_others_are_passed_over_as_if_they_did_not_exist():
    eigenes = make_faelliges()
    fremdes = make_faelliges(kommune=make_kommune(), email="andere@kita.example")
    _link, zeichen = make_pflegelink(eigenes)
    make_pflegelink(fremdes, email="andere@kita.example")
    client, ziel = geoeffnet(zeichen)

    daten = {"alle": "1", f"stand_{fremdes.pk}": stand(fremdes)}
    client.post(ziel, daten)
    seite = client.get(f"{ziel}{fremdes.uuid}/")

    assert ueber_link(fremdes) == 0
    assert seite.status_code == 404


@pytest.mark.parametrize("status", ["entwurf", "beendet"])
def test_what_was_withdrawn_is_not_confirmed(status):
    angebot, anderes = make_faelliges(titel="Neuer geheimer Titel"), make_faelliges()
    _link, zeichen = make_pflegelink(angebot, anderes)
    client, ziel = geoeffnet(zeichen)
    Angebot.objects.filter(pk=angebot.pk).update(status=status)

    client.post(ziel, {"alle": "1", f"stand_{angebot.pk}": stand(angebot)})

    assert ueber_link(angebot) == 0
    if status == "entwurf":
        assert "Neuer geheimer Titel" not in client.get(ziel).content.decode()


@pytest.mark.parametrize(
    "daten",
    [
        {"stand_x": "1"},
        {"stand_": ""},
        {"stand_1": "-1"},
        {"stand_99999999999999999999": "1"},
        {"angebot": "<script>"},
        {"stand_١": "١"},
    ],
)
def test_nonsense_is_answered_in_words(daten):
    _link, zeichen = make_pflegelink(make_faelliges())
    client, ziel = geoeffnet(zeichen)

    assert client.post(ziel, daten | {"alle": "1"}).status_code == 422


def test_too_many_answers_within_an_hour_are_refused(monkeypatch):
    monkeypatch.setattr("angebote.models.pflege.JE_STUNDE", 2)
    angebot = make_faelliges()
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)
    daten = {"alle": "1", f"stand_{angebot.pk}": 0}

    antworten = [client.post(ziel, daten).status_code for _ in range(4)]

    assert antworten == [302, 302, 429, 429]


def test_without_the_token_of_the_form_nothing_is_confirmed():
    angebot = make_faelliges()
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen, enforce_csrf_checks=True)

    antwort = client.post(ziel, {"alle": "1", f"stand_{angebot.pk}": stand(angebot)})

    assert antwort.status_code == 403
    assert ueber_link(angebot) == 0


def test_an_answer_proves_that_mails_arrive():
    angebot = make_faelliges()
    angebot.kontakte.update(unzustellbar_seit=timezone.now())
    _link, zeichen = make_pflegelink(angebot)
    client, ziel = geoeffnet(zeichen)

    client.post(ziel, {"alle": "1", f"stand_{angebot.pk}": stand(angebot)})

    assert angebot.kontakte.get().unzustellbar_seit is None


def test_positions_are_bound_to_the_address_the_entry_names():
    angebot = make_angebot()
    make_pflegekontakt(angebot, EMAIL.upper())
    link, _zeichen = make_pflegelink(angebot)

    assert list(link.offene_positionen()) == [Pflegeposition.objects.get()]


def test_confirming_many_brings_all_of_them_back_into_the_lists(client):
    viele = [make_faelliges(tage=-400, titel=f"Wieder da {n}") for n in range(3)]
    _link, zeichen = make_pflegelink(*viele)
    person, ziel = geoeffnet(zeichen)
    assert "Wieder da" not in client.get("/angebote/").content.decode()

    person.post(ziel, {"alle": "1"} | {f"stand_{a.pk}": stand(a) for a in viele})

    liste = client.get("/angebote/").content.decode()
    assert all(angebot.titel in liste for angebot in viele)
