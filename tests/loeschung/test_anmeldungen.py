"""People of an event: each kind at its own time, numbers the same, nothing left over."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from praeventionsketten import loeschung, post
from praeventionsketten.models import Job, Loeschnachweis, Mail, Seite
from tests.factories import (
    make_anmeldung,
    make_fachtag,
    make_konto,
    make_landesprogramm,
    make_mail,
    make_seite,
    make_veranstaltung,
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

PERSON = {
    "name": "Änne Müller-Lüdenscheidt",
    "email": "aenne@kita.de",
    "organisation": "Kita Sonnenschein",
    "funktion": "Leitung",
}


def vor(tage: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=tage)


def vergangen(tage: float, **felder) -> Veranstaltung:
    """An event that ended so many days ago."""
    event = make_veranstaltung(plaetze=50, **felder)
    Veranstaltung.objects.filter(pk=event.pk).update(
        beginn=vor(tage + 0.2),
        ende=vor(tage),
        anmeldung_von=vor(tage + 60),
        anmeldung_bis=vor(tage + 1),
    )
    event.refresh_from_db()
    return event


def mache_vergangen(event: Veranstaltung, tage: float) -> None:
    zeiten = {"beginn": vor(tage + 0.2), "ende": vor(tage), "anmeldung_bis": vor(tage + 1)}
    Veranstaltung.objects.filter(pk=event.pk).update(**zeiten, anmeldung_von=vor(tage + 60))


def loeschen() -> None:
    call_command("loeschen", stdout=StringIO())


def ist_anonym(anmeldung: Anmeldung) -> bool:
    anmeldung.refresh_from_db()
    felder = (anmeldung.name, anmeldung.email, anmeldung.name_norm, anmeldung.email_norm)
    return anmeldung.anonymisiert_am is not None and not any(
        (*felder, anmeldung.organisation, anmeldung.funktion)
    )


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

    def ganz_weg(_zeilen, echt=personendaten.anonymisieren):
        Anmeldung.objects.filter(pk=anmeldung.pk).delete()

    [*_, frist] = loeschung.fristen.ERKLAERT["veranstaltungen.Anmeldung"].fristen
    monkeypatch.setattr(
        loeschung,
        "_mit_uhr",
        lambda: iter([(DATEN, loeschung.replace(frist, loeschen=ganz_weg))]),
    )
    DATEN = loeschung.fristen.ERKLAERT["veranstaltungen.Anmeldung"]

    with pytest.raises(loeschung.ZahlenVeraendert):
        list(loeschung.ausfuehren())

    assert not ist_anonym(anmeldung)
    assert not Loeschnachweis.objects.exists()


# ------------------------------------------------------------------ leftovers


def reste_nach(anmeldung: Anmeldung) -> list[str]:
    loeschen()
    assert ist_anonym(anmeldung)
    return Loeschnachweis.objects.get(model="veranstaltungen.Anmeldung").reste


def test_a_leftover_in_a_table_is_found_and_named_without_the_person(caplog):
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    job = Job.objects.create(name="x", daten={"wer": f"An {PERSON['email'].upper()}"})

    reste = reste_nach(anmeldung)

    assert reste == [f"praeventionsketten.Job:{job.pk}.daten"]
    assert "was left over" in caplog.text
    assert "aenne" not in caplog.text.lower()


def test_a_leftover_in_a_step_of_the_person_is_found_though_steps_are_declared():
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    schritt = Protokoll.objects.create(
        veranstaltung=anmeldung.veranstaltung,
        anmeldung=anmeldung,
        wer="team",
        was="verschoben",
        daten={"grund": "Änne  MÜLLER-Lüdenscheidt rief an"},
    )

    assert reste_nach(anmeldung) == [f"veranstaltungen.Protokoll:{schritt.pk}.daten"]


@pytest.mark.parametrize(
    ("name", "inhalt"),
    [
        ("liste.csv", "Name;Mail\nÄnne Müller-Lüdenscheidt;x\n"),
        ("notiz.txt", "bitte an aenne@kita.de"),
        ("aenne@kita.de.txt", ""),
    ],
)
def test_a_leftover_in_a_file_is_found(settings, tmp_path, name, inhalt):
    settings.VAR_DIR = settings.MEDIA_ROOT = tmp_path
    (tmp_path / name).write_text(inhalt)
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)

    [rest] = reste_nach(anmeldung)

    assert rest.startswith(f"{tmp_path.name}/…")
    assert "aenne" not in rest


def test_a_leftover_in_a_mail_that_lies_as_a_file_is_found(settings, tmp_path):
    settings.VAR_DIR = settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_FILE_PATH = tmp_path / "post"
    settings.VERSAND_BACKEND = "praeventionsketten.post.EmlDateien"
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    make_mail(an="x@example.org", text=f"Guten Tag {PERSON['name']},\n")
    post.versenden()

    assert len(reste_nach(anmeldung)) == 1


@pytest.fixture
def gemerkt():
    """The address lies in the cache."""
    cache.set("zuletzt", {"an": PERSON["email"]}, 3600)
    yield
    cache.clear()


@pytest.mark.usefixtures("gemerkt")
def test_a_leftover_in_a_table_without_a_model_is_found():
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)

    assert reste_nach(anmeldung) == ["zwischenspeicher"]


def test_the_same_person_elsewhere_is_no_leftover():
    """Another registration, an account, a page that names her: each has its own period."""
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    neue = make_anmeldung(veranstaltung=make_veranstaltung(plaetze=5), **PERSON)
    make_mail(bezug=f"anmeldung-{neue.pk}", an=PERSON["email"], betreff=PERSON["name"])
    make_konto(name=PERSON["name"], email=PERSON["email"])
    make_seite(text=f"<p>Es sprach {PERSON['name']}.</p>")

    assert reste_nach(anmeldung) == []
    neue.refresh_from_db()
    assert neue.name == PERSON["name"]
    assert Seite.objects.get().text


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


def test_a_last_mail_that_waits_arrives_and_then_nothing_is_left(settings, tmp_path):
    """Her period ends while the mail server is down."""
    settings.EMAIL_FILE_PATH = tmp_path
    settings.VERSAND_BACKEND = "praeventionsketten.post.EmlDateien"
    anmeldung = make_anmeldung(veranstaltung=vergangen(91), **PERSON)
    letzte = make_mail(bezug=f"anmeldung-{anmeldung.pk}", an=PERSON["email"])
    assert reste_nach(anmeldung) == []

    post.versenden()

    letzte.refresh_from_db()
    assert letzte.status == Mail.Status.GESENDET
    assert (letzte.an, letzte.text, letzte.anhaenge, letzte.betreff) == ("", "", [], "")
    [datei] = tmp_path.glob("*.eml")
    assert PERSON["email"] in datei.read_text()


def test_after_the_event_the_button_erases_and_cancels_nothing():
    anmeldung = make_anmeldung(veranstaltung=vergangen(1))

    personendaten.auf_wunsch_loeschen(anmeldung)
    personendaten.auf_wunsch_loeschen(anmeldung)

    assert ist_anonym(anmeldung)
    assert anmeldung.status == Anmeldung.Status.BESTAETIGT
    assert Loeschnachweis.objects.count() == 1
