"""Standard errors for a series whose neighbouring points resemble each other (Newey & West)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

SHORTEST_LAG = 2


def usual_lag(points: int) -> int:
    """How many points back resemblance is allowed for: the whole part of 0.75 n^(1/3), at least 2.

    Unit: points. Range: 2 upwards; 59 points give 2, 104 give 3. No-change value: none.
    Assumes: resemblance of a middling kind that fades within a few points. Raises: ValueError when there is no point.
    Stock & Watson 2007, Introduction to Econometrics, 2nd ed., equation 15.17.
    """
    if points < 1:
        raise ValueError("A series has at least one point.")
    # The cube root of a perfect cube can fall just below its whole value.
    return max(SHORTEST_LAG, math.floor(0.75 * math.cbrt(points) + 1e-9))


def newey_west(scores: FloatArray, bread: FloatArray, lag: int) -> FloatArray:
    """The sandwich ``bread (sum of w_j Gamma_j) bread`` with Bartlett weights w_j = 1 - j / (lag + 1).

    ``scores`` holds one row a point in order of time: its pull on each coefficient. No prewhitening and no factor
    for small samples; linear models multiply by n / (n - k) themselves.

    Unit: squares of the coefficients' units. Range: a covariance matrix, never negative on its diagonal.
    No-change value: the covariance of independent points of uneven scatter, at lag 0.
    Assumes: points evenly spaced in time, resemblance gone beyond ``lag``. Too narrow below some 24 points.
    Raises: ValueError when the lag is negative or not shorter than the series.
    Newey & West 1987, Econometrica 55:703, doi:10.2307/1913610.
    """
    points = len(scores)
    if not 0 <= lag < points:
        raise ValueError(f"A lag of {lag} does not fit a series of {points} points.")
    meat = scores.T @ scores
    for back in range(1, lag + 1):
        resemblance = scores[back:].T @ scores[:-back]
        meat = meat + (1 - back / (lag + 1)) * (resemblance + resemblance.T)
    found: FloatArray = bread @ meat @ bread
    return found
