"""One row of a sheet: what is drawn at each place, over what, and where phases begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.model import Period, Tally
from metrics.kinds import common
from metrics.series.spc.advice import Advice
from metrics.series.spc.laid import OF_EVENTS, OVER_SOMETHING, Laid, holds, starts_of
from metrics.series.spc.model import Asked, ChartType, Step


@dataclass(frozen=True)
class Row:
    """A question laid out for its chart: what is drawn at each place, over what, where phases begin."""

    laid: Laid
    chart: ChartType
    why: str
    step: Step
    periods: tuple[Period, ...]
    tallies: tuple[Tally, ...]
    values: tuple[float | None, ...]
    over: tuple[float | None, ...] | None
    starts: tuple[int, ...]
    reasons: tuple[str, ...]
    excluded: tuple[int, ...]
    times: float
    first_points: int | None
    """Limits from so many first points of each phase; None when from all."""


def row_of(laid: Laid, advice: Advice) -> Row:
    """A question laid out for the chart it was advised."""
    asked, chart = laid.asked, advice.chart
    outcome = asked.outcome
    if chart in OF_EVENTS:
        return _row_of_events(laid, advice)
    tallies = laid.slots.tallies
    counts_only = asked.series.basis == "none"
    held = [holds(outcome, tally, counts_only) for tally in tallies]
    times = 1.0
    over: tuple[float | None, ...] | None = None
    values: tuple[float | None, ...]
    if chart in OVER_SOMETHING and outcome.kind != "score":
        times = common.times(outcome)
        values = tuple(float(tally.numerator) if holds else None for tally, holds in zip(tallies, held, strict=True))
        over = tuple(tally.denominator if holds else None for tally, holds in zip(tallies, held, strict=True))
    elif chart == "i_prime":
        values = tuple(tally.points if holds else None for tally, holds in zip(tallies, held, strict=True))
        over = tuple(float(tally.numerator) if holds else None for tally, holds in zip(tallies, held, strict=True))
    elif chart == "c" or (counts_only and outcome.kind != "score"):
        values = tuple(float(tally.numerator) if holds else None for tally, holds in zip(tallies, held, strict=True))
    else:
        values = tuple(
            common.value(outcome, tally) if holds else None for tally, holds in zip(tallies, held, strict=True)
        )
    periods = laid.slots.periods
    starts, reasons = starts_of(asked, [period.first for period in periods], [value is not None for value in values])
    excluded = tuple(place for place, period in enumerate(periods) if period.first in asked.excluded)
    return Row(
        laid, chart, advice.why, asked.step, periods, tallies, values, over, starts, reasons, excluded, times,
        _first_points(asked, periods),
    )  # fmt: skip


def _row_of_events(laid: Laid, advice: Advice) -> Row:
    asked, chart = laid.asked, advice.chart
    values = tuple(float(gap.days) if chart == "t" else gap.person_days for gap in laid.gaps)
    starts, reasons = starts_of(asked, [gap.period.last for gap in laid.gaps])
    excluded = tuple(place for place, gap in enumerate(laid.gaps) if gap.period.last in asked.excluded)
    return Row(
        laid, chart, advice.why, "event",
        tuple(gap.period for gap in laid.gaps), tuple(Tally(1, gap.person_days) for gap in laid.gaps),
        values, None, starts, reasons, excluded, 1.0, _first_points(asked, [gap.period for gap in laid.gaps]),
    )  # fmt: skip


def _first_points(asked: Asked, periods: Sequence[Period]) -> int | None:
    """How many first points the limits rest on: as asked, or all that end before a day; gaps among them have their place."""
    if asked.before is None:
        return asked.frozen
    return sum(period.last < asked.before for period in periods) or None
