"""What every figure about one person's series says of itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from metrics.estimators.arguments import figures
from metrics.estimators.intervals import Interval

Floats = NDArray[np.float64]

Better = Literal["up", "down"]
"""Which way is good for the person."""


@dataclass(frozen=True)
class EffectSize:
    """One figure: its value, its standard error and limits where they exist, and what it rests on.

    ``no_change`` is the value that would mean no difference; ``formula`` tells figures of one name apart.
    """

    name: str
    value: float
    no_change: float
    formula: str
    assumes: str
    paper: str
    se: float | None = None
    interval: Interval | None = None

    def __post_init__(self) -> None:
        if not math.isfinite(self.value) or (self.se is not None and not math.isfinite(self.se)):
            raise ValueError(f"{self.name} cannot be worked out from these points.")


def phases(before: Sequence[float] | Floats, after: Sequence[float] | Floats, fewest: int = 1) -> tuple[Floats, Floats]:
    """The points of both phases as numbers; ValueError when one has too few or a point is not finite."""
    first, second = figures("A point", before), figures("A point", after)
    if first.ndim != 1 or second.ndim != 1:
        raise ValueError("A phase is a single row of points.")
    if min(first.size, second.size) < fewest:
        points = "point" if fewest == 1 else "points"
        raise ValueError(f"Each phase needs at least {fewest} {points}, not {first.size} and {second.size}.")
    return first, second


def sign_of(better: Better) -> int:
    """1 where more is better, -1 where less is."""
    if better not in ("up", "down"):
        raise ValueError(f"Better is up or down, not {better}.")
    return 1 if better == "up" else -1
