"""What a guard says, and the weeks it looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from data.model import Period, Series
from metrics.estimators.alternatives import Family, Stretches
from metrics.judging.situation import Situation
from metrics.model import Caution

WEEK = 7


@dataclass(frozen=True)
class Objection:
    """A caution, and the reason with which it lowers a verdict; ``lowers`` is None where it only speaks."""

    caution: Caution
    lowers: str | None


Guard = Callable[[Situation], Objection | None]


def weeks_around(seen: Situation, days_back: int) -> Stretches | None:
    """The weeks of up to so many days before the change, and of the days after; None without both.

    Settling-in days, and a trigger fortnight that is left out, belong to neither side here either.
    """
    comparison, record = seen.comparison, seen.record
    if record is None or record.recorded is None or comparison.before is None or comparison.after is None:
        return None
    if seen.outcome.kind not in ("rate", "day_share", "share"):
        return None
    last = comparison.before.last
    earlier = Period(last - timedelta(days=days_back - 1), last).within(record.recorded)
    if earlier is None:
        return None
    before = record.series(earlier.blocks(WEEK, from_end=True))
    after = record.series(comparison.after.blocks(WEEK))
    sides = [(before, False), (after, True)]
    rows = [
        (_middle(period), tally.numerator, tally.denominator, is_after)
        for series, is_after in sides
        for period, tally in zip(series.periods, series.tallies, strict=True)
        if tally.denominator > 0
    ]
    if not rows:
        return None
    days, counted, over, is_after = (np.array(column) for column in zip(*rows, strict=True))
    family: Family = "counts" if seen.outcome.kind == "rate" else "shares"
    return Stretches(days.astype(float), counted.astype(float), over.astype(float), is_after.astype(bool), family)


def direction(seen: Situation) -> int | None:
    """-1 when it fell and +1 when it rose, as far as the interval shows; None where it shows neither."""
    effect = seen.change.effect
    if effect is None:
        return None
    if effect.high is not None and effect.high < effect.no_change:
        return -1
    return 1 if effect.low is not None and effect.low > effect.no_change else None


def only_said(guard: Guard) -> Guard:
    """A guard that speaks beside a verdict it may not change."""

    def said(seen: Situation) -> Objection | None:
        objection = guard(seen)
        return None if objection is None else Objection(objection.caution, None)

    return said


def weekly(seen: Situation, period: Period) -> Series:
    """The weeks of a period, laid backwards from its last day."""
    if seen.record is None:
        return Series((), ())
    return seen.record.series(period.blocks(WEEK, from_end=True))


def dispersion_of(seen: Situation, stretches: Stretches) -> float:
    """How far the weeks scatter beyond chance: as the change itself found, else around their own two rates."""
    if seen.change.dispersion is not None:
        return max(1.0, seen.change.dispersion)
    scatter, freedom = 0.0, 0
    for side in (stretches.after, ~stretches.after):
        counted, over = stretches.counted[side], stretches.over[side]
        if over.sum() and 0 < counted.sum() < over.sum():
            share = counted.sum() / over.sum()
            scatter += float(np.sum((counted - over * share) ** 2 / (over * share * (1 - share))))
            freedom += len(counted) - 1
    return max(1.0, scatter / freedom) if freedom > 0 else 1.0


def _middle(period: Period) -> float:
    return period.first.toordinal() + (period.days - 1) / 2
