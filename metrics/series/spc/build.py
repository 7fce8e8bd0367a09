"""From tallies, changes tried and happenings to charts ready to be drawn: many at once.

Series of one chart type and one convention are worked out together; only laying them out and naming their points is
done one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np

from data.model import NOTHING, Impossible, Period, Tally
from metrics.kinds import common
from metrics.model import Outcome
from metrics.series.spc import between, icons, words
from metrics.series.spc.advice import NAMES, SUITS, Advice, Seen, advise, needs_dispersion
from metrics.series.spc.engine import Charted, charted
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
    Step,
    Variation,
)
from metrics.series.spc.sheet import sheet
from metrics.series.spc.slots import Slots, slots
from metrics.series.spc.snapping import starts_on_or_after
from metrics.words import capital

OVER_SOMETHING: tuple[ChartType, ...] = ("u", "u_prime", "p", "p_prime", "i_prime")
OF_EVENTS: tuple[ChartType, ...] = ("g", "t")
SHARES: tuple[ChartType, ...] = ("p", "p_prime")


def chart_of(asked: Asked) -> ControlChart:
    """One chart. Raises Impossible, with what to ask for instead, when the type does not suit the outcome."""
    return charts([asked])[0]


def charts(asked: Sequence[Asked]) -> tuple[ControlChart, ...]:
    """A chart for each question, in their order; those of one type are worked out together.

    Raises Impossible, with what to ask for instead, when a type that was asked for does not suit the outcome.
    """
    laid = [_laid_out(each) for each in asked]
    chosen = _chosen(laid)
    rows = [_row(each, advice) for each, advice in zip(laid, chosen, strict=True)]
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
            first_points=[row.laid.asked.frozen for row in ours],
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


# Laying out ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Laid:
    """A question with its slots, and the stretches from one event to the next where days are known."""

    asked: Asked
    slots: Slots
    gaps: tuple[between.Gap, ...]
    seen: Seen


def _laid_out(asked: Asked) -> _Laid:
    found = _from_first_figure(slots(asked.series, asked.step), asked)
    known = [tally for tally in found.tallies if _holds(asked.outcome, tally, asked.series.basis == "none")]
    gaps = between.gaps(asked.days) if asked.days is not None else ()
    seen = Seen(
        asked.outcome,
        asked.step,
        [tally.numerator for tally in known],
        [tally.denominator for tally in known],
        between=len(gaps),
        same_day=between.same_day(gaps),
    )
    return _Laid(asked, found, gaps, seen)


def _from_first_figure(found: Slots, asked: Asked) -> Slots:
    """Without the stretches before anything of this outcome was recorded; those without a record later stay as gaps."""
    counts_only = asked.series.basis == "none"
    first = next(
        (place for place, tally in enumerate(found.tallies) if _holds(asked.outcome, tally, counts_only)),
        len(found.tallies),
    )
    return Slots(found.periods[first:], found.tallies[first:], found.cut)


def _holds(outcome: Outcome, tally: Tally, counts_only: bool) -> bool:
    """Whether a stretch holds a figure: a mean, a rate over somebody, or a count where people are not known at all."""
    if outcome.kind == "score":
        return tally.mean is not None
    return tally.denominator > 0 or (counts_only and tally is not NOTHING)


def _chosen(laid: Sequence[_Laid]) -> list[Advice]:
    """The chart of each: as asked for by name, else as the figures suggest. Dispersions are worked out together."""
    spread = _dispersions([each for each in laid if each.asked.chart == "auto"])
    return [
        advise(_with_spread(each.seen, spread.get(id(each)))) if each.asked.chart == "auto" else _by_name(each)
        for each in laid
    ]


def _with_spread(seen: Seen, spread: float | None) -> Seen:
    return Seen(seen.outcome, seen.step, seen.counts, seen.over, seen.between, seen.same_day, spread)


def _dispersions(laid: Sequence[_Laid]) -> dict[int, float]:
    """Laney's sigma of z of the last phase that has one, by question."""
    wanted: dict[ChartType, list[_Laid]] = defaultdict(list)
    for each in laid:
        prime = needs_dispersion(each.seen)
        if prime is not None:
            wanted[prime].append(each)
    found: dict[int, float] = {}
    for prime, ours in wanted.items():
        worked_out = charted(
            prime,
            sheet(
                [[tally.numerator for tally in each.slots.tallies] for each in ours],
                [[tally.denominator for tally in each.slots.tallies] for each in ours],
                starts=[_starts(each.asked, [period.first for period in each.slots.periods])[0] for each in ours],
            ),
        )
        spread = worked_out.lines.dispersion
        assert spread is not None
        for row, each in enumerate(ours):
            known = spread[row][~np.isnan(spread[row])]
            if len(known):
                found[id(each)] = float(known[-1])
    return found


def _by_name(laid: _Laid) -> Advice:
    """A type asked for by name, when the outcome's figures can be put on it."""
    asked = laid.asked
    chart = asked.chart
    assert chart != "auto"
    suits = SUITS[asked.outcome.kind]
    if chart not in suits:
        raise Impossible(
            f"{asked.outcome.code} is a {asked.outcome.kind.replace('_', ' ')}, which does not go on {_a(chart)}. "
            f"It can be shown as: auto, {', '.join(suits)}."
        )
    if chart in OF_EVENTS and asked.days is None:
        raise Impossible(f"{capital(_a(chart))} needs the day of each event, and only totals are recorded here.")
    if chart == "t" and laid.seen.same_day:
        raise Impossible(
            f"{capital(_a(chart))} counts days from one event to the next, and here two fell on one day. Use g or u."
        )
    if chart in OVER_SOMETHING and not any(laid.seen.over):
        raise Impossible(
            f"{capital(_a(chart))} needs how many people there were, which is not recorded here. Use c or xmr."
        )
    return Advice(chart, f"{capital(_a(chart))}, as asked for by name.")


def _a(chart: ChartType) -> str:
    """The name of a type with its article."""
    return f"{'an' if NAMES[chart][0] in 'XIi' else 'a'} {NAMES[chart]}"


# One row of a sheet ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """A question laid out for its chart: what is drawn at each place, over what, where phases begin."""

    laid: _Laid
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


def _row(laid: _Laid, advice: Advice) -> _Row:
    asked, chart = laid.asked, advice.chart
    outcome = asked.outcome
    if chart in OF_EVENTS:
        return _row_of_events(laid, advice)
    tallies = laid.slots.tallies
    counts_only = asked.series.basis == "none"
    held = [_holds(outcome, tally, counts_only) for tally in tallies]
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
    starts, reasons = _starts(asked, [period.first for period in periods], [value is not None for value in values])
    excluded = tuple(place for place, period in enumerate(periods) if period.first in asked.excluded)
    return _Row(laid, chart, advice.why, asked.step, periods, tallies, values, over, starts, reasons, excluded, times)


def _row_of_events(laid: _Laid, advice: Advice) -> _Row:
    asked, chart = laid.asked, advice.chart
    values = tuple(float(gap.days) if chart == "t" else gap.person_days for gap in laid.gaps)
    starts, reasons = _starts(asked, [gap.period.last for gap in laid.gaps])
    excluded = tuple(place for place, gap in enumerate(laid.gaps) if gap.period.last in asked.excluded)
    return _Row(
        laid, chart, advice.why, "event",
        tuple(gap.period for gap in laid.gaps), tuple(Tally(1, gap.person_days) for gap in laid.gaps),
        values, None, starts, reasons, excluded, 1.0,
    )  # fmt: skip


def _starts(
    asked: Asked, days: Sequence[date], known: Sequence[bool] | None = None
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Where phases begin and why: at the first point on or after the day, where both sides can bear a usual range."""
    held = list(known) if known is not None else [True] * len(days)
    ordinals = [day.toordinal() for day in days]
    asked_for: dict[int, list[str]] = {}
    for day, why in sorted(asked.rebase):
        for place in starts_on_or_after(ordinals, [day.toordinal()]):
            asked_for.setdefault(place, []).append(why)
    found: list[int] = []
    for place in asked_for:
        earlier = found[-1] if found else 0
        if sum(held[earlier:place]) >= FEWEST_FOR_LIMITS and sum(held[place:]) >= FEWEST_FOR_LIMITS:
            found.append(place)
    return tuple(found), tuple(" and ".join(dict.fromkeys(asked_for[place])) for place in found)


# A finished chart ------------------------------------------------------------------------------------


def _finished(row: _Row, worked_out: Charted, place: int) -> ControlChart:
    asked, outcome = row.laid.asked, row.laid.asked.outcome
    improvement = improvement_of(outcome) if row.step != "event" else _turned(improvement_of(outcome))
    phases = _phases(row, worked_out, place)
    points = _points(row, worked_out, place, phases, improvement)
    drawn = words.Drawn(asked, row.chart, row.step, row.times, points, phases, improvement, row.laid.slots.cut)
    last = next((point for point in reversed(points) if point.value is not None), None)
    judged = last is not None and phases[last.phase].standing != "none"
    target = None if row.step == "event" or row.chart in ("c", "mr") else asked.target
    spread = worked_out.lines.dispersion
    latest_spread = None
    if spread is not None and last is not None:
        known = spread[place][~np.isnan(spread[place])]
        latest_spread = float(known[-1]) if len(known) else None
    runs = worked_out.runs_in(place, len(phases) - 1) if points else None
    floor, ceiling = _ends(row, outcome)
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
        convention=words.convention(row.chart, asked.convention, asked.frozen),
        title=words.title(drawn),
        sentence=words.sentence(drawn),
        marks=_marks(row, asked),
        notes=(*words.notes(drawn, row.laid.gaps, latest_spread), *asked.notes),
        improvement=improvement,
        floor=floor,
        ceiling=ceiling,
        dispersion=latest_spread,
        part=asked.part,
        asked_for=asked.chart,
    )


def _marks(row: _Row, asked: Asked) -> tuple[Mark, ...]:
    """The marks inside the days drawn, each with whether the usual range begins anew there."""
    if not row.periods:
        return ()
    first = row.periods[0].last if row.step == "event" else row.periods[0].first
    last = max(period.last for period in row.periods)
    return tuple(
        replace(mark, rebased=_begins_a_phase(mark, asked, row)) for mark in asked.marks if first <= mark.on <= last
    )


def _begins_a_phase(mark: Mark, asked: Asked, row: _Row) -> bool:
    """Whether the usual range is worked out again from this mark on."""
    if all(mark.on != day for day, _ in asked.rebase):
        return False
    days = [(period.last if row.step == "event" else period.first).toordinal() for period in row.periods]
    return any(place in row.starts for place in starts_on_or_after(days, [mark.on.toordinal()]))


def _turned(improvement: Direction) -> Direction:
    """On a chart of the time between events, longer means fewer."""
    turned: Mapping[Direction, Direction] = {"increase": "decrease", "decrease": "increase", "neutral": "neutral"}
    return turned[improvement]


def _ends(row: _Row, outcome: Outcome) -> tuple[float | None, float | None]:
    """Where the unit ends: no fewer than none, no more than all."""
    if outcome.kind == "score":
        return None, None
    if outcome.kind in ("share", "day_share") and row.chart != "mr":
        return 0.0, common.times(outcome)
    return 0.0, None


def _phases(row: _Row, worked_out: Charted, place: int) -> tuple[Phase, ...]:
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
                baseline=row.laid.asked.frozen,
                no_variation=known >= FEWEST_FOR_LIMITS and bool(np.ptp(values) == 0) if len(values) else False,
            )
        )
    return tuple(found)


def _standing(chart: ChartType, known: int) -> Standing:
    if chart == "run" or known < FEWEST_FOR_LIMITS:
        return "none"
    return "full" if known >= ENOUGH_FOR_LIMITS else "trial"


def _points(
    row: _Row, worked_out: Charted, place: int, phases: Sequence[Phase], improvement: Direction
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
                after_change = changed is not None and phase.period.first < changed <= row.periods[at].last
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
