"""People of an event: each kind at its own time, numbers the same, nothing left over."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from praeventionsketten import loeschung
from praeventionsketten.lib import fristen
from praeventionsketten.models import Loeschnachweis, Mail
from tests.factories import (
    make_anmeldung,
    make_fachtag,
    make_konto,
    make_landesprogramm,
    make_mail,
    make_veranstaltung,
)
from tests.loeschung.hilfen import (
    PERSON,
    ist_anonym,
    loeschen,
    mache_vergangen,
    vergangen,
    vor,
)
from tests.veranstaltungen.hilfen import ALEX, angemeldet, pruefe_zaehler, wahl
from veranstaltungen import personendaten, plaetze, statistik
from veranstaltungen.models import (
    Anmeldung,
    Bedarf,
    Einwilligung,
    Einwilligungstext,
    Protokoll,
    Veranstaltung,
)

pytestmark = pytest.mark.django_db

# ------------------------------------------------------------------ when


@pytest.mark.parametrize(
    ("status", "tage"),
    [
        ("bestaetigt", 90),
        ("warteliste", 30),
        ("storniert", 30),
        ("abgesagt", 30),
    ],
)
def test_each_state_goes_after_its_own_days(status, tage):
    frueh = make_anmeldung(veranstaltung=vergangen(tage - 1), status=status)
    spaet = make_anmeldung(veranstaltung=vergangen(tage + 1), status=status)

    loeschen()

    assert not ist_anonym(frueh)
    assert ist_anonym(spaet)
    assert spaet.status == status


def test_what_nobody_confirmed_goes_a_week_after_its_day_even_before_the_event():
    kommend = make_veranstaltung(plaetze=10)
    frisch = make_anmeldung(veranstaltung=kommend, status="verfallen", eingang=vor(7))
    alt = make_anmeldung(veranstaltung=kommend, status="verfallen", eingang=vor(9))
    einst_bestaetigt = make_anmeldung(
        veranstaltung=kommend, status="verfallen", eingang=vor(9), bestaetigt_am=vor(8)
    )

    loeschen()

    assert [ist_anonym(a) for a in (frisch, alt, einst_bestaetigt)] == [False, True, False]


def test_a_hold_that_nobody_ended_goes_with_the_event():
    event = vergangen(8)
    frisch = make_anmeldung(veranstaltung=event, status="unbestaetigt", haltefrist=vor(6))
    alt = make_anmeldung(veranstaltung=event, status="unbestaetigt", haltefrist=vor(8))

    loeschen()

    assert [ist_anonym(a) for a in (frisch, alt)] == [False, True]


@pytest.mark.parametrize("status", Anmeldung.Status.values)
@pytest.mark.parametrize("bestaetigt", [False, True])
@pytest.mark.parametrize(("stunden", "geht"), [(1, True), (-1, False)])
def test_it_goes_on_the_day_that_the_person_was_told(
    monkeypatch, status, bestaetigt, stunden, geht
):
    """The page „Meine Anmeldung“ names the day; the clock of the house keeps it."""
    anmeldung = make_anmeldung(
        veranstaltung=vergangen(0.5),
        status=status,
        eingang=vor(2),
        bestaetigt_am=vor(1.5) if bestaetigt else None,
        haltefrist=vor(1) if status == "unbestaetigt" else None,
        angebot_bis=vor(1) if status == "angeboten" else None,
    )
    wann = anmeldung.loeschen_am + dt.timedelta(hours=stunden)
    monkeypatch.setattr(timezone, "now", lambda: wann)

    loeschen()

    assert ist_anonym(anmeldung) == geht


def test_an_event_says_its_own_days():
    kurz = make_anmeldung(veranstaltung=vergangen(11, loeschen_teilnahme=10))
    lang = make_anmeldung(veranstaltung=vergangen(100, loeschen_teilnahme=200))

    loeschen()

    assert (ist_anonym(kurz), ist_anonym(lang)) == (True, False)


def test_an_event_ahead_keeps_its_people():
    anmeldungen = [
        make_anmeldung(veranstaltung=make_veranstaltung(plaetze=9), status=status)
        for status in ("bestaetigt", "warteliste", "storniert")
    ]

    loeschen()

    assert not any(ist_anonym(a) for a in anmeldungen)


def mit_bedarf(**felder) -> Anmeldung:
    anmeldung = make_anmeldung(**felder)
    Bedarf.objects.create(anmeldung=anmeldung, art="essen", text="keine Nüsse")
    text, _ = Einwilligungstext.objects.get_or_create(
        zweck="bedarf", fassung=1, defaults={"text": "Ja"}
    )
    Einwilligung.objects.create(anmeldung=anmeldung, zweck="bedarf", text=text)
    return anmeldung


def test_needs_go_a_week_after_the_event_and_at_once_when_nobody_comes():
    noch = mit_bedarf(veranstaltung=vergangen(6))
    vorbei = mit_bedarf(veranstaltung=vergangen(8))
    abgesagt = mit_bedarf(veranstaltung=make_veranstaltung(plaetze=5), status="storniert")

    loeschen()

    assert [a.bedarfe.count() for a in (noch, vorbei, abgesagt)] == [1, 0, 0]
    assert not ist_anonym(vorbei)
    assert Einwilligung.objects.count() == 3


def test_steps_without_names_go_after_a_year():
    anmeldung = make_anmeldung()
    for tage in (364, 366):
        Protokoll.objects.create(
            veranstaltung=anmeldung.veranstaltung,
            anmeldung=anmeldung,
            wer="person",
            was="angemeldet",
            wann=vor(tage),
        )

    loeschen()

    assert Protokoll.objects.count() == 1


# ------------------------------------------------------------------ how


def test_whoever_was_there_is_nobody_afterwards_and_her_link_is_dead(client):
    make_landesprogramm()
    anmeldung = mit_bedarf(veranstaltung=vergangen(91), **PERSON, bestaetigt_am=vor(120))
    link = f"/meine-anmeldung/{anmeldung.public_id}/{anmeldung.zeichen}/"
    vorher = (anmeldung.public_id, anmeldung.idempotenz, anmeldung.token_version)

    loeschen()

    assert ist_anonym(anmeldung)
    assert not {anmeldung.public_id, anmeldung.idempotenz, anmeldung.token_version} & {*vorher}
    assert not Bedarf.objects.exists()
    assert not Einwilligung.objects.exists()
    assert timezone.localtime(anmeldung.bestaetigt_am).strftime("%H:%M:%S") == "00:00:00"
    assert client.get(link).status_code == 404


def test_two_anonymous_people_of_one_event_do_not_collide():
    event = vergangen(91)
    anmeldungen = [make_anmeldung(veranstaltung=event) for _ in range(3)]

    loeschen()

    assert all(ist_anonym(a) for a in anmeldungen)


def test_mails_and_log_of_the_person_lose_her_too():
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    for bezug in (f"anmeldung-{anmeldung.pk}", f"anmeldung-{anmeldung.pk}-abgegeben"):
        make_mail(bezug=bezug, an=PERSON["email"], status="gesendet", gesendet_am=vor(1))
    andere = make_mail(bezug=f"anmeldung-{anmeldung.pk}9", status="gesendet")
    LogEntry.objects.create(
        user=make_konto(),
        content_type=ContentType.objects.get_for_model(Anmeldung),
        object_id=str(anmeldung.pk),
        object_repr=PERSON["name"],
        action_flag=2,
    )

    loeschen()

    for mail in Mail.objects.exclude(pk=andere.pk):
        assert (mail.an, mail.betreff, mail.text) == ("", "", "")
    andere.refresh_from_db()
    assert andere.an
    assert LogEntry.objects.get().object_repr == "Anmeldung"
    assert Loeschnachweis.objects.get(model="veranstaltungen.Anmeldung").reste == []


# ------------------------------------------------------------------ the numbers


def fachtag_mit_leuten() -> Veranstaltung:
    fachtag = make_fachtag(foren=2, je_forum=2, plaetze=20)
    leute = [angemeldet(fachtag, wahl=wahl(fachtag, 1, 2)) for _ in range(3)]
    angemeldet(fachtag, wahl=wahl(fachtag, 2, None), quelle="telefon")
    plaetze.stornieren(leute[0])
    mache_vergangen(fachtag, 91)
    return fachtag


def test_every_number_is_the_same_before_and_after(client):
    make_landesprogramm()
    fachtag = fachtag_mit_leuten()
    vorher = statistik.zahlen([fachtag.pk])
    seite = client.get(fachtag.get_absolute_url()).content

    loeschen()

    assert not Anmeldung.objects.exclude(name="").exists()
    assert statistik.zahlen([fachtag.pk]) == vorher
    assert vorher[str(fachtag.pk)]["anmeldungen"] == {"bestaetigt": 3, "storniert": 1}
    assert sum(vorher[str(fachtag.pk)]["quellen"].values()) == 4
    assert client.get(fachtag.get_absolute_url()).content == seite
    pruefe_zaehler(fachtag)


def test_the_proof_keeps_the_numbers_and_nobody():
    fachtag = fachtag_mit_leuten()
    vorher = statistik.zahlen([fachtag.pk])

    loeschen()

    nachweise = Loeschnachweis.objects.filter(model="veranstaltungen.Anmeldung")
    assert sum(n.anzahl for n in nachweise) == 4
    assert all(n.geprueft and n.reste == [] for n in nachweise)
    assert nachweise.first().zahlen == json.loads(json.dumps(vorher))
    alles = json.dumps([list(n.values()) for n in nachweise.values()], default=str)
    assert "Person " not in alles
    assert "@" not in alles


def test_an_erasure_that_would_change_a_number_erases_nothing(monkeypatch):
    anmeldung = make_anmeldung(veranstaltung=vergangen(91))

    daten = fristen.ERKLAERT["veranstaltungen.Anmeldung"]
    zerstoerend = replace(daten.fristen[-1], loeschen=lambda zeilen: zeilen.delete())
    monkeypatch.setattr(loeschung, "_mit_uhr", lambda: iter([(daten, zerstoerend)]))

    with pytest.raises(ExceptionGroup) as gruppe:
        list(loeschung.ausfuehren())

    assert [type(f) for f in gruppe.value.exceptions] == [loeschung.ZahlenVeraendert]
    assert not ist_anonym(anmeldung)
    assert not Loeschnachweis.objects.exists()


# ------------------------------------------------------------------ now


def test_a_button_erases_a_person_before_the_event_and_gives_her_seat_back():
    fachtag = make_fachtag(foren=2, je_forum=1, plaetze=1)
    foren = wahl(fachtag, 1, 2)
    alex = angemeldet(fachtag, **ALEX, wahl=foren)
    kim = angemeldet(fachtag, name="Kim Muster", email="kim@example.org", wahl=foren)

    personendaten.auf_wunsch_loeschen(alex)

    assert ist_anonym(alex)
    assert alex.status == Anmeldung.Status.STORNIERT
    kim.refresh_from_db()
    assert kim.status == Anmeldung.Status.BESTAETIGT
    assert kim.email == "kim@example.org"
    nachweis = Loeschnachweis.objects.get()
    assert (nachweis.anzahl, nachweis.frist, nachweis.reste) == (1, "auf Wunsch der Person", [])
    pruefe_zaehler(fachtag)


def test_nothing_that_waited_is_sent_after_the_button():
    alex = angemeldet(make_fachtag(), **ALEX)
    assert Mail.objects.faellig().exists()

    personendaten.auf_wunsch_loeschen(alex)

    assert not Mail.objects.faellig().exists()
    assert not Mail.objects.exclude(an="", text="").exists()


def test_after_the_event_the_button_erases_and_cancels_nothing():
    anmeldung = make_anmeldung(veranstaltung=vergangen(1))

    personendaten.auf_wunsch_loeschen(anmeldung)
    personendaten.auf_wunsch_loeschen(anmeldung)

    assert ist_anonym(anmeldung)
    assert anmeldung.status == Anmeldung.Status.BESTAETIGT
    assert Loeschnachweis.objects.count() == 1
