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


def lag1_autocorrelation(before: Sequence[float] | Floats, after: Sequence[float] | Floats) -> float | None:
    """How much a point resembles the one before it, each phase measured around its own mean.

    None where nothing varies or no phase has two points.

    Unit: a correlation. Range: -1 to 1. No-change value: 0 (points independent); above 0 the limits shown
    beside it are too short. Assumes: no trend within a phase, and biased towards 0 and below in short phases.
    Raises: ValueError for an empty phase or a point that is not finite.
    Huitema & McKean 1991, Psychol Bull 110:291, doi:10.1037/0033-2909.110.2.291.
    """
    apart = [phase - phase.mean() for phase in phases(before, after)]
    squares, points = sum(float(phase @ phase) for phase in apart), sum(phase.size for phase in apart)
    pairs = sum(phase.size - 1 for phase in apart)
    scale = max(float(np.abs(np.asarray(phase)).max()) for phase in (before, after))
    if pairs == 0 or squares <= points * (1e-12 * scale) ** 2:
        return None
    products = sum(float(phase[1:] @ phase[:-1]) for phase in apart)
    resemblance = float((products / pairs) / (squares / points))
    return max(-1.0, min(1.0, resemblance))
