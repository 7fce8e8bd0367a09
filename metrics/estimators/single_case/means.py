"""How far the average after lies from the average before: as a proportion, or in standard deviations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics.estimators.arguments import positive
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import symmetric_limits, two_sided_quantile
from metrics.estimators.single_case.model import Better, EffectSize, Floats, phases, sign_of

Scale = Literal["count", "rate", "proportion", "percentage", "other"]

WHOLE = {"proportion": 1.0, "percentage": 100.0}
"""What a share is a share of, in the unit of its scale."""


@dataclass(frozen=True)
class _Phase:
    """Size, mean and variance of one phase, kept off 0 so that logarithms exist."""

    size: int
    mean: float
    variance: float

    @property
    def spread(self) -> float:
        """Squared standard error of the mean, relative to the mean."""
        return self.variance / (self.size * self.mean**2)


def log_ratio_decreasing(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    better: Better = "down",
    scale: Scale = "count",
    *,
    observation_length: float | None = None,
    intervals: float | None = None,
    bias_corrected: bool = True,
    level: float = 0.95,
) -> EffectSize:
    """LRRd: logarithm of the average after over the average before, below 0 where things got better.

    Where more is better it is turned round; for shares the other share is used (of mornings without distress,
    the mornings with). 100 (exp(LRRd) - 1) is the change in per cent.
    A phase in which nothing was recorded has its mean lifted to 1 / (2 D n), its variance to 1 / (D² n³), D = 1
    for counts, ``observation_length`` for rates, the number of ``intervals`` for shares: the value is then
    driven by that floor, so say "none recorded", not the figure.

    Unit: natural logarithm of a ratio. Range: any. No change: 0.
    Assumes: points independent, no trend within a phase, a scale with a true zero. Normal limits.
    Raises: ValueError when a phase has fewer than 2 points, a point lies below 0 (or above the whole), a mean
    is 0 with no floor known for the scale, or neither phase varies.
    Pustejovsky 2018, J School Psychology 68:99, doi:10.1016/j.jsp.2018.02.003.
    """
    way = sign_of(better)
    parts = _both(before, after, scale, mirrored=way == 1, floor=_floor(scale, observation_length, intervals))
    turned = -way if scale not in WHOLE else 1
    return _log_ratio("LRRd", parts, turned, bias_corrected, level)


def log_ratio_increasing(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    better: Better = "up",
    scale: Scale = "count",
    *,
    observation_length: float | None = None,
    intervals: float | None = None,
    bias_corrected: bool = True,
    level: float = 0.95,
) -> EffectSize:
    """LRRi: as ``log_ratio_decreasing``, but above 0 where things got better.

    Unit: natural logarithm of a ratio. Range: any. No change: 0.
    Assumes and raises: as ``log_ratio_decreasing``.
    Pustejovsky 2018, J School Psychology 68:99, doi:10.1016/j.jsp.2018.02.003.
    """
    way = sign_of(better)
    parts = _both(before, after, scale, mirrored=way == -1, floor=_floor(scale, observation_length, intervals))
    turned = way if scale not in WHOLE else 1
    return _log_ratio("LRRi", parts, turned, bias_corrected, level)


def percent_change(log_ratio: EffectSize) -> EffectSize:
    """A log response ratio as a change in per cent of the average before: 100 (exp(LRR) - 1).

    Unit: per cent. Range: above -100. No change: 0. Assumes: as the ratio.
    Raises: ValueError when the ratio has no limits, or is too large to be written out.
    Pustejovsky 2018, J School Psychology 68:99, doi:10.1016/j.jsp.2018.02.003.
    """
    if log_ratio.interval is None or log_ratio.interval.low is None or log_ratio.interval.high is None:
        raise ValueError("A ratio without limits is not turned into per cent.")
    try:
        value, low, high = (
            100 * math.expm1(figure) for figure in (log_ratio.value, log_ratio.interval.low, log_ratio.interval.high)
        )
    except OverflowError:
        raise ValueError("The change is too large to be written in per cent.") from None
    return EffectSize(
        name="change in per cent",
        value=value,
        no_change=0.0,
        formula=f"100 (exp({log_ratio.name}) - 1)",
        assumes=log_ratio.assumes,
        paper=log_ratio.paper,
        interval=Interval(low, high, log_ratio.interval.level),
    )


def standardised_difference(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    better: Better = "up",
    standardiser: Literal["before", "pooled"] = "before",
    bias_corrected: bool = True,
    level: float = 0.95,
) -> EffectSize:
    """SMD: averages apart, in standard deviations of the phase before or of both phases pooled; above 0 is better.

    With ``bias_corrected`` Hedges' factor J = 1 - 3 / (4 df - 1).

    Unit: standard deviations within the person. Range: any. No change: 0. Not comparable between people.
    Assumes: points independent, no trend within a phase, roughly normal. Normal limits.
    Raises: ValueError when a phase has fewer than 2 points, a point is not finite, or the standardiser is 0.
    Gingerich 1984, J Applied Behavioral Science 20:71, doi:10.1177/002188638402000113; Pustejovsky 2019, Psychol
    Methods 24:217, doi:10.1037/met0000179.
    """
    first, second = phases(before, after, fewest=2)
    m, n = first.size, second.size
    var_a, var_b = float(np.var(first, ddof=1)), float(np.var(second, ddof=1))
    df = m - 1 if standardiser == "before" else m + n - 2
    squared = var_a if standardiser == "before" else ((m - 1) * var_a + (n - 1) * var_b) / df
    largest = float(max(np.abs(first).max(), np.abs(second).max()))
    if squared <= (1e-12 * largest) ** 2:
        raise ValueError("The points before are all alike, so there is no spread to measure a change in.")
    factor = 1 - 3 / (4 * df - 1) if bias_corrected else 1.0
    value = sign_of(better) * factor * float(second.mean() - first.mean()) / math.sqrt(squared)
    sampling = 1 / m + (var_b / (n * var_a) if standardiser == "before" else 1 / n)
    se = factor * math.sqrt(sampling + value**2 / (2 * df))
    return EffectSize(
        name=f"SMD ({standardiser})",
        value=value,
        no_change=0.0,
        formula=f"over the standard deviation {standardiser}, {'Hedges corrected' if bias_corrected else 'uncorrected'}",
        assumes="points independent, no trend, roughly normal; not comparable between people",
        paper="Pustejovsky 2019",
        se=se,
        interval=_normal(value, se, level),
    )


def _log_ratio(name: str, parts: tuple[_Phase, _Phase], turned: int, bias_corrected: bool, level: float) -> EffectSize:
    first, second = parts
    value = math.log(second.mean) - math.log(first.mean)
    if bias_corrected:
        value += (second.spread - first.spread) / 2
    se = math.sqrt(first.spread + second.spread)
    if se == 0:
        raise ValueError("Neither phase varies, so there is nothing to work out limits from.")
    return EffectSize(
        name=name,
        value=turned * value,
        no_change=0.0,
        formula="log of the average after over before" + (", corrected for small samples" if bias_corrected else ""),
        assumes="points independent, no trend within a phase, a true zero",
        paper="Pustejovsky 2018",
        se=se,
        interval=_normal(turned * value, se, level),
    )


def _both(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    scale: Scale,
    mirrored: bool,
    floor: float | None,
) -> tuple[_Phase, _Phase]:
    pair = phases(before, after, fewest=2)
    whole = WHOLE.get(scale)
    for phase in pair:
        if float(phase.min()) < 0 or (whole is not None and float(phase.max()) > whole):
            raise ValueError("A ratio of averages needs points from 0 up, and shares within the whole.")
    if whole is not None and mirrored:
        pair = (whole - pair[0], whole - pair[1])
    return _kept_off_zero(pair[0], floor), _kept_off_zero(pair[1], floor)


def _kept_off_zero(phase: Floats, floor: float | None) -> _Phase:
    n, mean, variance = phase.size, float(phase.mean()), float(np.var(phase, ddof=1))
    if floor is not None:
        mean, variance = max(mean, 1 / (2 * floor * n)), max(variance, 1 / (floor**2 * n**3))
    if mean <= 0:
        raise ValueError("Nothing was recorded in one phase, so there is no ratio of averages.")
    return _Phase(n, mean, variance)


def _floor(scale: Scale, observation_length: float | None, intervals: float | None) -> float | None:
    """D: how finely the scale can tell a mean from 0, in its own unit; None where that is not known."""
    if scale == "count":
        return positive("the observation length", observation_length) if observation_length is not None else 1.0
    if scale == "rate":
        return None if observation_length is None else positive("the observation length", observation_length)
    if scale in WHOLE and intervals is not None:
        return positive("the number of intervals", intervals) / WHOLE[scale]
    return None


def _normal(value: float, se: float, level: float) -> Interval:
    return symmetric_limits(value, se, two_sided_quantile(level), level)
