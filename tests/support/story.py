"""Draw a person's mornings as a string and put the question: `x` distress, `.` calm, `?` nobody watching."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from metrics.catalogue import load_catalogue
from metrics.evaluate import evaluate
from metrics.model import Finding
from tests.support.exports import SERVICES, TODAY, facts_of

START = date(2026, 3, 3)
STAY = "person_id, service_id, start_on\nP-1, elm, 2024-01-01\n"


def plan(*, reason: str = "planned", person: str = "P-1", start: date = START, more: str = "") -> str:
    heads = "intervention_id, service_id, person_id, title, kind, start_on, reason" + (
        ", settling_days" if more else ""
    )
    return (
        f"{heads}\nplan, elm, {person}, Music before breakfast, music, {start}, {reason}{', ' + more if more else ''}\n"
    )


def promise(outcome: str, question: str, size: float, *, on: date = START - timedelta(days=7), role: str = "main",
            ref: str = "d1", more: str = "") -> str:  # fmt: skip
    heads = "declaration_id, intervention_id, outcome, question, size, role, declared_on, declared_with"
    return f"{heads}\n{ref}, plan, {outcome}, {question}, {size}, {role}, {on}, person;family\n{more}"


def mornings(before: str, after: str, *, settling: int = 14, start: date = START) -> tuple[str, str]:
    """(incidents, checks) for the days that end the day before the start, and the days after settling-in."""
    incidents = ["incident_id, service_id, person_id, occurred_at, kind"]
    checks = ["check_id, measure, service_id, person_id, element, done_at, result"]
    first_days = ((start - timedelta(days=len(before)), before), (start + timedelta(days=settling), after))
    for first, marks in first_days:
        for offset, mark in enumerate(marks):
            day = first + timedelta(days=offset)
            if mark == "x":
                incidents.append(f"I{day}, elm, P-1, {day} 08:05, distress")
            checks.append(f"K{day}, window_observed, elm, P-1, morning, {day}, {'not_met' if mark == '?' else 'met'}")
    # the record itself goes on, so that the last calm days are days and not the end of the export
    for when in (first_days[0][0] - timedelta(days=1), first_days[1][0] + timedelta(days=len(after))):
        incidents.append(f"R{when}, elm, , {when}, staff_injury")
    return "\n".join(incidents) + "\n", "\n".join(checks) + "\n"


@contextmanager
def told(folder: Path, *, as_of: date = TODAY, **tables: str) -> Iterator[tuple[Finding, ...]]:
    """The findings on these tables."""
    with facts_of(folder, as_of=as_of, **({"services": SERVICES, "stays": STAY} | tables)) as facts:
        yield evaluate(facts, load_catalogue())


def one(findings: tuple[Finding, ...], code: str) -> Finding:
    (found,) = [each for each in findings if each.outcome.code == code]
    return found
