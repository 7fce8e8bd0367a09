"""Ten thousand series that nobody would wish for: always a chart, never an exception, never a figure that is none."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest

from data.model import DayCounts, Period, Series, Tally
from metrics.series.spc.build import chart_of, charts
from metrics.series.spc.engine import charted
from metrics.series.spc.limits import NotChartable
from metrics.series.spc.model import CHART_TYPES, SIGNALS, Asked, ChartPoint, ChartType
from metrics.series.spc.sheet import sheet
from tests.support.spc import FALLS, HOME, KEPT, MOOD, months

SERIES, SEED = 10_000, 2026
HUGE = [0.0, 1e-300, 1e-9, 0.1 + 0.2, 1e6, 1e15, 1e150]


def _ugly(rng: np.random.Generator) -> list[float | None]:
    """A series of one of many shapes: empty, constant, one event, steps, gaps, huge and tiny figures."""
    size = int(rng.integers(0, 45))
    shape = rng.integers(0, 9)
    if shape == 0:
        values = np.full(size, float(rng.integers(0, 9)))
    elif shape == 1:
        values = np.zeros(size)
        if size:
            values[rng.integers(0, size)] = float(rng.integers(1, 50))
    elif shape == 2:
        values = rng.poisson(rng.choice([0.05, 0.3, 1, 9, 200]), size).astype(float)
    elif shape == 3:
        values = np.where(np.arange(size) < size // 2, 3.0, 90.0)
    elif shape == 4:
        values = np.arange(size, dtype=float) * rng.choice([-1, 1]) + 50
    elif shape == 5:
        values = rng.choice(HUGE, size)
    elif shape == 6:
        values = rng.normal(0, 1e-12, size) + 5
    elif shape == 7:
        values = rng.normal(0, 50, size)
    else:
        values = rng.choice([4.0, 6.0], size)
    out: list[float | None] = [float(each) for each in values]
    if rng.random() < 0.5:
        out = [None if rng.random() < 0.25 else each for each in out]
    return out


def test_the_engine_draws_each_of_them_on_every_chart() -> None:
    rng = np.random.default_rng(SEED)
    asked = [_ugly(rng) for _ in range(SERIES)]
    starts = [sorted(rng.integers(0, 45, rng.integers(0, 4)).tolist()) for _ in asked]
    excluded = [rng.integers(0, 45, rng.integers(0, 3)).tolist() for _ in asked]
    over = [[float(rng.choice([0.0, 1.0, 30.0, 1e6])) for _ in each] for each in asked]
    frozen = [None if rng.random() < 0.7 else int(rng.integers(1, 20)) for _ in asked]
    for chart in CHART_TYPES:
        values: list[list[float | None]] = asked
        if chart in ("c", "u", "u_prime", "g"):
            values = [[None if each is None else abs(each) for each in row] for row in asked]
        if chart in ("p", "p_prime"):
            values = [
                [None if each is None else min(abs(each), rest) for each, rest in zip(row, rests, strict=True)]
                for row, rests in zip(asked, over, strict=True)
            ]
        if chart == "t":
            values = [[None if each is None else abs(each) + 1e-3 for each in row] for row in asked]
        needs = over if chart in ("u", "u_prime", "p", "p_prime", "i_prime") else None
        found = charted(chart, sheet(values, needs, starts=starts, first_points=frozen, excluded=excluded))
        lines, marked = found.lines, found.signals
        known = ~np.isnan(lines.plotted)
        assert not (marked.first >= 0)[~known].any(), "a gap has no signal"
        assert not np.isinf(lines.plotted).any()
        both = np.isfinite(lines.lower) & np.isfinite(lines.upper)
        assert (lines.lower[both] <= lines.upper[both]).all()
        assert len(found.variation(["decrease"] * SERIES)) == SERIES


def _tally(value: float | None, rng: np.random.Generator) -> Tally:
    if value is None:
        return Tally(0, 0)
    return Tally(int(min(abs(value), 1e9)), float(rng.choice([0.0, 1.0, 900.0])), abs(value) % 5)


@pytest.mark.parametrize("outcome", [FALLS, KEPT, MOOD], ids=["rate", "share", "score"])
def test_a_chart_is_made_of_each_of_them(outcome: object) -> None:
    rng = np.random.default_rng(SEED + 1)
    asked = []
    for _ in range(1000):
        values = _ugly(rng)
        tallies = [_tally(value, rng) for value in values]
        if outcome is KEPT:
            tallies = [Tally(min(each.numerator, int(each.denominator)), each.denominator) for each in tallies]
        periods = months(date(2022, 1, 1), len(tallies))
        kept = [pair for pair in zip(periods, tallies, strict=True) if rng.random() < 0.9]
        series = Series(
            tuple(period for period, _ in kept), tuple(tally for _, tally in kept),
            "none" if outcome is FALLS and rng.random() < 0.2 else "stays",
        )  # fmt: skip
        rebase = ((date(2023, 1, 15), "since it began"),) if rng.random() < 0.5 else ()
        asked.append(Asked(outcome, HOME, series, rebase=rebase, target=3.0))  # type: ignore[arg-type]
    for chart in charts(asked):
        assert chart.sentence
        for point in chart.points:
            _is_sound(point)


def _is_sound(point: ChartPoint) -> None:
    for figure in (point.value, point.centre, point.lower, point.upper, point.near_lower, point.near_upper):
        assert figure is None or math.isfinite(figure)
    if point.value is None:
        assert not point.signals
        assert point.kind is None
    if point.lower is not None and point.upper is not None:
        assert point.lower <= point.upper
    assert set(point.signals) <= set(SIGNALS)


def test_events_on_any_days_make_a_chart() -> None:
    rng = np.random.default_rng(SEED + 2)
    first = date(2022, 1, 1)
    for _ in range(300):
        length = int(rng.integers(1, 900))
        events = tuple(int(each) for each in rng.poisson(rng.choice([0.0, 0.004, 0.02, 0.5]), length))
        people = tuple(float(each) for each in rng.choice([0.0, 1.0, 40.0], length))
        days = DayCounts(Period(first, first + timedelta(days=length - 1)), events, people, "stays")
        series = days.series(days.period.months())
        for chart in ("auto", "g", "run"):
            found = chart_of(Asked(FALLS, HOME, series, days=days, chart=chart))  # type: ignore[arg-type]
            for point in found.points:
                _is_sound(point)


@pytest.mark.parametrize("chart", ["t", "g", "c", "p"])
def test_what_cannot_be_drawn_is_refused_in_words(chart: ChartType) -> None:
    with pytest.raises(NotChartable, match=r"[a-z]\.$"):
        charted(chart, sheet([[-1.0, 3.0]], [[2.0, 2.0]] if chart == "p" else None))
