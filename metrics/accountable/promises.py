"""What was promised for a day: done in time, late, in part, or not done. Nobody's name, only whose it was.

A review of somebody who has died or moved away cannot be held any more. It was not in time, and says so; it is not waiting
for anybody either, and no manager is asked to see to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.records import Checked

State = Literal["in time", "late", "in part", "not done", "left before"]
NOT_DONE: State = "not done"
LEFT_BEFORE: State = "left before"
WITH_THE_PERSON = ("review", "need_change_review", "trigger_review", "boundary_set")
"""What is done with somebody who lives here. A step after a concern, or a notification, is owed whoever has left."""


@dataclass(frozen=True)
class Promise:
    """One thing whose day has come. ``days`` is how long after that day it was done; for what is not done, so far."""

    checked: Checked
    due_on: date
    state: State
    days: int

    @property
    def person_id(self) -> str | None:
        return self.checked.person_id


@dataclass(frozen=True)
class Kept:
    """How many of the things promised were done in time, late, in part, and not at all."""

    in_time: int = 0
    late: int = 0
    in_part: int = 0
    not_done: int = 0
    left_before: int = 0

    @property
    def due(self) -> int:
        return self.in_time + self.late + self.in_part + self.not_done + self.left_before


def promises(checks: Iterable[Checked], as_of: date, gone: Collection[str] = ()) -> tuple[Promise, ...]:
    """Every promise whose day has come, oldest first; what was withdrawn or is still to come is left out.

    ``gone`` are people who have left by then.
    """
    found = [promise for each in checks if (promise := promise_of(each, as_of, gone)) is not None]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.checked.measure, each.person_id or "")))


def promise_of(checked: Checked, as_of: date, gone: Collection[str] = ()) -> Promise | None:
    """What became of one thing; None where nothing was promised, it was withdrawn, or its day has not come."""
    if checked.in_time is None or checked.due_on is None or checked.due_on > as_of:
        return None
    if checked.in_time:
        return Promise(checked, checked.due_on, "in time", 0)
    if checked.done_on is None or checked.result == "not_met":
        left = checked.person_id in gone and checked.measure in WITH_THE_PERSON
        state = LEFT_BEFORE if left else NOT_DONE
        return Promise(checked, checked.due_on, state, 0 if left else max(0, (as_of - checked.due_on).days))
    days = max(0, (checked.done_on - checked.due_on).days)
    return Promise(checked, checked.due_on, "late" if checked.result == "met" else "in part", days)


def kept(found: Iterable[Promise]) -> Kept:
    """The promises counted by what became of them."""
    states = [each.state for each in found]
    return Kept(*(states.count(state) for state in ("in time", "late", "in part", "not done", "left before")))


def not_kept(found: Iterable[Promise]) -> tuple[Promise, ...]:
    """What is not done, oldest first, and after it what was done late or in part, oldest first."""
    found = list(found)
    waiting = [each for each in found if each.state == NOT_DONE]
    return (*waiting, *(each for each in found if each.state not in ("in time", NOT_DONE)))
