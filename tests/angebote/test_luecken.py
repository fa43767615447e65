"""What the matrix of a Kommune says, and that „unknown“ is never told as „none“."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from angebote.luecken import Stand, matrix
from angebote.models import Angebot, AngebotVorhanden, Erhebung
from tests.factories import (
    make_angebot,
    make_bestaetigung,
    make_erhebung,
    make_handlungsfeld,
    make_kommune,
    make_lebensphase,
    make_uebergang,
)

pytestmark = pytest.mark.django_db
KEINES, ZURUECK = Erhebung.Ergebnis.KEIN_ANGEBOT, Erhebung.Ergebnis.ZURUECKGENOMMEN
OFFENE_WORTE = "noch nicht erhoben"


@pytest.fixture
def kommune():
    """One with a phase before and after a transition, and two fields."""
    make_uebergang()
    make_handlungsfeld("wohnen")
    make_handlungsfeld("essen")
    return make_kommune(slug="kassel", luecken_oeffentlich=True)


@pytest.fixture
def worte():
    return {
        "lebensphasen": [make_lebensphase("kita")],
        "handlungsfelder": [make_handlungsfeld()],
    }


def zelle(kommune, kennung="phase.kita.wohnen"):
    return matrix(kommune).zelle(kennung)


def test_transitions_stand_between_the_phases(kommune):
    spalten = [spalte.code for spalte in matrix(kommune).spalten]

    assert spalten == ["grundschule", "kita", "in-die-grundschule"]


def test_a_cell_counts_what_is_public_and_what_of_it_is_confirmed(kommune, worte):
    make_bestaetigung(make_angebot(kommune=kommune, **worte))
    make_angebot(kommune=kommune, **worte)
    make_angebot(kommune=kommune, status="entwurf", **worte)
    make_angebot(kommune=kommune, status="beendet", **worte)
    make_angebot(kommune=make_kommune(), **worte)
    make_angebot(kommune=None, **worte)

    gezaehlt = zelle(kommune)

    assert (gezaehlt.anzahl, gezaehlt.frisch, gezaehlt.landesweit) == (2, 1, 1)
    assert gezaehlt.haupt == "2 Angebote"
    assert gezaehlt.dazu == ["davon 1 bestätigt"]


def test_nothing_known_is_never_told_as_none(client, kommune):
    html = client.get("/kommunen/kassel/luecken/").text

    assert {z.stand for z in matrix(kommune).zellen} == {Stand.OFFEN}
    assert html.count(OFFENE_WORTE) > len(matrix(kommune).zellen)
    assert "kein Angebot</" not in html.replace("geprüft: kein Angebot</dt>", "")


def test_only_an_erhebung_says_that_there_is_nothing(client, kommune):
    make_erhebung(kommune)
    make_erhebung(make_kommune(), handlungsfeld=make_handlungsfeld("essen"))

    assert zelle(kommune).stand == Stand.KEINE
    assert zelle(kommune).haupt == "geprüft: kein Angebot"
    assert zelle(kommune, "phase.kita.essen").stand == Stand.OFFEN
    assert zelle(kommune, "uebergang.in-die-grundschule.wohnen").stand == Stand.OFFEN


def test_an_old_look_is_told_as_one_of_long_ago(kommune):
    make_erhebung(kommune, vor_tagen=400)

    alt = zelle(kommune)

    assert alt.stand == Stand.LANGE_HER
    assert alt.haupt.startswith("vor langem geprüft")
    assert alt.dazu[0].startswith("am ")


def test_an_angebot_overrules_what_was_looked_for_before(kommune, worte):
    make_erhebung(kommune, vor_tagen=5)
    angebot = make_angebot(kommune=kommune, **worte)
    mit = zelle(kommune).stand

    angebot.status = Angebot.Status.BEENDET
    angebot.save()
    angebot.indizieren()

    # There was something after the look, so the look says nothing any more.
    assert (mit, zelle(kommune).stand) == (Stand.ANGEBOTE, Stand.OFFEN)


def test_an_angebot_that_ended_before_the_look_takes_nothing_from_it(kommune, worte):
    frueher = timezone.now() - dt.timedelta(days=90)
    make_angebot(kommune=kommune, status="beendet", veroeffentlicht_am=frueher, **worte)
    make_erhebung(kommune, vor_tagen=5)

    assert zelle(kommune).stand == Stand.KEINE


def test_landesweite_angebote_close_no_gap(kommune, worte):
    make_angebot(kommune=None, **worte)

    offen = zelle(kommune)

    assert offen.stand == Stand.OFFEN
    assert offen.landesweit_worte == "dazu 1 landesweit"


def test_the_numbers_are_those_of_the_public_list(client, kommune, worte):
    for n in range(3):
        make_angebot(kommune=kommune, uebergaenge=[make_uebergang()] * (n > 0), **worte)
    make_angebot(kommune=None, **worte)

    for z in matrix(kommune).zellen:
        html = client.get(f"/angebote/?{z.anfrage}").text
        vor_ort = "1 Angebot vor Ort" if z.anzahl == 1 else f"{z.anzahl} Angebote vor Ort"
        assert vor_ort in html
        assert ("1 Angebot für das ganze Land" in html) == bool(z.landesweit)


def test_the_newest_row_counts_and_the_older_ones_stay(kommune):
    kita, wohnen = make_lebensphase("kita"), make_handlungsfeld()
    make_erhebung(kommune, vor_tagen=3)
    zurueck = Erhebung.festhalten(kommune, kita, wohnen, ZURUECK)

    assert zelle(kommune).stand == Stand.OFFEN
    assert Erhebung.objects.der_zelle(kommune, kita, wohnen).first() == zurueck
    assert Erhebung.objects.count() == 2


def test_pressing_twice_says_it_once(kommune):
    for _mal in range(2):
        Erhebung.festhalten(kommune, make_lebensphase("kita"), make_handlungsfeld(), KEINES)

    assert Erhebung.objects.count() == 1


def test_nobody_has_found_nothing_where_an_angebot_stands(kommune, worte):
    make_angebot(kommune=kommune, **worte)

    with pytest.raises(AngebotVorhanden):
        Erhebung.festhalten(kommune, make_lebensphase("kita"), make_handlungsfeld(), KEINES)

    assert not Erhebung.objects.exists()


def test_a_row_is_about_a_phase_or_a_transition(kommune):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_erhebung(kommune, lebensphase=make_lebensphase("kita"), uebergang=make_uebergang())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_erhebung(kommune, lebensphase=None)


def test_angebote_without_a_cell_are_said(kommune, worte):
    make_angebot(kommune=kommune, lebensphasen=worte["lebensphasen"])
    make_angebot(kommune=kommune, handlungsfelder=worte["handlungsfelder"])
    make_angebot(kommune=kommune, **worte)

    assert matrix(kommune).ohne_zelle == 2


def test_a_kommune_shows_its_gaps_only_if_it_wants(client):
    still = make_kommune(slug="still")
    entwurf = make_kommune(slug="entwurf", status="entwurf", luecken_oeffentlich=True)
    offen = make_kommune(slug="offen", luecken_oeffentlich=True)

    antworten = {k: client.get(f"/kommunen/{k.slug}/luecken/") for k in (still, entwurf, offen)}

    assert [a.status_code for a in antworten.values()] == [404, 404, 200]
    assert "/luecken/" not in client.get("/kommunen/still/").text
    assert "/kommunen/offen/luecken/" in client.get("/kommunen/offen/").text


def test_a_new_look_is_seen_at_once(client, kommune):
    vorher = client.get("/kommunen/kassel/luecken/")
    make_erhebung(kommune)

    nachher = client.get("/kommunen/kassel/luecken/", headers={"If-None-Match": vorher["ETag"]})

    assert nachher.status_code == 200
    assert "geprüft: kein Angebot" in nachher.text


def test_the_matrix_costs_the_same_with_one_and_with_many(
    kommune, worte, django_assert_max_num_queries
):
    make_angebot(kommune=kommune, **worte)
    make_erhebung(kommune, vor_tagen=2, handlungsfeld=make_handlungsfeld("essen"))
    matrix(kommune)
    with django_assert_max_num_queries(6) as eine:
        assert matrix(kommune).zahlen["angebote"] == 1
    for n in range(6):
        make_angebot(kommune=kommune, **worte)
        make_erhebung(kommune, vor_tagen=n, handlungsfeld=make_handlungsfeld("essen"))
    matrix(kommune)

    with django_assert_max_num_queries(len(eine)):
        matrix(kommune)
