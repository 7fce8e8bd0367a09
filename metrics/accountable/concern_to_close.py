"""Do families understand more at the close of a safeguarding case than when the concern was raised?

The same relative, about the same case, asked twice: anything else compares different families. A relative who answered
once, answered without a score, or on another form is counted and not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data.instruments import step_of
from data.model import Answer, Period
from metrics.estimators.mean_differences import paired_mean_difference

CONCERN, CLOSE = "concern", "close"
FEWEST_CASES = 5
"""Fewer cases than this give no range: five differences on a scale of five points can be anything."""


@dataclass(frozen=True)
class Pair:
    """One relative's answers about one case: at the concern and at its close, in points."""

    case_id: str
    person_id: str | None
    asked_on: date
    closed_on: date
    concern: float
    close: float

    @property
    def moved(self) -> float:
        return self.close - self.concern


@dataclass(frozen=True)
class ConcernToClose:
    """What is known of a service's cases.

    ``mean``, ``low`` and ``high`` are of the difference, close less concern, in points, one figure a case; the limits
    are None below five cases. ``once`` counts relatives asked at one of the two moments alone, ``unscored`` those
    with two answers of which one has no score, ``other_form`` those asked with another form the second time.
    """

    pairs: tuple[Pair, ...]
    once: int = 0
    unscored: int = 0
    other_form: int = 0
    mean: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def cases(self) -> int:
        return len({each.case_id for each in self.pairs})

    @property
    def higher(self) -> int:
        return sum(each.moved > 0 for each in self.pairs)

    @property
    def same(self) -> int:
        return sum(each.moved == 0 for each in self.pairs)

    @property
    def lower(self) -> int:
        return sum(each.moved < 0 for each in self.pairs)

    @property
    def any_asked(self) -> bool:
        return bool(self.pairs or self.once or self.unscored or self.other_form)


def concern_to_close(answers: Iterable[Answer], shown: Period | None = None) -> ConcernToClose:
    """Answers of one question by one kind of answerer, paired by case and answerer: first at the concern, last at the close.

    ``shown`` keeps to those whose last answer falls in these days, wherever the first one fell.

    Unit: points of the scale. No change: 0. Limits: paired t over cases, two relatives of one case being one figure
    (see ``paired_mean_difference``).
    """
    asked: dict[tuple[str, str], dict[str, Answer]] = defaultdict(dict)
    nameless = 0
    for each in sorted(answers, key=lambda one: one.given_on):
        if each.moment not in (CONCERN, CLOSE):
            continue
        if each.case_id is None or each.rater_key is None:
            nameless += _falls_in(each.given_on, shown)
        elif each.moment == CLOSE:
            asked[each.case_id, each.rater_key][CLOSE] = each
        else:
            asked[each.case_id, each.rater_key].setdefault(CONCERN, each)
    pairs: list[Pair] = []
    steps = [1.0]
    once, unscored, other_form = nameless, 0, 0
    for (case_id, _), both in asked.items():
        if not _falls_in(max(each.given_on for each in both.values()), shown):
            continue
        concern, close = both.get(CONCERN), both.get(CLOSE)
        if concern is None or close is None or close.given_on < concern.given_on:
            once += 1
        elif concern.score is None or close.score is None:
            unscored += 1
        elif (concern.instrument, concern.form) != (close.instrument, close.form):
            other_form += 1
        else:
            steps.append(step_of(close.instrument))
            pairs.append(
                Pair(case_id, close.person_id or concern.person_id, concern.given_on, close.given_on, concern.score,
                     close.score)
            )  # fmt: skip
    pairs.sort(key=lambda each: (each.closed_on, each.case_id))
    return ConcernToClose(tuple(pairs), once, unscored, other_form, *_difference(pairs, max(steps)))


def _falls_in(day: date, shown: Period | None) -> bool:
    return shown is None or shown.first <= day <= shown.last


def _difference(pairs: list[Pair], step: float) -> tuple[float | None, float | None, float | None]:
    """The mean over cases, with its limits where there are enough."""
    by_case: dict[str, list[float]] = defaultdict(list)
    for each in pairs:
        by_case[each.case_id].append(each.moved)
    moved = [sum(found) / len(found) for _, found in sorted(by_case.items())]
    if not moved:
        return None, None, None
    if len(moved) < FEWEST_CASES:
        return sum(moved) / len(moved), None, None
    found = paired_mean_difference(moved, step)
    return found.estimate, found.interval.low, found.interval.high
