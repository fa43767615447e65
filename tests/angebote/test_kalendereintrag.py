"""A change of time or place raises the number by which calendars know it."""

import datetime as dt

import pytest

from tests.factories import make_angebot, make_ort, make_termin, make_zeitfenster

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "aenderung",
    [
        lambda termin: setattr(termin, "ende", termin.ende + dt.timedelta(hours=1)),
        lambda termin: setattr(termin, "ort", make_ort()),
        lambda termin: setattr(termin, "abgesagt", True),
    ],
)
def test_what_matters_in_a_calendar_raises_the_number(aenderung):
    termin = make_termin(make_angebot())
    vorher = termin.stand

    aenderung(termin)
    termin.save()
    aenderung(termin)
    termin.save(update_fields=["beginn", "ende", "ort", "abgesagt"])

    termin.refresh_from_db()
    assert termin.sequenz >= 1
    assert termin.stand > vorher


def test_saving_without_a_change_or_another_text_raises_nothing():
    termin = make_termin(make_angebot(), ort=make_ort())
    vorher = termin.stand

    termin.text = "mit Kinderbetreuung"
    termin.save()
    termin.save(update_fields=["text"])

    termin.refresh_from_db()
    assert (termin.sequenz, termin.stand) == (0, vorher)


def test_the_number_counts_on_whoever_saves():
    termin = make_termin(make_angebot())
    veraltet = type(termin).objects.get(pk=termin.pk)
    termin.abgesagt = True
    termin.save()

    veraltet.beginn -= dt.timedelta(minutes=30)
    veraltet.save(update_fields=["beginn"])

    veraltet.refresh_from_db()
    assert veraltet.sequenz == 2


def test_a_weekly_time_counts_its_changes_too():
    fenster = make_zeitfenster(make_angebot())

    fenster.ferienregel = fenster.Ferien.PAUSIERT
    fenster.save()

    fenster.refresh_from_db()
    assert fenster.sequenz == 1
