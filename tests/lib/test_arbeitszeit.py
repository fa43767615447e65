"""Deadlines in working hours: T11, the clock change, holidays, weekends and nights."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praeventionsketten.lib.arbeitszeit import ist_arbeitstag, nach_arbeitsstunden

BERLIN = ZoneInfo("Europe/Berlin")


def um(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("ab", "stunden", "bis"),
    [
        ("2026-11-23T09:00", 4, "2026-11-23T13:00"),
        ("2026-11-23T15:30", 4, "2026-11-24T11:30"),
        ("2026-11-23T09:00", 8, "2026-11-23T17:00"),
        ("2026-11-23T09:00", 24, "2026-11-25T17:00"),
        # sent at night, at the weekend, before the day begins
        ("2026-11-23T22:00", 2, "2026-11-24T11:00"),
        ("2026-11-23T03:00", 2, "2026-11-23T11:00"),
        ("2026-11-21T10:00", 2, "2026-11-23T11:00"),
        ("2026-11-20T16:00", 2, "2026-11-23T10:00"),
        ("2026-11-23T17:00", 1, "2026-11-24T10:00"),
        # Christmas Eve is a Thursday, both holidays and the weekend follow
        ("2026-12-24T16:00", 2, "2026-12-28T10:00"),
        # Ascension Day and Corpus Christi are holidays in Hessen
        ("2026-05-13T16:00", 2, "2026-05-15T10:00"),
        ("2026-06-03T16:00", 2, "2026-06-05T10:00"),
        # no hours left: at once by day, else when the next working day begins
        ("2026-11-23T12:00", 0, "2026-11-23T12:00"),
        ("2026-11-22T12:00", 0, "2026-11-23T09:00"),
    ],
)
def test_a_deadline_counts_working_hours_only(ab, stunden, bis):
    assert nach_arbeitsstunden(um(ab), stunden) == um(bis)


@pytest.mark.parametrize(
    ("ab", "bis", "vergangen"),
    [
        # the night of 28 March 2027 has 23 hours (and Easter Monday follows)
        ("2027-03-25T16:00", "2027-03-30T10:00", dt.timedelta(days=4, hours=17)),
        # the night of 25 October 2026 has 25 hours
        ("2026-10-23T16:00", "2026-10-26T10:00", dt.timedelta(days=2, hours=19)),
    ],
)
def test_across_the_clock_change_the_deadline_keeps_its_hour_on_the_wall(ab, bis, vergangen):
    frist = nach_arbeitsstunden(um(ab), 2)

    assert frist == um(bis)
    assert frist.astimezone(dt.UTC) - um(ab).astimezone(dt.UTC) == vergangen


def test_a_stored_utc_time_is_counted_in_berlin():
    ab = dt.datetime(2026, 11, 23, 15, 30, tzinfo=dt.UTC)

    assert nach_arbeitsstunden(ab, 1) == um("2026-11-24T09:30")


def test_a_time_of_the_doubled_hour_is_taken():
    doppelt = dt.datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)

    assert nach_arbeitsstunden(doppelt, 1) == um("2026-10-26T10:00")


@given(
    st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)),
    st.integers(0, 200),
)
def test_no_deadline_lies_at_night_at_a_weekend_or_on_a_holiday(ab, stunden):
    frist = nach_arbeitsstunden(ab, stunden)

    assert frist >= ab
    assert ist_arbeitstag(frist.date())
    assert dt.time(9) <= frist.time() <= dt.time(17)


@pytest.mark.parametrize("ab", [dt.datetime(2026, 11, 23, 9)])
def test_a_start_without_a_zone_is_refused(ab):
    with pytest.raises(ValueError, match="aware"):
        nach_arbeitsstunden(ab, 1)


def test_hours_are_not_counted_backward():
    with pytest.raises(ValueError, match="forward"):
        nach_arbeitsstunden(um("2026-11-23T09:00"), -1)
