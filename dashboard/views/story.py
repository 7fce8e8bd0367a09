"""One outcome around one change, point by point: what the chart draws and the table of numbers lists."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dashboard.views import say
from data.model import ContextEvent, Period, Series, Service, Tally, total
from metrics.model import Change, Finding, Outcome, Side, VerdictWord
from metrics.series.spc.engine import charted
from metrics.series.spc.model import ENOUGH_FOR_LIMITS, FEWEST_FOR_LIMITS
from metrics.series.spc.sheet import sheet
from metrics.trend import value
from metrics.wording import CAPACITY_FINDING, rate_unit, side_words
from metrics.words import apart, number, short_day

Part = Literal["before", "after", "settling in", "left out", "around"]
PARTS: dict[Part, str] = {
    "before": "before",
    "after": "after",
    "settling in": "settling in, counted with neither",
    "left out": "left out: the bad spell before the start",
    "around": "shown, not compared",
}
WEEK = 7
WEEKLY = "a week"
WEEKS_TOGETHER = 4
"""A whole service is drawn in stretches of four weeks: months differ in length, and single weeks only flicker."""
PERSON_BACK, PERSON_AHEAD = 12 * WEEK, 16 * WEEK
SERVICE_BACK, SERVICE_AHEAD = 52 * WEEK, 52 * WEEK
MOST_HAPPENINGS = 6


@dataclass(frozen=True)
class Asked:
    """Which stretches to fetch for a story: days before and from the start, in which step."""

    before: Period
    after: Period | None
    step: Literal["week", "month"]
    together: int


@dataclass(frozen=True)
class Point:
    """One week, four weeks or month."""

    period: Period
    tally: Tally
    value: float | None
    part: Part

    @property
    def middle(self) -> date:
        return self.period.first + timedelta(days=(self.period.days - 1) // 2)


@dataclass(frozen=True)
class Level:
    """The average of one side, over the days it was worked out from."""

    period: Period
    value: float
    words: str


@dataclass(frozen=True)
class Happening:
    """Something else that happened, numbered so that its mark on the chart stays small."""

    mark: str
    on: date
    words: str


@dataclass(frozen=True)
class Line:
    """A figure known from elsewhere, drawn across to compare with."""

    value: float
    words: str


@dataclass(frozen=True)
class UsualRange:
    """Where the points of one side usually lie, from how they move by themselves. ``trial``: from few points."""

    period: Period
    low: float
    high: float
    trial: bool


@dataclass(frozen=True)
class Story:
    """Everything the before-and-after chart shows."""

    title: str
    alt: str
    each: str
    unit: str
    points: tuple[Point, ...]
    start: date
    before: Level | None
    after: Level | None
    settling: Period | None
    left_out: Period | None
    happenings: tuple[Happening, ...]
    more_happenings: int
    word: VerdictWord
    most: float | None
    line: Line | None = None
    counts: bool = False
    """Few events of one person: each week stands by itself, so no line joins them."""
    usual: tuple[UsualRange, ...] = ()
    """The usual range before the start, and worked out again after settling in; none from fewer than five points."""
    began: str = "began"
    set_aside: str = "settling in"
    """What the line at the start and the days just after it are called: a finding neither begins nor settles in."""

    @property
    def has_anything(self) -> bool:
        return any(point.value is not None for point in self.points)


def asked(finding: Finding, recorded: Period | None) -> Asked | None:
    """The days to draw, laid out from the start so that no stretch lies across it."""
    comparison = finding.comparison
    if comparison is None:
        return None
    personal, outcome = finding.intervention.is_personal, finding.outcome
    start = finding.intervention.start_on
    back, ahead = (PERSON_BACK, PERSON_AHEAD) if personal else (SERVICE_BACK, SERVICE_AHEAD)
    first = min(start - timedelta(days=back), comparison.planned_before.first)
    last = max(start + timedelta(days=ahead - 1), comparison.planned_after.last)
    if recorded is not None:
        last = min(last, recorded.last)
    before = Period(first, start - timedelta(days=1))
    asked_seldom = outcome.kind == "score" and not personal
    if outcome.share_of == "people" or outcome.table == "totals" or asked_seldom:
        return Asked(before, Period(start, last) if last >= start else None, "month", 1)
    together = 1 if personal else WEEKS_TOGETHER
    whole_days = (last - start).days + 1
    if whole_days >= WEEK * together:
        whole_days -= whole_days % (WEEK * together)
    after = Period(start, start + timedelta(days=whole_days - 1)) if whole_days > 0 else None
    return Asked(before, after, "week", together)


def line_of(outcome: Outcome, service: Service | None) -> Line | None:
    """The line to compare with, where the outcome names one and the service has sent its figure."""
    if outcome.line != "service.expected_minority_pct" or service is None or service.expected_minority_pct is None:
        return None
    return Line(service.expected_minority_pct, f"living nearby {number(service.expected_minority_pct)}")


def story(
    finding: Finding,
    question: Asked,
    before: Series,
    after: Series,
    happenings: Sequence[ContextEvent],
    line: Line | None = None,
) -> Story:
    """The points with their parts, the two averages, what else happened, and a line to compare with."""
    scale = _Scale.of(finding, question)
    tallies = [*_together(before, question.together, from_end=True), *_together(after, question.together)]
    points = _trimmed(
        [Point(period, tally, scale.of_tally(tally), _part(finding, period)) for period, tally in tallies]
    )
    change, comparison = finding.change, finding.comparison
    is_finding = finding.intervention.kind == CAPACITY_FINDING
    others = [event for event in happenings if not (is_finding and _is_itself(event, finding))]
    marked, more = _happenings(others, finding.intervention.start_on, points)
    level_before, level_after = scale.levels(change) if change else (None, None)
    return Story(
        title=_title(finding, scale, level_before, level_after),
        alt=finding.sentence,
        each=scale.each,
        unit=scale.unit,
        points=points,
        start=finding.intervention.start_on,
        before=level_before,
        after=level_after,
        settling=comparison.settling if comparison else None,
        left_out=comparison.excluded_trigger if comparison else None,
        happenings=marked,
        more_happenings=more,
        word=finding.verdict.word,
        most=scale.most,
        line=line,
        counts=scale.counts,
        usual=() if scale.counts else _usual_ranges(points, finding, scale),
        began="finding" if is_finding else "began",
        set_aside="left out" if is_finding else "settling in",
    )


def counted_as(told: Story, point: Point) -> str:
    """With which side of the comparison a point counts, in words."""
    return f"{told.set_aside}, counted with neither" if point.part == "settling in" else PARTS[point.part]


def _is_itself(event: ContextEvent, finding: Finding) -> bool:
    """Whether a happening is what the finding is about, which its own line already marks."""
    about = finding.intervention
    return (event.kind, event.from_on, event.person_id) == (about.kind, about.start_on, about.person_id)


@dataclass(frozen=True)
class _Scale:
    """From the outcome's unit to the one that people count in: a person's mornings a week, a home's rate."""

    finding: Finding
    factor: float
    unit: str
    each: str
    most: float | None

    @classmethod
    def of(cls, finding: Finding, question: Asked) -> _Scale:
        outcome = finding.outcome
        stretch = "one month" if question.step == "month" else ("one week" if question.together == 1 else "four weeks")
        opening = f"Each point is {stretch}"
        weekly = finding.intervention.is_personal and question.step == "week"
        if outcome.kind == "score":
            return cls(finding, 1.0, "points", f"{opening}: the average of the answers given in it.", None)
        if outcome.kind == "stay":
            unit = rate_unit(outcome, finding.day_word)
            return cls(finding, 1.0, unit, f"{opening}: {outcome.many_things} {unit}.", None)
        if weekly and outcome.kind == "rate":
            return cls(finding, WEEK / outcome.per, WEEKLY, f"{opening}: {outcome.many_things} in 7 days.", None)
        if weekly and outcome.kind == "day_share":
            return cls(finding, WEEK / 100, WEEKLY, f"{opening}: {outcome.many_things}, for every 7 watched.", 7.0)
        if outcome.kind == "rate":
            unit = rate_unit(outcome, finding.day_word)
            return cls(finding, 1.0, unit, f"{opening}: {outcome.many_things} {unit}.", None)
        return cls(finding, 1.0, "in 100", f"{opening}: {outcome.many_things}, in every 100 {outcome.many_of}.", 100.0)

    def of_tally(self, tally: Tally) -> float | None:
        found = value(self.finding.outcome, tally)
        return None if found is None else found * self.factor

    def level(self, side: Side) -> Level | None:
        if side.period is None or side.value is None:
            return None
        scaled = side.value * self.factor
        return Level(side.period, scaled, side_words(self.finding, side) if self.counts else number(scaled))

    def levels(self, change: Change) -> tuple[Level | None, Level | None]:
        """Both averages, with the same decimals and just enough of them to tell the two apart."""
        before, after = self.level(change.before), self.level(change.after)
        if before is None or after is None or self.counts or before.value == after.value:
            return before, after
        one, other = apart(before.value, after.value)
        return replace(before, words=one), replace(after, words=other)

    @property
    def counts(self) -> bool:
        """One person's few events are said as a count of days, for a rate by the week says little."""
        return self.finding.outcome.kind == "rate" and self.finding.intervention.is_personal


def _usual_ranges(points: Sequence[Point], finding: Finding, scale: _Scale) -> tuple[UsualRange, ...]:
    """XmR limits of the points drawn before the start and of those after settling in; the bad spell counts with neither."""
    if finding.outcome.kind == "score":
        return ()  # asked too seldom, and the forms end where they end
    start = finding.intervention.start_on
    left_aside = ("settling in", "left out")
    sides = (
        [point for point in points if point.period.last < start and point.part not in left_aside],
        [point for point in points if point.period.first >= start and point.part not in left_aside],
    )
    found = []
    for side in sides:
        known = sum(point.value is not None for point in side)
        if known < FEWEST_FOR_LIMITS:
            continue
        lines = charted("xmr", sheet([[point.value for point in side]])).lines
        low, high = float(lines.lower[0][0]), float(lines.upper[0][0])
        if math.isnan(low) or math.isnan(high):
            continue
        if scale.most is not None and low <= 0 and high >= scale.most:
            continue  # anything at all is usual here: nothing to draw
        high = high if scale.most is None else min(high, scale.most)
        days = Period(side[0].period.first, side[-1].period.last)
        found.append(UsualRange(days, max(0.0, low), high, trial=known < ENOUGH_FOR_LIMITS))
    return tuple(found)


def _trimmed(points: Sequence[Point]) -> tuple[Point, ...]:
    """Without the stretches at either end of which nothing is known."""
    known = [place for place, point in enumerate(points) if point.value is not None]
    return tuple(points[known[0] : known[-1] + 1]) if known else ()


def _together(series: Series, count: int, *, from_end: bool = False) -> list[tuple[Period, Tally]]:
    """Neighbouring weeks added up, counted from the start of the change outwards; a shorter rest is let go."""
    pairs = list(zip(series.periods, series.tallies, strict=True))
    if (
        count == 1
        or len(pairs) < count
        or any(period.days != WEEK for period, _ in (pairs[1:] if from_end else pairs[:-1]))
    ):
        return pairs
    offset = len(pairs) % count if from_end else 0
    groups = [pairs[at : at + count] for at in range(offset, len(pairs) - count + 1, count)]
    return [
        (Period(group[0][0].first, group[-1][0].last), total(tuple(tally for _, tally in group))) for group in groups
    ]


def _part(finding: Finding, period: Period) -> Part:
    """Where most of the stretch lies."""
    comparison = finding.comparison
    if comparison is None:
        return "around"
    windows: tuple[tuple[Part, Period | None], ...] = (
        ("before", comparison.before),
        ("after", comparison.after),
        ("settling in", comparison.settling),
        ("left out", comparison.excluded_trigger),
    )
    for part, window in windows:
        inside = period.within(window)
        if inside is not None and inside.days * 2 >= period.days:
            return part
    return "around"


def _title(finding: Finding, scale: _Scale, before: Level | None, after: Level | None) -> str:
    name, unit = finding.outcome.name, "" if scale.counts else f" {scale.unit}"
    about = "" if scale.counts else "about "
    if before is None and after is None:
        return f"{name}: nothing to compare yet"
    if after is None or before is None:
        known, side = (before, "before") if before is not None else (after, "after")
        assert known is not None
        other = "after" if side == "before" else "before"
        return f"{name}: {about}{known.words}{unit} {side}, nothing recorded {other}"
    return f"{name}: {about}{before.words}{unit} before, {after.words} after"


def _happenings(
    events: Sequence[ContextEvent], start: date, points: Sequence[Point]
) -> tuple[tuple[Happening, ...], int]:
    """The happenings nearest to the start, in order of time, and how many more there were."""
    if not points:
        return (), 0
    shown = Period(points[0].period.first, points[-1].period.last)
    inside = [event for event in events if shown.first <= event.from_on <= shown.last]
    nearest = sorted(inside, key=lambda event: abs((event.from_on - start).days))[:MOST_HAPPENINGS]
    ordered = sorted(nearest, key=lambda event: (event.from_on, event.kind))
    told = tuple(
        Happening(str(place), event.from_on, _happening_words(event)) for place, event in enumerate(ordered, start=1)
    )
    return told, len(inside) - len(told)


def _happening_words(event: ContextEvent) -> str:
    kind = say.HAPPENINGS.get(event.kind, event.kind.replace("_", " "))
    until = f" to {short_day(event.until_on)}" if event.until_on and event.until_on != event.from_on else ""
    return f"{short_day(event.from_on)}{until}: {event.label or kind}"
