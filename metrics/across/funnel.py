"""Funnel limits: how far services may lie from all of them together by chance, given how much each records.

Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24: 1185-1202,
doi:10.1002/sim.1970; over-dispersion by random effects after winsorising: Spiegelhalter and others (2012), Statistical
methods for healthcare regulation, JRSS A 175(1): 1-47, doi:10.1111/j.1467-985X.2011.01010.x.

Being outside is a question to ask, never a grade.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy import stats

from data.model import NOTHING, Period, Tally
from metrics.kinds.common import times
from metrics.model import Outcome

Law = Literal["counts", "shares"]
Standing = Literal["inside", "edge", "outside"]
"""Within the 95 % limits; between those and the 99.8 % limits; beyond both."""
Side = Literal["high", "low"]
Method = Literal["exact", "widened"]
Over = Literal["additive", "multiplicative", "none"]

FEWEST_SERVICES = 5
INNER, OUTER = 0.95, 0.998
"""Two and three standard deviations, as funnel plots have them."""
WINSORISED = 0.1
STEPS = 60


@dataclass(frozen=True)
class Dot:
    """One row of the funnel. ``value`` is in the outcome's unit, ``standing`` None where there are no limits."""

    key: str
    name: str
    tally: Tally
    value: float
    standing: Standing | None = None
    side: Side | None = None
    z: float | None = None


@dataclass(frozen=True)
class Edge:
    """The limits for one amount of exposure, in the outcome's unit."""

    exposure: float
    outer_low: float
    inner_low: float
    inner_high: float
    outer_high: float


@dataclass(frozen=True)
class Dispersion:
    """How much more services differ than counting alone would give.

    ``phi``: mean of the winsorised squared z; 1 where chance alone is at work. ``tau``: standard deviation between
    services on the transformed scale, 0 where chance explains it all.
    """

    phi: float
    tau: float


@dataclass(frozen=True)
class Funnel:
    """One outcome of the services of one setting over the same twelve months, in order of name."""

    outcome: Outcome
    setting: str
    period: Period
    dots: tuple[Dot, ...]
    centre: float | None
    edges: tuple[Edge, ...]
    dispersion: Dispersion | None
    method: Method | None
    over: Over = "additive"
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def has_limits(self) -> bool:
        return bool(self.edges)


def law_of(outcome: Outcome) -> Law:
    """Events over time are counts; things out of things are shares."""
    return "counts" if outcome.kind in ("rate", "stay") else "shares"


def funnel(
    outcome: Outcome, setting: str, period: Period, tallies: Mapping[str, tuple[str, Tally]], *,
    over: Over = "additive", left_out: Sequence[tuple[str, str]] = (),
) -> Funnel:  # fmt: skip
    """The figures of some services, and the limits about all of them together. ``tallies``: name and tally by code.

    The additive model is the default: services differ a little for reasons nobody has written down, whatever their
    size, so limits never close to nothing for a large one. A common factor instead would excuse large services less
    than small ones for the same difference.
    """
    kept = {key: (name, tally) for key, (name, tally) in tallies.items() if tally.denominator > 0}
    gone = [(name, "no exposure") for key, (name, _) in tallies.items() if key not in kept]
    by_name = sorted(kept.items(), key=lambda item: (item[1][0].casefold(), item[0]))
    law, unit = law_of(outcome), times(outcome)
    whole = sum((tally for _, tally in kept.values()), NOTHING)
    centre = whole.ratio
    dots = tuple(Dot(key, name, tally, tally.numerator / tally.denominator * unit) for key, (name, tally) in by_name)
    every = (*left_out, *gone)
    if centre is None or len(dots) < FEWEST_SERVICES or centre == 0 or (law == "shares" and centre >= 1):
        return Funnel(
            outcome, setting, period, dots, None if centre is None else centre * unit, (), None, None, over, every
        )
    scores = np.array([z_score(dot.tally, centre, law) for dot in dots])
    found = dispersion(scores, np.array([dot.tally.denominator for dot in dots]))
    spread = Spread(centre, law, found, over)
    placed = _placed(dots, spread, scores)
    edges = _edges([dot.tally.denominator for dot in dots], spread, unit)
    return Funnel(outcome, setting, period, placed, centre * unit, edges, found, spread.method, over, every)


def z_score(tally: Tally, centre: float, law: Law) -> float:
    """How many standard deviations of chance a service lies from the centre.

    Unit: standard deviations, on the square root of a rate or the arcsine of the root of a share, on which chance
    scatters alike everywhere. Range: any. No change: 0. Assumes: independent events. Spiegelhalter (2005), doi:10.1002/sim.1970.
    """
    ratio = tally.numerator / tally.denominator
    return (_transformed(ratio, law) - _transformed(centre, law)) * 2 * math.sqrt(tally.denominator)


def dispersion(scores: np.ndarray, exposures: np.ndarray) -> Dispersion:
    """How much more services differ than chance gives, with the most extreme tenth at either end drawn in first.

    Unit: phi is a ratio of variances, tau is on the transformed scale. Range: 0 and more. No change: phi 1, tau 0.
    Assumes: most services differ only as services do. Spiegelhalter and others (2012),
    doi:10.1111/j.1467-985X.2011.01010.x.
    """
    low, high = np.quantile(scores, [WINSORISED, 1 - WINSORISED])
    drawn_in = np.clip(scores, low, high)
    count = len(scores)
    phi = float((drawn_in**2).mean())
    weights = 4.0 * exposures
    room = weights.sum() - (weights**2).sum() / weights.sum()
    tau2 = max(0.0, (count * phi - (count - 1)) / room) if room > 0 else 0.0
    return Dispersion(phi, math.sqrt(tau2))


@dataclass(frozen=True)
class Spread:
    """A centre with what scatters about it: enough to draw limits for any exposure."""

    centre: float
    law: Law
    dispersion: Dispersion
    over: Over = "additive"

    @property
    def method(self) -> Method:
        """Exact limits where counting alone explains the differences; widened ones on the transformed scale else."""
        more = self.dispersion.tau > 0 if self.over == "additive" else self.dispersion.phi > 1
        return "widened" if more and self.over != "none" else "exact"

    def limits(self, exposures: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
        """Lower and upper limits for some exposures, as ratios. They never leave what a rate or share can be."""
        tail = (1 - level) / 2
        if self.method == "exact":
            return self._exact(exposures, tail), self._exact(exposures, 1 - tail)
        variance = 1 / (4 * exposures)
        variance = variance + self.dispersion.tau**2 if self.over == "additive" else variance * self.dispersion.phi
        reach = float(stats.norm.ppf(1 - tail)) * np.sqrt(variance)
        middle = _transformed(self.centre, self.law)
        return _back(middle - reach, self.law), _back(middle + reach, self.law)

    def _exact(self, exposures: np.ndarray, tail: float) -> np.ndarray:
        """The point of the Poisson or binomial that leaves ``tail`` below, read between whole counts.

        Spiegelhalter (2005), appendix A.1: the smallest count that reaches the tail, less the part of its step not
        needed.
        """
        if self.law == "counts":
            known, shape, over = stats.poisson, [self.centre * exposures], exposures
        else:
            over = np.maximum(1.0, np.round(exposures))
            known, shape = stats.binom, [over, np.full(len(exposures), self.centre)]
        count = known.ppf(tail, *shape)
        step, reached = known.pmf(count, *shape), known.cdf(count, *shape)
        rest = np.clip((reached - tail) / np.where(step > 0, step, 1.0), 0.0, 1.0)
        ratio = np.maximum(0.0, count - rest) / over
        return np.asarray(ratio if self.law == "counts" else np.minimum(1.0, ratio))


def _transformed(ratio: float, law: Law) -> float:
    return math.sqrt(ratio) if law == "counts" else math.asin(math.sqrt(min(1.0, ratio)))


def _back(values: np.ndarray, law: Law) -> np.ndarray:
    if law == "counts":
        return np.asarray(np.maximum(0.0, values) ** 2)
    return np.asarray(np.sin(np.clip(values, 0.0, math.pi / 2)) ** 2)


def _placed(dots: Sequence[Dot], spread: Spread, scores: np.ndarray) -> tuple[Dot, ...]:
    """Each row with where it lies."""
    held = np.array([dot.tally.denominator for dot in dots])
    inner, outer = spread.limits(held, INNER), spread.limits(held, OUTER)
    told = []
    for place, dot in enumerate(dots):
        ratio = dot.tally.numerator / dot.tally.denominator
        standing: Standing = "inside"
        if not outer[0][place] <= ratio <= outer[1][place]:
            standing = "outside"
        elif not inner[0][place] <= ratio <= inner[1][place]:
            standing = "edge"
        side: Side | None = None if standing == "inside" else "high" if ratio > spread.centre else "low"
        told.append(replace(dot, standing=standing, side=side, z=float(scores[place])))
    return tuple(told)


def _edges(held: Sequence[float], spread: Spread, unit: float) -> tuple[Edge, ...]:
    """Limits from a little below the smallest exposure to a little above the largest, closer together where they bend."""
    low, high = max(min(held) * 0.75, 1.0), max(held) * 1.06
    exposures = np.geomspace(low, max(high, low + 1.0), STEPS)
    if spread.law == "shares":
        exposures = np.unique(np.round(exposures))
    inner, outer = spread.limits(exposures, INNER), spread.limits(exposures, OUTER)
    figures = np.column_stack([outer[0], inner[0], inner[1], outer[1]]) * unit
    return tuple(Edge(float(at), *map(float, row)) for at, row in zip(exposures, figures, strict=True))
