"""The Fachtag ahead: people, choices, rules and counters agree."""

from collections import Counter

import pytest
from django.utils import timezone

from veranstaltungen import plaetze
from veranstaltungen.models import (
    Anmeldung,
    Bedarf,
    Einwilligung,
    Forumswahl,
    Platzkontingent,
    Veranstaltung,
)


@pytest.fixture
def fachtag(welt):
    return Veranstaltung.objects.get(slug="jahresfachtag-uebergaenge-gestalten")


def test_it_lies_ahead_and_takes_registrations(fachtag):
    assert fachtag.beginn > timezone.now()
    assert timezone.localtime(fachtag.beginn).weekday() == 3
    assert fachtag.fenster == Veranstaltung.Fenster.OFFEN
    assert fachtag.fachforen.count() == 6
    assert fachtag.durchgaenge.count() == 2


def test_two_fachforen_are_full_in_one_durchgang_each(fachtag):
    voll = [
        (k.fachforum.nummer, k.durchgang.nummer)
        for k in fachtag.kontingente.filter(art=Platzkontingent.Art.FORUM)
        if not k.frei
    ]

    assert sorted(voll) == [(2, 1), (3, 2)]


def test_every_counter_is_the_number_of_its_rows(welt):
    haeuser = Platzkontingent.objects.filter(art=Platzkontingent.Art.GESAMT)

    assert {haus.belegt for haus in haeuser} == {27, 24, 122}
    for haus in haeuser:
        anmeldungen = haus.veranstaltung.anmeldungen
        assert haus.belegt == anmeldungen.filter(hausplatz=True).count()
        assert haus.naechste_position == anmeldungen.count()
    for kontingent in Platzkontingent.objects.filter(art=Platzkontingent.Art.FORUM):
        belegt = kontingent.wahlen.filter(status=Forumswahl.Status.BELEGT)
        assert kontingent.belegt == belegt.count()
        assert kontingent.naechste_position == kontingent.wahlen.count()
    assert plaetze.abgleich() == []


def test_people_wait_for_what_is_full(fachtag):
    modul = Veranstaltung.objects.get(slug="qualifizierungsmodul-wirkung-erzaehlen")
    wartend = Forumswahl.objects.filter(status=Forumswahl.Status.WARTEND)

    je_pool = Counter(wartend.values_list("fachforum__nummer", "durchgang__nummer"))
    assert je_pool == {(2, 1): 4, (3, 2): 2}
    assert modul.anmeldungen.filter(hausplatz=False).count() == 3
    for veranstaltung in (fachtag, modul):
        assert veranstaltung.anmeldungen.filter(status="unbestaetigt").count() == 1


def test_nobody_sits_in_two_fachforen_at_once_or_twice_in_one(fachtag):
    wahlen = Forumswahl.objects.filter(anmeldung__veranstaltung=fachtag)

    je_durchgang = Counter(wahlen.values_list("anmeldung", "durchgang", "status"))
    je_fachforum = Counter(wahlen.values_list("anmeldung", "fachforum"))
    assert wahlen.count() == 238 + 6
    assert set(je_durchgang.values()) == {1}
    assert set(je_fachforum.values()) == {1}


def test_seats_are_numbered_in_the_order_people_came(fachtag):
    for kontingent in fachtag.kontingente.filter(art=Platzkontingent.Art.FORUM):
        wahlen = list(kontingent.wahlen.order_by("position").select_related("anmeldung"))
        assert [w.position for w in wahlen] == list(range(len(wahlen)))
        for teil in (wahlen[: kontingent.belegt], wahlen[kontingent.belegt :]):
            eingaenge = [w.anmeldung.eingang for w in teil]
            assert eingaenge == sorted(eingaenge)


def test_a_choice_names_the_fachforum_and_durchgang_of_its_seats(welt):
    for wahl in Forumswahl.objects.select_related("kontingent"):
        assert wahl.fachforum_id == wahl.kontingent.fachforum_id
        assert wahl.durchgang_id == wahl.kontingent.durchgang_id


def test_the_people_are_obviously_invented_and_came_in_the_open_window(welt):
    for anmeldung in Anmeldung.objects.select_related("veranstaltung"):
        assert anmeldung.name.startswith("Beispiel ")
        assert anmeldung.email.endswith("@example.org")
        assert anmeldung.veranstaltung.anmeldung_von <= anmeldung.eingang <= timezone.now()


def test_the_full_event_says_so(welt):
    modul = Veranstaltung.objects.get(slug="qualifizierungsmodul-wirkung-erzaehlen")

    assert modul.fenster == Veranstaltung.Fenster.VOLL


def test_some_say_what_they_need_and_most_may_be_listed(fachtag):
    bedarfe = Bedarf.objects.filter(anmeldung__veranstaltung=fachtag)
    ja = Einwilligung.objects.filter(anmeldung__veranstaltung=fachtag)

    assert bedarfe.count() == ja.filter(zweck="bedarf").count() == 14
    assert ja.filter(zweck="teilnehmerliste").count() == 81
