"""Short ways to ask for charts in tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from data.model import Period, Rows, Series, Service, Tally
from metrics.model import Outcome
from metrics.series.spc.build import chart_of
from metrics.series.spc.engine import Charted, charted
from metrics.series.spc.model import Asked, ChartType, ControlChart, Convention
from metrics.series.spc.sheet import sheet

STEADY = [8, 11, 7, 9, 12, 8, 10, 9, 7, 11, 8, 10, 9, 12, 7, 9]
HOME = Service("elm", "residential", "EN", "Elm House", 38)
OLDER = Convention(two_in_three="ptd_0_2_2")

FALLS = Outcome(
    code="F1", name="Falls", kind="rate", table="falls", good="no rise", judged="steady", size=1.25,
    unit="per 1,000 bed days", why="", counts=Rows("falls"), per=1000.0, one_thing="fall", many_things="falls",
)  # fmt: skip
KEPT = Outcome(
    code="C3", name="Plan kept as agreed", kind="share", table="checks", good="up", judged="target", size=90,
    unit="%", why="", counts=Rows("checks"), over=Rows("checks"), per=100.0, one_thing="element kept",
    many_things="elements kept", one_of="element looked at", many_of="elements looked at",
)  # fmt: skip
MOOD = Outcome(
    code="L4", name="Emotional wellbeing", kind="score", table="feedback", good="up", judged="change", size=0.5,
    unit="1-5", why="", counts=Rows("feedback"), per=1.0,
)  # fmt: skip


def months(first: date, count: int) -> tuple[Period, ...]:
    """So many whole months from a first day of month."""
    found, start = [], first
    for _ in range(count):
        (month,) = Period(start, start).months()
        last = Period(start, date(start.year + start.month // 12, start.month % 12 + 1, 1)).months()[0].last
        found.append(Period(month.first, last))
        start = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return tuple(found)


def monthly(
    counts: Sequence[int | None], over: Sequence[float] | float = 1000.0, first: date = date(2024, 1, 1)
) -> Series:
    """Counts by the month; None is a month without a record, which the series leaves out."""
    rests = [float(over)] * len(counts) if isinstance(over, int | float) else list(over)
    kept = [
        (period, Tally(count, rest))
        for period, count, rest in zip(months(first, len(counts)), counts, rests, strict=True)
        if count is not None
    ]
    return Series(tuple(period for period, _ in kept), tuple(tally for _, tally in kept))


def falls(counts: Sequence[int | None], **more: Any) -> ControlChart:
    """A chart of falls over 1,000 bed days a month."""
    over = more.pop("over", 1000.0)
    return chart_of(Asked(FALLS, HOME, monthly(counts, over), **more))


def one(
    chart: ChartType, values: Sequence[float | None], over: Sequence[float | None] | None = None, **more: Any
) -> Charted:
    """One series through the engine; ``starts``, ``first_points`` and ``excluded`` are those of that series."""
    laid = sheet(
        [values],
        None if over is None else [over],
        starts=[more.pop("starts", ())],
        first_points=[more.pop("first_points", None)],
        excluded=[more.pop("excluded", ())],
    )
    return charted(chart, laid, more.pop("convention", None), **more)
