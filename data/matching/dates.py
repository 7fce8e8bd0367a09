"""In which order a file writes day and month: decided once from all its dates, asked when they cannot say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from data.matching.match import Question
from data.matching.profile import DateOrder
from data.values import is_ordered, order_shown, tidy

WIDEST_DATE = 26
"""Letters that hold a weekday and a date; what follows is a time."""
MONTHS_FIRST_AT_LEAST = 2
MONTHS_FIRST_SHARE = 0.20
"""A file is read month first when at least two different dates, a fifth of all, cannot be anything else."""
CLEAR_MAJORITY = 0.95
"""When some dates can only be one order and some only the other, the rarer ones may be 1 in 20 at most."""


@dataclass(frozen=True)
class Ordered:
    """Dates of a file whose meaning rests on the order: how many can only be day first, only month first, either."""

    day_first: int
    month_first: int
    different_month_first: int
    either: int
    example: str = ""

    @property
    def all(self) -> int:
        return self.day_first + self.month_first + self.either


@dataclass(frozen=True)
class Decided:
    """The order of a file. ``order`` None with a question: nobody has said, and the dates do not either."""

    order: DateOrder | None
    question: Question | None = None
    warning: str = ""


def count_orders(columns: Iterable[pa.Array]) -> Ordered:
    """Look through every cell of the columns."""
    day_first = month_first = either = 0
    only_months: set[str] = set()
    example = ""
    for column in columns:
        counts = pc.value_counts(pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(column), 0, WIDEST_DATE))
        merged: dict[str, int] = {}
        for text, times in zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True):
            date = _date_part(text)
            merged[date] = merged.get(date, 0) + times
        for date, times in merged.items():
            shown = order_shown(date)
            if shown == "dmy":
                day_first += times
            elif shown == "mdy":
                month_first += times
                only_months.add(date)
            elif is_ordered(date):
                either += times
                example = example or date
    return Ordered(day_first, month_first, len(only_months), either, example)


def _date_part(text: str) -> str:
    """A cell without the time after its date, so that each date is looked at once."""
    head, _, rest = text.partition(" ")
    return head if head[:1].isdigit() and any(mark in head for mark in "/-.") else tidy(f"{head} {rest}")


def decide(found: Ordered, declared: DateOrder | None = None) -> Decided:
    """The order the dates show; where they show none, the declared one; else a question."""
    if found.all == 0:
        return Decided(declared)
    only = found.day_first + found.month_first
    if only == 0:
        return Decided(declared) if declared else Decided(None, _ask_which(found.example))
    if found.month_first == 0:
        told = "The profile says month first; the dates are day first." if declared == "mdy" else ""
        return Decided("dmy", warning=told)
    many = found.different_month_first >= MONTHS_FIRST_AT_LEAST and found.month_first >= MONTHS_FIRST_SHARE * found.all
    if found.day_first == 0:
        if declared == "mdy":
            return Decided("mdy")
        if many:
            told = "The profile says day first; the dates are month first."
            seen = "The dates are written month first, such as 12/31/2025 for 31 December."
            return Decided("mdy", warning=told if declared else seen)
        return Decided(None, _ask_which(found.example)) if declared is None else _mixed(found, declared)
    return _mixed(found, declared)


def _mixed(found: Ordered, declared: DateOrder | None) -> Decided:
    order: DateOrder = "dmy" if found.day_first >= found.month_first else "mdy"
    rarer = min(found.day_first, found.month_first)
    if rarer <= (1 - CLEAR_MAJORITY) * (found.day_first + found.month_first) and declared in (None, order):
        them = "1 date" if rarer == 1 else f"{rarer} dates"
        return Decided(order, warning=f"{them} cannot be read in the order of all the others, and will be refused.")
    if declared == "dmy" and found.day_first == 0 and found.different_month_first < MONTHS_FIRST_AT_LEAST:
        return Decided("dmy", warning="1 date cannot be read day first, and will be refused.")
    asked = (
        f"Some dates can only be day first ({found.day_first}) and some only month first ({found.month_first}). "
        "How are the dates of this file written?"
    )
    return Decided(declared, Question("date_order", asked, ("dmy", "mdy"), None))


def _ask_which(example: str) -> Question:
    shown = f", so {example} could be either" if example else ""
    asked = f"No date shows whether the day or the month comes first{shown}. Which comes first?"
    if example:
        first, second = _two_readings(example)
        if first and second:
            asked = f"All days are 12 or below, so {example} could be {first} or {second}. Which comes first?"
    return Question("date_order", asked, ("dmy", "mdy"), "dmy")


_MONTH_NAMES = "January February March April May June July August September October November December"
_MONTHS = tuple(_MONTH_NAMES.split())


def _two_readings(example: str) -> tuple[str, str]:
    figures = [part for part in example.replace("-", "/").replace(".", "/").split("/") if part.isdigit()]
    if len(figures) < 2 or not all(1 <= int(part) <= 12 for part in figures[:2]):
        return "", ""
    one, two = int(figures[0]), int(figures[1])
    return f"{one} {_MONTHS[two - 1]}", f"{two} {_MONTHS[one - 1]}"
