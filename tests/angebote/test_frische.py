"""Fresh, due, overdue, unsecured: computed from the last Bestätigung and the rhythm."""

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from angebote.models import Angebot
from tests.factories import make_angebot, make_bestaetigung, make_hinweis, make_pflegekontakt


def mittags(tag: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(tag, dt.time(12)))


def frische_eines(tage_nach_ablauf: int, rhythmus: int = 6):
    """The freshness of an Angebot whose confirmation ran out so many days ago."""
    ablauf = timezone.localdate() - dt.timedelta(days=tage_nach_ablauf)
    angebot = Angebot(rhythmus_monate=rhythmus, erstellt_am=timezone.now())
    angebot.bestaetigt_am = mittags(ablauf - relativedelta(months=rhythmus))
    return angebot.frische


@pytest.mark.parametrize(
    ("tage", "stufe", "gut"),
    [
        (-100, "frisch", True),
        (-19, "frisch", True),
        (-10, "faellig", True),
        (0, "faellig", True),
        (55, "faellig", True),
        (65, "ueberfaellig", False),
        (150, "ueberfaellig", False),
        (190, "ungesichert", False),
    ],
)
def test_the_stages_follow_the_due_date(tage, stufe, gut):
    frische = frische_eines(tage)

    assert (frische.stufe, frische.gut) == (stufe, gut)


def test_a_short_rhythm_comes_round_sooner():
    assert frische_eines(65, rhythmus=3).stufe == "ueberfaellig"
    assert frische_eines(100, rhythmus=3).stufe == "ungesichert"


def test_what_nobody_confirmed_is_not_fresh():
    angebot = Angebot(erstellt_am=timezone.now())
    angebot.bestaetigt_am = None

    assert (angebot.frische.stufe, angebot.frische.gut) == ("nie", False)
    assert not angebot.ueberfaellig
    assert angebot.faellig_am > timezone.localdate()


@pytest.mark.django_db
def test_only_the_last_confirmation_counts():
    angebot = make_angebot()
    make_bestaetigung(angebot, wann=timezone.now(), wie="telefon")
    make_bestaetigung(angebot, wann=timezone.now() - dt.timedelta(days=900), wie="import")
    make_bestaetigung(make_angebot(), wie="website")

    geladen = Angebot.objects.mit_bestaetigung().get(pk=angebot.pk)

    assert geladen.frische.bestaetigt == timezone.localdate()
    assert geladen.bestaetigt_wie == "telefon"


@pytest.mark.django_db
def test_a_change_confirms_nothing():
    angebot = make_angebot()
    angebot.save()

    assert Angebot.objects.mit_bestaetigung().get(pk=angebot.pk).frische.stufe == "nie"


@pytest.mark.django_db
@pytest.mark.parametrize("heute", [dt.date(2027, 2, 28), dt.date(2028, 4, 30)])
def test_the_database_finds_what_python_calls_overdue(heute, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: mittags(heute))
    for rhythmus in (3, 6, 12):
        grenze = heute - dt.timedelta(days=61) - relativedelta(months=rhythmus)
        for tage in range(-4, 5):
            wann = mittags(grenze + dt.timedelta(days=tage))
            make_bestaetigung(make_angebot(rhythmus_monate=rhythmus), wann=wann)
            nie = make_angebot(rhythmus_monate=rhythmus)
            Angebot.objects.filter(pk=nie.pk).update(veroeffentlicht_am=wann)
    gemeldet, kommt_zurueck, frisch = (make_angebot() for _ in range(3))
    for angebot in (gemeldet, kommt_zurueck, frisch):
        make_bestaetigung(angebot, wann=mittags(heute))
    make_hinweis(gemeldet)
    make_pflegekontakt(kommt_zurueck, "weg@kita.example", unzustellbar_seit=timezone.now())

    alle = list(Angebot.objects.mit_bestaetigung())

    assert {a.ueberfaellig for a in alle} == {True, False}
    assert set(Angebot.objects.ueberfaellig()) == {a for a in alle if a.ueberfaellig}
    assert set(Angebot.objects.verlaesslich()) == {a for a in alle if a.frische.gut}
    assert {gemeldet, kommt_zurueck} <= set(Angebot.objects.ueberfaellig())
    assert frisch in Angebot.objects.verlaesslich()
