"""A control chart as data: what every picture, table, command and page of it is made from.

Words for readers: *usual range* (control limits), *clear change* (special cause), *could be chance* (common cause).
A chart signal is no verdict: verdicts come from the comparison of before and after alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from data.model import DayCounts, Impossible, Period, Series, Service, Tally
from metrics.model import Outcome
from metrics.series.run_chart import RunChart

ChartType = Literal["xmr", "i", "mr", "c", "u", "u_prime", "p", "p_prime", "i_prime", "g", "t", "run"]
Signal = Literal["outside", "trend", "two_in_three", "shift"]
Direction = Literal["increase", "decrease", "neutral"]
"""Which way is an improvement."""
Side = Literal["high", "low"]
PointKind = Literal["common_cause", "improvement", "concern", "neutral_high", "neutral_low"]
Variation = Literal[
    "common_cause",
    "improvement_high",
    "improvement_low",
    "concern_high",
    "concern_low",
    "neutral_high",
    "neutral_low",
]
Assurance = Literal["pass", "fail", "inconsistent"]
Standing = Literal["full", "trial", "none"]
"""How far the limits of a phase may be believed: from 13 points in full, from 5 on trial, with fewer not drawn."""
Step = Literal["week", "month", "quarter", "event"]
"""What lies between two points; "event" on the charts of rare events, from one to the next."""
TwoInThree = Literal["mdc_2023", "ptd_0_2_2"]

CHART_TYPES: tuple[ChartType, ...] = get_args(ChartType)
SIGNALS: tuple[Signal, ...] = get_args(Signal)
FEWEST_FOR_LIMITS, ENOUGH_FOR_LIMITS = 5, 13


@dataclass(frozen=True)
class Convention:
    """The rules in force, printed on every chart.

    ``two_in_three``: ``mdc_2023`` counts points beyond 3 sigma too, ``ptd_0_2_2`` only those between 2 and 3.
    ``screened``: moving ranges above 3.267 times their mean are left out of the limits, once.
    """

    trend_points: int = 7
    shift_points: int = 7
    two_in_three: TwoInThree = "mdc_2023"
    screened: bool = False

    def __post_init__(self) -> None:
        if self.trend_points not in (6, 7):
            raise Impossible("A trend is 6 or 7 points in a row.")
        if self.shift_points < 2:
            raise Impossible("A shift needs at least two points in a row.")
        if self.two_in_three not in get_args(TwoInThree):
            raise Impossible(f"The rule of two in three is one of: {', '.join(get_args(TwoInThree))}.")


@dataclass(frozen=True)
class Mark:
    """Something dated that is drawn on the chart: a change that was tried, or another happening.

    ``code`` is the intervention's; ``rebased`` says that the usual range is worked out again from here on.
    """

    on: date
    kind: Literal["change", "happening"]
    label: str
    code: str | None = None
    rebased: bool = False


@dataclass(frozen=True)
class Phase:
    """A stretch with one usual range. ``first`` and ``last`` are places of its points, both counted."""

    period: Period
    first: int
    last: int
    known: int
    """How many of its points hold a figure that counts towards the limits."""
    standing: Standing
    why: str
    """Why it begins here: "since “Music at tea” began"; empty for the first."""
    baseline: int | None = None
    """Limits rest on so many of its first points; None when on all."""
    no_variation: bool = False


@dataclass(frozen=True)
class ChartPoint:
    """One stretch of time, in the unit drawn. What does not exist is None: a gap has no value and no kind.

    ``near_lower`` and ``near_upper`` lie two thirds of the way out. ``signals`` are all rules that mark the point,
    ``side`` on which side the first of them does, ``kind`` what that means. ``excluded``: left out of the limits.
    """

    period: Period
    tally: Tally
    value: float | None
    phase: int
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None
    signals: tuple[Signal, ...] = ()
    side: Side | None = None
    kind: PointKind | None = None
    excluded: bool = False

    @property
    def is_gap(self) -> bool:
        return self.value is None


@dataclass(frozen=True)
class ControlChart:
    """One outcome of one service over time, ready to be drawn, said, listed and sent.

    ``title`` says what it shows in ten words or so, ``sentence`` in full (and is the alt text of every picture);
    ``why`` tells why this chart type, ``notes`` what to know before believing it. ``floor`` and ``ceiling`` are where
    the unit ends (0 for counts, 0 and 100 for shares): limits beyond them are kept for the rules and cut in the
    drawing; ``clipped`` says that they are.
    """

    outcome: Outcome
    service: Service
    step: Step
    chart: ChartType
    why: str
    per: float
    unit: str
    points: tuple[ChartPoint, ...]
    phases: tuple[Phase, ...]
    variation: Variation | None
    assurance: Assurance | None
    target: float | None
    run_chart: RunChart | None
    convention: str
    title: str
    sentence: str
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    improvement: Direction = "neutral"
    floor: float | None = 0.0
    ceiling: float | None = None
    dispersion: float | None = None
    """Spread beyond what counting alone would give (Laney's sigma of z); 1 where counts scatter as chance has it."""
    part: str | None = None
    """The part of the outcome when it is taken apart: "washing", "later stage"."""
    asked_for: str = "auto"

    @property
    def clipped(self) -> bool:
        """Whether a limit lies where no figure can be."""
        return any(
            (self.floor is not None and point.lower is not None and point.lower < self.floor)
            or (self.ceiling is not None and point.upper is not None and point.upper > self.ceiling)
            for point in self.points
        )

    @property
    def latest(self) -> ChartPoint | None:
        """The last point that holds a figure."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def has_limits(self) -> bool:
        return any(point.upper is not None for point in self.points)

    def drawn(self, limit: float | None) -> float | None:
        """A limit where it can be drawn: never outside what the unit allows."""
        return None if limit is None else cut(limit, self.floor, self.ceiling)


def cut(limit: float, floor: float | None, ceiling: float | None) -> float:
    """A limit no further than the unit goes."""
    if floor is not None:
        limit = max(limit, floor)
    return limit if ceiling is None else min(limit, ceiling)


@dataclass(frozen=True)
class Asked:
    """A series to be charted, with everything that decides how.

    ``series`` holds whole stretches in order of time; stretches missing between two of them become gaps.
    ``days`` serve the charts of rare events, from one event to the next. ``rebase`` are days on which a new usual
    range begins, each with its reason; a day between two points begins it at the next one. ``frozen``: limits from
    the first so many points of every phase. ``before``: limits from the stretches that end before this day, carried on.
    ``excluded`` are first days of stretches left out of the limits. ``recording_changed``: from each of these days on a
    signal against an older range may only mean that more is written down.
    """

    outcome: Outcome
    service: Service
    series: Series
    step: Step = "month"
    chart: ChartType | Literal["auto"] = "auto"
    days: DayCounts | None = None
    marks: tuple[Mark, ...] = ()
    rebase: tuple[tuple[date, str], ...] = ()
    frozen: int | None = None
    before: date | None = None
    excluded: frozenset[date] = frozenset()
    target: float | None = None
    convention: Convention = field(default_factory=Convention)
    recording_changed: tuple[date, ...] = ()
    part: str | None = None
    notes: tuple[str, ...] = ()
