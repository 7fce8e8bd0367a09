"""Values in order of time: straight lines whose points may resemble their neighbours."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.stats.stattools import durbin_watson as their_durbin_watson

from metrics.estimators.autocorrelation import autocorrelation, durbin_watson, ljung_box
from metrics.estimators.linear_series import (
    difference_in_differences,
    fit_linear,
    gls_ar1,
    prais_winsten,
    predicted_total,
)

Columns = dict[str, Any]


def series(points: int = 48, rho: float = 0.4, seed: int = 3) -> tuple[Any, Columns]:
    dice = np.random.default_rng(seed)
    noise = np.zeros(points)
    for at in range(points):
        noise[at] = rho * noise[at - 1] * (at > 0) + dice.normal()
    time = np.arange(points, dtype=float)
    late = (time >= points // 2).astype(float)
    return 40 - 3 * late + 0.1 * time + noise, {"(Intercept)": np.ones(points), "late": late, "time": time}


def test_least_squares_and_newey_west_are_those_of_statsmodels() -> None:
    values, columns = series()
    fit = fit_linear(values, columns)
    design = np.column_stack(list(columns.values()))
    theirs = sm.OLS(values, design).fit()
    assert fit.coefficients == pytest.approx(theirs.params)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(theirs.bse)
    for corrected in (True, False):
        hac = sm.OLS(values, design).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": corrected})
        assert np.sqrt(np.diag(fit.newey_west(3, small_sample=corrected))) == pytest.approx(hac.bse)


def test_prais_winsten_by_its_own_definition() -> None:
    """At the end the rho of the residuals is the rho used, and the freed points are fitted by least squares."""
    values, columns = series(rho=0.6)
    fit = prais_winsten(values, columns)
    left = fit.residuals
    assert fit.rho is not None
    assert float(left[1:] @ left[:-1] / (left[:-1] @ left[:-1])) == pytest.approx(fit.rho, abs=1e-9)
    first = math.sqrt(1 - fit.rho**2)
    design = np.column_stack(list(columns.values()))
    freed = np.vstack([first * design[:1], design[1:] - fit.rho * design[:-1]])
    freed_values = np.concatenate([first * values[:1], values[1:] - fit.rho * values[:-1]])
    theirs = sm.OLS(freed_values, freed).fit()
    assert fit.coefficients == pytest.approx(theirs.params)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(theirs.bse)


def test_the_first_point_is_kept_where_glsar_drops_it() -> None:
    values, columns = series(rho=0.6)
    values[0] += 12
    design = np.column_stack(list(columns.values()))
    dropped = sm.GLSAR(values, design, 1).iterative_fit(50).params
    assert prais_winsten(values, columns).coefficients[1] != pytest.approx(dropped[1], rel=1e-3)


def test_the_likeliest_resemblance_is_that_of_a_state_space_model() -> None:
    values, columns = series(points=80)
    fit = gls_ar1(values, columns)
    theirs = sm.tsa.SARIMAX(values, exog=np.column_stack(list(columns.values())), order=(1, 0, 0)).fit(disp=0)
    assert fit.rho == pytest.approx(theirs.params[-2], abs=2e-3)
    assert fit.coefficients == pytest.approx(theirs.params[:3], rel=5e-3)
    restricted = gls_ar1(values, columns, "REML")
    assert restricted.rho is not None and fit.rho is not None
    assert restricted.rho > fit.rho


def test_four_corners_by_hand() -> None:
    """Ours 10, 12 then 20, 22; theirs 5, 7 then 6, 8: (21 - 11) - (7 - 6) = 9."""
    fit = difference_in_differences([10, 12, 20, 22, 5, 7, 6, 8], [1, 1, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0, 1, 1])
    effect = fit.term("treated:post")
    assert effect.estimate == pytest.approx(9)
    # Every corner has variance 2 on 1 degree of freedom: four means of two, each with variance 1.
    assert effect.standard_error == pytest.approx(2)
    with pytest.raises(ValueError):
        difference_in_differences([1, 2, 3, 4, 5, 6], [1, 1, 1, 0, 0, 0], [0, 0, 1, 0, 0, 0])


def test_a_total_told_on_by_hand() -> None:
    """A mean of four points told on for two: sigma^2 (4 / 4) for the line, and 2 sigma^2 more for the points."""
    fit = fit_linear([1, 3, 5, 7], {"(Intercept)": [1.0] * 4})
    found = predicted_total(fit, {"(Intercept)": [1.0, 1.0]})
    sigma = math.sqrt(20 / 3)
    assert found.total == pytest.approx(8)
    assert found.se_of_mean == pytest.approx(sigma)
    assert found.se_with_scatter == pytest.approx(sigma * math.sqrt(3))
    with pytest.raises(ValueError):
        predicted_total(fit, {"another": [1.0]})


@pytest.mark.parametrize("work_out", [prais_winsten, gls_ar1])
def test_points_on_the_line_have_no_scatter(work_out: Any) -> None:
    columns = {"(Intercept)": np.ones(8), "time": np.arange(8.0)}
    with pytest.raises(ValueError, match="on the line"):
        work_out(2 + 3 * np.arange(8.0), columns)
    with pytest.raises(ValueError, match="on the line"):
        work_out([5.0] * 8, columns)


@pytest.mark.parametrize(
    ("values", "time", "says"),
    [
        ([1, 2], [0, 1], "too few"),
        ([1, 2, 3, 4], [1, 1, 1, 1], "say the same"),
        ([1, 2, math.nan, 4], [0, 1, 2, 3], "finite"),
        ([1, 2, 3], [0, 1, 2, 3], "finite value"),
    ],
)
def test_a_line_that_cannot_be_drawn_is_refused(values: list[float], time: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        fit_linear(values, {"(Intercept)": [1.0] * len(time), "time": time})


@settings(max_examples=50, deadline=None)
@given(values=st.lists(st.floats(-50, 50), min_size=10, max_size=40), move=st.floats(-100, 100), by=st.floats(0.1, 10))
def test_another_zero_and_another_unit_change_nothing_that_matters(values: list[float], move: float, by: float) -> None:
    columns = {"(Intercept)": np.ones(len(values)), "late": (np.arange(len(values)) >= 5).astype(float)}
    one, other = fit_linear(values, columns), fit_linear([move + by * value for value in values], columns)
    assert other.coefficients[1] == pytest.approx(by * one.coefficients[1], abs=1e-6)
    assert np.sqrt(np.diag(other.newey_west(2)).clip(min=0)) == pytest.approx(
        by * np.sqrt(np.diag(one.newey_west(2)).clip(min=0)), abs=1e-5
    )


# What is left over ---------------------------------------------------------------------------------------


def test_what_is_left_over_is_measured_as_elsewhere() -> None:
    values, _ = series()
    left = values - values.mean()
    theirs = acorr_ljungbox(left, lags=[12])
    found = ljung_box(left, 12)
    assert durbin_watson(left) == pytest.approx(their_durbin_watson(left))
    assert (found.statistic, found.p) == pytest.approx((theirs.lb_stat.iloc[0], theirs.lb_pvalue.iloc[0]))


def test_points_that_swing_and_points_that_run() -> None:
    assert autocorrelation([1, -1, 1, -1, 1, -1]) == pytest.approx(-5 / 6)
    assert durbin_watson([1, -1, 1, -1]) == pytest.approx(12 / 4)
    assert autocorrelation([1, 1, 1, -1, -1, -1]) == pytest.approx(3 / 6)


@pytest.mark.parametrize("left", [[0.0, 0.0, 0.0], [1.0], [], [1.0, math.inf]])
def test_nothing_left_over_is_nothing_to_measure(left: list[float]) -> None:
    with pytest.raises(ValueError):
        durbin_watson(left)
    with pytest.raises(ValueError):
        autocorrelation(left)
