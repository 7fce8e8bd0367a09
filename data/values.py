"""One cell of an export to one value: dates, times, numbers, yes or no, and the many ways of writing nothing.

Pure functions over text. None always means "cannot be read"; whether a cell is empty is asked first, with
``is_nothing``. A date is never guessed: the order of day and month is an argument, decided for a whole file.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

DateOrder = Literal["dmy", "mdy", "ymd"]

NOTHING = frozenset({
    "", "-", "--", "–", "—", "n/a", "na", "n.a.", "n.a", "not known", "unknown", "not recorded", "not_recorded",
    "not available", "not stated", "not given", "not entered", "null", "(null)", "(blank)", "blank", "no data", "nan",
    "?", "tbc", "tba", "unk", "not yet known",
})  # fmt: skip
"""How systems and people write that there is nothing to write. Compared without case and outer spaces."""
NOTHING_DATED = NOTHING | {
    "none",
    "nil",
    "not applicable",
    "ongoing",
    "present",
    "current",
    "still here",
    "still there",
}
"""The same for a date, a time or a number, where words such as "none" can mean nothing else."""

_DAMAGED = re.compile(
    r"#+|#(?:REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC)[!?]?|\d(?:\.\d+)?E\+\d{1,3}", re.IGNORECASE
)

EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_SERIALS = (20_000, 73_050)
"""Whole numbers between these are days as a spreadsheet counts them: 1954 to 2099."""
TWO_DIGIT_YEARS_FROM = 1970
"""A year of two figures lies in the hundred years from here."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[ ,.]+", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_PLAIN_EIGHT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_THREE = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_NAMED_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/. ,]*([A-Za-z]{3,9})[-/. ,]*(\d{4}|\d{2})", re.IGNORECASE
)
_NAMED_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})[-/. ]*(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:\.0*)?")
_SERIAL_FRACTION = re.compile(r"(\d{5})(\.\d+)")

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d(?:[.,]\d+)?)?")
_CLOCK_12 = re.compile(r"(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))?(?:[:.][0-5]\d)? ?([ap])\.?m\.?", re.IGNORECASE)
_FOUR_FIGURES = re.compile(r"([01]\d|2[0-3])([0-5]\d)(?: ?h(?:rs?|ours)?)?", re.IGNORECASE)
_FRACTION = re.compile(r"0?\.\d+|0(?:\.0*)?")
_ZONED = re.compile(
    r"(.*\d(?: ?[ap]m)?) ?(?:(Z|GMT|UTC|BST)|(?:GMT|UTC)? ?([+-])(\d{1,2})(?::?(\d{2}))?)", re.IGNORECASE
)

_MIDNIGHT_OF_A_DATE = re.compile(r"00:00(?::00(?:\.0+)?)?[ ,]+(?=\S)")
"""A date column exported as a date-and-time, joined with the time in the next column."""

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_YES, _NO = frozenset({"y", "yes", "1", "true", "t"}), frozenset({"n", "no", "0", "false", "f"})

_LONDON = ZoneInfo("Europe/London")


def tidy(text: str) -> str:
    """A cell without the blanks around it, no-break spaces and tabs among them, inner ones as one plain space."""
    return " ".join(text.split())


def word(text: str) -> str:
    """A code word without what two spellings differ in: case, spaces, hyphens and underscores."""
    return "_".join(text.casefold().replace("-", " ").replace("_", " ").split())


def is_nothing(text: str, *, dated: bool = False) -> bool:
    """Whether a cell says that there is nothing to say."""
    return tidy(text).casefold() in (NOTHING_DATED if dated else NOTHING)


def is_damaged(text: str) -> bool:
    """Whether a spreadsheet has spoilt the cell: ``#REF!``, ``########``, or a long number cut to ``4.86E+09``."""
    return _DAMAGED.fullmatch(text.strip()) is not None


@lru_cache(maxsize=200_000)
def read_day(text: str, order: DateOrder = "dmy") -> date | None:
    """A calendar day. ISO, named months, weekdays in front, ordinals and spreadsheet serials are always understood.

    A year of two figures lies between 1970 and 2069. A date that does not exist (31 June) is None.
    """
    text = tidy(text)
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    text = _WEEKDAY.sub("", text, count=1) if text[:1].isalpha() else text
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[3], found[4])
    if found := _THREE.fullmatch(text):
        first, second, third = found[1], found[3], found[4]
        if order == "ymd" and len(third) == 2:
            return _day(first, second, third)
        return _day(third, first, second) if order == "mdy" else _day(third, second, first)
    if found := _DAY_NAMED_MONTH.fullmatch(text):
        return _day(found[3], _MONTHS.get(found[2].casefold()), found[1])
    if found := _NAMED_MONTH_DAY.fullmatch(text):
        return _day(found[3], _MONTHS.get(found[1].casefold()), found[2])
    if found := _PLAIN_EIGHT.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if (found := _SERIAL.fullmatch(text)) and EXCEL_SERIALS[0] <= int(found[1]) <= EXCEL_SERIALS[1]:
        return EXCEL_DAY_ZERO + timedelta(days=int(found[1]))
    return None


def _day(year: str, month: str | int | None, day: str) -> date | None:
    if month is None:
        return None
    number = int(year)
    if len(year) == 2:
        number += TWO_DIGIT_YEARS_FROM // 100 * 100
        number += 100 if number < TWO_DIGIT_YEARS_FROM else 0
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def order_shown(text: str) -> Literal["dmy", "mdy"] | None:
    """Which order a cell can only be read in, when its first two figures are not both below 13."""
    text = tidy(text)
    text = _WEEKDAY.sub("", text, count=1) if text[:1].isalpha() else text
    found = _THREE.match(text)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else None


def is_ordered(text: str) -> bool:
    """Whether the cell is a date in figures whose meaning rests on the order of day and month."""
    text = tidy(text)
    text = _WEEKDAY.sub("", text, count=1) if text[:1].isalpha() else text
    return _THREE.match(text) is not None


def weekday_differs(text: str, day: date) -> bool:
    """Whether the cell names a weekday, and another one than the date has."""
    found = _WEEKDAY.match(tidy(text))
    return found is not None and not _WEEKDAYS[day.weekday()].startswith(found[1].casefold()[:3])


@lru_cache(maxsize=50_000)
def read_clock(text: str) -> int | None:
    """A time of day as minutes after midnight: 14:05, 2.05pm, 1405, or a spreadsheet's fraction of a day."""
    text = tidy(text)
    if _FRACTION.fullmatch(text):  # before the clock: 0.25 is a spreadsheet's six in the morning
        minutes = round(float(text) * 24 * 60)
        return minutes if minutes < 24 * 60 else None
    if found := _CLOCK.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    if found := _CLOCK_12.fullmatch(text):
        return (int(found[1]) % 12 + (12 if found[3] in "pP" else 0)) * 60 + int(found[2] or 0)
    if found := _FOUR_FIGURES.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    return None


def read_moment(text: str, order: DateOrder = "dmy") -> tuple[date | None, int | None, bool]:
    """A day and, where the cell has one, a time: (day, minutes after midnight, whether a time was written).

    A time that was written and cannot be read is ``(day, None, True)``. A time with a zone is turned into the
    wall-clock time of Europe/London.
    """
    text = tidy(text)
    whole = read_day(text, order)
    if whole is not None:
        return whole, None, False
    if (found := _SERIAL_FRACTION.fullmatch(text)) and (day := read_day(found[1], order)) is not None:
        return day, round(float(found[2]) * 24 * 60) % (24 * 60), True
    for at in _cuts(text):
        day = read_day(text[:at].rstrip(" ,"), order)
        if day is None:
            continue
        rest = text[at + 1 :].strip()
        if is_nothing(rest):
            return day, None, False
        if rest[:1].isalpha() and (repeated := read_moment(rest, order))[0] == day:
            return repeated
        again = read_moment(rest, order) if len(rest) > 6 and rest[:1].isdigit() else (None, None, False)
        if again[0] is not None:  # a date column and a date-and-time column, joined: the second says when
            return again
        return _clocked(day, rest)
    return None, None, False


def _clocked(day: date, rest: str) -> tuple[date, int | None, bool]:
    rest = _MIDNIGHT_OF_A_DATE.sub("", rest.removeprefix("at "))
    clock = read_clock(rest)
    if clock is not None:
        return day, clock, True
    zoned = _ZONED.fullmatch(rest)
    clock = read_clock(zoned[1]) if zoned else None
    if zoned is None or clock is None:
        return day, None, True
    ahead = 60 if (zoned[2] or "").upper() == "BST" else 0
    if zoned[3]:
        ahead = (int(zoned[4]) * 60 + int(zoned[5] or 0)) * (1 if zoned[3] == "+" else -1)
    utc = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("UTC")) + timedelta(minutes=clock - ahead)
    local = utc.astimezone(_LONDON)
    return local.date(), local.hour * 60 + local.minute, True


def _cuts(text: str) -> list[int]:
    """Where a cell may part into a day and a time: at a T between figures, else at each blank, longest day first."""
    if len(text) > 10 and text[10] in "Tt":
        return [10]
    return [at for at in range(len(text) - 1, 0, -1) if text[at] in " ,"]


def read_number(text: str) -> float | None:
    """A finite number in figures; a comma may part thousands."""
    text = tidy(text)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if abs(number) != float("inf") else None


def read_yes_no(text: str) -> Literal["yes", "no"] | None:
    """Yes or no; None for anything else, "not known" among it."""
    plain = tidy(text).casefold()
    return "yes" if plain in _YES else "no" if plain in _NO else None


_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})[-/. ,']*(\d{4}|\d{2})", re.IGNORECASE)
_MONTH_NAMED_LAST = re.compile(r"(\d{4})[-/. ]*([A-Za-z]{3,9})", re.IGNORECASE)
_MONTH_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_FIGURES = re.compile(r"(\d{1,2})[-/.](\d{4})")
_QUARTER = re.compile(r"(?:q(?:uarter )?([1-4])[ -/]*(\d{4})|(\d{4})[ -/]*q([1-4]))", re.IGNORECASE)
_WEEK = re.compile(r"(?:w/?c|w/?b|week (?:commencing|beginning|starting)|wk/?c?)[ :.]*(.+)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")


def read_period(text: str, order: DateOrder = "dmy") -> tuple[date, date] | None:
    """First and last day of what a heading or cell names: a month, a quarter of a calendar year, a week or a year.

    A plain date is the first day of its month when it is the first of one, else that single day.
    """
    text = tidy(text)
    if found := _WEEK.fullmatch(text):
        day = read_day(found[1], order)
        return None if day is None else (day, day + timedelta(days=6))
    if found := _MONTH_NAMED.fullmatch(text):
        return _month(found[2], _MONTHS.get(found[1].casefold()))
    if found := _MONTH_NAMED_LAST.fullmatch(text):
        return _month(found[1], _MONTHS.get(found[2].casefold()))
    if found := _MONTH_ISO.fullmatch(text):
        return _month(found[1], int(found[2]))
    if found := _MONTH_FIGURES.fullmatch(text):
        return _month(found[2], int(found[1]))
    if found := _QUARTER.fullmatch(text):
        year, quarter = int(found[2] or found[3]), int(found[1] or found[4])
        return date(year, quarter * 3 - 2, 1), _last_of_month(date(year, quarter * 3, 1))
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    day = read_moment(text, order)[0]
    if day is None:
        return None
    return (day, _last_of_month(day)) if day.day == 1 else (day, day)


def _month(year: str, month: int | None) -> tuple[date, date] | None:
    first = _day(year, month, "1") if month is not None else None
    return None if first is None else (first, _last_of_month(first))


def _last_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
