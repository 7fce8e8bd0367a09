"""The fits behind an interrupted series: counts by a log-linear model, shares by a straight line, three spreads each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from metrics.estimators.autocorrelation import autocorrelation
from metrics.estimators.counterfactual import events_averted
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import log_limits, standard_error, symmetric_limits, two_sided_quantile
from metrics.estimators.linear_series import fit_linear, prais_winsten
from metrics.estimators.log_linear import fit_log_linear
from metrics.estimators.newey_west import usual_lag
from metrics.estimators.resemblance import in_runs, resemblance_behind
from metrics.series.found import Estimate, Interrupted, Model, NotEstimable, Scale, SeriesPoint
from metrics.series.rows import Rows

FloatArray = NDArray[np.float64]

FREE_POINTS = 2
"""Degrees of freedom that must be left over."""


def fitted(
    rows: Rows, slope: bool, pairs: int, model: Model, scale: Scale, per: float, level: float
) -> Interrupted | str:
    """The model fitted, or why it cannot be."""
    columns = rows.columns(slope, pairs)
    if len(rows.used) < len(columns) + FREE_POINTS:
        return f"{len(rows.used)} {rows.step}s are too few for so many terms"
    try:
        if scale == "ratio":
            return _counts(rows, columns, pairs, model, per, level)
        return _line(rows, columns, pairs, model, per, level)
    except NotEstimable:
        raise
    except ValueError as reason:
        text = str(reason).rstrip(".")
        return text[:1].lower() + text[1:]


def _counts(
    rows: Rows, columns: dict[str, FloatArray], pairs: int, model: Model, per: float, level: float
) -> Interrupted:
    exposures, late = rows.exposures, rows.late
    # In units of the usual stretch: person days in their hundreds of thousands would strain the arithmetic.
    unit = float(np.median(exposures))
    fit = fit_log_linear(rows.counts, columns, exposures / unit)
    lag = min(usual_lag(len(late)), len(late) - 1)
    spreads = {"quasi-Poisson": fit.quasi_poisson(model.floor)}
    runs = 0.0
    if model.neighbours:
        weights = np.sqrt(fit.mean)
        runs = _runs(fit.pearson_residuals, fit.design * weights[:, None])
        spreads["Newey-West"] = fit.newey_west(lag)
        if runs:
            spreads["runs"] = in_runs(fit.design * weights[:, None], fit.chance, runs) * max(
                model.floor, fit.dispersion
            )
    reach = two_sided_quantile(level, fit.residual_df if model.students else None)
    df = fit.residual_df if model.students else None
    bare = _without_change(fit.names, fit.design)
    averted = {name: events_averted(fit, bare, late, spread, level, df) for name, spread in spreads.items()}
    widest = max(averted, key=lambda name: averted[name].ratio_se)
    told = averted[widest]

    def term(name: str) -> Estimate:
        errors = {each: fit.term(name, spread).standard_error for each, spread in spreads.items()}
        return _wider(fit.term(name, fit.chance).estimate, errors, reach, level, "ratio")

    points = _points(
        rows, per, bare, late, fit.coefficients, list(spreads.values()), reach, exponential=True, unit=unit
    )
    return Interrupted(
        model, "ratio", rows.step, rows.start,
        effect=Estimate(told.ratio, told.ratio_interval, widest),
        level=term("level"),
        slope=term("slope") if "slope" in fit.names else None,
        averted=told, sensitivity=None,
        observed=float(rows.counts[late].sum()), expected=told.without,
        season_pairs=pairs, lag=lag, dispersion=fit.dispersion, resemblance=_resemblance(fit.pearson_residuals),
        points=_with_fit(points, rows, fit.mean / exposures * per),
        count_before=rows.before, count_after=rows.after, notes=(),
        standard_error=told.ratio_se, degrees=fit.residual_df, runs=runs,
    )  # fmt: skip


def _line(
    rows: Rows, columns: dict[str, FloatArray], pairs: int, model: Model, per: float, level: float
) -> Interrupted:
    late = rows.late
    values = rows.counts / rows.exposures * per
    fit = fit_linear(values, columns)
    if fit.sigma <= 1e-9 * max(1.0, float(np.abs(values).max())):
        raise ValueError("Every point lies on the line: there is no scatter to judge by.")
    lag = min(usual_lag(len(late)), len(late) - 1)
    spreads = {"least squares": fit.covariance}
    runs = 0.0
    if model.neighbours:
        runs = _runs(fit.residuals, fit.design)
        spreads["Newey-West"] = fit.newey_west(lag)
        if runs:
            spreads["runs"] = in_runs(fit.design, fit.bread, runs) * fit.sigma**2
    reach = two_sided_quantile(level, fit.residual_df if model.students else None)
    bare = _without_change(fit.names, fit.design)
    pull = (fit.design - bare)[late].mean(axis=0)

    def contrast(weights: FloatArray) -> Estimate:
        errors = {each: standard_error(weights, spread) for each, spread in spreads.items()}
        return _wider(float(weights @ fit.coefficients), errors, reach, level, "points")

    effect = contrast(pull)
    picks = {name: np.eye(len(fit.names))[at] for at, name in enumerate(fit.names)}
    points = _points(rows, per, bare, late, fit.coefficients, list(spreads.values()), reach, exponential=False, unit=1)
    low = effect.interval.low
    assert low is not None
    expected = float((bare[late] @ fit.coefficients).mean())
    if not 0 <= expected <= per or abs(effect.value) > per:
        # A simpler model would only hide it: the step alone would share its trend with the days after.
        raise NotEstimable(f"carried on, the earlier pattern would lead outside 0 to {per:g}")
    return Interrupted(
        model, "points", rows.step, rows.start,
        effect=_possible(effect, per), level=_possible(contrast(picks["level"]), per),
        slope=contrast(picks["slope"]) if "slope" in picks else None,
        averted=None, sensitivity=_sensitivity(values, columns, pull, level, per),
        observed=float(values[late].mean()), expected=expected,
        season_pairs=pairs, lag=lag, dispersion=None, resemblance=_resemblance(fit.residuals),
        points=_with_fit(points, rows, fit.fitted),
        count_before=rows.before, count_after=rows.after, notes=(),
        standard_error=(effect.value - low) / reach, degrees=fit.residual_df, runs=runs,
    )  # fmt: skip


def _sensitivity(
    values: FloatArray, columns: dict[str, FloatArray], pull: FloatArray, level: float, most: float
) -> Estimate | None:
    """The effect by Prais-Winsten, which does better than Newey-West in short series; None where it has no answer."""
    try:
        fit = prais_winsten(values, columns)
    except ValueError:
        return None
    error = standard_error(pull, fit.covariance)
    reach = two_sided_quantile(level, fit.residual_df)
    found = estimate_of(float(pull @ fit.coefficients), error, reach, level, "points", "Prais-Winsten")
    return _possible(found, most) if abs(found.value) <= most else None


def _without_change(names: Sequence[str], design: FloatArray) -> FloatArray:
    """The design with step and change of slope taken out: the earlier pattern carried on."""
    kept = np.array([name not in ("level", "slope") for name in names], dtype=float)
    bare: FloatArray = design * kept
    return bare


def _wider(estimate: float, errors: Mapping[str, float], reach: float, level: float, scale: Scale) -> Estimate:
    """An estimate under the spread that leaves most open."""
    name = max(errors, key=lambda each: errors[each])
    return estimate_of(estimate, errors[name], reach, level, scale, name)


def estimate_of(estimate: float, error: float, reach: float, level: float, scale: Scale, spread: str) -> Estimate:
    """A figure with its limits: a ratio from its logarithm, points as they are."""
    if scale == "ratio":
        return Estimate(math.exp(estimate), log_limits(estimate, error, reach, level), spread)
    return Estimate(estimate, symmetric_limits(estimate, error, reach, level), spread)


def _possible(found: Estimate, most: float) -> Estimate:
    """Limits of a share's movement kept to what can be: no share falls or rises by more than the whole."""
    low, high = found.interval.low, found.interval.high
    assert low is not None and high is not None
    return replace(found, interval=Interval(max(low, -most), min(high, most), found.interval.level))


def _points(
    rows: Rows, per: float, bare: FloatArray, late: NDArray[np.bool_], coefficients: FloatArray,
    spreads: Sequence[FloatArray], reach: float, *, exponential: bool, unit: float,
) -> dict[int, SeriesPoint]:  # fmt: skip
    """Every stretch by its place; those after the start with the pattern carried on and its band."""
    carried = bare @ coefficients
    errors = np.sqrt(np.max([np.einsum("ij,jk,ik->i", bare, spread, bare) for spread in spreads], axis=0).clip(min=0))

    def in_unit(figure: float) -> float:
        return math.exp(min(figure, 300.0)) / unit * per if exponential else figure

    found: dict[int, SeriesPoint] = {}
    for place, (period, tally, part) in enumerate(
        zip(rows.series.periods, rows.series.tallies, rows.parts, strict=True)
    ):
        ratio = tally.ratio
        found[place] = SeriesPoint(period, tally, part, None if ratio is None else ratio * per)
    for at, place in enumerate(rows.used):
        if late[at]:
            low, high = carried[at] - reach * errors[at], carried[at] + reach * errors[at]
            found[place] = replace(
                found[place], expected=in_unit(carried[at]), low=in_unit(low), high=in_unit(high)
            )  # fmt: skip
    return found


def _with_fit(points: dict[int, SeriesPoint], rows: Rows, fitted: FloatArray) -> tuple[SeriesPoint, ...]:
    for at, place in enumerate(rows.used):
        points[place] = replace(points[place], fitted=float(fitted[at]))
    return tuple(points[place] for place in sorted(points))


def _runs(residuals: FloatArray, design: FloatArray) -> float:
    """The resemblance of neighbours behind the residuals; 0 where they show nothing at all."""
    try:
        return resemblance_behind(residuals, design)
    except ValueError:
        return 0.0


def _resemblance(residuals: FloatArray) -> float | None:
    try:
        return autocorrelation(residuals)
    except ValueError:
        return None
