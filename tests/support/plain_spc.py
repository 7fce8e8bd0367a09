"""Individuals charts and their rules point by point, read straight from the definition: what the arrays are held against.

It follows what is recommended where the established packages break: missing points break windows and carry no type,
a day between two points begins a segment at the next one, screening never leaves limits without width while the data
vary, and the icon is that of the last point that holds a figure.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

Figure = float | None
ON = 1e-9
LABELS = {
    ("outside", 1): "Above UCL",
    ("outside", -1): "Below LCL",
    ("trend", 1): "7 Point Trend (Increasing)",
    ("trend", -1): "7 Point Trend (Decreasing)",
    ("two_in_three", 1): "2 in 3 Above CL",
    ("two_in_three", -1): "2 in 3 Below CL",
    ("shift", 1): "7 Points Above CL",
    ("shift", -1): "7 Points Below CL",
}


@dataclass
class Plain:
    """One list a column, one place a point."""

    centre: list[Figure] = field(default_factory=list)
    lower: list[Figure] = field(default_factory=list)
    upper: list[Figure] = field(default_factory=list)
    side: list[int | None] = field(default_factory=list)
    outside: list[bool] = field(default_factory=list)
    close: list[bool] = field(default_factory=list)
    trend: list[bool] = field(default_factory=list)
    trend_end: list[int] = field(default_factory=list)
    two: list[bool] = field(default_factory=list)
    shift: list[bool] = field(default_factory=list)
    shift_end: list[bool] = field(default_factory=list)
    label: list[str | None] = field(default_factory=list)
    towards: list[int] = field(default_factory=list)


def plain_individuals(
    values: Sequence[Figure],
    *,
    starts: Sequence[int] = (),
    first_points: int | None = None,
    excluded: Sequence[int] = (),
    factor: float = 2.66,
    screened: bool = False,
    inner_band: bool = False,
    trend_points: int = 7,
    shift_points: int = 7,
) -> Plain:
    """Limits and rules of one series, segment by segment."""
    found = Plain()
    borders = [0, *sorted({place for place in starts if 0 < place < len(values)}), len(values)]
    for first, end in itertools.pairwise(borders):
        skipped = {place - first for place in excluded if first <= place < end}
        _segment(
            found,
            list(values[first:end]),
            skipped,
            first_points,
            factor,
            screened,
            inner_band,
            trend_points,
            shift_points,
        )
    return found


def _segment(
    found: Plain,
    values: list[Figure],
    skipped: set[int],
    first_points: int | None,
    factor: float,
    screened: bool,
    inner_band: bool,
    trend_points: int,
    shift_points: int,
) -> None:
    size = len(values)
    base = [place for place in range(size) if place not in skipped and (first_points is None or place < first_points)]
    known = [value for place in base if (value := values[place]) is not None]
    centre = sum(known) / len(known) if known else None
    ranges = [
        abs(one - other)
        for before, after in itertools.pairwise(base)
        if (one := values[before]) is not None and (other := values[after]) is not None
    ]
    reach = _mean_range(ranges, screened)
    lower = upper = low_third = high_third = None
    if centre is not None and reach is not None:
        lower, upper = centre - factor * reach, centre + factor * reach
        low_third, high_third = centre - factor * reach * 2 / 3, centre + factor * reach * 2 / 3
    side = [None if value is None or centre is None else _side(value, centre) for value in values]
    outside = [_beyond(value, lower, upper) for value in values]
    close = [_beyond(value, low_third, high_third) and not out for value, out in zip(values, outside, strict=True)]
    far = close if inner_band else [one or other for one, other in zip(close, outside, strict=True)]
    trend, ends, two, shift, shift_ends = [False] * size, [0] * size, [False] * size, [False] * size, [False] * size
    for last in range(size):
        window = values[last - trend_points + 1 : last + 1] if last >= trend_points - 1 else []
        way = _steady_way(window)
        if way:
            ends[last] = way
            for place in range(last - trend_points + 1, last + 1):
                trend[place] = True
        if last >= 2 and side[last] and side[last] == side[last - 1] == side[last - 2]:
            places = range(last - 2, last + 1)
            if sum(far[place] for place in places) >= 2:
                for place in places:
                    two[place] = two[place] or far[place]
        if last >= shift_points - 1 and side[last] and len(set(side[last - shift_points + 1 : last + 1])) == 1:
            shift_ends[last] = True
            for place in range(last - shift_points + 1, last + 1):
                shift[place] = True
    for place in range(size):
        rule = next(
            (
                name
                for name, marked in (("outside", outside), ("trend", trend), ("two_in_three", two), ("shift", shift))
                if marked[place]
            ),
            None,
        )
        towards = 0
        if rule == "trend":
            onwards = place + 1 < size and trend[place + 1]
            one, other = (values[place], values[place + 1]) if onwards else (values[place - 1], values[place])
            assert one is not None and other is not None
            towards = 1 if other > one else -1
        elif rule is not None:
            towards = side[place] or 0
        found.towards.append(towards)
        found.label.append(None if values[place] is None else "Common Cause" if rule is None else LABELS[rule, towards])
    found.centre += [centre] * size
    found.lower += [lower] * size
    found.upper += [upper] * size
    found.side += side
    found.outside += outside
    found.close += close
    found.trend += trend
    found.trend_end += ends
    found.two += two
    found.shift += shift
    found.shift_end += shift_ends


def _mean_range(ranges: list[float], screened: bool) -> Figure:
    if not ranges:
        return None
    mean = sum(ranges) / len(ranges)
    kept = [each for each in ranges if each < 3.267 * mean] if screened else ranges
    again = sum(kept) / len(kept) if kept else mean
    return again if again > 0 else mean


def _side(value: float, centre: float) -> int:
    if abs(value - centre) <= ON * max(1.0, abs(centre)):
        return 0
    return 1 if value > centre else -1


def _beyond(value: Figure, lower: Figure, upper: Figure) -> bool:
    if value is None or lower is None or upper is None:
        return False
    return value - upper > ON * max(1.0, abs(upper)) or lower - value > ON * max(1.0, abs(lower))


def _steady_way(window: Sequence[Figure]) -> int:
    if not window or any(value is None for value in window):
        return 0
    steps = [two - one for one, two in itertools.pairwise(window) if one is not None and two is not None]
    if all(step > 0 for step in steps):
        return 1
    return -1 if all(step < 0 for step in steps) else 0
