"""A control chart as the JSON of the command line's contract: strict, null for a limit that does not exist."""

from __future__ import annotations

from typing import Any

from metrics.series.run_chart import RunChart
from metrics.series.spc.model import ChartPoint, ControlChart, Mark, Phase

SAME_DIGITS = 12
"""Enough digits to compare with, few enough that the last ones do not differ between machines."""


def chart_json(chart: ControlChart) -> dict[str, Any]:
    """One chart: its points with limits and signals, its phases, icons and words."""
    return {
        "outcome": chart.outcome.code,
        "service": chart.service.service_id,
        "part": chart.part,
        "step": chart.step,
        "chart": chart.chart,
        "asked_for": chart.asked_for,
        "why": chart.why,
        "per": chart.per,
        "unit": chart.unit,
        "phases": [_phase(each) for each in chart.phases],
        "points": [_point(each) for each in chart.points],
        "variation": chart.variation,
        "assurance": chart.assurance,
        "target": chart.target,
        "improvement": chart.improvement,
        "dispersion": _figure(chart.dispersion),
        "run_chart": _runs(chart.run_chart),
        "marks": [_mark(each) for each in chart.marks],
        "convention": chart.convention,
        "title": chart.title,
        "sentence": chart.sentence,
        "notes": list(chart.notes),
    }


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "from": phase.period.first.isoformat(),
        "to": phase.period.last.isoformat(),
        "points": phase.known,
        "limits": phase.standing,
        "why": phase.why or None,
        "baseline": phase.baseline,
        "no_variation": phase.no_variation,
    }


def _point(point: ChartPoint) -> dict[str, Any]:
    return {
        "period": point.period.first.isoformat(),
        "to": point.period.last.isoformat(),
        "value": _figure(point.value),
        "numerator": point.tally.numerator,
        "denominator": _figure(point.tally.denominator),
        "centre": _figure(point.centre),
        "lower": _figure(point.lower),
        "upper": _figure(point.upper),
        "signals": list(point.signals),
        "side": point.side,
        "kind": point.kind,
        "excluded": point.excluded,
    }


def _runs(runs: RunChart | None) -> dict[str, Any] | None:
    if runs is None:
        return None
    return {
        "useful": runs.useful,
        "longest_run": runs.longest_run,
        "longest_run_max": runs.longest_run_max,
        "crossings": runs.crossings,
        "crossings_min": runs.crossings_min,
        "signal": runs.signal,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "on": mark.on.isoformat(),
        "kind": mark.kind,
        "label": mark.label,
        "intervention": mark.code,
        "rebased": mark.rebased,
    }


def _figure(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{SAME_DIGITS}g}")
