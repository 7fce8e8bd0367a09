"""Many series side by side as arrays: one row a series, one column a stretch of time, in segments.

Everything is worked out for all rows at once. A shorter row is filled up with missing values at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ON_THE_LINE = 1e-9
"""Nearer to a line than this (times its size, when that is above 1) is on it: sums of decimals are never quite equal."""


@dataclass(frozen=True)
class Sheet:
    """``value``: what is drawn, NaN where missing. ``over``: what each rests on, for rates and shares, else None.

    ``segment`` numbers the phases from 0 and never falls along a row. ``base``: counts towards the limits.
    ``include``: False for excluded points.
    """

    value: Floats
    over: Floats | None
    segment: Ints
    base: Bools
    include: Bools

    @property
    def segments(self) -> int:
        return int(self.segment.max(initial=0)) + 1

    @property
    def counted(self) -> Bools:
        """Points that hold a value and count towards the limits."""
        return self.base & ~np.isnan(self.value)


def sheet(
    values: Sequence[Sequence[float | None]] | Floats,
    over: Sequence[Sequence[float | None]] | Floats | None = None,
    *,
    starts: Sequence[Sequence[int]] | None = None,
    first_points: Sequence[int | None] | None = None,
    excluded: Sequence[Sequence[int]] | None = None,
) -> Sheet:
    """Series laid out side by side; a rate or share is given as its counts with ``over`` what they are counted over.

    ``starts``: for each series the places (from 0) at which a new segment begins. ``first_points``: limits from so
    many first points of each segment. ``excluded``: places left out of the limits. A stretch over nothing is a gap.
    Raises ValueError when values and what they are over differ in length.
    """
    value = _filled(values)
    rows, columns = value.shape
    rests = None if over is None else _filled(over)
    if rests is not None:
        if rests.shape != value.shape:
            raise ValueError("Each value needs what it is counted over.")
        usable = np.isfinite(value) & np.isfinite(rests) & (rests > 0)
        rests = np.where(rests > 0, rests, np.nan)
        value = np.where(usable, value, np.nan) / np.where(usable, rests, 1.0)
    segment = np.zeros((rows, columns), dtype=np.int64)
    for row, places in enumerate(starts or ()):
        for place in places:
            if 0 < place < columns:
                segment[row, place:] += 1
    include = np.ones((rows, columns), dtype=np.bool_)
    for row, places in enumerate(excluded or ()):
        include[row, [place for place in places if 0 <= place < columns]] = False
    base = include.copy()
    if first_points is not None and any(count is not None for count in first_points):
        most = np.array([columns if count is None else count for count in first_points])[:, None]
        base &= _place_in_segment(segment) < most
    return Sheet(value, rests, segment, base, include)


def each_segment(sheet: Sheet, work: Callable[[Bools], tuple[Any, ...]], count: int) -> list[Floats]:
    """``count`` arrays of the sheet's shape, filled segment by segment from what ``work`` gives for a segment's mask.

    ``work`` returns columns (one figure a row) or whole arrays.
    """
    out = [np.full(sheet.value.shape, np.nan) for _ in range(count)]
    for number in range(sheet.segments):
        inside = sheet.segment == number
        if not inside.any():
            continue
        for place, found in enumerate(work(inside)):
            np.copyto(out[place], found, where=inside)
    return out


def mean_over(values: Floats, where: Bools) -> Floats:
    """The mean of each row over the places let in, as a column; NaN where none is."""
    counts = where.sum(axis=1)
    sums = np.where(where, values, 0.0).sum(axis=1)
    return np.asarray(np.divide(sums, counts, out=np.full(len(sums), np.nan), where=counts > 0)[:, None])


def median_over(values: Floats, where: Bools) -> Floats:
    """The median of each row over the places let in, as a column; NaN where none is."""
    ordered = np.sort(np.where(where, values, np.inf), axis=1)
    counts = where.sum(axis=1)
    rows = np.arange(len(ordered))
    low, high = (
        ordered[rows, np.maximum(counts - 1, 0) // 2],
        ordered[rows, np.minimum(counts // 2, ordered.shape[1] - 1)],
    )
    return np.asarray(
        np.where(counts > 0, (np.where(counts > 0, low, 0) + np.where(counts > 0, high, 0)) / 2, np.nan)[:, None]
    )


def near(one: Floats, other: Floats) -> Bools:
    """Whether figures are equal but for the last digits; False beside a missing one."""
    scale = np.maximum(1.0, np.abs(other))
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(one - other) <= ON_THE_LINE * scale)


def _filled(rows: Sequence[Sequence[float | None]] | Floats) -> Floats:
    if isinstance(rows, np.ndarray):
        return np.array(rows, dtype=np.float64, ndmin=2)
    longest = max((len(row) for row in rows), default=0)
    out = np.full((len(rows), longest), np.nan)
    for number, row in enumerate(rows):
        out[number, : len(row)] = [np.nan if each is None else each for each in row]
    return out


def _place_in_segment(segment: Ints) -> Ints:
    """How many points of its own segment stand before each point."""
    places = np.arange(segment.shape[1])[None, :]
    begins = np.ones(segment.shape, dtype=np.bool_)
    begins[:, 1:] = segment[:, 1:] != segment[:, :-1]
    return np.asarray(places - np.maximum.accumulate(np.where(begins, places, 0), axis=1))
