"""Where a new usual range begins: at the first point on or after the day it is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

Day = TypeVar("Day", str, int)


def starts_on_or_after(days: Sequence[Day], asked: Sequence[Day]) -> list[int]:
    """Places (from 0) at which a segment begins, for points in order of ``days``.

    A day between two points begins its segment at the later one; one after the last point begins none, nor does one
    on or before the first.
    """
    places = {bisect_left(days, day) for day in asked}
    return sorted(place for place in places if 0 < place < len(days))
