"""What every picture of a control chart shares, whatever draws it: where its lines run, stop and break, and its marks.

Places on the time axis are days. A line is a list of stretches that are never joined: a gap in the record and the
border of a phase both end one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dashboard.theme import AMBER, BLUE, PAPER, PURPLE, SLATE
from metrics.series.spc.model import ChartPoint, ControlChart, Mark, Phase

Spot = tuple[date, float]
Path = list[Spot]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Look:
    """A shape and a colour that mean one thing on every chart; ``symbol`` is Plotly's name, ``marker`` matplotlib's."""

    words: str
    colour: str
    symbol: str
    marker: str
    size: int


LOOKS: dict[str, Look] = {
    "common_cause": Look("could be chance", SLATE, "circle", "o", 8),
    "improvement": Look("clear change for the better", BLUE, "diamond", "D", 11),
    "concern_high": Look("clear change to look at, higher", AMBER, "triangle-up", "^", 13),
    "concern_low": Look("clear change to look at, lower", AMBER, "triangle-down", "v", 13),
    "neutral": Look("clear change, neither good nor bad by itself", PURPLE, "square", "s", 10),
    "excluded": Look("shown, left out of the usual range", PAPER, "circle", "o", 9),
}
"""In the order in which they are drawn and listed."""


def look_name(point: ChartPoint) -> str:
    """Which of the looks a point with a figure has."""
    if point.excluded:
        return "excluded"
    if point.kind == "concern":
        return "concern_low" if point.side == "low" else "concern_high"
    if point.kind in ("neutral_high", "neutral_low"):
        return "neutral"
    return point.kind or "common_cause"


def looks_on(chart: ControlChart) -> tuple[str, ...]:
    """The looks that occur on this chart, so that no key explains what is not there."""
    found = {look_name(point) for point in chart.points if point.value is not None}
    return tuple(name for name in LOOKS if name in found)


# Time ------------------------------------------------------------------------------------------------


def at(chart: ControlChart, point: ChartPoint) -> date:
    """Where a point stands: in the middle of its stretch, or on the day of the event."""
    if chart.step == "event":
        return point.period.last
    return point.period.first + (point.period.last - point.period.first) // 2


def reach(chart: ControlChart, place: int) -> tuple[date, date]:
    """From where to where a line over one point runs: its own days; for events half-way to its neighbours."""
    point = chart.points[place]
    if chart.step != "event":
        return point.period.first, point.period.last + timedelta(days=1)
    phase = chart.phases[point.phase]
    here = point.period.last
    start = here if place == phase.first else _half_way(chart.points[place - 1].period.last, here)
    end = here if place == phase.last else _half_way(here, chart.points[place + 1].period.last)
    return start, end


def _half_way(one: date, other: date) -> date:
    return one + (other - one) // 2


def span(chart: ControlChart) -> tuple[date, date]:
    """First and last day drawn. To be asked only where there are points."""
    return reach(chart, 0)[0], reach(chart, len(chart.points) - 1)[1]


def share_of_span(chart: ControlChart, day: date) -> float:
    """How far along the chart a day lies, from 0 to 1."""
    first, last = span(chart)
    return (day - first).days / max(1, (last - first).days)


# Lines -----------------------------------------------------------------------------------------------


def runs(chart: ControlChart) -> list[list[ChartPoint]]:
    """Points joined by one line: a gap and the border of a phase end it."""
    found: list[list[ChartPoint]] = []
    joined = False
    for before, point in pairwise((None, *chart.points)):
        assert point is not None
        if point.value is None:
            joined = False
            continue
        if not joined or before is None or before.phase != point.phase:
            found.append([])
        found[-1].append(point)
        joined = True
    return found


def centre_paths(chart: ControlChart, phase: Phase) -> list[Path]:
    """The average (or median) over one phase."""
    return _paths(chart, phase, lambda point: point.centre)


def upper_paths(chart: ControlChart, phase: Phase) -> list[Path]:
    """The upper limit over one phase, where it can be drawn."""
    return _paths(chart, phase, lambda point: chart.drawn(point.upper))


def lower_paths(chart: ControlChart, phase: Phase) -> list[Path]:
    """The lower limit over one phase, where it can be drawn; a chart of moving ranges has none."""
    if chart.chart == "mr":
        return []
    return _paths(chart, phase, lambda point: chart.drawn(point.lower))


def _paths(chart: ControlChart, phase: Phase, level: Callable[[ChartPoint], float | None]) -> list[Path]:
    """Level over the days of each point, in steps; equal neighbours make one straight piece, a missing one a break."""
    found: list[Path] = []
    unbroken = False
    for place in range(phase.first, phase.last + 1):
        value = level(chart.points[place])
        if value is None:
            unbroken = False
            continue
        start, end = reach(chart, place)
        if not unbroken:
            found.append([(start, value)])
        elif found[-1][-1][1] == value:
            found[-1].pop()
        else:
            found[-1].append((start, value))
        found[-1].append((end, value))
        unbroken = True
    return found


def ranged(phase: Phase) -> bool:
    """Whether a phase has a usual range to draw."""
    return phase.standing != "none"


# Gaps ------------------------------------------------------------------------------------------------


def no_record(chart: ControlChart, point: ChartPoint) -> bool:
    """Whether nothing was recorded. A moving range may be missing although its own stretch was recorded."""
    recorded = chart.chart == "mr" and (point.tally.numerator or point.tally.denominator)
    return point.value is None and not recorded


def gaps(chart: ControlChart) -> list[tuple[date, date]]:
    """Stretches without a record, neighbours joined, each as first day and the day after its last."""
    found: list[tuple[date, date]] = []
    for place, point in enumerate(chart.points):
        if not no_record(chart, point):
            continue
        start, end = reach(chart, place)
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


# Marks -----------------------------------------------------------------------------------------------


def marked(chart: ControlChart) -> list[tuple[str, Mark]]:
    """Marks inside the time drawn, in order of time: numbers for changes that were tried, letters for happenings."""
    if not chart.points:
        return []
    first, last = span(chart)
    found: list[tuple[str, Mark]] = []
    changes = happenings = 0
    for mark in sorted(chart.marks, key=lambda each: each.on):
        if not first <= mark.on <= last:
            continue
        if mark.kind == "change":
            changes += 1
            found.append((str(changes), mark))
        else:
            again, letter = divmod(happenings, len(LETTERS))
            happenings += 1
            found.append((LETTERS[letter] + (str(again + 1) if again else ""), mark))
    return found


def rows_of(chart: ControlChart, close: float) -> list[int]:
    """The row (0 or 1) in which each mark's sign stands, so that two close by do not cover each other."""
    found: list[int] = []
    lately: float | None = None
    for _, mark in marked(chart):
        place = share_of_span(chart, mark.on)
        near = lately is not None and place - lately < close
        found.append(1 - found[-1] if near else 0)
        lately = place
    return found


# Height ----------------------------------------------------------------------------------------------


def bounds(chart: ControlChart) -> tuple[float, float]:
    """Lowest and highest figure drawn: points, limits as drawn, and the target."""
    values = [
        figure
        for point in chart.points
        for figure in (point.value, point.centre, chart.drawn(point.upper), chart.drawn(point.lower))
        if figure is not None
    ]
    if chart.target is not None:
        values.append(chart.target)
    return (min(values), max(values)) if values else (0.0, 1.0)


def height_range(chart: ControlChart, room: float = 0.1) -> tuple[float, float]:
    """The range of the axis: from zero where the unit begins there and that leaves the picture readable."""
    low, high = bounds(chart)
    wide = high - low or abs(high) * 0.2 or 1.0
    top = high + wide * room
    if chart.floor is not None and (low - chart.floor <= wide * 1.5 or low == high):
        return chart.floor - (high - chart.floor) * 0.03, max(top, high + (high - chart.floor) * room * 0.8, 1e-9)
    return low - wide * room, top
