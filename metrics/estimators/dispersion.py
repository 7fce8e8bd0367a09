"""Events that come in bunches: how far counts scatter beyond chance, and ratio limits that allow for it."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.estimators.arguments import whole
from metrics.estimators.limits import ratio_limits, two_sided_quantile
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


@dataclass(frozen=True)
class TwoPeriods:
    """Counts and exposures of the stretches before and after, those nobody was there for left out."""

    before: list[int]
    exposed_before: list[float]
    after: list[int]
    exposed_after: list[float]

    @classmethod
    def of(
        cls,
        before_counts: Sequence[int],
        before_exposure: Sequence[float],
        after_counts: Sequence[int],
        after_exposure: Sequence[float],
    ) -> TwoPeriods:
        """The stretches, checked; ValueError for broken counts or exposures (see ``usable``)."""
        return cls(*usable(before_counts, before_exposure), *usable(after_counts, after_exposure))

    @property
    def fewest(self) -> int:
        """Stretches on the side that has fewer."""
        return min(len(self.before), len(self.after))

    @property
    def both_have_events(self) -> bool:
        return any(self.before) and any(self.after)

    @property
    def freedom(self) -> int:
        """Degrees of freedom left when each period has its own rate."""
        return len(self.before) + len(self.after) - 2

    def dispersion(self) -> float:
        """``pearson_dispersion`` around the rate of each period."""
        groups = [0] * len(self.before) + [1] * len(self.after)
        return pearson_dispersion([*self.before, *self.after], [*self.exposed_before, *self.exposed_after], groups)

    def needs_scatter(self) -> None:
        """Raises ValueError where limits cannot be taken from the scatter between stretches."""
        if not self.both_have_events:
            raise ValueError("Limits from scatter need at least one event in each period.")
        if self.fewest < 2:
            raise ValueError("Limits from scatter need at least 2 stretches in each period.")

    def ratio(self, dispersion: float, freedom: float, level: float, method: str) -> RateRatio:
        """The pooled ratio with Student's limits: standard error sqrt(dispersion (1 / events before + 1 / after))."""
        x1, x2 = sum(self.before), sum(self.after)
        error = math.sqrt(dispersion * (1 / x1 + 1 / x2))
        ratio = (x2 / sum(self.exposed_after)) / (x1 / sum(self.exposed_before))
        return RateRatio(
            estimate=ratio,
            interval=ratio_limits(ratio, error, two_sided_quantile(level, freedom), level),
            method=method,
            dispersion=dispersion,
            intervals_before=len(self.before),
            intervals_after=len(self.after),
        )


def pearson_residuals(counts: Sequence[int], exposures: Sequence[float]) -> np.ndarray:
    """How far each count lies from its period's own rate, in standard deviations of chance; at least one event."""
    events, exposure = np.array(counts, dtype=float), np.array(exposures)
    fitted = exposure * (events.sum() / exposure.sum())
    return np.asarray((events - fitted) / np.sqrt(fitted))


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
            distance += float(np.sum(pearson_residuals(seen, exposed) ** 2))
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
    periods = TwoPeriods.of(before_counts, before_exposure, after_counts, after_exposure)
    periods.needs_scatter()
    dispersion = max(1.0, periods.dispersion())
    return periods.ratio(dispersion, periods.freedom, level, f"quasi-Poisson, dispersion {dispersion:.1f}, t limits")
