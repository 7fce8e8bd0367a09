"""Scores on a 1 to 5 card: a mean, a person's own leaning, a day's mood, rounded and kept in range."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.random import Generator

PERSON_SPREAD, DAY_SPREAD = 0.6, 0.7
DONT_KNOW, RATHER_NOT = 0.10, 0.02


def score(mean: float, leaning: float, rng: Generator) -> int:
    """One answer of somebody whose own leaning is given in points."""
    return int(np.clip(round(mean + leaning + DAY_SPREAD * float(rng.standard_normal())), 1, 5))


def expected_score(mean: float, spread: float) -> float:
    """The mean of the rounded, bounded answers."""
    bell = NormalDist(mean, spread)
    return 1 + sum(1 - bell.cdf(step + 0.5) for step in (1, 2, 3, 4))
