"""The coordinator's start page: one list, each line with one thing to do."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from angebote.models import Angebot, Hinweis, Kontakt, Telefonaufgabe
from praeventionsketten import rollen
from tests import factories as f

from .welt import MARKE

pytestmark = pytest.mark.django_db
HEUTE = timezone.localdate


@pytest.fixture
def angebot(kommune):
    """One makes a well kept Angebot: published, confirmed, with a time and a contact."""

    def angebot(**fields):
        angebot = f.make_angebot(**{"kommune": kommune} | fields)
        f.make_zeitfenster(angebot)
        f.make_bestaetigung(angebot)
        return angebot

    return angebot


def vorrat(client) -> dict:
    kaesten = client.get("/verwaltung/").context["kaesten"]
    return next(k.kontext for k in kaesten if "aufgaben" in k.kontext)


def zeilen(client) -> list[tuple[str, str]]:
    return [(a.titel, a.tat) for a in vorrat(client)["aufgaben"]]


def test_with_nothing_to_do_she_reads_something_glad(sie, angebot):
    angebot()
    angebot()

    html = sie.get("/verwaltung/").content.decode()

    assert zeilen(sie) == []
    assert "Alles erledigt. Danke!" in html
    assert "Ihre 2 Angebote sind gepflegt. 2 davon sind frisch bestätigt" in html


def test_every_kind_of_work_has_its_line_and_one_thing_to_do(sie, angebot, kommune):
    f.make_hinweis(angebot(titel="Gemeldet"))
    f.make_vorschlag(angebot(titel="Geändert"))
    f.make_vorschlag(kommune=kommune, felder={"titel": {"alt": "", "neu": "Neues"}})
    angebot(titel="Pause", status="pausiert", pausiert_bis=HEUTE() - dt.timedelta(1))
    vorbei = angebot(titel="Vorbei", zeiten="einzeltermine")
    f.make_termin(vorbei, in_tagen=-3)
    Telefonaufgabe.objects.create(angebot=angebot(titel="Anruf"), grund="keine-antwort")
    f.make_kontakt(
        angebot(titel="Kommt zurück"),
        art="pflege",
        email="weg@example.org",
        unzustellbar_seit=timezone.now(),
    )
    zweite = angebot(titel="Zweite Adresse")
    f.make_kontakt(zweite, art="pflege", email="a@example.org")
    f.make_kontakt(
        zweite, art="pflege", email="b@example.org", unzustellbar_seit=timezone.now()
    )

    assert set(zeilen(sie)) == {
        ("Gemeldet", "Hinweis prüfen"),
        ("Geändert", "Vorschlag prüfen"),
        ("Neues", "Vorschlag prüfen"),
        ("Pause", "Pause beenden"),
        ("Vorbei", "Termine eintragen"),
        ("Anruf", "Stimmt noch"),
        ("Kommt zurück", "Stimmt noch"),
        ("Zweite Adresse", "Kontakt ändern"),
    }


def test_what_harms_families_most_stands_first(sie, angebot, kommune):
    f.make_vorschlag(kommune=kommune, felder={"titel": {"alt": "", "neu": "Fehlt"}})
    f.make_hinweis(angebot(titel="Werbung"), status="verdacht", thema="gibt-es-nicht")
    f.make_hinweis(angebot(titel="Tippfehler"), thema="sonstiges")
    Telefonaufgabe.objects.create(angebot=angebot(titel="Anruf"), grund="keine-antwort")
    f.make_hinweis(angebot(titel="Uhrzeit"), thema="zeiten")
    f.make_hinweis(angebot(titel="Nummer"), thema="telefon")
    f.make_hinweis(angebot(titel="Zu"), thema="gibt-es-nicht")

    assert [titel for titel, _tat in zeilen(sie)] == [
        "Zu",
        "Nummer",
        "Uhrzeit",
        "Anruf",
        "Tippfehler",
        "Fehlt",
        "Werbung",
    ]


def test_among_equals_the_longest_wait_comes_first(sie, angebot):
    _neu, alt = (f.make_hinweis(angebot(titel=titel)) for titel in ("Neu", "Alt"))
    Hinweis.objects.filter(pk=alt.pk).update(eingegangen_am="2026-01-01T12:00:00Z")

    assert [titel for titel, _tat in zeilen(sie)] == ["Alt", "Neu"]


def test_what_is_overdue_is_listed_and_what_is_only_due_waits_for_the_provider(sie, angebot):
    lange, faellig = angebot(titel="Lange her"), angebot(titel="Fällig")
    lange.bestaetigungen.update(wann=timezone.now() - dt.timedelta(days=300))
    faellig.bestaetigungen.update(wann=timezone.now() - dt.timedelta(days=180))

    assert zeilen(sie) == [("Lange her", "Stimmt noch")]


def test_a_press_on_the_line_settles_it(sie, angebot):
    lange = angebot(titel="Lange her")
    lange.bestaetigungen.update(wann="2024-01-01T12:00:00Z")
    (aufgabe,) = vorrat(sie)["aufgaben"]

    antwort = sie.post(aufgabe.adresse, {"zurueck": "start", "gesehen": aufgabe.gesehen})

    assert antwort["Location"] == "/verwaltung/"
    assert zeilen(sie) == []


def test_she_reads_the_entry_and_dials_the_number_from_the_line(sie, angebot):
    lange = angebot(titel="Lange her")
    lange.bestaetigungen.update(wann="2024-01-01T12:00:00Z")
    f.make_kontakt(lange, telefon="05651 000-1", telefon_falsch=True)
    f.make_kontakt(lange, telefon="05651 000-2", name="Frau Yıldız", erreichbar="Mo 9–12 Uhr")

    html = sie.get("/verwaltung/").content.decode()

    assert (
        f'<h3><a href="/verwaltung/angebote/angebot/{lange.pk}/change/">Lange her</a>' in html
    )
    assert 'href="tel:+4956510002">05651 000-2</a>' in html
    assert "(Frau Yıldız, Mo 9–12 Uhr)" in html
    assert "05651 000-1" not in html


def test_what_is_no_entry_yet_leads_to_none(sie, kommune):
    f.make_vorschlag(kommune=kommune, felder={"titel": {"alt": "", "neu": "Neues"}})

    assert "<h3>Neues</h3>" in sie.get("/verwaltung/").content.decode()


def test_an_angebot_that_was_reported_is_not_called_as_well(sie, angebot):
    lange = angebot(titel="Lange her")
    lange.bestaetigungen.update(wann="2024-01-01T12:00:00Z")
    f.make_hinweis(lange)

    assert zeilen(sie) == [("Lange her", "Hinweis prüfen")]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "pausiert", "pausiert_bis": dt.date(2090, 1, 1)},
        {"status": "entwurf", "zeiten": "einzeltermine"},
        {"status": "beendet", "zeiten": "einzeltermine"},
        {"zeiten": "nach_vereinbarung"},
    ],
)
def test_what_goes_on_or_is_over_for_good_is_no_work(sie, angebot, fields):
    angebot(**fields)

    assert zeilen(sie) == []


def test_a_rhythm_that_has_run_out_is_work(sie, angebot):
    alt = angebot(titel="Kurs")
    alt.zeitfenster.update(gueltig_bis=HEUTE() - dt.timedelta(days=1))

    assert zeilen(sie) == [("Kurs", "Termine eintragen")]


def test_nothing_of_another_kommune_is_in_her_list(koordination, eigenes, fremdes):
    html = koordination.get("/verwaltung/").content.decode()

    assert MARKE not in html
    assert eigenes["angebot"].titel in html


def test_the_redaktion_has_what_belongs_to_no_kommune(anmelden, sie, angebot):
    f.make_hinweis(angebot(titel="Vor Ort"))
    f.make_hinweis(angebot(titel="Elterntelefon", kommune=None))
    f.make_vorschlag(felder={"titel": {"alt": "", "neu": "Irgendwo"}})

    assert {t for t, _ in zeilen(anmelden(rollen.REDAKTION))} == {"Elterntelefon", "Irgendwo"}
    assert {t for t, _ in zeilen(sie)} == {"Vor Ort"}


def test_the_list_costs_the_same_with_one_row_and_with_many(sie, angebot, kommune):
    def kosten() -> int:
        with CaptureQueriesContext(connection) as abfragen:
            sie.get("/verwaltung/")
        return len(abfragen)

    def mehr() -> None:
        eins = angebot()
        f.make_hinweis(eins)
        f.make_vorschlag(eins)
        f.make_kontakt(eins, art="pflege", email="x@example.org")
        Kontakt.objects.update(unzustellbar_seit=timezone.now())
        alt = angebot()
        f.make_kontakt(alt)
        Telefonaufgabe.objects.create(angebot=alt, grund="keine-antwort")
        angebot(status="pausiert", pausiert_bis=HEUTE() - dt.timedelta(1))

    mehr()
    sie.get("/verwaltung/")
    mit_einem = kosten()
    for _ in range(5):
        mehr()

    assert kosten() == mit_einem


def test_what_needs_nothing_is_not_even_read(sie, angebot):
    lange = angebot(titel="Lange her")
    lange.bestaetigungen.update(wann="2024-01-01T12:00:00Z")
    for _ in range(10):
        angebot()
    gelesen = []

    def merken(instance, **kwargs) -> None:
        gelesen.append(instance)

    post_init.connect(merken, sender=Angebot)
    try:
        assert zeilen(sie) == [("Lange her", "Stimmt noch")]
    finally:
        post_init.disconnect(merken, sender=Angebot)

    assert gelesen == [lange]


def test_a_very_long_list_ends_somewhere(sie, angebot):
    eins = angebot()
    Hinweis.objects.bulk_create(Hinweis(angebot=eins, thema="telefon") for _ in range(60))

    html = sie.get("/verwaltung/").content.decode()

    assert len(vorrat(sie)["aufgaben"]) == 50
    assert "warten noch 10 Aufgaben" in html


def test_the_team_of_events_has_no_such_list(anmelden):
    html = anmelden(rollen.VERANSTALTUNGSTEAM).get("/verwaltung/").content.decode()

    assert "kasten-vorrat" not in html


def test_she_stops_her_weekly_mail_and_orders_it_again(sie):
    html = sie.get("/verwaltung/").content.decode()
    assert "E-Mail abbestellen" in html

    sie.post("/verwaltung/angebote/angebot/wochenmail/", {"wochenmail": "aus"})
    sie.konto.refresh_from_db()
    assert not sie.konto.wochenmail
    assert "E-Mail bestellen" in sie.get("/verwaltung/").content.decode()

    sie.post("/verwaltung/angebote/angebot/wochenmail/", {"wochenmail": "an"})
    sie.konto.refresh_from_db()
    assert sie.konto.wochenmail


def test_a_link_stops_nothing(sie):
    assert sie.get("/verwaltung/angebote/angebot/wochenmail/").status_code == 405
    sie.konto.refresh_from_db()
    assert sie.konto.wochenmail
