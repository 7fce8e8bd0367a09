"""One cell to one value: every way of writing a date, a time, a number or nothing that exports have been seen to use."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import values

THIRD = date(2025, 2, 3)
DAYS = st.dates(date(1971, 1, 1), date(2068, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "03/02/2025", "3/2/2025", "03/02/25", "3-2-25", "03.02.2025", "03 02 2025", "2025-02-03", "2025/2/3", "20250203",
        "3 Feb 2025", "03-Feb-2025", "03-Feb-25", "3rd Feb 2025", "3rd of February 2025", "3 February, 2025", "Feb 3, 2025",
        "February 3rd 2025", "Mon 03/02/2025", "Monday 3 February 2025", "Monday, 3 Feb 2025", "45691", "45691.0",
        " 03/02/2025 ", "03/02/2025\xa0",
    ],
)  # fmt: skip
def test_the_third_of_february_however_it_is_written(text: str) -> None:
    assert values.read_day(text) == THIRD


def test_the_order_of_day_and_month_is_told_never_guessed() -> None:
    assert values.read_day("03/02/2025", "mdy") == date(2025, 3, 2)
    assert values.read_day("8/20/25", "mdy") == date(2025, 8, 20)
    assert values.read_day("8/20/25") is None
    assert values.read_day("25/02/03", "ymd") == THIRD
    assert values.read_day("2025-02-03", "mdy") == THIRD


@pytest.mark.parametrize(
    "text",
    ["31/06/2025", "30 Feb 2025", "2025-02-29", "00/01/2025", "3/2", "Feb 2025", "yesterday", "", "1", "99999", "03/02/205",
     "3 Fub 2025", "2025-13-01", "03/02/20255", "12:30"],
)  # fmt: skip
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert values.read_day(text) is None


def test_years_of_two_figures_lie_between_1970_and_2069() -> None:
    assert values.read_day("01/01/70") == date(1970, 1, 1)
    assert values.read_day("31/12/69") == date(2069, 12, 31)


@given(
    DAYS, st.sampled_from(["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d %b %Y", "%d-%B-%y", "%a %d/%m/%Y", "%A %d %B %Y"])
)
def test_every_day_comes_back_from_every_style(day: date, style: str) -> None:
    assert values.read_day(day.strftime(style)) == day


@given(DAYS)
def test_month_first_dates_come_back_too(day: date) -> None:
    assert values.read_day(day.strftime("%m/%d/%Y"), "mdy") == day


@given(st.dates(date(1955, 1, 1), date(2099, 1, 1)))
def test_a_spreadsheet_serial_is_the_day_it_counts(day: date) -> None:
    assert values.read_day(str((day - date(1899, 12, 30)).days)) == day


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("14:05", 845), ("14.05", 845), ("14:05:59", 845), ("2:05 PM", 845), ("2.05pm", 845), ("2:05 p.m.", 845), ("1405", 845),
     ("1405hrs", 845), ("0.586805555", 845), ("12am", 0), ("12 pm", 720), ("00:00", 0), ("0", 0), ("9:01:02 am", 541),
     ("23:59", 1439), ("0905", 545), ("0.25", 360), ("00.25", 25), ("9.30", 570)],
)  # fmt: skip
def test_times_however_they_are_written(text: str, minutes: int) -> None:
    assert values.read_clock(text) == minutes


@pytest.mark.parametrize("text", ["24:00", "25:00", "14:60", "13pm", "905", "2460", "1.5", "", "noonish", "14:5"])
def test_what_is_no_time_is_not_made_one(text: str) -> None:
    assert values.read_clock(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("03/02/2025 14:05", (THIRD, 845, True)),
        ("03/02/2025, 14:05", (THIRD, 845, True)),
        ("2025-02-03T14:05:09", (THIRD, 845, True)),
        ("2025-02-03T14:05:00.000Z", (THIRD, 845, True)),
        ("2025-07-03T23:30:00Z", (date(2025, 7, 4), 30, True)),
        ("2025-07-03T14:05:00+02:00", (date(2025, 7, 3), 785, True)),
        ("2025/02/03 2:05:09 pm GMT", (THIRD, 845, True)),
        ("2025/07/03 2:05 PM BST", (date(2025, 7, 3), 845, True)),
        ("2025/07/03 2:05:09 pm GMT+1", (date(2025, 7, 3), 845, True)),
        ("3rd Feb 2025 2.05pm", (THIRD, 845, True)),
        ("3 Feb 2025 at 2:05pm", (THIRD, 845, True)),
        ("Monday 3 February 2025 14:05", (THIRD, 845, True)),
        ("45691.586805555", (THIRD, 845, True)),
        ("45691 0.586805555", (THIRD, 845, True)),
        ("45691 0.25", (THIRD, 360, True)),
        ("03/02/2025 1405", (THIRD, 845, True)),
        ("03/02/2025 00:00:00 14:05", (THIRD, 845, True)),
        ("03/02/2025 03/02/2025 14:05", (THIRD, 845, True)),
        ("03/02/2025", (THIRD, None, False)),
        ("03/02/2025 Unknown", (THIRD, None, False)),
        ("03/02/2025 24:00", (THIRD, None, True)),
        ("03/02/2025 after tea", (THIRD, None, True)),
        ("14:05", (None, None, False)),
        ("", (None, None, False)),
    ],
)  # fmt: skip
def test_a_day_with_its_time(text: str, found: tuple[date | None, int | None, bool]) -> None:
    assert values.read_moment(text) == found


@given(DAYS, st.integers(0, 1439))
def test_every_moment_comes_back(day: date, minutes: int) -> None:
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
    for text in (f"{day:%d/%m/%Y} {clock}", f"{day:%Y-%m-%d}T{clock}:30", f"{day:%a %d %b %Y} {clock}"):
        assert values.read_moment(text) == (day, minutes, True)


def test_an_unknown_time_is_no_time_and_never_midnight() -> None:
    for word in ("Unknown", "unknown", "n/a", "-", "Not known"):
        assert values.read_moment(f"03/02/2025 {word}") == (THIRD, None, False)


def test_a_wrong_weekday_is_noticed_and_the_date_kept() -> None:
    assert values.read_day("Tue 03/02/2025") == THIRD
    assert values.weekday_differs("Tue 03/02/2025", THIRD)
    assert not values.weekday_differs("Monday 3 Feb 2025", THIRD)
    assert not values.weekday_differs("03/02/2025", THIRD)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("31/01/2025", "dmy"),
        ("01/31/2025 10:00", "mdy"),
        ("03/02/2025", None),
        ("2025-01-31", None),
        ("31 Jan 2025", None),
    ],
)
def test_which_order_a_cell_shows(text: str, order: str | None) -> None:
    assert values.order_shown(text) == order


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("12.5", 12.5),
        ("1,234", 1234),
        ("1,234,567.5", 1234567.5),
        ("-3", -3),
        ("+4", 4),
        (".5", 0.5),
        ("1e3", 1000),
    ],
)
def test_numbers_in_figures(text: str, number: float) -> None:
    assert values.read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "twelve", "1,23", "12 beds", "1e999", "nan", "inf", "1_000", "0x10", "1.2.3", "£5"]
)
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    assert values.read_number(text) is None


@pytest.mark.parametrize("text", ["Y", "yes", "TRUE", "1", " Yes "])
def test_yes(text: str) -> None:
    assert values.read_yes_no(text) == "yes"


@pytest.mark.parametrize("text", ["", "N/A", "n/a", "-", "–", "Unknown", "NOT KNOWN", " \xa0", "null", "?"])
def test_ways_of_writing_nothing(text: str) -> None:
    assert values.is_nothing(text)
    assert values.read_yes_no(text) is None


def test_none_is_a_word_in_a_code_column_and_nothing_in_a_date() -> None:
    assert not values.is_nothing("None")
    assert values.is_nothing("None", dated=True)
    assert values.is_nothing("Still here", dated=True)


@pytest.mark.parametrize("text", ["#REF!", "########", "#N/A", "4.86E+09", "4.85778E+09", "#VALUE!"])
def test_cells_a_spreadsheet_has_spoilt(text: str) -> None:
    assert values.is_damaged(text)


@pytest.mark.parametrize("text", ["#1234", "F12", "E+", "12E4X", "", "Ref #3"])
def test_cells_that_only_look_odd(text: str) -> None:
    assert not values.is_damaged(text)


APRIL = (date(2025, 4, 1), date(2025, 4, 30))


@pytest.mark.parametrize(
    "text",
    ["Apr 2025", "April 2025", "Apr-25", "April '25", "2025-04", "04/2025", "2025 April", "01/04/2025", "2025-04-01"],
)
def test_a_month_however_it_is_written(text: str) -> None:
    assert values.read_period(text) == APRIL


def test_quarters_weeks_years_and_days() -> None:
    assert values.read_period("Q2 2025") == (date(2025, 4, 1), date(2025, 6, 30))
    assert values.read_period("2025 Q4") == (date(2025, 10, 1), date(2025, 12, 31))
    assert values.read_period("w/c 07/04/2025") == (date(2025, 4, 7), date(2025, 4, 13))
    assert values.read_period("Week commencing 7 April 2025") == (date(2025, 4, 7), date(2025, 4, 13))
    assert values.read_period("2025") == (date(2025, 1, 1), date(2025, 12, 31))
    assert values.read_period("09/04/2025") == (date(2025, 4, 9), date(2025, 4, 9))
    assert values.read_period("Bathroom") is None


@given(st.text(max_size=30))
def test_no_text_at_all_makes_reading_fail(text: str) -> None:
    values.read_day(text)
    values.read_moment(text)
    values.read_period(text)
    values.read_clock(text)
    values.read_number(text)
    values.order_shown(text)
    values.weekday_differs(text, THIRD)


@given(st.dates(), st.integers(0, 40_000))
def test_day_and_serial_agree(day: date, ahead: int) -> None:
    text = str(20_000 + ahead)
    read = values.read_day(text)
    assert read is None or read == date(1899, 12, 30) + timedelta(days=int(text))
