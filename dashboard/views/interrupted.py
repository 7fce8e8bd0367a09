"""One change over the whole record, in words: what would have been, what was, and by which model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.model import Period
from metrics.model import Finding, Outcome
from metrics.series.interrupted import ENOUGH_FOR_SLOPE, Estimate, Interrupted, SeriesPoint
from metrics.series.words import continued, ratio, signed
from metrics.wording import rate_unit
from metrics.words import and_list, capital, number, whole

KINDS = ("rate", "day_share", "share")
NOT_OVER_TIME = "This kind of outcome is not shown over time against its earlier pattern."
FOOT_SHARE = 0.45
"""Where the lowest value is at least this share of the highest, the axis may begin above 0 and says so."""
PER_STEP = {"week": 7.0, "month": 30.4375}


@dataclass(frozen=True)
class SeriesChart:
    """Everything one chart shows; values are already in the unit people read."""

    alt: str
    heading: str
    unit: str
    points: tuple[SeriesPoint, ...]
    factor: float
    start: date
    settling: Period | None
    from_zero: bool
    most: float | None


@dataclass(frozen=True)
class ModelRow:
    """One model: what it finds against what would have been, at the start, and for each stretch after."""

    name: str
    effect: str
    level: str
    slope: str


@dataclass(frozen=True)
class SeriesPage:
    """What the section says."""

    title: str
    sentence: str
    each: str
    step: str
    charts: tuple[SeriesChart, ...]
    rows: tuple[ModelRow, ...]
    notes: tuple[str, ...]
    method: str
    left_out: str
    pattern: str
    cut: str


def series_page(
    finding: Finding, usual: Interrupted | str, step: Interrupted | str, beside: Outcome | None = None
) -> SeriesPage | str:
    """The section; or one line that says why it is not shown. A model that has no answer comes as its reason."""
    if isinstance(usual, str):
        return f"Not shown over time: {usual}."
    fewest = min(usual.count_before, usual.count_after)
    if fewest < ENOUGH_FOR_SLOPE:
        side = "before" if usual.count_before <= usual.count_after else "after"
        return (
            f"Not shown over time: it takes at least {ENOUGH_FOR_SLOPE} {usual.step}s on each side, "
            f"and there are {fewest} {side} the start."
        )
    outcome = finding.outcome
    sentence = continued(outcome, usual, finding.question)
    charts = [_chart(finding, outcome, usual, sentence)]
    if usual.beside is not None and beside is not None:
        other = usual.beside.comparison
        charts.append(_chart(finding, beside, other, f"{beside.name}, for comparison: {continued(beside, other)}"))
    return SeriesPage(
        title=_title(outcome, usual),
        sentence=sentence,
        each=f"Each point is one {usual.step}: {outcome.many_things} {charts[0].unit}.",
        step=usual.step,
        charts=tuple(charts),
        rows=_rows(usual, step),
        notes=_notes(usual, step),
        method=f"{capital(usual.method)}; {whole(usual.effect.interval.level * 100)} % interval.",
        left_out="fitted with neither side" if any(point.part == "left out" for point in usual.points) else "",
        pattern="trend and time of year" if usual.season_pairs else "the trend before, and the trend after",
        cut=_cut(charts),
    )


def _cut(charts: Sequence[SeriesChart]) -> str:
    """Which scale does not begin at 0; empty where all do."""
    cut = [chart.heading for chart in charts if not chart.from_zero]
    if not cut:
        return ""
    which = "The scale" if len(cut) == len(charts) == 1 else f"The scale of {and_list(cut)}"
    return f"{which} does not begin at 0."


def _title(outcome: Outcome, found: Interrupted) -> str:
    unit = "" if found.averted is not None else " in 100"
    return f"{outcome.name}: {whole(found.observed)}{unit}, where about {whole(found.expected)} were to be expected"


def _chart(finding: Finding, outcome: Outcome, found: Interrupted, alt: str) -> SeriesChart:
    factor, unit, most = 1.0, "in 100", 100.0 if outcome.kind != "rate" else None
    if outcome.kind == "rate":
        unit = rate_unit(outcome, finding.day_word)
        if finding.intervention.is_personal:
            factor, unit = PER_STEP[found.step] / outcome.per, f"a {found.step}"
    comparison = finding.comparison
    return SeriesChart(
        alt=alt,
        heading=outcome.name,
        unit=unit,
        points=found.points,
        factor=factor,
        start=found.start,
        settling=comparison.settling if comparison else None,
        from_zero=_from_zero(found),
        most=most,
    )


def _from_zero(found: Interrupted) -> bool:
    values = [
        value
        for point in found.points
        for value in (point.observed, point.fitted, point.low, point.high)
        if value is not None
    ]
    return min(values) < FOOT_SHARE * max(values)


def _rows(usual: Interrupted, step: Interrupted | str) -> tuple[ModelRow, ...]:
    rows = [_row(f"The usual one: {_shape(usual)}", usual)]
    if usual.beside is not None:
        rows.append(ModelRow(f"The same, set beside {usual.beside.name}", _said(usual, usual.beside.effect), "–", "–"))
    if usual.sensitivity is not None:
        rows.append(ModelRow("The same by Prais-Winsten", _said(usual, usual.sensitivity), "–", "–"))
    if not isinstance(step, str) and usual.scale == "ratio":
        rows.append(_row(f"The published tutorial's: {_shape(step)}", step))
        if step.beside is not None:
            rows.append(ModelRow(f"The same, set beside {step.beside.name}", _said(step, step.beside.effect), "–", "–"))
    return tuple(rows)


def _row(name: str, found: Interrupted) -> ModelRow:
    slope = "–" if found.slope is None else _said(found, found.slope)
    return ModelRow(name, _said(found, found.effect), _said(found, found.level), slope)


def _shape(found: Interrupted) -> str:
    season = {0: "no season", 1: "one season pair"}.get(found.season_pairs, f"{found.season_pairs} season pairs")
    return f"{'level and slope' if found.slope is not None else 'step'}, {season}"


def _said(found: Interrupted, figure: Estimate) -> str:
    """ "0.885 (0.839 to 0.933) times"; "−12 (−20 to −4) in 100"."""
    low, high = figure.interval.low, figure.interval.high
    show = ratio if found.scale == "ratio" else signed
    unit = "times" if found.scale == "ratio" else "in 100"
    if low is None or high is None:
        return f"{show(figure.value)} {unit}, no upper end"
    return f"{show(figure.value)} ({show(low)} to {show(high)}) {unit}"


def _notes(usual: Interrupted, step: Interrupted | str) -> tuple[str, ...]:
    notes = list(usual.notes)
    if isinstance(step, str) and usual.scale == "ratio":
        notes.append(f"The published tutorial's model is not shown: {step}.")
    if usual.dispersion is not None and usual.dispersion > 1.2:
        notes.append(
            f"Figures scatter {number(usual.dispersion, 1)} times as much as chance alone; that is allowed for."
        )
    if usual.resemblance is not None and abs(usual.resemblance) >= 0.2:
        way = "resemble each other" if usual.resemblance > 0 else "swing to and fro"
        notes.append(
            f"What is left over in neighbouring {usual.step}s tends to {way} "
            f"(correlation {signed(round(usual.resemblance, 1))})."
        )
    notes.append(
        "The verdict above compares the days before and after as they stand; this allows for trend and time of year."
        if usual.season_pairs
        else "The verdict above compares the days before and after as they stand; this allows for the trend."
    )
    notes.append("It rests on the earlier pattern going on as it was. It cannot say what brought a difference about.")
    if usual.beside is not None:
        notes.append(f"Setting it beside {usual.beside.name} rests on both having moved alike without the change.")
    return tuple(notes)
