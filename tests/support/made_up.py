"""A made-up home whose days are drawn by hand: so many events each week, before and after a start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from data.model import ContextEvent, Declaration, Intervention, Period, Question
from metrics.calibrating.remembered import HOME, Remembered, Strand, as_facts
from metrics.catalogue import load_catalogue
from metrics.evaluate import evaluate
from metrics.model import Finding

MONDAY = date(2024, 1, 1)
SETTLING_WEEKS = 4


def spread(per_week: Sequence[float]) -> np.ndarray:
    """So many events each week, laid evenly over its days."""
    days = []
    for count in per_week:
        marks = np.floor(np.arange(1, 8) * count / 7 + 1e-9).astype(int)
        days.extend(np.diff(marks, prepend=0).tolist())
    return np.array(days, dtype=int)


def uneven(level: float, weeks: int) -> list[float]:
    """Weeks about a level, a little up and a little down as weeks are."""
    return [round(level * factor) for factor in ([1.0, 1.15, 0.9, 1.05, 0.85, 1.05] * weeks)[:weeks]]


def home(
    before: Sequence[float],
    after: Sequence[float],
    *,
    kind: Mapping[str, str] | None = None,
    table: str = "incidents",
    outcome: str = "D2",
    question: Question = "change",
    size: float = 0.8,
    people: float = 40,
    first: date = MONDAY,
    others: Mapping[str, tuple[Sequence[float], Sequence[float]]] | None = None,
    happenings: tuple[ContextEvent, ...] = (),
    reason: str = "planned",
) -> Remembered:
    """Weekly counts before and after (the settling-in weeks repeat the last before); ``others`` are other kinds."""
    middle = [before[-1]] * SETTLING_WEEKS
    start = first + timedelta(weeks=len(before))
    strands = [Strand(table, kind or {"kind": "distress"}, spread([*before, *middle, *after]))]
    for name, (there, then) in (others or {}).items():
        strands.append(Strand("incidents", {"kind": name}, spread([*there, *([there[-1]] * SETTLING_WEEKS), *then])))
    return Remembered(
        recorded=Period(first, first + timedelta(days=len(strands[0].counts) - 1)),
        intervention=Intervention("tried", HOME, None, "Something tried", "other", start, reason=reason),
        promises=(promised(outcome, start, question, size),),
        strands=tuple(strands),
        people=people,
        happenings=happenings,
    )


def promised(
    outcome: str, start: date, question: Question = "change", size: float = 0.8, *, follow_weeks: int = 26
) -> Declaration:
    """Written down a week before, for 26 whole weeks on each side of the settling-in."""
    return Declaration(
        f"d-{outcome}", "tried", outcome, question, size, "main", start - timedelta(days=7), (),
        start - timedelta(weeks=26), start - timedelta(days=1), start + timedelta(weeks=SETTLING_WEEKS),
        start + timedelta(weeks=SETTLING_WEEKS + follow_weeks, days=-1),
    )  # fmt: skip


def found(made: Remembered, outcome: str = "D2") -> Finding:
    """What is said of it."""
    (finding,) = evaluate(as_facts(made), load_catalogue(), outcomes=[outcome])
    return finding


def codes(finding: Finding) -> set[str]:
    """The cautions beside a verdict."""
    return {caution.code for caution in finding.cautions}


def with_promises(made: Remembered, *promises: Declaration) -> Remembered:
    """The same home with more written down beforehand."""
    return replace(made, promises=(*made.promises, *promises))
