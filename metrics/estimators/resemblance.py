"""Good and bad stretches that come in runs: how much resemblance residuals hide, and the spread that allows for it.

For a series fitted with any design (level, slope, season), counts or shares: the third spread of an interrupted time
series. Fitting takes slow movement out of the residuals, so the resemblance behind them is worked out from the design,
and a whole covariance of the terms is built on it. For two periods without trend, ``runs`` does with one number: how
many times wider the ratio's variance is, steadied by what is ordinary.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from metrics.estimators.autocorrelation import autocorrelation

FloatArray = NDArray[np.float64]

MOST_RESEMBLANCE = 0.9
"""Beyond this a series of a few years says next to nothing; more is never assumed."""
FADES_BY = 0.5
"""The resemblance between neighbours fades by no more than half with each further step. Counts are partly chance, which
hides how alike the weeks behind them are: neighbours that look alike by 0.15 may be weeks alike by 0.5 with chance laid
over them, and two weeks apart still by 0.07, not by 0.15 times 0.15."""


def resemblance_behind(residuals: FloatArray, design: FloatArray) -> float:
    """The resemblance of neighbours under which residuals would be expected to look as alike as these do.

    Fitting a level, a trend and a season takes slow movement out of the residuals, so that they look less alike than
    the points were. The value is sought for which the expected ratio of neighbouring to squared residuals, worked out
    from the design, is the one seen.

    Unit: a correlation. Range: 0 to 0.9, never below 0: points that swing to and fro buy no certainty here.
    No-change value: 0. Assumes: resemblance that fades as ``fading`` says, points evenly spaced, even scatter.
    Raises: ValueError as ``autocorrelation``, or when residuals and design differ in length.
    The moments of least-squares residuals as in Durbin & Watson 1950, Biometrika 37:409, doi:10.1093/biomet/37.3-4.409.
    """
    points = len(residuals)
    if len(design) != points:
        raise ValueError("Every residual needs its row of the design.")
    autocorrelation(residuals)  # refuses what cannot be looked at
    seen = float(residuals[1:] @ residuals[:-1]) / float(residuals @ residuals)
    q, _ = np.linalg.qr(design)
    maker = np.eye(points) - q @ q.T
    neighbours = maker[:, 1:] @ maker[:-1, :]
    apart = _apart(points).ravel()
    # Sums along the diagonals once, so that each trial value costs no more than one short sum.
    squared = np.bincount(apart, weights=maker.ravel(), minlength=points)
    lagged = np.bincount(apart, weights=neighbours.ravel(), minlength=points)

    def surplus(resemblance: float) -> float:
        chain = fading(resemblance, points)
        return float(lagged @ chain) / float(squared @ chain) - seen

    if surplus(0.0) >= 0:
        return 0.0
    if surplus(MOST_RESEMBLANCE) <= 0:
        return MOST_RESEMBLANCE
    return float(optimize.brentq(surplus, 0.0, MOST_RESEMBLANCE, xtol=1e-6))


def fading(resemblance: float, points: int) -> FloatArray:
    """How alike points are 0, 1, 2 … steps apart: 1, r, r d, r d^2 … with d the larger of r and one half.

    Unit: correlations. Range: 0 to 1. No-change value: 1 and then 0.
    Assumes: a first-order chain, perhaps with chance laid over it. Raises: ValueError when r lies outside 0 to 1.
    Paper as ``in_runs``.
    """
    if not 0 <= resemblance < 1:
        raise ValueError(f"A resemblance lies between 0 and 1, not at {resemblance}.")
    steps = np.arange(points)
    chain: FloatArray = np.asarray(resemblance * max(resemblance, FADES_BY) ** (steps - 1.0), dtype=np.float64)
    chain[:1] = 1.0
    return chain


def in_runs(pull: FloatArray, bread: FloatArray, resemblance: float) -> FloatArray:
    """The covariance where points resemble those near them: bread pull' R pull bread, R as ``fading`` says.

    ``pull`` holds one row a point, its weight on each term times the scatter of the point.

    Unit: squares of the coefficients' units. Range: a covariance matrix. No-change value: the plain one at 0.
    Assumes: as ``fading``. Raises: ValueError as ``fading``.
    Zeger 1988, Biometrika 75:621, doi:10.1093/biomet/75.4.621.
    """
    chain = fading(resemblance, len(pull))[_apart(len(pull))]
    found: FloatArray = bread @ (pull.T @ chain @ pull) @ bread
    return found


def _apart(points: int) -> NDArray[np.intp]:
    places = np.arange(points)
    return np.abs(np.subtract.outer(places, places))
