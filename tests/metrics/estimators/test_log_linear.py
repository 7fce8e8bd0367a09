"""Counts in order of time: against closed forms, against statsmodels where it can be trusted, and at the edges."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.estimators.counterfactual import events_averted
from metrics.estimators.limits import log_limits, two_sided_quantile
from metrics.estimators.log_linear import f_test, fit_log_linear, fit_negative_binomial
from metrics.estimators.newey_west import newey_west, usual_lag
from metrics.estimators.rates import fit_two_periods
from metrics.estimators.seasons import fourier

Columns = dict[str, Any]


def series(points: int = 60, seed: int = 7, scatter: float = 0.0) -> tuple[Any, Columns, Any]:
    """Monthly counts with a trend, a season, a step and perhaps extra scatter."""
    dice = np.random.default_rng(seed)
    time = np.arange(1.0, points + 1)
    late = (time > points * 0.6).astype(float)
    exposure = 900 + 50 * np.sin(time)
    columns: Columns = {"(Intercept)": np.ones(points), "late": late, "time": time, **fourier(time, 12, 1)}
    mean = exposure * np.exp(-3.5 - 0.3 * late + 0.005 * time + 0.2 * columns["s1"])
    if scatter:
        mean = mean * dice.gamma(1 / scatter, scatter, points)
    return dice.poisson(mean), columns, exposure


def test_two_periods_have_the_closed_form() -> None:
    """Rates 4 / 200 and 4 / 300; dispersion 1.5; se of the log ratio sqrt(1/4 + 1/4)."""
    fit = fit_log_linear([3, 1, 4, 0], {"(Intercept)": [1] * 4, "late": [0, 0, 1, 1]}, [100, 100, 200, 100])
    known = fit_two_periods([3, 1, 4, 0], [100, 100, 200, 100], [False, False, True, True])
    late = fit.term("late", fit.chance)
    assert late.ratio == pytest.approx(2 / 3)
    assert late.standard_error == pytest.approx(math.sqrt(0.5))
    assert fit.dispersion == pytest.approx(1.5)
    assert fit.term("late", fit.quasi_poisson()).standard_error == pytest.approx(math.sqrt(0.75))
    assert (late.estimate, fit.dispersion) == pytest.approx((known.change.estimate, known.dispersion))


@pytest.mark.parametrize("seed", range(3))
def test_coefficients_errors_and_newey_west_are_those_of_statsmodels(seed: int) -> None:
    counts, columns, exposure = series(seed=seed, scatter=0.05)
    fit = fit_log_linear(counts, columns, exposure)
    theirs = sm.GLM(
        counts, np.column_stack(list(columns.values())), family=sm.families.Poisson(), offset=np.log(exposure)
    ).fit()
    assert fit.coefficients == pytest.approx(theirs.params, rel=1e-8)
    assert np.sqrt(np.diag(fit.chance)) == pytest.approx(theirs.bse, rel=1e-6)
    assert fit.dispersion == pytest.approx(theirs.pearson_chi2 / theirs.df_resid)
    assert fit.deviance == pytest.approx(theirs.deviance)
    hac = sm.GLM(
        counts, np.column_stack(list(columns.values())), family=sm.families.Poisson(), offset=np.log(exposure)
    ).fit(cov_type="HAC", cov_kwds={"maxlags": 3})
    assert np.sqrt(np.diag(fit.newey_west(3))) == pytest.approx(hac.bse, rel=1e-6)


def test_the_negative_binomial_is_that_of_statsmodels() -> None:
    counts, columns, exposure = series(points=120, scatter=0.3)
    fit = fit_negative_binomial(counts, columns, exposure)
    theirs = sm.NegativeBinomial(counts, np.column_stack(list(columns.values())), exposure=exposure).fit(
        disp=0, start_params=[*fit.coefficients, 0.3], maxiter=500
    )
    assert fit.theta is not None
    assert 1 / fit.theta == pytest.approx(theirs.params[-1], rel=1e-3)
    assert fit.coefficients == pytest.approx(theirs.params[:-1], rel=1e-3, abs=1e-4)


def test_counts_calmer_than_chance_have_no_negative_binomial() -> None:
    with pytest.raises(ValueError, match="no more than chance"):
        fit_negative_binomial([5, 5, 5, 5, 5, 5], {"(Intercept)": [1] * 6, "late": [0, 0, 0, 1, 1, 1]})


def test_an_idle_term_adds_next_to_nothing_and_a_true_one_much() -> None:
    counts, columns, exposure = series()
    whole = fit_log_linear(counts, columns, exposure)
    without = {name: column for name, column in columns.items() if name != "late"}
    found = f_test(fit_log_linear(counts, without, exposure), whole)
    assert found.statistic > 10
    assert found.p < 0.01
    idle = fit_log_linear(counts, {**columns, "idle": np.cos(np.arange(60.0) ** 2)}, exposure)
    assert f_test(whole, idle).p > 0.05
    with pytest.raises(ValueError):
        f_test(whole, whole)


@pytest.mark.parametrize(
    ("counts", "late", "exposure", "says"),
    [
        ([3, 2, 4, 0, 0, 0], [0, 0, 0, 1, 1, 1], [7] * 6, "Too few points have any event"),
        ([0, 0, 0, 3, 2, 4], [0, 0, 0, 1, 1, 1], [7] * 6, "Too few points have any event"),
        ([0] * 6, [0, 0, 0, 1, 1, 1], [7] * 6, "Too few points have any event"),
        ([3, 2, 4, 1, 2, 3], [1] * 6, [7] * 6, "say the same"),
        ([3, 2], [0, 1], [7, 7], "too few"),
        ([3, 2, 4, 1, -2, 3], [0, 0, 0, 1, 1, 1], [7] * 6, "count"),
        ([3, 2, 4, 1, 2, 3], [0, 0, 0, 1, 1, 1], [7, 7, 7, 0, 7, 7], "exposure"),
        ([3, 2, 4, 1, 2, 3], [0, 0, 0, 1, 1, math.nan], [7] * 6, "finite"),
        ([3, 2, 4, 1, 2], [0, 0, 0, 1, 1, 1], [7] * 6, "same length"),
    ],
)
def test_a_fit_that_does_not_exist_is_refused(
    counts: list[int], late: list[float], exposure: list[float], says: str
) -> None:
    """statsmodels answers the first of these with -23 and converged=True."""
    with pytest.raises(ValueError, match=says):
        fit_log_linear(counts, {"(Intercept)": [1.0] * len(late), "late": late}, exposure)


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(1, 40), min_size=8, max_size=30),
    factor=st.floats(0.01, 1000),
    lag=st.integers(0, 4),
)
def test_the_unit_of_exposure_moves_only_the_intercept(counts: list[int], factor: float, lag: int) -> None:
    points = len(counts)
    columns = {"(Intercept)": np.ones(points), "late": (np.arange(points) >= points // 2).astype(float)}
    exposure: Any = 5.0 + np.arange(points) % 3
    one, other = fit_log_linear(counts, columns, exposure), fit_log_linear(counts, columns, exposure * factor)
    assert other.coefficients[1] == pytest.approx(one.coefficients[1], abs=1e-7)
    assert other.coefficients[0] == pytest.approx(one.coefficients[0] - math.log(factor), abs=1e-7)
    assert other.newey_west(lag) == pytest.approx(one.newey_west(lag), rel=1e-5, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(1, 40), min_size=8, max_size=30))
def test_swapping_before_and_after_inverts_the_ratio(counts: list[int]) -> None:
    late = (np.arange(len(counts)) >= len(counts) // 2).astype(float)
    there = fit_log_linear(counts, {"(Intercept)": np.ones(len(counts)), "late": late})
    back = fit_log_linear(counts, {"(Intercept)": np.ones(len(counts)), "late": 1 - late})
    assert there.coefficients[1] == pytest.approx(-back.coefficients[1], abs=1e-8)
    assert there.dispersion == pytest.approx(back.dispersion)


def test_newey_west_without_a_lag_is_the_plain_sandwich() -> None:
    scores = np.array([[1.0, 0.5], [-2.0, 1.0], [0.5, -1.5]])
    assert newey_west(scores, np.eye(2), 0) == pytest.approx(scores.T @ scores)
    with pytest.raises(ValueError):
        newey_west(scores, np.eye(2), 3)


@pytest.mark.parametrize(("points", "lag"), [(1, 2), (26, 2), (59, 2), (64, 3), (104, 3), (192, 4), (512, 6)])
def test_the_usual_lag(points: int, lag: int) -> None:
    assert usual_lag(points) == lag


def test_seasons_come_back_after_a_year() -> None:
    waves = fourier([1, 4, 7, 10, 13], 12, 2)
    assert list(waves) == ["s1", "c1", "s2", "c2"]
    assert all(column[0] == pytest.approx(column[4]) for column in waves.values())
    assert waves["s1"][1] == pytest.approx(math.sin(2 * math.pi * 4 / 12))
    assert fourier([1, 2], 12, 0) == {}
    with pytest.raises(ValueError):
        fourier([1], 0, 1)


# What would have been ----------------------------------------------------------------------------------


def test_events_averted_by_hand() -> None:
    """Two periods of equal exposure: 60 before would have gone on, 30 came; the ratio is a half."""
    columns = {"(Intercept)": [1.0] * 4, "late": [0.0, 0.0, 1.0, 1.0]}
    fit = fit_log_linear([30, 30, 10, 20], columns, [5, 5, 5, 5])
    bare = fit.design * np.array([1.0, 0.0])
    found = events_averted(fit, bare, np.array([False, False, True, True]), fit.chance)
    assert (found.fitted, found.without, found.averted, found.ratio) == pytest.approx((30, 60, 30, 0.5))
    # Both come from Poisson counts: variances add, 60 for what would have been and 30 for what came.
    assert found.averted_se == pytest.approx(math.sqrt(60 + 30))
    assert found.ratio_se == pytest.approx(math.sqrt(1 / 60 + 1 / 30))
    assert found.ratio_interval.high == pytest.approx(0.5 * math.exp(1.959964 * found.ratio_se), rel=1e-6)


def test_the_ratio_of_a_step_is_the_step() -> None:
    counts, columns, exposure = series(scatter=0.1)
    fit = fit_log_linear(counts, columns, exposure)
    bare = fit.design * np.array([name != "late" for name in fit.names])
    covariance = fit.quasi_poisson()
    found = events_averted(fit, bare, columns["late"] > 0, covariance)
    term = fit.term("late", covariance)
    assert found.ratio == pytest.approx(term.ratio)
    assert found.ratio_se == pytest.approx(term.standard_error)
    assert found.fitted == pytest.approx(counts[columns["late"] > 0].sum())


def test_nothing_after_the_start_is_refused() -> None:
    fit = fit_log_linear([3, 4, 5], {"(Intercept)": [1.0] * 3})
    with pytest.raises(ValueError):
        events_averted(fit, fit.design, np.array([False] * 3), fit.chance)


def test_limits_beyond_all_bounds_are_none() -> None:
    assert log_limits(0.0, 20.0, 1.96, 0.95).high is None
    assert log_limits(0.0, 1e6, 1.96, 0.95).low is not None
    assert two_sided_quantile(0.95) == pytest.approx(1.959964, rel=1e-6)
    assert two_sided_quantile(0.95, 2) == pytest.approx(4.302653, rel=1e-6)
