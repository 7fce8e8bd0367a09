"""What a manager should look at first: named things, never a score, and nobody's fault."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from data.records import Happened
from metrics.accountable.injuries import Again
from metrics.accountable.promises import NOT_DONE, Promise
from metrics.accountable.sections import SECTIONS

Why = Literal["not done", "unexplained again", "harm"]
RECENT = timedelta(days=90)
"""Harm of the last three months asks for a look now; older harm stands in its list."""
FIRST = ("safeguarding_action", "notification", "trigger_review")
"""Promises that keep somebody safe come before what was promised to a group."""


@dataclass(frozen=True)
class Attention:
    """One thing to look at: why, what (a measure, or nothing), how often, since when, whose, in which part of the page."""

    why: Why
    measure: str | None
    section: str
    count: int
    of: int
    oldest: date
    newest: date
    people: tuple[str, ...]


def attention(
    found: Iterable[Promise], again: Sequence[Again], harm: Sequence[Happened], last: date
) -> tuple[Attention, ...]:
    """What is not done, who was hurt twice without explanation, who came to harm lately, in that order of urgency."""
    by_measure: dict[str, list[Promise]] = {}
    for each in found:
        by_measure.setdefault(each.checked.measure, []).append(each)
    waiting = {measure: told for measure, rows in by_measure.items() if (told := _not_done(measure, rows)) is not None}
    first = [waiting[measure] for measure in FIRST if measure in waiting]
    rest = [told for measure, told in waiting.items() if measure not in FIRST]
    rest.sort(key=lambda each: (each.oldest, each.measure))
    lately = [each for each in harm if each.occurred_at.date() > last - RECENT]
    return (*first, *_injured(again), *_harmed(lately), *rest)


def _not_done(measure: str, rows: Sequence[Promise]) -> Attention | None:
    waiting = sorted((each for each in rows if each.state == NOT_DONE), key=lambda each: each.due_on)
    if not waiting:
        return None
    section = next(each.name for each in SECTIONS if measure in each.promised)
    people = tuple(dict.fromkeys(each.person_id for each in waiting if each.person_id is not None))
    return Attention(
        "not done", measure, section, len(waiting), len(rows), waiting[0].due_on, waiting[-1].due_on, people
    )


def _injured(again: Sequence[Again]) -> list[Attention]:
    if not again:
        return []
    days = sorted(day for each in again for day in each.days)
    people = tuple(each.person_id for each in again)
    return [Attention("unexplained again", None, "balance", len(again), len(again), days[0], days[-1], people)]


def _harmed(harm: Sequence[Happened]) -> list[Attention]:
    if not harm:
        return []
    people = tuple(dict.fromkeys(each.person_id for each in harm if each.person_id is not None))
    days = [each.occurred_at.date() for each in harm]
    return [Attention("harm", None, "balance", len(harm), len(harm), days[0], days[-1], people)]
