"""When people come and go, the people are what the limits must rest on."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimators.clustered_ratio import rate_ratio_by_person
from metrics.estimators.rates import fit_two_periods

people = st.dictionaries(
    st.sampled_from("abcdefghij"), st.tuples(st.integers(0, 40).map(float), st.floats(1, 200)), min_size=2
)


@given(before=people, after=people)
def test_it_is_the_cluster_robust_fit_in_closed_form(
    before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]
) -> None:
    if not sum(x for x, _ in before.values()) or not sum(x for x, _ in after.values()):
        return
    found = rate_ratio_by_person(before, after)
    rows = [(name, x, t, False) for name, (x, t) in before.items()] + [
        (name, x, t, True) for name, (x, t) in after.items()
    ]
    fitted = fit_two_periods(
        [int(x) for _, x, _, _ in rows], [t for _, _, t, _ in rows], [late for *_, late in rows], "clusters",
        [name for name, *_ in rows], small_sample=False,
    )  # fmt: skip
    names = len(before.keys() | after.keys())
    assert found.low is not None and found.high is not None
    if names > 1:
        error = fitted.change.standard_error * math.sqrt(names / (names - 1))
        limits = (math.log(found.high) - math.log(found.low)) / 2
        from scipy import stats

        assert limits == pytest.approx(float(stats.t.isf(0.025, names - 1)) * error, rel=1e-4, abs=1e-6)


def test_the_same_people_doing_half_as_much_is_certain() -> None:
    before = {"a": (40.0, 180.0), "b": (10.0, 180.0), "c": (2.0, 180.0)}
    after = {name: (x / 2, t) for name, (x, t) in before.items()}
    found = rate_ratio_by_person(before, after)
    assert (found.low, found.high) == (pytest.approx(0.5), pytest.approx(0.5))


def test_one_person_who_left_can_be_all_of_it() -> None:
    others = {f"p{n}": (3.0, 180.0) for n in range(20)}
    before, after = {**others, "left": (90.0, 170.0)}, {**others, "came": (2.0, 160.0)}
    assert rate_ratio_by_person(before, after).contains(1)


@pytest.mark.parametrize(
    ("before", "after"),
    [({}, {"a": (1.0, 1.0)}), ({"a": (0.0, 9.0)}, {"a": (1.0, 9.0)}), ({"a": (3.0, 9.0)}, {"a": (1.0, 9.0)}),
     ({"a": (-1.0, 9.0), "b": (2.0, 9.0)}, {"a": (1.0, 9.0)})],
)  # fmt: skip
def test_what_it_cannot_bear_is_refused(
    before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]
) -> None:
    with pytest.raises(ValueError):
        rate_ratio_by_person(before, after)


def test_people_who_come_and_go_are_covered() -> None:
    """40 beds, three in ten leave in a year, a few have most of it: nothing changed."""
    random = np.random.default_rng(11)
    held = 0
    for _ in range(200):
        before: dict[str, tuple[float, float]] = {}
        after: dict[str, tuple[float, float]] = {}
        for bed in range(40):
            first = random.gamma(0.35, 0.055 / 0.35)
            before[f"{bed}"] = (float(random.poisson(first * 180)), 180.0)
            stays = random.random() > 0.16
            name, rate = (f"{bed}", first) if stays else (f"new {bed}", random.gamma(0.35, 0.055 / 0.35))
            after[name] = (float(random.poisson(rate * 180)), 180.0)
        held += rate_ratio_by_person(before, after).contains(1)
    assert 0.89 <= held / 200 <= 0.99
