"""Injuries nobody could explain that come again to the same person, and harm that is listed case by case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data.records import Happened

WITHIN_DAYS = 90
AT_LEAST = 2
"""Two injuries without an explanation in 90 days are looked into together (domain handbook, I9)."""
STAFF = "staff_injury"
MODERATE_OR_MORE = ("moderate", "severe", "fatal")


@dataclass(frozen=True)
class Again:
    """One person with unexplained injuries close together: the days of those that lie within the span of another."""

    person_id: str
    days: tuple[date, ...]


def unexplained_again(
    injuries: Iterable[Happened], within: int = WITHIN_DAYS, at_least: int = AT_LEAST
) -> tuple[Again, ...]:
    """People with so many unexplained injuries inside any such number of days, in order of the latest day.

    Injuries of nobody in particular are passed over; an injury that stands alone is not among the days.
    """
    by_person: dict[str, list[date]] = defaultdict(list)
    for each in injuries:
        if each.person_id is not None:
            by_person[each.person_id].append(each.occurred_at.date())
    found = [Again(person, _close_together(sorted(days), within, at_least)) for person, days in by_person.items()]
    return tuple(sorted((each for each in found if each.days), key=lambda each: (each.days[-1], each.person_id)))


def _close_together(days: list[date], within: int, at_least: int) -> tuple[date, ...]:
    kept: set[int] = set()
    first = 0
    for last, day in enumerate(days):
        while (day - days[first]).days >= within:
            first += 1
        if last - first + 1 >= at_least:
            kept.update(range(first, last + 1))
    return tuple(days[place] for place in sorted(kept))


def with_harm(happenings: Iterable[Happened]) -> tuple[Happened, ...]:
    """What did moderate harm or more to a person, oldest first: each is looked at by itself, whatever the rate says.

    A member of staff who was hurt is counted (I10) and not listed: a list of days would say who it was.
    """
    found = (each for each in happenings if each.harm in MODERATE_OR_MORE and each.kind != STAFF)
    return tuple(sorted(found, key=lambda each: each.occurred_at))
