"""What every estimator asks of its arguments, said once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST = 1e12
"""No record counts more than this; beyond it floating-point arithmetic would quietly lose events."""

LEAST = 1e-12


def whole(name: str, value: float) -> int:
    """``value`` as a whole number from 0 up; ValueError otherwise."""
    if not 0 <= value <= MOST or value != int(value):
        raise ValueError(f"{name} must be a whole number from 0 up, not {value}.")
    return int(value)


def positive(name: str, value: float) -> float:
    """``value`` when it is above 0 and of a size arithmetic can bear; ValueError otherwise."""
    if not LEAST <= value <= MOST:
        raise ValueError(f"{name} must be above 0 and finite, not {value}.")
    return float(value)


def share(value: float) -> float:
    """``value`` when it lies between 0 and 1; ValueError otherwise."""
    if not 0 <= value <= 1:
        raise ValueError(f"A share lies between 0 and 1, not at {value}.")
    return float(value)


def tally(successes: float, trials: float) -> None:
    """Raises ValueError unless so many of so many can be: from none to all of them."""
    if not (math.isfinite(trials) and 0 <= successes <= trials):
        raise ValueError(f"{successes} of {trials} is not a share.")


def tail(level: float) -> float:
    """The chance left outside each end of a two-sided interval: 0.025 at 0.95."""
    if not 0 < level < 1:
        raise ValueError(f"The level must lie between 0 and 1, not {level}.")
    return (1 - level) / 2


def figures(name: str, values: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    """``values`` as numbers of a size arithmetic can bear; those too small to tell from 0 are 0. ValueError otherwise."""
    found = np.asarray(values, dtype=np.float64)
    size = np.abs(found)
    if not bool(np.all(size <= MOST)):  # also where a value is not a number
        raise ValueError(f"{name} is a finite number of at most {MOST:g}; leave out what was not recorded.")
    return found if bool(np.all((size >= LEAST) | (size == 0))) else np.where(size >= LEAST, found, 0.0)
