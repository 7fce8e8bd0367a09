"""The turn of the year as pairs of waves: what comes back every twelve months is not the change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

YEAR_OF_MONTHS = 12.0
YEAR_OF_DAYS = 365.25


def fourier(places: Sequence[float] | FloatArray, cycle: float, pairs: int) -> dict[str, FloatArray]:
    """Columns ``s1, c1, s2, c2 …``: sine and cosine of 2 pi k place / cycle for k from 1 to ``pairs``.

    Unit: none. Range: -1 to 1 in each column. No-change value: none; no pairs give no columns.
    Assumes: places counted in the unit of the cycle (months of 12, days of 365.25), from any beginning: another
    beginning turns a pair within itself and leaves the fit as it is.
    Raises: ValueError for a cycle not above 0 or fewer than 0 pairs.
    Stolwijk, Straatman & Zielhuis 1999, J Epidemiol Community Health 53:235, doi:10.1136/jech.53.4.235.
    """
    if not cycle > 0 or pairs < 0:
        raise ValueError("A season needs a cycle above 0 and pairs of waves from 0 up.")
    turns = 2 * np.pi * np.asarray(places, dtype=float) / cycle
    columns: dict[str, FloatArray] = {}
    for k in range(1, pairs + 1):
        columns[f"s{k}"], columns[f"c{k}"] = np.sin(k * turns), np.cos(k * turns)
    return columns
