"""Several estimates of the same change, each with its own uncertainty, looked at together: random effects.

The question is not which place did best, but what such a change came to on the whole and how far a further place may
lie from that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from metrics.estimators.arguments import LEAST, MOST, figures, tail
from metrics.estimators.intervals import Interval

Floats = NDArray[np.float64]

FEWEST = 3
"""Estimates below which neither the spread between them nor a further one can be spoken of."""


@dataclass(frozen=True)
class Together:
    """The average of several true effects, on the scale they were given.

    ``interval`` is where the average lies, ``prediction`` where the true effect of one further place of the same kind may
    lie; ``between`` is the standard deviation of the true effects between places (tau), ``count`` how many estimates.
    """

    estimate: float
    interval: Interval
    prediction: Interval
    between: float
    count: int
    method: str


def random_effects(estimates: Sequence[float], errors: Sequence[float], level: float = 0.95) -> Together:
    """The average effect of places that truly differ, with limits that hold for few places.

    Paule and Mandel's variance between places; Hartung, Knapp, Sidik and Jonkman's limits with Student's t on k - 1
    degrees of freedom, their factor never below 1 (a chance agreement of few places is no extra certainty); the
    prediction interval of Higgins, Thompson and Spiegelhalter with t on k - 2.

    Unit: that of the estimates (give ratios as logarithms). Range: any. No-change value: that of the estimates.
    Assumes: estimates independent of each other, errors known, true effects scattered normally around their average.
    Raises: ValueError for fewer than 3 estimates, lengths that differ, a figure that is not finite, an error not above 0.
    Paule & Mandel 1982, J Res Natl Bur Stand 87:377, doi:10.6028/jres.087.022; Hartung & Knapp 2001, Stat Med 20:3875,
    doi:10.1002/sim.1009; Sidik & Jonkman 2002, Stat Med 21:3153, doi:10.1002/sim.1262; Röver, Knapp & Friede 2015,
    BMC Med Res Methodol 15:99, doi:10.1186/s12874-015-0091-1 (the factor's floor); Higgins, Thompson & Spiegelhalter
    2009, J R Stat Soc A 172:137, doi:10.1111/j.1467-985X.2008.00552.x.
    """
    found, spread = figures("An estimate", estimates), figures("A standard error", errors)
    if found.shape != spread.shape or found.ndim != 1:
        raise ValueError(f"{found.size} estimates and {spread.size} standard errors do not match.")
    if found.size < FEWEST:
        raise ValueError(f"It takes at least {FEWEST} estimates, not {found.size}.")
    if not bool(np.all((spread >= math.sqrt(LEAST)) & (spread <= math.sqrt(MOST)))):
        raise ValueError("A standard error must be above 0 and finite.")
    count, outside = found.size, tail(level)
    within = spread**2
    between = _paule_mandel(found, within)
    weights = 1 / (within + between)
    average = float(weights @ found / weights.sum())
    factor = max(1.0, _scatter(found, within, between) / (count - 1))
    error = math.sqrt(factor / float(weights.sum()))
    reach = float(stats.t.isf(outside, count - 1)) * error
    further = float(stats.t.isf(outside, count - 2)) * math.sqrt(between + error**2)
    return Together(
        estimate=average,
        interval=Interval(average - reach, average + reach, level),
        prediction=Interval(average - further, average + further, level),
        between=math.sqrt(between),
        count=count,
        method="random effects, Paule-Mandel, Hartung-Knapp-Sidik-Jonkman limits",
    )


def _scatter(found: Floats, within: Floats, between: float) -> float:
    """Cochran's Q with the variance between places in the weights; it falls as that variance grows."""
    weights = 1 / (within + between)
    average = float(weights @ found / weights.sum())
    return float(weights @ (found - average) ** 2)


def _paule_mandel(found: Floats, within: Floats) -> float:
    """The variance between places at which the estimates scatter just as much as they should: Q = k - 1."""
    freedom = found.size - 1

    def excess(between: float) -> float:
        return _scatter(found, within, between) - freedom

    if excess(0.0) <= 0:
        return 0.0
    # With weights of at most 1/between, Q is at most the sum of squares over it: a value that is surely enough.
    enough = float(np.sum((found - found.mean()) ** 2)) / freedom
    while excess(enough) > 0:
        enough *= 2
    return float(optimize.brentq(excess, 0.0, enough, xtol=1e-12 * max(1.0, enough), rtol=1e-12))
