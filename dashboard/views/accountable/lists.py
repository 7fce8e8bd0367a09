"""The lists of the page “Safe and accountable”: what was not kept, harm case by case, injuries, where things came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from dashboard.views import say
from dashboard.views.accountable.words import HARMS, element, what, whose
from dashboard.views.codes_in_words import HAPPENED
from dashboard.views.pictured import csv_file
from data.model import Tally
from data.records import Happened
from metrics.accountable.injuries import Again
from metrics.accountable.promises import LEFT_BEFORE, NOT_DONE, Promise, not_kept
from metrics.words import capital, short_day

Row = dict[str, str]
MOST_SHOWN = 12


def promise_rows(found: Iterable[Promise]) -> list[Row]:
    """What was not kept: still open first, then late or in part, each oldest first."""
    return [_promise(each) for each in not_kept(found)]


def trigger_rows(found: Iterable[Promise]) -> list[Row]:
    """Every trigger of a plan, kept or not, in order of days."""
    return [
        {
            "Trigger": capital(element(each.checked.element)) or "Not recorded",
            "Review promised for": short_day(each.due_on),
            "What became of it": became(each),
        }
        for each in found
    ]


def became(found: Promise) -> str:
    """ "in time, on 17 Mar 2026"; "12 days late"; "not done yet, 8 months on"."""
    done = f"on {short_day(found.checked.done_on)}" if found.checked.done_on is not None else ""
    if found.state == NOT_DONE:
        return f"○ not done yet, {_how_long(found.days)} on" if found.days else "○ not done yet"
    if found.state == LEFT_BEFORE:
        return "not done before the person left"
    if found.state == "in time":
        return f"in time, {done}"
    late = f"{say.plural(found.days, 'day', 'days')} late" if found.days else ""
    if found.state == "late":
        return f"{late}, {done}" if late else done
    return ", ".join(part for part in ("done in part", late, done) if part)


def _how_long(days: int) -> str:
    """Days up to two months, then months: nobody counts 212 days."""
    return say.plural(days, "day", "days") if days < 61 else f"{round(days / 30.44)} months"


def _promise(found: Promise) -> Row:
    return {
        "What": what(found.checked.measure, found.checked.element),
        "Whose": whose(found.person_id),
        "Due": short_day(found.due_on),
        "What became of it": became(found),
    }


def harm_rows(found: Iterable[Happened]) -> list[Row]:
    """Falls and incidents with moderate harm or more, the newest first."""
    return [
        {
            "Day": short_day(each.occurred_at.date()),
            "Whose": _hurt(each),
            "What": capital(HAPPENED.get(each.kind, each.kind.replace("_", " "))),
            "Harm": HARMS.get(each.harm, each.harm),
            "Where": each.location.replace("_", " "),
        }
        for each in reversed(list(found))
    ]


def injury_rows(found: Iterable[Happened], again: Sequence[Again]) -> list[Row]:
    """Every injury without an explanation, the newest first; those close to another of the same person are marked."""
    close = {(each.person_id, day) for each in again for day in each.days}
    return [
        {
            "Day": short_day(each.occurred_at.date()),
            "Whose": _hurt(each),
            "Where": each.location.replace("_", " "),
            "Close to another": "○ yes, within 90 days" if (each.person_id, each.occurred_at.date()) in close else "no",
        }
        for each in reversed(list(found))
    ]


def _hurt(each: Happened) -> str:
    return "nobody named" if each.person_id is None else whose(each.person_id)


def by_source(found: Iterable[tuple[str, Tally]], source: str, counted: str) -> list[Row]:
    """So many of so many, by where they came from."""
    return [{source: capital(element(name)), counted: _of(tally)} for name, tally in found]


def lesson_rows(became_change: Iterable[tuple[str, Tally]], shared: Iterable[tuple[str, Tally]]) -> list[Row]:
    """Lessons by where they came from: how many became a change, how many were told to others."""
    change, told = dict(became_change), dict(shared)
    return [
        {
            "Lesson from": capital(element(name)),
            "Became a change": _of(change.get(name)),
            "Told to others": _of(told.get(name)),
        }
        for name in sorted(change.keys() | told.keys())
    ]


def _of(tally: Tally | None) -> str:
    return "none on record" if tally is None else f"{tally.numerator} of {tally.denominator:.0f}"


def list_csv(rows: Sequence[Row]) -> partial[bytes]:
    """The whole list as a file, made when it is asked for."""
    return partial(_csv, tuple(rows))


def promises_csv(found: Sequence[Promise]) -> partial[bytes]:
    """Everything not kept as a file, put into words when it is asked for."""
    return partial(_promises_csv, found)


def _promises_csv(found: Sequence[Promise]) -> bytes:
    return _csv(promise_rows(found))


def _csv(rows: Sequence[Row]) -> bytes:
    headings = list(rows[0]) if rows else ["What"]
    return csv_file(headings, ([row[each] for each in headings] for row in rows))


__all__ = [
    "MOST_SHOWN", "Row", "became", "by_source", "harm_rows", "injury_rows", "lesson_rows", "list_csv", "promise_rows",
    "promises_csv", "trigger_rows",
]  # fmt: skip
