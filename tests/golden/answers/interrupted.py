"""Q3, series interrupted by a change: counts, values on a line, two series side by side, what was to be expected.

An entry may fit several models to the same rows; each is told by its formula and its name, and what it is asked
for by the names of its figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metrics.estimators.autocorrelation import autocorrelation, durbin_watson, ljung_box
from metrics.estimators.counterfactual import events_averted
from metrics.estimators.limits import two_sided_quantile
from metrics.estimators.linear_series import (
    LinearFit,
    difference_in_differences,
    fit_linear,
    gls_ar1,
    prais_winsten,
    predicted_total,
)
from metrics.estimators.log_linear import LogLinearFit, f_test, fit_log_linear, fit_negative_binomial
from tests.golden.answers.formulas import Formula, columns_of, exposure_of, read, value
from tests.golden.answers.reply import Reply
from tests.golden.reading import Case, NotAnswered

FloatArray = NDArray[np.float64]
Columns = Mapping[str, FloatArray]

ON_A_LINE = re.compile(r"\b(linear|ols|gaussian|prais|gls_ar1)|^durbin_watson$", re.IGNORECASE)
"""A model that says so, or is asked for what only a line has, is no model of counts."""
ALIKE = {"before": "pre", "after": "post"}
GATHERED: Mapping[str, Callable[[FloatArray], Any]] = {"median": np.median, "mean": np.mean, "sum": np.sum}
COMPARED: Mapping[str, Callable[[FloatArray, float], Any]] = {
    ">=": np.greater_equal,
    "<=": np.less_equal,
    ">": np.greater,
    "<": np.less,
    "==": np.equal,
    "=": np.equal,
}
NO_NUMBER = ("", "na", "nan", "null")
SAID_NO = ("0", "false", "no", "f", "n")
SAID_YES = ("1", "true", "yes", "t", "y")


def interrupted(case: Case) -> Reply:
    """Told apart by what the entry holds: several models, two series in their corners, or rows to foretell."""
    if case.models:
        return Reply(_models(case))
    model = str(case.given("model"))
    if "predict" in model:
        return Reply(_foretold(case, model))
    if case.has("prepare") or re.search(r"\w+\s*\*\s*post", model):
        return Reply(_corners(case, model))
    raise NotAnswered(f"the model {model!r} is not understood")


# Several models of one series --------------------------------------------------------------------------


def _models(case: Case) -> dict[str, Any]:
    data = _numbers(case.table())
    found: dict[str, Any] = {}
    formula: Formula | None = _usual_formula(case)
    reasons = []
    for name, wanted in case.expected.items():
        body = case.models.get(name)
        if body is None:
            continue
        text = str(body.get("formula", ""))
        try:
            if text:
                formula = read(text, formula)
            if formula is None:
                raise NotAnswered(f"the model {name} has no formula")
            told = f"{name} {body.get('family', '')} {text}"
            found[name] = _model(case, told, formula, _without_gaps(case, formula, data), wanted)
        except (NotAnswered, ValueError) as reason:
            reasons.append(f"{name}: {reason}")
    if not found:
        raise NotAnswered("; ".join(reasons) or "none of its models is understood")
    return found


def _without_gaps(case: Case, formula: Formula, data: Columns) -> dict[str, FloatArray]:
    """The rows in which nothing the model uses is missing, as R keeps them."""
    said = " ".join([formula.response, *formula.terms, formula.offset or "", *map(str, case.input.values())])
    used = [data[name] for name in data if re.search(rf"\b{re.escape(name)}\b", said)]
    whole = ~np.isnan(np.column_stack(used)).any(axis=1) if used else np.ones(0, dtype=bool)
    return {name: column[whole] for name, column in data.items()} if used else dict(data)


def _usual_formula(case: Case) -> Formula | None:
    """The plain step, for a model that says nothing of its own."""
    if not case.has("outcome", "post", "time"):
        return None
    offset = case.input.get("offset")
    return Formula(
        str(case.given("outcome")), (str(case.given("post")), str(case.given("time"))), str(offset) if offset else None
    )


def _model(case: Case, told: str, formula: Formula, data: Columns, wanted: Mapping[str, Any]) -> dict[str, Any]:
    if "stacked" in told or (formula.response not in data and any("treated" in term for term in formula.terms)):
        return _counts(case, told, formula, _stacked(case, data), wanted)
    if re.match(r"log\(", formula.response) or any(ON_A_LINE.search(each) for each in (told, *wanted)):
        return _line(case, formula, data, wanted)
    return _counts(case, told, formula, data, wanted)


def _stacked(case: Case, data: Columns) -> dict[str, FloatArray]:
    """The series and its comparison one under the other, told apart by ``treated``; the outcome is ``y``."""
    treated, comparison = str(case.given("outcome")), str(case.given("comparison"))
    rows = len(data[treated])
    both = {name: np.concatenate([column, column]) for name, column in data.items()}
    both["y"] = np.concatenate([data[comparison], data[treated]])
    both["treated"] = np.repeat([0.0, 1.0], rows)
    return both


def _counts(case: Case, told: str, formula: Formula, data: Columns, wanted: Mapping[str, Any]) -> dict[str, Any]:
    response = formula.response if formula.response in data else "y"
    columns, formula = _as_wanted(case, formula, data, wanted)
    counts, exposure = value(response, data), exposure_of(formula, data)
    negative = re.search(r"neg(ative)?_?\s?bin", told, re.IGNORECASE) is not None
    fit = (fit_negative_binomial if negative else fit_log_linear)(counts, columns, exposure)
    quasi = "quasi" in told.lower()
    covariance = fit.quasi_poisson() if quasi else fit.chance
    df = fit.residual_df
    figures: dict[str, Any] = {
        "coef": {name: _ratio_term(fit, name, covariance, df) for name in fit.names},
        "dispersion": fit.dispersion,
        "dispersion_pearson": fit.dispersion,
        "deviance": fit.deviance,
        "df_residual": df,
        "theta": fit.theta,
        "alpha": None if fit.theta is None else 1 / fit.theta,
    }
    for name, part in wanted.items():
        if lag := re.fullmatch(r"(?:newey_west|nw|hac)_lag_?(\d+)", name, re.IGNORECASE):
            spread = fit.newey_west(int(lag.group(1)))
            figures[name] = {each: _ratio_term(fit, each, spread, df) for each in fit.names}
        elif name == "diagnostics" and isinstance(part, Mapping):
            figures[name] = _left_over(fit.pearson_residuals, part) | {"dispersion_pearson": fit.dispersion}
        elif name == "averted":
            figures[name] = _averted(case, fit, columns, covariance)
        elif tested := re.fullmatch(r"F_test_of_(\w+)", name):
            term = tested.group(1)
            smaller = {each: column for each, column in columns.items() if each != term}
            found = f_test(fit_log_linear(counts, smaller, exposure), fit)
            figures[name] = {"F": found.statistic, "p": found.p}
    return figures


def _as_wanted(
    case: Case, formula: Formula, data: Columns, wanted: Mapping[str, Any]
) -> tuple[dict[str, FloatArray], Formula]:
    """The columns of the formula; a single term that the figures call by another name takes that name."""
    slope = _slope(case, data)
    told = wanted.get("coef")
    names = list(told) if isinstance(told, Mapping) else []
    columns = columns_of(formula, data)
    if "slope" in names and "slope" not in columns and slope is not None:
        columns = {**columns, "slope": slope}
    ours, theirs = [each for each in columns if each not in names], [each for each in names if each not in columns]
    if names and len(ours) == len(theirs) == 1:
        columns = {(theirs[0] if name == ours[0] else name): column for name, column in columns.items()}
    return columns, replace(formula)


def _slope(case: Case, data: Columns) -> FloatArray | None:
    """Periods since the last one before the change, 0 until then."""
    if not case.has("post", "time"):
        return None
    post, time = data[str(case.given("post"))], data[str(case.given("time"))]
    first = float(case.input.get("first_post_time") or time[post > 0].min())
    return np.asarray((time - (first - 1)) * post, dtype=float)


def _ratio_term(fit: LogLinearFit, name: str, covariance: FloatArray, df: int) -> dict[str, Any]:
    term = fit.term(name, covariance)
    normal, student = term.ratio_limits(), term.ratio_limits(df=df)
    return {
        "est": term.estimate, "se": term.standard_error, "ratio": term.ratio,
        "ratio_lo_z": normal.low, "ratio_hi_z": normal.high, "p_z": term.p_value(),
        "ratio_lo_t": student.low, "ratio_hi_t": student.high, "p_t": term.p_value(df),
    }  # fmt: skip


def _left_over(residuals: FloatArray, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What the residuals still hold, under whichever names it is asked for."""
    figures: dict[str, Any] = {}
    for name in wanted:
        if name.startswith("durbin_watson"):
            figures[name] = durbin_watson(residuals)
        elif lag := re.match(r"acf_?(\d+)", name):
            figures[name] = autocorrelation(residuals, int(lag.group(1)))
        elif box := re.fullmatch(r"ljung_box_(\d+)(_p)?", name):
            found = ljung_box(residuals, int(box.group(1)))
            figures[name] = found.p if box.group(2) else found.statistic
    return figures


def _averted(case: Case, fit: LogLinearFit, columns: Columns, covariance: FloatArray) -> dict[str, Any]:
    post = str(case.given("post"))
    after = np.asarray(columns[post] > 0)
    # Everything that is there only after the start goes: the step, the change of slope, products with either.
    bare = {name: column * (0.0 if _only_after(column, after) else 1.0) for name, column in columns.items()}
    found = events_averted(fit, np.column_stack(list(bare.values())), after, covariance)
    return {
        "fitted_with": found.fitted,
        "observed": float(fit.counts[after].sum()),
        "counterfactual": found.without,
        "counterfactual_se": found.without_se,
        "events_averted": found.averted,
        "averted_se": found.averted_se,
        "averted_lo": found.averted_interval.low,
        "averted_hi": found.averted_interval.high,
        "percent_change": 100 * (found.ratio - 1),
        "ratio_post_vs_cf": found.ratio,
        "ratio_lo": found.ratio_interval.low,
        "ratio_hi": found.ratio_interval.high,
    }


def _only_after(column: FloatArray, after: NDArray[np.bool_]) -> bool:
    return not column[~after].any() and bool(column[after].any())


# Values on a line ----------------------------------------------------------------------------------------


def _line(case: Case, formula: Formula, data: Columns, wanted: Mapping[str, Any]) -> dict[str, Any]:
    columns, _ = _as_wanted(case, formula, data, wanted)
    values = value(formula.response, data)
    fit = fit_linear(values, columns)
    figures: dict[str, Any] = {
        "coef": _estimates(fit),
        "est": _estimates(fit),
        "ols_est": _estimates(fit),
        "ols_se": _errors(fit, None),
        "se": _errors(fit, None),
        "sigma": fit.sigma,
    }
    for name, part in wanted.items():
        if lag := re.fullmatch(r"(?:newey_west|nw|hac)_lag_?(\d+)(_adjusted|_unadjusted)?", name, re.IGNORECASE):
            spread = fit.newey_west(int(lag.group(1)), small_sample=lag.group(2) != "_unadjusted")
            figures[name] = {"est": _estimates(fit), "se": _errors(fit, spread)}
        elif re.match(r"prais", name):
            figures[name] = _correlated(prais_winsten(values, columns))
        elif re.match(r"gls_ar1", name):
            figures[name] = _correlated(gls_ar1(values, columns, "REML" if "reml" in name.lower() else "ML"))
        elif name == "diagnostics" and isinstance(part, Mapping):
            figures[name] = _left_over(fit.residuals, part)
    return figures | _left_over(fit.residuals, wanted)


def _estimates(fit: LinearFit) -> dict[str, float]:
    return dict(zip(fit.names, fit.coefficients.tolist(), strict=True))


def _errors(fit: LinearFit, covariance: FloatArray | None) -> dict[str, float]:
    return {name: fit.term(name, covariance).standard_error for name in fit.names}


def _correlated(fit: LinearFit) -> dict[str, Any]:
    return {"rho": fit.rho, "phi": fit.rho, "sigma": fit.sigma, "est": _estimates(fit), "se": _errors(fit, None)}


# Two series in their four corners ------------------------------------------------------------------------


def _corners(case: Case, model: str) -> dict[str, Any]:
    """Difference in differences of two columns: rows with a gap dropped, perhaps one value a year, then long."""
    prepare = str(case.input.get("prepare", ""))
    rows = case.table()
    ours, other = _two_series(case, prepare)
    rows = [row for row in rows if row[ours].strip() and row[other].strip()]
    data = _numbers(rows)
    part = re.search(r"post\s*=\s*(\w+)\s*(>=|<=|==|>|<|=)\s*([\d.]+)", prepare)
    gathered = re.search(r"\b(median|mean|sum)\s+(?:per|by|a)\s+(\w+)", prepare)
    figures: dict[str, Any] = {}
    if gathered:
        by = gathered.group(2)
        places = np.unique(data[by])
        work_out = GATHERED[gathered.group(1)]
        data = {by: places} | {
            name: np.array([work_out(data[name][data[by] == place]) for place in places]) for name in (ours, other)
        }
        figures[f"{by}ly"] = {name: column.tolist() for name, column in data.items()}
    post = data[str(case.given("post"))] if part is None else _marked(data[part.group(1)], *part.groups()[1:])
    values = np.concatenate([data[ours], data[other]])
    treated = np.repeat([1.0, 0.0], len(post))
    fit = difference_in_differences(values, treated, np.concatenate([post, post]))
    effect = fit.term("treated:post")
    reach = two_sided_quantile(0.95, fit.residual_df) * effect.standard_error
    return figures | {
        "coef": _estimates(fit),
        "se": _errors(fit, None),
        "ci_treated_post": [effect.estimate - reach, effect.estimate + reach],
        "sigma": fit.sigma,
        "n": len(values),
    }


def _marked(column: FloatArray, sign: str, bound: str) -> FloatArray:
    return np.asarray(COMPARED[sign](column, float(bound)), dtype=float)


def _two_series(case: Case, prepare: str) -> tuple[str, str]:
    """The treated column and the one beside it."""
    if case.has("outcome", "comparison"):
        return str(case.given("outcome")), str(case.given("comparison"))
    named = re.search(r"(\w+) (?:or|and) (\w+) (?:is |are )?missing", prepare)
    if named is None:
        raise NotAnswered("it does not say which two series are compared")
    return named.group(1), named.group(2)


# Rows to foretell ----------------------------------------------------------------------------------------


def _foretold(case: Case, model: str) -> dict[str, Any]:
    """A line fitted to the rows before, told on for the rows after."""
    told = re.search(r"fit\s+(.*?~.*?)\s+on\s+(\w+)\s+rows", model)
    if told is None:
        raise NotAnswered(f"the model {model!r} is not understood")
    formula = read(told.group(1), None)
    data = _without_gaps(case, formula, _numbers(case.table()))
    named = told.group(2)
    flag = named if named in data else ALIKE.get(named, "pre")
    if flag not in data:
        raise NotAnswered(f"no column says which rows are {named}")
    before = np.asarray(data[flag] > 0)
    columns, values = columns_of(formula, data), value(formula.response, data)
    fit = fit_linear(values[before], {name: column[before] for name, column in columns.items()})
    found = predicted_total(fit, {name: column[~before] for name, column in columns.items()})
    seen = float(values[~before].sum())
    figures: dict[str, Any] = {
        "n_pre": int(before.sum()),
        "n_post": int((~before).sum()),
        "predicted_total": found.total,
        "predicted_total_se_of_mean": found.se_of_mean,
        "predicted_total_se_incl_noise": found.se_with_scatter,
        "observed_total": seen,
        "excess": seen - found.total,
        "sigma": fit.sigma,
    }
    for name in case.expected:
        if first := re.fullmatch(r"(first|last)(\d+)_predicted", name):
            points, many = found.points.tolist(), int(first.group(2))
            figures[name] = points[:many] if first.group(1) == "first" else points[-many:]
    return figures


def _numbers(rows: Sequence[Mapping[str, str]]) -> dict[str, FloatArray]:
    """The columns that hold numbers, or yes and no; a gap is not a number."""
    if not rows:
        raise NotAnswered("its data file has no row")
    found: dict[str, FloatArray] = {}
    for name in rows[0]:
        cells = [(row[name] or "").strip().lower() for row in rows]
        if all(cell in SAID_NO or cell in SAID_YES for cell in cells):
            found[name] = np.array([float(cell in SAID_YES) for cell in cells])
            continue
        try:
            found[name] = np.array([np.nan if cell in NO_NUMBER else float(cell) for cell in cells])
        except ValueError:
            continue
    return found
