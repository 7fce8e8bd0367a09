"""What a point, a series and a target come to, as words that every surface turns into its own marks."""

from __future__ import annotations

import math

from metrics.series.spc.model import Assurance, Direction, PointKind, Variation


def point_kind(towards: int, improvement: Direction) -> PointKind:
    """What a marked point means: 1 marked as high or rising, -1 as low or falling, 0 not marked."""
    if towards == 0:
        return "common_cause"
    if improvement == "neutral":
        return "neutral_high" if towards > 0 else "neutral_low"
    return "improvement" if (towards > 0) == (improvement == "increase") else "concern"


def variation(towards: int, improvement: Direction) -> Variation:
    """The icon of a series: that of its last point which holds a figure."""
    if towards == 0:
        return "common_cause"
    height = "high" if towards > 0 else "low"
    kind = point_kind(towards, improvement)
    icons: dict[tuple[str, str], Variation] = {
        ("improvement", "high"): "improvement_high",
        ("improvement", "low"): "improvement_low",
        ("concern", "high"): "concern_high",
        ("concern", "low"): "concern_low",
        ("neutral_high", "high"): "neutral_high",
        ("neutral_low", "low"): "neutral_low",
    }
    return icons[kind, height]


def assurance(
    target: float | None, lower: float | None, upper: float | None, improvement: Direction
) -> Assurance | None:
    """Whether the usual range lies wholly on one side of a target; None without a target, limits or a good side.

    A target exactly on a limit is inconsistent.
    """
    if target is None or improvement == "neutral" or lower is None or upper is None:
        return None
    if math.isnan(lower) or math.isnan(upper):
        return "inconsistent"
    if target > upper:
        return "fail" if improvement == "increase" else "pass"
    if target < lower:
        return "pass" if improvement == "increase" else "fail"
    return "inconsistent"
