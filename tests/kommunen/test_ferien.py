"""Public holidays by rule, school holidays as data."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kommunen.models import Ferien
from praeventionsketten.lib.feiertage import feiertag, feiertage


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        (dt.date(2027, 3, 26), "Karfreitag"),
        (dt.date(2027, 3, 29), "Ostermontag"),
        (dt.date(2027, 5, 6), "Christi Himmelfahrt"),
        (dt.date(2027, 5, 17), "Pfingstmontag"),
        (dt.date(2027, 5, 27), "Fronleichnam"),
        (dt.date(2028, 4, 14), "Karfreitag"),
        (dt.date(2026, 10, 3), "Tag der Deutschen Einheit"),
        (dt.date(2026, 12, 26), "2. Weihnachtstag"),
        (dt.date(2026, 11, 1), ""),
    ],
)
def test_holidays_fall_on_their_days(tag, name):
    assert feiertag(tag) == name


def test_a_year_has_twelve_days_and_nobody_else_s():
    assert len(feiertage(2027)) == 12
    assert "Reformationstag" not in feiertage(2027).values()


@pytest.mark.django_db
def test_school_holidays_end_after_they_begin():
    falsch = Ferien(name="Falsch", von=dt.date(2027, 5, 2), bis=dt.date(2027, 5, 1))

    with pytest.raises(ValidationError, match="muss nach dem ersten liegen"):
        falsch.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        falsch.save()
