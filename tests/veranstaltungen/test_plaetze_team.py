"""What the team does to seats: beside the queue, with its name in the log and nobody else's."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from praeventionsketten.models import Mail
from tests.factories import make_fachtag, make_konto, make_landesprogramm, make_veranstaltung
from tests.veranstaltungen.hilfen import ALEX, anmelden, belegt, pruefe_zaehler, wahl
from veranstaltungen import plaetze
from veranstaltungen.models import Anmeldung, Forumswahl, Protokoll
from veranstaltungen.plaetze import Ergebnis, Hindernis

pytestmark = pytest.mark.django_db

TELEFON = {"quelle": "telefon"}


@pytest.fixture
def konto():
    make_landesprogramm()
    return make_konto(name="Kim Team")


def reihe(veranstaltung) -> list[str]:
    wartend = veranstaltung.anmeldungen.filter(hausplatz=False).order_by("position")
    return [a.name for a in wartend if a.ist_aktiv]


def wartende(veranstaltung) -> list[str]:
    wahlen = Forumswahl.objects.filter(
        kontingent__veranstaltung=veranstaltung, status="wartend"
    )
    return [w.anmeldung.name for w in wahlen.order_by("position")]


def voll(konto, anzahl: int = 3):
    """A house with one seat, and people who wait for it: W1, W2, …"""
    treffen = make_veranstaltung(plaetze=1)
    anmelden(treffen, **TELEFON)
    for n in range(1, anzahl + 1):
        anmelden(treffen, name=f"W{n}", **TELEFON)
    return treffen


def test_who_is_put_first_passes_the_others_who_keep_their_order(konto):
    treffen = voll(konto, 4)
    dritte = treffen.anmeldungen.get(name="W3")

    assert plaetze.vorziehen(dritte, durch=konto, grund="mitwirkung")

    assert reihe(treffen) == ["W3", "W1", "W2", "W4"]
    pruefe_zaehler(treffen)


def test_who_is_put_first_for_a_fachforum_gets_the_next_seat(konto):
    fachtag = make_fachtag(je_forum=1)
    erste = anmelden(fachtag, wahl=wahl(fachtag, 1, None), **TELEFON).anmeldung
    for n in range(1, 4):
        anmelden(fachtag, name=f"W{n}", wahl=wahl(fachtag, 1, None), **TELEFON)
    wunsch = Forumswahl.objects.get(anmeldung__name="W3")

    plaetze.vorziehen(wunsch.anmeldung, wunsch, durch=konto, grund="mitwirkung")
    vorher = wartende(fachtag)
    plaetze.stornieren(erste, durch=konto)

    wunsch.refresh_from_db()
    assert vorher == ["W3", "W1", "W2"]
    assert wunsch.status == Forumswahl.Status.BELEGT
    assert wartende(fachtag) == ["W1", "W2"]
    pruefe_zaehler(fachtag)


def test_who_does_not_wait_cannot_be_put_first(konto):
    fachtag = make_fachtag()
    mit_platz = anmelden(fachtag, wahl=wahl(fachtag, 1, 2), **TELEFON).anmeldung
    fremder = anmelden(make_fachtag(), **TELEFON).anmeldung

    assert not plaetze.vorziehen(mit_platz, durch=konto, grund="x")
    assert not plaetze.vorziehen(mit_platz, mit_platz.wahlen.first(), durch=konto, grund="x")
    assert not plaetze.vorziehen(fremder, mit_platz.wahlen.first(), durch=konto, grund="x")
    assert not Protokoll.objects.filter(was="vorgezogen").exists()


def test_a_spare_seat_lets_somebody_in_beside_the_queue(konto):
    treffen = voll(konto, 2)
    zweite = treffen.anmeldungen.get(name="W2")
    ohne = plaetze.aufnehmen(zweite, durch=konto)
    treffen.kontingente.update(notplaetze=1)

    mit = plaetze.aufnehmen(zweite, durch=konto)

    zweite.refresh_from_db()
    assert (ohne, mit) == (False, True)
    assert (zweite.status, reihe(treffen)) == (Anmeldung.Status.BESTAETIGT, ["W1"])
    assert belegt(treffen) == {"haus": 2}
    assert Mail.objects.filter(schluessel__contains=f"anmeldung-{zweite.pk}:nachger").exists()
    assert not plaetze.aufnehmen(zweite, durch=konto)


def test_a_larger_room_lets_the_first_in_and_a_smaller_one_is_refused(konto):
    treffen = voll(konto, 2)
    haus = treffen.kontingente.get()

    bewegt = plaetze.raum_aendern(haus, kapazitaet=2, durch=konto)
    with pytest.raises(plaetze.ZuWenig) as fehler:
        plaetze.raum_aendern(haus, kapazitaet=1, durch=konto)

    haus.refresh_from_db()
    assert (bewegt, reihe(treffen)) == (1, ["W2"])
    assert (fehler.value.belegt, haus.kapazitaet) == (2, 2)
    schritt = Protokoll.objects.get(was="raum_geaendert")
    assert (schritt.konto, schritt.daten["kapazitaet"]) == (konto, 2)


def test_another_address_ends_the_old_link_and_sends_a_new_one(konto):
    anmeldung = anmelden(make_fachtag(), **ALEX, **TELEFON).anmeldung
    alt = anmeldung.zeichen
    Mail.objects.all().delete()

    ergebnis = plaetze.berichtigen(anmeldung, **neu(email="alex@richtig.example"), durch=konto)

    anmeldung.refresh_from_db()
    mail = Mail.objects.get()
    assert ergebnis.art is Ergebnis.Art.GEAENDERT
    assert not anmeldung.gilt(alt)
    assert mail.an == "alex@richtig.example"
    assert anmeldung.zeichen in mail.text


def test_another_name_alone_sends_nothing(konto):
    anmeldung = anmelden(make_fachtag(), **ALEX, **TELEFON).anmeldung
    alt = anmeldung.zeichen
    Mail.objects.all().delete()

    plaetze.berichtigen(anmeldung, **neu(name="Alex Beispiel-Berg"), durch=konto)
    gleich = plaetze.berichtigen(anmeldung, **neu(name="Alex Beispiel-Berg"), durch=konto)

    anmeldung.refresh_from_db()
    assert anmeldung.name_norm == "alex beispiel-berg"
    assert anmeldung.gilt(alt)
    assert not Mail.objects.exists()
    assert gleich.art is Ergebnis.Art.UNVERAENDERT


def test_a_correction_never_makes_the_same_person_twice(konto):
    fachtag = make_fachtag()
    anmelden(fachtag, **ALEX, **TELEFON)
    zweite = anmelden(fachtag, **TELEFON).anmeldung

    ergebnis = plaetze.berichtigen(zweite, **neu(email="ALEX@example.org"), durch=konto)

    zweite.refresh_from_db()
    assert ergebnis.hindernisse == {None: Hindernis.DOPPELT}
    assert zweite.name.startswith("Person")


def test_who_could_not_confirm_gets_a_day_from_the_correction(konto):
    anmeldung = anmelden(make_fachtag(), **ALEX).anmeldung
    Anmeldung.objects.update(haltefrist=timezone.now() + dt.timedelta(minutes=5))

    plaetze.berichtigen(anmeldung, **neu(email="alex@richtig.example"), durch=konto)

    anmeldung.refresh_from_db()
    assert anmeldung.haltefrist > timezone.now() + dt.timedelta(hours=23)
    letzte = Mail.objects.order_by("pk").last()
    assert letzte.betreff.startswith("Bitte bestätigen")


@pytest.mark.parametrize(
    ("quelle", "betreff"), [("web", "Bitte bestätigen"), ("telefon", "Sie sind angemeldet")]
)
def test_the_link_sent_again_fits_how_things_stand(konto, quelle, betreff):
    anmeldung = anmelden(make_fachtag(), quelle=quelle).anmeldung

    assert plaetze.link_senden(anmeldung, durch=konto)

    mails = Mail.objects.order_by("pk")
    assert [m.status for m in mails] == ["abgebrochen", "neu"]
    assert mails.last().betreff.startswith(betreff)
    plaetze.stornieren(anmeldung, durch=konto)
    assert not plaetze.link_senden(anmeldung, durch=konto)


def test_the_log_knows_who_of_the_team_did_what_and_no_participant(konto):
    fachtag = make_fachtag(je_forum=1)
    anmeldung = anmelden(
        fachtag, **ALEX, organisation="Kita Zwerge", durch=konto, **TELEFON
    ).anmeldung
    plaetze.wechseln(anmeldung, wahl(fachtag, 1, 2), durch=konto)
    plaetze.berichtigen(anmeldung, **neu(name="Alexa Beispiel"), durch=konto)
    plaetze.link_senden(anmeldung, durch=konto)
    plaetze.ersetzen(anmeldung, name="Robin Vertretung", email="robin@e.example", durch=konto)
    anmeldung.refresh_from_db()
    plaetze.bestaetigen(anmeldung, durch=konto)
    plaetze.stornieren(anmeldung, durch=konto)

    schritte = Protokoll.objects.order_by("pk")
    text = json.dumps([[s.was, s.daten, str(s)] for s in schritte])
    assert [s.was for s in schritte] == [
        "angemeldet",
        "gewechselt",
        "berichtigt",
        "link_gesendet",
        "vertretung",
        "bestaetigt",
        "storniert",
    ]
    assert {s.konto for s in schritte} == {konto}
    for wort in ("Alex", "Beispiel", "Robin", "Zwerge", "@"):
        assert wort not in text


def neu(**aenderungen) -> dict:
    return {**ALEX, "organisation": "", "funktion": ""} | aenderungen
