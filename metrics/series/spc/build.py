"""From tallies, changes tried and happenings to charts ready to be drawn: many at once.

Series of one chart type and one convention are worked out together; only laying them out and naming their points is
done one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from data.model import Period
from metrics.kinds import common
from metrics.model import Outcome
from metrics.series.spc import icons, words
from metrics.series.spc.engine import Charted, charted
from metrics.series.spc.laid import chosen, laid_out
from metrics.series.spc.limits import NotChartable
from metrics.series.spc.model import (
    ENOUGH_FOR_LIMITS,
    FEWEST_FOR_LIMITS,
    SIGNALS,
    Asked,
    ChartPoint,
    ChartType,
    ControlChart,
    Convention,
    Direction,
    Mark,
    Phase,
    Side,
    Signal,
    Standing,
    Variation,
)
from metrics.series.spc.notes import notes
from metrics.series.spc.row import Row, row_of
from metrics.series.spc.sheet import sheet
from metrics.series.spc.snapping import starts_on_or_after

SHARES: tuple[ChartType, ...] = ("p", "p_prime")


def chart_of(asked: Asked) -> ControlChart:
    """One chart. Raises Impossible, with what to ask for instead, when the type does not suit the outcome."""
    return charts([asked])[0]


def charts(asked: Sequence[Asked]) -> tuple[ControlChart, ...]:
    """A chart for each question, in their order; those of one type are worked out together.

    Raises Impossible, with what to ask for instead, when a type that was asked for does not suit the outcome.
    """
    laid = [laid_out(each) for each in asked]
    rows = [row_of(each, advice) for each, advice in zip(laid, chosen(laid), strict=True)]
    together: dict[tuple[ChartType, Convention, bool], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        together[row.chart, row.laid.asked.convention, row.over is not None].append(number)
    found: dict[int, ControlChart] = {}
    for (chart, convention, has_over), numbers in together.items():
        ours = [rows[number] for number in numbers]
        laid_side_by_side = sheet(
            [row.values for row in ours],
            [row.over or () for row in ours] if has_over else None,
            starts=[row.starts for row in ours],
            first_points=[row.first_points for row in ours],
            excluded=[row.excluded for row in ours],
        )
        worked_out = charted(chart, laid_side_by_side, convention)
        for place, (number, row) in enumerate(zip(numbers, ours, strict=True)):
            found[number] = _finished(row, worked_out, place)
    return tuple(found[number] for number in range(len(rows)))


def improvement_of(outcome: Outcome) -> Direction:
    """Which way is better for an outcome; neutral when neither is by itself."""
    fewer = outcome.fewer_is_better
    return "neutral" if fewer is None else "decrease" if fewer else "increase"


def _finished(row: Row, worked_out: Charted, place: int) -> ControlChart:
    asked, outcome = row.laid.asked, row.laid.asked.outcome
    improvement = improvement_of(outcome) if row.step != "event" else _turned(improvement_of(outcome))
    phases = _phases(row, worked_out, place)
    points = _points(row, worked_out, place, phases, improvement)
    floor, ceiling = _ends(row, outcome)
    drawn = words.Drawn(asked, row.chart, row.step, points, phases, floor, ceiling, row.laid.slots.cut)
    last = drawn.latest
    judged = last is not None and phases[last.phase].standing != "none"
    target = None if row.step == "event" or row.chart in ("c", "mr") else asked.target
    spread = worked_out.lines.dispersion
    latest_spread = None
    if spread is not None and last is not None:
        known = spread[place][~np.isnan(spread[place])]
        latest_spread = float(known[-1]) if len(known) else None
    runs = worked_out.runs_in(place, len(phases) - 1) if points else None
    return ControlChart(
        outcome=outcome,
        service=asked.service,
        step=row.step,
        chart=row.chart,
        why=row.why,
        per=row.times,
        unit=words.unit(drawn),
        points=points,
        phases=phases,
        variation=_variation(last) if judged and last is not None and row.chart != "mr" else None,
        assurance=icons.assurance(target, last.lower, last.upper, improvement) if judged and last is not None else None,
        target=target,
        run_chart=runs,
        convention=words.convention(row.chart, asked.convention, row.first_points),
        title=words.title(drawn),
        sentence=words.sentence(drawn),
        marks=_marks(row, asked),
        notes=(*notes(drawn, row.laid.gaps, latest_spread), *asked.notes),
        improvement=improvement,
        floor=floor,
        ceiling=ceiling,
        dispersion=latest_spread,
        part=asked.part,
        asked_for=asked.chart,
    )


def _marks(row: Row, asked: Asked) -> tuple[Mark, ...]:
    """The marks inside the days drawn, each with whether the usual range begins anew there."""
    if not row.periods:
        return ()
    first = row.periods[0].last if row.step == "event" else row.periods[0].first
    last = max(period.last for period in row.periods)
    return tuple(
        replace(mark, rebased=_begins_a_phase(mark, asked, row)) for mark in asked.marks if first <= mark.on <= last
    )


def _begins_a_phase(mark: Mark, asked: Asked, row: Row) -> bool:
    """Whether the usual range is worked out again from this mark on."""
    if all(mark.on != day for day, _ in asked.rebase):
        return False
    days = [(period.last if row.step == "event" else period.first).toordinal() for period in row.periods]
    return any(place in row.starts for place in starts_on_or_after(days, [mark.on.toordinal()]))


def _turned(improvement: Direction) -> Direction:
    """On a chart of the time between events, longer means fewer."""
    turned: Mapping[Direction, Direction] = {"increase": "decrease", "decrease": "increase", "neutral": "neutral"}
    return turned[improvement]


def _ends(row: Row, outcome: Outcome) -> tuple[float | None, float | None]:
    """Where the unit ends: no fewer than none, no more than all."""
    if outcome.kind == "score":
        return None, None
    if outcome.kind in ("share", "day_share") and row.chart != "mr":
        return 0.0, common.times(outcome)
    return 0.0, None


def _phases(row: Row, worked_out: Charted, place: int) -> tuple[Phase, ...]:
    borders = [0, *row.starts, len(row.periods)]
    counted = worked_out.sheet.counted[place]
    plotted = worked_out.lines.plotted[place]
    found = []
    for number, (first, end) in enumerate(pairwise(borders)):
        if end == first:
            continue
        known = int(counted[first:end].sum())
        values = plotted[first:end][counted[first:end]]
        found.append(
            Phase(
                Period(row.periods[first].first, max(period.last for period in row.periods[first:end])),
                first,
                end - 1,
                known,
                _standing(row.chart, known),
                row.reasons[number - 1] if number else "",
                baseline=row.first_points,
                no_variation=known >= FEWEST_FOR_LIMITS and bool(np.ptp(values) == 0) if len(values) else False,
            )
        )
    return tuple(found)


def _standing(chart: ChartType, known: int) -> Standing:
    if chart == "run" or known < FEWEST_FOR_LIMITS:
        return "none"
    return "full" if known >= ENOUGH_FOR_LIMITS else "trial"


def _points(
    row: Row, worked_out: Charted, place: int, phases: Sequence[Phase], improvement: Direction
) -> tuple[ChartPoint, ...]:
    """Figures of one row in the unit drawn; limits and signals only where the phase can bear them."""
    count, times = len(row.periods), row.times
    lines, marked = worked_out.lines, worked_out.signals
    columns = [
        _figures(each[place][:count], times)
        for each in (lines.plotted, lines.centre, lines.lower, lines.upper, lines.near_lower, lines.near_upper)
    ]
    any_rule = (marked.first[place][:count] >= 0).tolist()
    rules = [each[place][:count].tolist() for each in (marked.outside, marked.trend, marked.two_in_three, marked.shift)]
    towards = marked.towards[place][:count].tolist()
    changed = row.laid.asked.recording_changed
    excluded = set(row.excluded)
    found = []
    for number, phase in enumerate(phases):
        bare, run = phase.standing == "none", row.chart == "run"
        for at in range(phase.first, phase.last + 1):
            value = columns[0][at]
            signals: tuple[Signal, ...] = ()
            side: Side | None = None
            kind = None
            if value is not None and not bare:
                if row.chart == "mr":
                    signals = ("outside",) if rules[0][at] else ()
                elif any_rule[at]:
                    signals = tuple(name for name, rule in zip(SIGNALS, rules, strict=True) if rule[at])
                way = towards[at] if signals else 0
                side = None if way == 0 else "high" if way > 0 else "low"
                after_change = any(phase.period.first < day <= row.periods[at].last for day in changed)
                kind = icons.point_kind(way, "neutral" if after_change or row.chart == "mr" else improvement)
            elif value is not None:
                kind = icons.point_kind(0, improvement)
            no_lines = bare and not (run and phase.known)
            found.append(
                ChartPoint(
                    row.periods[at], row.tallies[at], value, number,
                    None if no_lines else columns[1][at],
                    None if bare else columns[2][at], None if bare else columns[3][at],
                    None if bare else columns[4][at], None if bare else columns[5][at],
                    signals, side, kind, at in excluded,
                )
            )  # fmt: skip
    return tuple(found)


def _figures(row: np.ndarray, times: float) -> list[float | None]:
    return [None if each != each else each * times for each in row.tolist()]


def _variation(last: ChartPoint) -> Variation:
    """The icon of a chart: what its last point with a figure means."""
    if last.side is None or last.kind in (None, "common_cause"):
        return "common_cause"
    icon: Variation = f"{last.kind.split('_')[0]}_{last.side}"  # type: ignore[assignment]
    return icon


__all__ = ["NotChartable", "chart_of", "charts", "improvement_of"]
