"""Random effects: a published set of trials, another implementation, and the laws any average obeys."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from metrics.estimators.together import Together, random_effects

BCG = (
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
)  # fmt: skip
"""Tuberculosis with and without BCG in 13 trials: Colditz and others 1994, JAMA 271:698, doi:10.1001/jama.1994.03510330076038."""


def trials() -> tuple[list[float], list[float]]:
    ratios = [math.log((a / (a + b)) / (c / (c + d))) for a, b, c, d in BCG]
    errors = [math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) for a, b, c, d in BCG]
    return ratios, errors


def test_the_bcg_trials() -> None:
    # metafor: rma(yi, vi, data = dat.bcg, method = "PM", test = "knha"): tau^2 0.3181, estimate -0.7150
    found = random_effects(*trials())
    assert found.between**2 == pytest.approx(0.3181, abs=5e-5)
    assert found.estimate == pytest.approx(-0.7150, abs=5e-5)
    assert found.count == 13


def test_another_implementation_agrees() -> None:
    ratios, errors = trials()
    found = random_effects(ratios, errors)
    other = combine_effects(np.array(ratios), np.array(errors) ** 2, method_re="iterated", use_t=True)
    factor = max(1.0, other.scale_hksj_re)
    reach = 2.1788128296634177 * math.sqrt(factor / float(np.sum(other.weights_re)))  # qt(0.975, 12)
    assert found.between**2 == pytest.approx(other.tau2, rel=1e-5)
    assert found.estimate == pytest.approx(other.mean_effect_re, rel=1e-5)
    assert found.interval.high == pytest.approx(other.mean_effect_re + reach, rel=1e-5)
    assert found.interval.low == pytest.approx(other.mean_effect_re - reach, rel=1e-5)


def test_places_that_agree_have_no_spread_between_and_no_extra_certainty() -> None:
    found = random_effects([0.1, 0.1, 0.1], [0.2, 0.2, 0.2])
    assert found.between == 0
    assert found.estimate == pytest.approx(0.1)
    reach = 4.302652729911275 * 0.2 / math.sqrt(3)  # qt(0.975, 2)
    assert found.interval.high == pytest.approx(0.1 + reach)


@pytest.mark.parametrize(
    ("estimates", "errors", "said"),
    [
        ([0.1, 0.2], [0.1, 0.1], "at least 3"),
        ([], [], "at least 3"),
        ([0.1, 0.2, 0.3], [0.1, 0.1], "do not match"),
        ([0.1, 0.2, 0.3], [0.1, 0.0, 0.1], "above 0"),
        ([0.1, math.nan, 0.3], [0.1, 0.1, 0.1], "finite"),
        ([0.1, 0.2, 0.3], [0.1, math.inf, 0.1], "finite"),
    ],
)
def test_what_cannot_be_taken_together_is_refused_in_words(
    estimates: list[float], errors: list[float], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        random_effects(estimates, errors)


PLACES = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=3, max_size=12)


def taken(places: list[tuple[float, float]]) -> Together:
    return random_effects([estimate for estimate, _ in places], [error for _, error in places])


@given(PLACES)
def test_the_average_lies_among_the_estimates_and_a_further_place_is_less_certain(
    places: list[tuple[float, float]],
) -> None:
    found = taken(places)
    estimates = [estimate for estimate, _ in places]
    assert min(estimates) - 1e-9 <= found.estimate <= max(estimates) + 1e-9
    assert found.interval.low is not None
    assert found.prediction.low is not None
    assert found.prediction.low <= found.interval.low + 1e-9


@given(PLACES, st.floats(-2, 2))
def test_moving_all_moves_the_average_and_order_does_not_matter(places: list[tuple[float, float]], by: float) -> None:
    found = taken(places)
    moved = taken([(estimate + by, error) for estimate, error in reversed(places)])
    assert moved.estimate == pytest.approx(found.estimate + by, abs=1e-5)
    assert moved.between == pytest.approx(found.between, abs=1e-4)


@given(PLACES)
def test_turning_the_scale_round_turns_the_answer_round(places: list[tuple[float, float]]) -> None:
    found, turned = taken(places), taken([(-estimate, error) for estimate, error in places])
    assert turned.estimate == pytest.approx(-found.estimate, abs=1e-6)
    assert found.interval.low is not None
    assert turned.interval.high is not None
    assert turned.interval.high == pytest.approx(-found.interval.low, abs=1e-5)
