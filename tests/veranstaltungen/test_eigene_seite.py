"""How things stand on one's own page: confirm, answer an offer, wait."""

import datetime as dt

import pytest
from django.utils import timezone

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_landesprogramm, make_veranstaltung
from tests.veranstaltungen.eigene import alles, druecke, geoeffnet, link, seite
from tests.veranstaltungen.hilfen import ALEX, angemeldet, anmelden, belegt, foren, wahl
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Protokoll

pytestmark = pytest.mark.django_db

TAG = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _programm():
    make_landesprogramm()


def lies(anmeldung: Anmeldung) -> str:
    return " ".join(geoeffnet(anmeldung).get(seite(anmeldung)).text.split())


def test_an_unconfirmed_person_reads_until_when_and_confirms_by_a_button():
    fachtag = make_fachtag()
    anmeldung = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2)).anmeldung

    vorher = lies(anmeldung)
    nachher = druecke(anmeldung, "bestaetigen").text

    assert "Bitte bestätigen Sie Ihre Anmeldung" in vorher
    assert "Platz für Sie festgehalten" in vorher
    assert "Sie sind angemeldet" not in vorher
    assert "Danke, Ihre Anmeldung ist bestätigt." in nachher
    assert "Sie sind angemeldet" in nachher


def test_confirming_twice_changes_nothing_more():
    anmeldung = angemeldet(make_fachtag(), **ALEX)
    vorher = Protokoll.objects.count()

    response = druecke(anmeldung, "bestaetigen")

    assert "Hier ist nichts mehr zu bestätigen." in response.text
    assert Protokoll.objects.count() == vorher


def test_whoever_comes_a_moment_late_may_still_confirm():
    anmeldung = anmelden(make_fachtag(), **ALEX).anmeldung
    Anmeldung.objects.update(haltefrist=timezone.now() - dt.timedelta(minutes=1))

    html = lies(anmeldung)
    nachher = druecke(anmeldung, "bestaetigen").text

    assert "Die Frist ist eben abgelaufen" in html
    assert "Sie sind angemeldet" in nachher


def test_an_expired_registration_is_told_kindly_and_can_begin_anew():
    fachtag = make_fachtag()
    anmeldung = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2)).anmeldung
    Anmeldung.objects.update(haltefrist=timezone.now() - TAG)
    plaetze.fristen_ablaufen()

    html = lies(anmeldung)
    zu_spaet = druecke(anmeldung, "bestaetigen").text

    assert "Ihre Anmeldung ist abgelaufen" in html
    assert f'href="/veranstaltungen/{fachtag.slug}/anmelden/"' in html
    assert "Hier ist nichts mehr zu bestätigen." in zu_spaet
    assert belegt(fachtag) == {}


def test_a_waiting_person_reads_her_place_and_a_range_but_no_promise():
    fachtag = make_fachtag(je_forum=20)
    for _ in range(21):
        angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, (1, 2), 3))

    html = lies(anmeldung)

    assert "Warteliste, Platz 2" in html
    assert "Ihr Platz bis dahin" in html
    assert "Erfahrungsgemäß sagt etwa eine von zehn Personen ab." in html
    assert "Ob das für Sie reicht, ist offen. Versprechen können wir es nicht." in html


def test_whoever_waits_for_the_house_never_reads_that_she_has_a_seat():
    fachtag = make_fachtag(plaetze=1)
    angemeldet(fachtag)
    anmeldung = anmelden(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2)).anmeldung

    unbestaetigt = lies(anmeldung)
    wartend = druecke(anmeldung, "bestaetigen").text

    assert "Platz auf der Warteliste bestätigen" in unbestaetigt
    assert "Sie stehen auf der Warteliste" in wartend
    assert "Warteliste, Platz 1" in wartend
    for html in (unbestaetigt, wartend):
        assert "Sie sind angemeldet" not in html
        assert "Platz reserviert" not in html
        assert "kalender.ics" not in html


def test_an_offered_seat_of_the_house_is_taken_by_a_button():
    treffen = make_veranstaltung(plaetze=1, nachruecken="angebot")
    erste, anmeldung = angemeldet(treffen), angemeldet(treffen, **ALEX)
    plaetze.stornieren(erste)

    vorher = lies(anmeldung)
    nachher = druecke(anmeldung, "annehmen").text

    assert "Für Sie ist ein Platz frei geworden" in vorher
    assert "Wir halten ihn bis" in vorher
    assert "Danke, der Platz gehört Ihnen." in nachher
    anmeldung.refresh_from_db()
    assert anmeldung.status == Anmeldung.Status.BESTAETIGT


@pytest.mark.parametrize(
    ("aktion", "danach"),
    [
        ("annehmen", {(1, 1): "belegt"}),
        ("ablehnen", {(1, 2): "belegt"}),
    ],
)
def test_an_offered_forum_is_taken_or_left(aktion, danach):
    fachtag = make_fachtag(je_forum=1, nachruecken="angebot")
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, (1, 2), None))
    plaetze.stornieren(erste)
    angebot = anmeldung.wahlen.get(status="angeboten")

    html = lies(anmeldung)
    response = druecke(anmeldung, aktion, wahl=angebot.pk)

    assert "Platz für Sie frei, bis" in html
    assert response.status_code == 200
    assert foren(anmeldung) == danach


@pytest.mark.parametrize("wahl_id", ["", "0", "abc", "-1", "9" * 400, "²"])
@pytest.mark.parametrize("aktion", ["annehmen", "ablehnen", "zaubern", ""])
def test_a_forged_answer_changes_nothing(aktion, wahl_id):
    anmeldung = angemeldet(make_fachtag(), **ALEX)
    client, vorher = geoeffnet(anmeldung), alles()

    response = client.post(seite(anmeldung), {"aktion": aktion, "wahl": wahl_id}, follow=True)

    assert response.status_code == 200
    assert alles() == vorher


def test_nobody_answers_the_offer_of_somebody_else():
    fachtag = make_fachtag(je_forum=1, nachruecken="angebot")
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    andere = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, **ALEX)
    plaetze.stornieren(erste)
    angebot = andere.wahlen.get(status="angeboten")

    response = druecke(anmeldung, "annehmen", wahl=angebot.pk)

    assert "Dieses Angebot gilt nicht mehr." in response.text
    assert foren(andere) == {(1, 1): "angeboten"}


def test_opening_every_address_of_every_mail_changes_nothing(client):
    """Mail scanners open all links, and their pages, and what those lead to."""
    fachtag = make_fachtag(je_forum=1, nachruecken="angebot")
    erste = angemeldet(fachtag, wahl=wahl(fachtag, 1, None))
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, (1, 2), 3))
    unbestaetigt = anmelden(fachtag, wahl=wahl(fachtag, 1, None)).anmeldung
    plaetze.stornieren(erste)
    unter = ["", "absagen/", "foren/", "vertretung/", "angaben/", "daten/", "daten.json"]
    unter += ["kalender.ics", "loeschen/"]
    vorher = alles()

    for person in (anmeldung, unbestaetigt):
        scanner = geoeffnet(person)
        for adresse in [link(person), *(seite(person, u) for u in unter)]:
            assert scanner.get(adresse).status_code in (200, 302, 404)
            assert scanner.head(adresse).status_code in (200, 302, 404)

    assert alles() == vorher
    assert Mail.objects.exists()


def test_the_calendar_file_is_the_entry_of_the_mails_with_nothing_to_answer():
    fachtag = make_fachtag()
    anmeldung = angemeldet(fachtag, **ALEX, wahl=wahl(fachtag, 1, 2))

    text = geoeffnet(anmeldung).get(seite(anmeldung, "kalender.ics")).text

    assert f"UID:anmeldung-{anmeldung.public_id}@portal.example.org" in text
    assert "METHOD:PUBLISH" in text
    assert "Durchgang 1: 1 · Forum 1" in text
    assert "ATTENDEE" not in text


def test_without_a_seat_there_is_no_calendar_file():
    treffen = make_veranstaltung(plaetze=0)
    wartend = angemeldet(treffen, **ALEX)

    assert geoeffnet(wartend).get(seite(wartend, "kalender.ics")).status_code == 404
