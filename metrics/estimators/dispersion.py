"""Events that come in bunches: how far counts scatter beyond chance, and ratio limits that allow for it."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np
from scipy import stats

from metrics.estimators.arguments import tail, whole
from metrics.estimators.intervals import Interval
from metrics.estimators.rate_ratios import RateRatio


def usable(counts: Sequence[int], exposures: Sequence[float]) -> tuple[list[int], list[float]]:
    """Counts and exposures of the stretches somebody was there for; an empty stretch says nothing.

    Raises ValueError when the two differ in length, a count is broken, or events were counted without
    exposure.
    """
    if len(counts) != len(exposures):
        raise ValueError(f"{len(counts)} counts cannot go with {len(exposures)} exposures.")
    kept: list[tuple[int, float]] = []
    for count, exposure in zip(counts, exposures, strict=True):
        events = whole("a count", count)
        if not math.isfinite(exposure) or exposure < 0:
            raise ValueError(f"An exposure must be a finite number from 0 up, not {exposure}.")
        if exposure > 0:
            kept.append((events, float(exposure)))
        elif events:
            raise ValueError(f"{events} events were counted where nobody was exposed.")
    return [events for events, _ in kept], [exposure for _, exposure in kept]


def pearson_dispersion(
    counts: Sequence[int], exposures: Sequence[float], groups: Sequence[Hashable] | None = None
) -> float:
    """How many times wider counts scatter around their group's own rate than chance alone would make them.

    Pearson's X2 over its degrees of freedom. Falls and distress cluster in a few people, so 2 is ordinary.

    Unit: a ratio of variances. Range: 0 upwards, not floored. No-change value: 1 (independent events).
    Assumes: one steady rate in each group, so a trend within a period also counts as scatter.
    Raises: ValueError when lengths differ or there is no more than one stretch a group on average.
    McCullagh & Nelder 1989, Generalized Linear Models, chapter 6.
    """
    labels: Sequence[Hashable] = [0] * len(counts) if groups is None else groups
    if not len(counts) == len(exposures) == len(labels):
        raise ValueError(f"{len(counts)} counts, {len(exposures)} exposures and {len(labels)} groups do not match.")
    distance, stretches, names = 0.0, 0, dict.fromkeys(labels)
    for name in names:
        rows = [row for row, label in enumerate(labels) if label == name]
        seen, exposed = usable([counts[row] for row in rows], [exposures[row] for row in rows])
        stretches += len(seen)
        if sum(seen):
            events, exposure = np.array(seen, dtype=float), np.array(exposed)
            fitted = exposure * (events.sum() / exposure.sum())
            distance += float(np.sum((events - fitted) ** 2 / fitted))
    if stretches <= len(names):
        raise ValueError(f"{stretches} stretches in {len(names)} groups are too few to see scatter.")
    return distance / (stretches - len(names))


def rate_ratio_quasi_poisson(
    before_counts: Sequence[int],
    before_exposure: Sequence[float],
    after_counts: Sequence[int],
    after_exposure: Sequence[float],
    level: float = 0.95,
) -> RateRatio:
    """The pooled ratio of two rates, its limits widened by the scatter from week to week.

    The closed form of the log-linear model ``count ~ after + offset(log exposure)``: standard error of the
    log ratio sqrt(dispersion (1 / events before + 1 / events after)), dispersion floored at 1 because calm
    weeks are not evidence of extra certainty, Student's t with n - 2 degrees of freedom because it is
    estimated.

    Unit: a ratio. Range: above 0. No change: 1.
    Assumes: stretches independent of each other, scatter in proportion to the rate, recording unchanged.
    Raises: ValueError for a period without events or with fewer than 2 stretches, or broken counts and
    exposures.
    McCullagh & Nelder 1989, chapter 6; Ver Hoef & Boveng 2007, Ecology 88:2766, doi:10.1890/07-0043.1.
    """
    before, exposed_before = usable(before_counts, before_exposure)
    after, exposed_after = usable(after_counts, after_exposure)
    x1, x2 = sum(before), sum(after)
    if not x1 or not x2:
        raise ValueError("Quasi-Poisson limits need at least one event in each period.")
    if len(before) < 2 or len(after) < 2:
        raise ValueError("Quasi-Poisson limits need at least 2 stretches in each period.")
    groups = [0] * len(before) + [1] * len(after)
    scatter = pearson_dispersion([*before, *after], [*exposed_before, *exposed_after], groups)
    dispersion = max(1.0, scatter)
    error = math.sqrt(dispersion * (1 / x1 + 1 / x2))
    factor = math.exp(float(stats.t.isf(tail(level), len(groups) - 2)) * error)
    ratio = (x2 / sum(exposed_after)) / (x1 / sum(exposed_before))
    return RateRatio(
        estimate=ratio,
        interval=Interval(ratio / factor, ratio * factor, level),
        method=f"quasi-Poisson, dispersion {dispersion:.1f}, t limits",
        dispersion=dispersion,
        intervals_before=len(before),
        intervals_after=len(after),
    )
