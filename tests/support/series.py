"""Made-up months and weeks with a planted change, from a seed."""

from __future__ import annotations

from datetime import date

import numpy as np

from data.model import Period, Series, Tally


def months_of(
    first: date, count: int, *, start: date, ratio: float = 1.0, rate: float = 0.01, trend: float = 0.0,
    season: float = 0.0, scatter: float = 0.0, people: float = 30.0, seed: int = 1, slope: float = 0.0,
) -> Series:  # fmt: skip
    """Counts a month over person days: ``ratio`` and ``slope`` from the start on, the rest throughout."""
    dice = np.random.default_rng(seed)
    last = date(first.year + (first.month + count - 1) // 12, (first.month + count - 1) % 12 + 1, 1)
    whole = Period(first, date.fromordinal(last.toordinal() - 1))
    tallies = []
    since = 0
    for place, month in enumerate(whole.months()):
        late = month.first >= start
        since += late
        mean = rate * np.exp(trend * place + season * np.sin(2 * np.pi * month.first.month / 12))
        mean *= (ratio * np.exp(slope * since) if late else 1.0) * people * month.days
        if scatter:
            mean *= dice.gamma(1 / scatter, scatter)
        tallies.append(Tally(int(dice.poisson(mean)), people * month.days))
    return Series(whole.months(), tuple(tallies))


def weeks_of(first: date, counts: list[int] | list[tuple[int, float]], *, exposure: float = 210.0) -> Series:
    """Counts a week, each over the same person days unless given."""
    whole = Period(first, date.fromordinal(first.toordinal() + 7 * len(counts) - 1))
    tallies = [Tally(*each) if isinstance(each, tuple) else Tally(each, exposure) for each in counts]
    return Series(whole.blocks(7), tuple(tallies))
