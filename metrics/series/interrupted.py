"""Interrupted time series: did level or slope change at the start, beyond trend and season?

The earlier pattern (trend and season) is carried on past the start; what happened is set against it. Bernal, Cummins
& Gasparrini 2017 (Int J Epidemiol 46:348, doi:10.1093/ije/dyw098) is the model; Turner and others 2021 (BMC Med Res
Methodol 21:181, doi:10.1186/s12874-021-01364-0) the warning about short series.

Three spreads are worked out and the widest is used. With weeks that come in good and bad runs (correlation 0.5, log-SD
0.12, 30 events a week, nothing changed, 400 simulations) the wider of quasi-Poisson and Newey-West covered 88 to 91 in
100, with the third 93 to 96; where weeks are independent it costs some 8 in 100 of width (``metrics.estimators.resemblance``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data.model import Period, Series, Tally
from metrics.estimators.autocorrelation import autocorrelation
from metrics.estimators.counterfactual import Averted, events_averted, log_limits, quantile
from metrics.estimators.intervals import Interval
from metrics.estimators.linear_series import fit_linear, prais_winsten
from metrics.estimators.log_linear import fit_log_linear
from metrics.estimators.newey_west import usual_lag
from metrics.estimators.resemblance import in_runs, resemblance_behind
from metrics.estimators.seasons import YEAR_OF_DAYS, YEAR_OF_MONTHS, fourier
from metrics.words import counted

FloatArray = NDArray[np.float64]
Step = Literal["week", "month"]
Part = Literal["before", "after", "left out"]
Scale = Literal["ratio", "points"]

ENOUGH_FOR_SLOPE = 8
"""Points a side before a change of slope is looked for (12 are better; Penfold & Zhang 2013 ask for 8)."""
FEWEST = 3
"""Points a side below which nothing is fitted at all."""
FREE_POINTS = 2
"""Degrees of freedom that must be left over."""
SHORT_SERIES = 24
"""Below this many points Newey-West limits are known to be too narrow (Turner and others 2021)."""
YEAR = 365
MONTHS_FROM_DAYS = 25
"""Stretches of this many days or more are counted in months, shorter ones in weeks."""


class NotEstimable(ValueError):
    """This series cannot carry the model; the message says why, in words for the page."""


@dataclass(frozen=True)
class Model:
    """What is fitted. ``pairs`` None: as many season pairs as the record bears. ``floor``: the least dispersion.

    ``neighbours``: whether limits also allow for neighbouring stretches that resemble each other.
    """

    name: str
    slope: bool
    pairs: int | None
    floor: float
    students: bool
    neighbours: bool


INTERRUPTED = Model("interrupted", slope=True, pairs=None, floor=1.0, students=True, neighbours=True)
STEP = Model("interrupted-step", slope=False, pairs=2, floor=0.0, students=False, neighbours=False)
"""The model of the published tutorial: level only, two season pairs, quasi-Poisson as it comes, normal limits."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval, and which of the spreads left most open."""

    value: float
    interval: Interval
    spread: str


@dataclass(frozen=True)
class SeriesPoint:
    """One stretch of time, in the outcome's own unit. ``low`` and ``high`` are the band of ``expected``."""

    period: Period
    tally: Tally
    part: Part
    observed: float | None
    fitted: float | None = None
    expected: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Interrupted:
    """What an interrupted series found.

    ``effect`` compares the follow-up as fitted with the earlier pattern carried on: a ratio (1 = none) or points
    (0 = none). ``level`` is the jump in the stretch the start falls in, ``slope`` the change for each further
    stretch; with no slope, level and effect are the same figure. ``averted`` counts events (rates only; above 0,
    fewer than expected). ``resemblance`` is the lag-1 correlation of what is left over, ``runs`` the one behind it that
    the third spread allows for. ``sensitivity`` is the effect by Prais-Winsten (shares and scores only).
    """

    model: Model
    scale: Scale
    step: Step
    start: date
    effect: Estimate
    level: Estimate
    slope: Estimate | None
    averted: Averted | None
    sensitivity: Estimate | None
    observed: float
    expected: float
    season_pairs: int
    lag: int
    dispersion: float | None
    resemblance: float | None
    points: tuple[SeriesPoint, ...]
    count_before: int
    count_after: int
    notes: tuple[str, ...]
    standard_error: float
    degrees: int
    runs: float = 0.0
    beside: Controlled | None = None

    @property
    def method(self) -> str:
        """Every choice made, in one line."""
        stretches = f"{self.count_before} + {self.count_after} {self.step}s"
        shape = "level, slope and trend" if self.slope is not None else "level and trend"
        pairs = {0: "no season", 1: "one season pair"}.get(self.season_pairs, f"{self.season_pairs} season pairs")
        limits = "t limits" if self.model.students else "normal limits"
        parts = [f"interrupted time series ({self.model.name}): {shape}, {pairs}, {stretches}"]
        if self.scale == "ratio":
            assert self.dispersion is not None
            least = " (never taken below 1)" if self.model.floor else ""
            parts.append(f"quasi-Poisson, dispersion {self.dispersion:.1f}{least}")
        else:
            parts.append("least squares")
        if self.model.neighbours:
            parts.append(
                f"the widest of that, Newey-West with lag {self.lag} and {self.step}s in runs (neighbours alike by "
                f"{self.runs:.2f}) taken: {self.effect.spread}"
            )
        parts.append(limits)
        if self.beside is not None:
            parts.append(f"set beside {self.beside.name}, {self.beside.method}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Controlled:
    """The same change in a series it could not have reached, and what is left of the effect beside it.

    ``effect`` is the ratio of the two ratios, or the difference of the two differences; ``name`` the comparison's.
    """

    name: str
    comparison: Interrupted
    effect: Estimate
    standard_error: float
    method: str


def interrupted(
    series: Series,
    start: date,
    *,
    left_out: Sequence[Period] = (),
    model: Model = INTERRUPTED,
    scale: Scale = "ratio",
    per: float = 1.0,
    level: float = 0.95,
) -> Interrupted:
    """Fit the model to a series of tallies and set the follow-up against the earlier pattern carried on.

    A stretch that touches ``left_out`` (settling in, a bad spell), holds the start inside it, is shorter than half
    the others or has no exposure is fitted with neither side. ``scale`` "ratio" takes numerators as counts over
    exposure; "points" takes each stretch's share, in the unit of ``per``.

    Unit: a ratio, or the outcome's own. Range: above 0; any number. No-change value: 1; 0.
    Assumes: the earlier trend and season would have gone on; recording and exposure counted alike throughout.
    Raises: NotEstimable (a ValueError) with the reason: too few stretches on a side, none with an event, no scatter.
    Bernal, Cummins & Gasparrini 2017, doi:10.1093/ije/dyw098; Wagner and others 2002,
    doi:10.1046/j.1365-2710.2002.00430.x; Newey & West 1987, doi:10.2307/1913610.
    """
    rows = _Rows.of(series, start, left_out)
    fewest = min(rows.before, rows.after)
    if fewest < FEWEST:
        side = "before" if rows.before <= rows.after else "after"
        raise NotEstimable(
            f"there {'is' if fewest == 1 else 'are'} only {counted(fewest, rows.step, f'{rows.step}s')} {side} the start; "
            f"at least {FEWEST} a side are needed"
        )
    if scale == "ratio":
        _needs_events(rows)
    pairs, notes = _pairs(rows, model)
    slope = model.slope and fewest >= ENOUGH_FOR_SLOPE
    if model.slope and not slope:
        notes.append(
            f"A change of slope needs {ENOUGH_FOR_SLOPE} {rows.step}s a side; with {fewest} only the level is looked at."
        )
    if len(rows.used) < SHORT_SERIES and model.neighbours:
        notes.append(f"With fewer than {SHORT_SERIES} points limits of this kind tend to be too narrow.")
    found = _fitted(rows, slope, pairs, model, scale, per, level)
    if isinstance(found, str) and slope:
        notes.append(f"A change of slope could not be worked out ({found}); only the level is looked at.")
        found = _fitted(rows, False, pairs, model, scale, per, level)
    if isinstance(found, str):
        raise NotEstimable(found)
    return replace(found, notes=tuple(notes))


def controlled(
    treated: Interrupted, comparison: Interrupted, name: str = "the comparison", level: float = 0.95
) -> Interrupted:
    """The treated series with a comparison beside it: what is left of its effect.

    Fitting both together with every term of its own gives the same figures; each series keeps its own spread, so
    neighbours that resemble each other are allowed for in both.

    Unit: a ratio of ratios, or a difference of differences. Range: above 0; any number. No-change value: 1; 0.
    Assumes: without the change both would have moved alike, and the change could not reach the comparison; with
    two series only that is a belief, not a finding.
    Raises: ValueError when one is a ratio and the other in points.
    Lopez Bernal, Cummins & Gasparrini 2018, Int J Epidemiol 47:2082, doi:10.1093/ije/dyy135.
    """
    if treated.scale != comparison.scale:
        raise ValueError("A rate and a share cannot be set against each other.")
    ratio = treated.scale == "ratio"
    sides = [math.log(each.effect.value) if ratio else each.effect.value for each in (treated, comparison)]
    error = math.hypot(treated.standard_error, comparison.standard_error)
    df = min(treated.degrees, comparison.degrees)
    reach = quantile(level, df if treated.model.students else None)
    apart = sides[0] - sides[1]
    estimate = _estimate(apart, error, reach, level, treated.scale, "each series with its own spread")
    beside = Controlled(
        name,
        comparison,
        estimate,
        error,
        f"each series fitted by itself ({treated.effect.spread} and {comparison.effect.spread})",
    )
    return replace(treated, beside=beside)


# The rows ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Rows:
    """Every stretch with its part; ``used`` are the places of those fitted, in order of time."""

    series: Series
    parts: tuple[Part, ...]
    used: tuple[int, ...]
    step: Step
    start: date

    @classmethod
    def of(cls, series: Series, start: date, left_out: Sequence[Period]) -> _Rows:
        if not series.periods:
            raise NotEstimable("nothing was recorded for it")
        usual = sorted(period.days for period in series.periods)[len(series.periods) // 2]
        parts = tuple(
            _part(period, tally, start, left_out, usual)
            for period, tally in zip(series.periods, series.tallies, strict=True)
        )
        if not any(tally.denominator > 0 for tally in series.tallies):
            raise NotEstimable("nothing is recorded to count it over")
        used = tuple(place for place, part in enumerate(parts) if part != "left out")
        return cls(series, parts, used, "month" if usual >= MONTHS_FROM_DAYS else "week", start)

    @property
    def before(self) -> int:
        return self.parts.count("before")

    @property
    def after(self) -> int:
        return self.parts.count("after")

    @property
    def late(self) -> NDArray[np.bool_]:
        return np.array([self.parts[place] == "after" for place in self.used])

    @property
    def periods(self) -> list[Period]:
        return [self.series.periods[place] for place in self.used]

    @property
    def counts(self) -> FloatArray:
        return np.array([float(self.series.tallies[place].numerator) for place in self.used])

    @property
    def exposures(self) -> FloatArray:
        return np.array([self.series.tallies[place].denominator for place in self.used])

    @property
    def days(self) -> int:
        return (self.periods[-1].last - self.periods[0].first).days + 1

    def columns(self, slope: bool, pairs: int) -> dict[str, FloatArray]:
        """Intercept, step, trend, change of slope, season; time is counted in stretches from the start."""
        late = self.late.astype(float)
        since = np.array([self._since(period) for period in self.periods])
        columns = {"(Intercept)": np.ones(len(late)), "level": late, "time": since}
        if slope:
            columns["slope"] = since * late
        if self.step == "month":
            return columns | fourier([_middle(period).month for period in self.periods], YEAR_OF_MONTHS, pairs)
        days = [float(_middle(period).toordinal()) for period in self.periods]
        return columns | fourier(days, YEAR_OF_DAYS, pairs)

    def _since(self, period: Period) -> float:
        """Stretches since the last one before the start: the first whole stretch after it is 1."""
        if self.step == "month":
            middle = _middle(period)
            return float((middle.year - self.start.year) * 12 + middle.month - self.start.month + 1)
        return ((_middle(period) - self.start).days + 3.5) / 7


def _part(period: Period, tally: Tally, start: date, left_out: Sequence[Period], usual: int) -> Part:
    if tally.denominator <= 0 or period.days * 2 < usual or any(period.overlaps(each) for each in left_out):
        return "left out"
    if period.last < start:
        return "before"
    return "after" if period.first >= start else "left out"


def _middle(period: Period) -> date:
    return period.first + (period.last - period.first) // 2


def _needs_events(rows: _Rows) -> None:
    counts, late = rows.counts, rows.late
    for events, side in ((counts[~late].sum(), "before"), (counts[late].sum(), "after")):
        if not events:
            raise NotEstimable(f"not one was recorded in the {rows.step}s {side} the start")


def _pairs(rows: _Rows, model: Model) -> tuple[int, list[str]]:
    """How many pairs of waves the season gets, and what to say where it gets fewer than wished for."""
    if rows.days < 2 * YEAR - 1:
        if model.pairs:
            raise NotEstimable("its season needs two full years on record")
        return 0, ["Less than two full years are on record, so the time of year is not allowed for."]
    if model.pairs is not None:
        return model.pairs, []
    return (2 if rows.step == "month" and rows.days >= 3 * YEAR - 1 else 1), []


# The fits ------------------------------------------------------------------------------------------------


def _fitted(
    rows: _Rows, slope: bool, pairs: int, model: Model, scale: Scale, per: float, level: float
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
    rows: _Rows, columns: dict[str, FloatArray], pairs: int, model: Model, per: float, level: float
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
    reach = quantile(level, fit.residual_df if model.students else None)
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
    rows: _Rows, columns: dict[str, FloatArray], pairs: int, model: Model, per: float, level: float
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
    reach = quantile(level, fit.residual_df if model.students else None)
    bare = _without_change(fit.names, fit.design)
    pull = (fit.design - bare)[late].mean(axis=0)

    def contrast(weights: FloatArray) -> Estimate:
        errors = {each: math.sqrt(max(0.0, float(weights @ spread @ weights))) for each, spread in spreads.items()}
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
    error = math.sqrt(max(0.0, float(pull @ fit.covariance @ pull)))
    reach = quantile(level, fit.residual_df)
    found = _estimate(float(pull @ fit.coefficients), error, reach, level, "points", "Prais-Winsten")
    return _possible(found, most) if abs(found.value) <= most else None


def _without_change(names: Sequence[str], design: FloatArray) -> FloatArray:
    """The design with step and change of slope taken out: the earlier pattern carried on."""
    kept = np.array([name not in ("level", "slope") for name in names], dtype=float)
    bare: FloatArray = design * kept
    return bare


def _wider(estimate: float, errors: Mapping[str, float], reach: float, level: float, scale: Scale) -> Estimate:
    """An estimate under the spread that leaves most open."""
    name = max(errors, key=lambda each: errors[each])
    return _estimate(estimate, errors[name], reach, level, scale, name)


def _estimate(estimate: float, error: float, reach: float, level: float, scale: Scale, spread: str) -> Estimate:
    if scale == "ratio":
        return Estimate(math.exp(estimate), log_limits(estimate, error, reach, level), spread)
    return Estimate(estimate, Interval(estimate - reach * error, estimate + reach * error, level), spread)


def _possible(found: Estimate, most: float) -> Estimate:
    """Limits of a share's movement kept to what can be: no share falls or rises by more than the whole."""
    low, high = found.interval.low, found.interval.high
    assert low is not None and high is not None
    return replace(found, interval=Interval(max(low, -most), min(high, most), found.interval.level))


def _points(
    rows: _Rows, per: float, bare: FloatArray, late: NDArray[np.bool_], coefficients: FloatArray,
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


def _with_fit(points: dict[int, SeriesPoint], rows: _Rows, fitted: FloatArray) -> tuple[SeriesPoint, ...]:
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
