import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from praeventionsketten.lib import zeit

BERLIN = ZoneInfo("Europe/Berlin")


def um(tag: int, stunde: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2024, 12, tag, stunde, minute, tzinfo=BERLIN)


def test_one_day_is_told_with_weekday_and_both_times():
    text = zeit.zeitspanne(um(10, 8, 30), um(10, 16, 30))

    assert text == "Dienstag, 10.\xa0Dezember 2024, 8:30 bis 16:30\xa0Uhr"


def test_several_days_name_both():
    text = zeit.zeitspanne(um(10, 10), um(11, 16))

    assert (
        text
        == "Dienstag, 10.\xa0Dezember 2024, 10:00\xa0Uhr bis Mittwoch, 11.\xa0Dezember 2024, 16:00\xa0Uhr"
    )


def test_an_unknown_time_is_not_told():
    assert (
        zeit.zeitspanne(um(10, 0), um(10, 1), mit_uhrzeit=False)
        == "Dienstag, 10.\xa0Dezember 2024"
    )


def test_stored_utc_is_told_in_berlin_time_across_midnight():
    spaet = dt.datetime(2024, 12, 10, 23, 30, tzinfo=dt.UTC)

    assert zeit.wochentag(spaet) == "Mittwoch, 11.\xa0Dezember 2024"
    assert zeit.uhrzeit(spaet) == "0:30"


@pytest.mark.parametrize(
    ("genauigkeit", "text"),
    [
        ("tag", "6.\xa0Mai 2024"),
        ("monat", "Mai 2024"),
        ("quartal", "2. Quartal 2024"),
        ("jahr", "2024"),
    ],
)
def test_a_date_is_never_told_more_exactly_than_it_is_known(genauigkeit, text):
    assert zeit.ungefaehr(dt.date(2024, 5, 6), genauigkeit) == text


@pytest.mark.parametrize(
    ("monate", "text"),
    [(1, "1 Monat"), (12, "1 Jahr"), (18, "18 Monate"), (30, "2½ Jahre"), (36, "3 Jahre")],
)
def test_ages_are_told_in_words(monate, text):
    assert zeit.alter(monate) == text


@pytest.mark.parametrize(
    ("von", "bis", "text"),
    [
        (None, None, ""),
        (0, None, ""),
        (36, None, "ab 3 Jahren"),
        (12, None, "ab 1 Jahr"),
        (0, 18, "bis 18 Monate"),
        (None, 120, "bis 10 Jahre"),
        (36, 72, "3 bis 6 Jahre"),
        (12, 48, "1 bis 4 Jahre"),
        (1, 8, "1 bis 8 Monate"),
        (18, 72, "18 Monate bis 6 Jahre"),
    ],
)
def test_a_range_of_ages_is_told_in_words(von, bis, text):
    assert zeit.altersspanne(von, bis) == text
