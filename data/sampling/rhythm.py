"""The rhythm of distress: good and bad days come in runs, and each person has a time of day."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

LIKENESS = 0.3
"""Correlation of neighbouring days in one person (default of this project): 28 mornings carry the news of 15."""

MORNING, AFTERNOON, EVENING, NIGHT = range(4)
WINDOWS = ("morning", "afternoon", "evening", "night")
WINDOW_STARTS = (6 * 60, 11 * 60, 17 * 60, 22 * 60)

CLOCKS = ("morning", "afternoon", "evening", "flat")
CLOCK_SHARES = (0.25, 0.45, 0.10, 0.20)
"""When distress comes: morning care, afternoon, evening or night, or at any time."""
MORNING_SHARE = (0.75, 0.12, 0.06, 0.22)
"""By personal clock: the share of distress that falls between 06:00 and 11:00."""


def runs_of_days(chance: NDArray[np.float64], dice: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Yes or no for each person (row) and day (column), alike from one day to the next.

    The chance of a yes is exactly ``chance`` on every day and the correlation of neighbouring days is
    ``LIKENESS``: a Markov chain whose next chance leans towards the day before.
    """
    chance = np.clip(chance, 1e-6, 0.97)
    spread = np.sqrt(chance * (1 - chance))
    bad = np.zeros(chance.shape, dtype=bool)
    bad[:, 0] = dice[:, 0] < chance[:, 0]
    for day in range(1, chance.shape[1]):
        lean = LIKENESS * spread[:, day] / spread[:, day - 1] * (bad[:, day - 1] - chance[:, day - 1])
        bad[:, day] = dice[:, day] < chance[:, day] + lean
    return bad


def sharing_luck(dice: NDArray[np.float64], share: float, rng: Generator) -> NDArray[np.float64]:
    """New dice that repeat the given ones on a share of the days: a bad morning may be a bad day."""
    return np.where(rng.random(dice.shape) < share, dice, rng.random(dice.shape))


def morning_minutes(count: int, rng: Generator) -> NDArray[np.int64]:
    """Minutes after midnight between 06:00 and 11:00, thickest at morning care."""
    return rng.triangular(360, 490, 660, count).astype(np.int64)


def later_minutes(clocks: NDArray[np.int64], overnight: bool, rng: Generator) -> NDArray[np.int64]:
    """Minutes after midnight from 11:00 on; past 24:00 is the night that follows.

    ``overnight`` is False where no staff sleep in: nothing is then seen after 22:00.
    """
    count = len(clocks)
    late_afternoon = 660 + np.abs(rng.normal(960, 110, count) - 660)
    by_clock = (
        rng.uniform(660, 1320, count),
        np.minimum(late_afternoon, 1439),
        rng.triangular(1080, 1230, 1800, count),
        rng.uniform(660, 1800, count),
    )
    minutes = np.choose(clocks, by_clock).astype(np.int64)
    return minutes if overnight else 660 + (minutes - 660) % 660


def window_of(minutes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which of the four windows a minute falls in; before 06:00 is the night that began the day before."""
    return (np.searchsorted(WINDOW_STARTS, minutes % 1440, side="right") - 1) % 4
