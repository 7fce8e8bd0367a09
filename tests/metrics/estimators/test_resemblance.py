"""Good and bad stretches that come in runs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.estimators.resemblance import fading, in_runs, resemblance_behind


def line(points: int) -> Any:
    return np.column_stack([np.ones(points), np.arange(points), np.arange(points) >= points // 2]).astype(float)


def left_over(points: int, rho: float, seed: int) -> Any:
    """Residuals of a level, a trend and a step fitted to a chain."""
    dice = np.random.default_rng(seed)
    noise = np.zeros(points)
    for at in range(points):
        noise[at] = rho * noise[at - 1] * (at > 0) + dice.normal() * (1 if at == 0 else np.sqrt(1 - rho**2))
    q, _ = np.linalg.qr(line(points))
    return noise - q @ (q.T @ noise)


def test_what_the_fit_took_away_is_given_back() -> None:
    """Over 200 short series the plain figure falls well short of the planted 0.6; this one does not."""
    series = [left_over(40, 0.6, seed) for seed in range(200)]
    plain = np.mean([float(each[1:] @ each[:-1] / (each @ each)) for each in series])
    found = np.mean([resemblance_behind(each, line(40)) for each in series])
    assert plain < 0.5
    assert found == pytest.approx(0.6, abs=0.07)


def test_points_that_swing_buy_no_certainty() -> None:
    assert resemblance_behind(np.array([1.0, -1.0] * 10), np.ones((20, 1))) == 0


def test_points_that_only_drift_are_taken_at_the_most() -> None:
    assert resemblance_behind(np.linspace(-1, 1, 60) ** 3, np.ones((60, 1))) == 0.9


def test_the_fading_by_hand() -> None:
    assert fading(0.2, 4) == pytest.approx([1, 0.2, 0.1, 0.05])
    assert fading(0.8, 4) == pytest.approx([1, 0.8, 0.64, 0.512])
    assert fading(0.0, 3) == pytest.approx([1, 0, 0])
    with pytest.raises(ValueError):
        fading(1.0, 3)


@settings(max_examples=60, deadline=None)
@given(resemblance=st.floats(0, 0.9), points=st.integers(2, 40))
def test_a_covariance_stays_one_and_a_mean_grows_less_certain(resemblance: float, points: int) -> None:
    pull, bread = np.ones((points, 1)), np.array([[1 / points]])
    plain, found = in_runs(pull, bread, 0.0)[0, 0], in_runs(pull, bread, resemblance)[0, 0]
    assert plain == pytest.approx(1 / points)
    assert plain <= found <= 1 + 1e-12
    matrix = fading(resemblance, points)[np.abs(np.subtract.outer(np.arange(points), np.arange(points)))]
    assert np.linalg.eigvalsh(matrix).min() > -1e-9


@pytest.mark.parametrize("left", [np.zeros(10), np.ones(10), np.array([1.0])])
def test_nothing_left_over_is_nothing_to_measure(left: Any) -> None:
    with pytest.raises(ValueError):
        resemblance_behind(left, np.ones((len(left), 1)))
    with pytest.raises(ValueError, match="row of the design"):
        resemblance_behind(np.array([1.0, 2.0, 3.0]), np.ones((2, 1)))
