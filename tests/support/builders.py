"""Findings made by hand, so that a view or a chart can be tested without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from data.model import Declaration, Intervention, Period, Question, Role, Rows, Series, Service, Tally
from metrics import wording
from metrics.kinds.common import side
from metrics.model import (
    Caution,
    Change,
    Comparison,
    Declared,
    Effect,
    Finding,
    Outcome,
    Verdict,
    VerdictWord,
)

START = date(2026, 3, 2)
PERSON = "QZ7KMTW2PXLRVD4A"
HOME = Service("elm", "residential", "EN", "Elm House", 40)

MORNINGS = Outcome(
    "D1", "Mornings with distress", "day_share", "incidents", "down", "change", 15, "%", "A calm start.",
    Rows("incidents", {"kind": ("distress",)}), beside=("D3",), one_thing="morning with distress",
    many_things="mornings with distress", one_of="morning", many_of="mornings",
)  # fmt: skip
DISTRESS = Outcome(
    "D2", "Distress across the home", "rate", "incidents", "down", "change", 0.8, "per 1,000 person days", "A message.",
    Rows("incidents", {"kind": ("distress",)}), per=1000, one_thing="record of distress", many_things="records of distress",
)  # fmt: skip
FALLS = Outcome(
    "F1", "Falls", "rate", "falls", "no rise", "steady", 1.25, "per 1,000 person days", "Freedom has a cost.",
    Rows("falls"), per=1000, one_thing="fall", many_things="falls",
)  # fmt: skip
ANSWERED = Outcome(
    "L9", "People who answered for themselves", "share", "feedback", "up", "trend", None, "%", "Whose voice counted.",
    Rows("feedback", {"rater": ("self",)}), over=Rows("feedback"), share_of="people",
    one_thing="person who answered", many_things="people who answered", one_of="person living here",
    many_of="people living here",
)  # fmt: skip
KEPT = Outcome(
    "C3", "Plan kept as agreed", "share", "checks", "up", "target", 90, "%", "A plan is a promise.",
    Rows("checks", {"result": ("met",)}), over=Rows("checks"), one_thing="element kept", many_things="elements kept",
    one_of="element", many_of="elements",
)  # fmt: skip
HEARD = Outcome(
    "L6", "Feeling heard", "score", "feedback", "up", "change", 0.5, "points", "Being listened to comes first.",
    Rows("feedback", {"rater": ("self",)}), one_thing="answer with a score", many_things="answers with a score",
    one_of="answer", many_of="answers",
)  # fmt: skip
STAYING = Outcome(
    "I6", "Staying put", "stay", "stays", "no rise", "steady", 1.5, "per 100 stay-years", "Home is home.",
    Rows("stays", {"end_reason": ("unplanned_move",)}), one_thing="unplanned move", many_things="unplanned moves",
    one_of="day lived here", many_of="days lived here",
)  # fmt: skip
COMING = Outcome(
    "E1", "Who comes to us", "share", "stays", "none", "trend", None, "%", "For everybody.", Rows("stays"),
    over=Rows("stays"), line="service.expected_minority_pct", many_of="moves in",
)  # fmt: skip


def change_tried(
    title: str = "Music before breakfast",
    *,
    ref: str = "plan-1",
    person: str | None = PERSON,
    start: date = START,
    with_whom: tuple[str, ...] = ("person", "family", "staff"),
    ladder: int | None = 3,
    end: date | None = None,
) -> Intervention:
    return Intervention(
        ref, "elm", person, title, "music", start, end_on=end, ladder_level=ladder, designed_with=with_whom
    )


def windows(start: date = START, days: int = 28, settling: int = 14, *, trigger: bool = False) -> Comparison:
    left_out = Period(start - timedelta(days=14), start - timedelta(days=1)) if trigger else None
    last_before = start - timedelta(days=15 if trigger else 1)
    before = Period(last_before - timedelta(days=days - 1), last_before)
    after = Period(start + timedelta(days=settling), start + timedelta(days=settling + days - 1))
    return Comparison(before, after, before, after, Period(start, after.first - timedelta(days=1)), True, left_out)


def finding(
    outcome: Outcome = MORNINGS,
    word: VerdictWord = "better",
    *,
    reason: str | None = None,
    worthwhile: bool = False,
    intervention: Intervention | None = None,
    before: tuple[int, float] = (20, 28),
    after: tuple[int, float] = (8, 28),
    role: Role = "main",
    declared: bool = True,
    cautions: tuple[str, ...] = (),
    balance: tuple[Finding, ...] = (),
    effect: tuple[float, float, float] | None = (-43, -66, -7),
    comparison: Comparison | None = None,
    scores: tuple[float | None, float | None] = (None, None),
) -> Finding:
    """A finding whose sentence is the one the product would say."""
    tried = intervention or change_tried()
    days = comparison or (windows(tried.start_on) if tried.is_personal else windows(tried.start_on, 180, 28))
    sides = tuple(
        side(outcome, period, Tally(tally[0], tally[1], points))
        for period, tally, points in ((days.before, before, scores[0]), (days.after, after, scores[1]))
    )
    estimate = None
    if effect is not None:
        estimate = Effect(outcome.scale, *effect, method="Newcombe limits, day-to-day correlation 0.3")
    question: Question = "steady" if outcome.judged == "steady" else "change"
    promise = None
    if declared:
        promise = Declaration(
            "d-1", tried.intervention_id, outcome.code, question, outcome.size or 10, role,
            tried.start_on - timedelta(days=6), ("person", "family"),
        )  # fmt: skip
    if word == "cannot tell yet" and reason is None:
        reason = "no_clear_change"
    found = Finding(
        tried,
        outcome,
        question,
        Declared(question, outcome.size or 10, role, promise, afterwards=not declared),
        days,
        Change(*sides, effect=estimate),
        Verdict(word, reason, worthwhile),
        tuple(Caution(code, f"Caution about {code}.") for code in cautions),
        balance,
        day_word="bed days",
    )
    return replace(found, sentence=wording.sentence(found))


def weeks(first: date, values: list[tuple[int, float]], length: int = 7) -> Series:
    """Consecutive stretches from a day on."""
    periods, at = [], first
    for _ in values:
        periods.append(Period(at, at + timedelta(days=length - 1)))
        at += timedelta(days=length)
    return Series(tuple(periods), tuple(Tally(*value) for value in values))


def months(first: date, values: list[tuple[int, float]]) -> Series:
    """Consecutive calendar months from the month of a day on."""
    periods, at = [], first.replace(day=1)
    for _ in values:
        following = (at + timedelta(days=32)).replace(day=1)
        periods.append(Period(at, following - timedelta(days=1)))
        at = following
    return Series(tuple(periods), tuple(Tally(*value) for value in values))
