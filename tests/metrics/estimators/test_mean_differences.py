"""Two means: against Student's own data as R answers them, against the laws, and never an interval without width."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimators.mean_differences import (
    clustered_mean_difference,
    paired_mean_difference,
    serial_mean_difference,
    worst_case_means,
)

# Extra hours of sleep of ten patients with two drugs: Student 1908, R's dataset "sleep".
DRUG_1 = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
DRUG_2 = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
scores = st.lists(st.integers(1, 5).map(float), min_size=2, max_size=25)


def each_alone(side: list[float], mark: str) -> list[tuple[str, str, float]]:
    return [(f"{mark}{n}", "mood", score) for n, score in enumerate(side)]


def test_student_1908_paired() -> None:
    """R: with(sleep, t.test(extra[group == 2] - extra[group == 1]))."""
    found = paired_mean_difference([two - one for one, two in zip(DRUG_1, DRUG_2, strict=True)], step=0.1)
    assert found.estimate == pytest.approx(1.58)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.7001142, 2.4598858), abs=1e-7)
    assert (found.df, found.floored) == (9, False)


def test_student_1908_as_two_groups() -> None:
    """R: t.test(extra ~ group, data = sleep), Welch: df 17.776, limits -3.3654832 and 0.2054832 for group 1 less 2."""
    found, means = clustered_mean_difference(each_alone(list(DRUG_1), "a"), each_alone(list(DRUG_2), "b"), step=0.1)
    assert means == pytest.approx((0.75, 2.33))
    assert found.df == pytest.approx(17.776, abs=1e-3)
    assert (found.interval.low, found.interval.high) == pytest.approx((-0.2054832, 3.3654832), abs=1e-7)


@given(scores)
def test_pairs_the_other_way_round_turn_the_difference_round(differences: list[float]) -> None:
    there, back = paired_mean_difference(differences), paired_mean_difference([-each for each in differences])
    assert back.estimate == pytest.approx(-there.estimate)
    assert back.interval.low == pytest.approx(-(there.interval.high or 0))


@given(scores, scores, st.floats(-50, 50))
def test_a_scale_moved_by_a_constant_moves_nothing(before: list[float], after: list[float], up: float) -> None:
    plain, _ = clustered_mean_difference(each_alone(before, "a"), each_alone(after, "b"))
    moved, _ = clustered_mean_difference(
        each_alone([each + up for each in before], "a"), each_alone([each + up for each in after], "b")
    )
    assert moved.estimate == pytest.approx(plain.estimate, abs=1e-9)
    assert moved.interval.low == pytest.approx(plain.interval.low, abs=1e-6)


@given(scores, scores)
def test_no_interval_is_without_width(before: list[float], after: list[float]) -> None:
    days = (
        [(float(7 * n), score) for n, score in enumerate(before)],
        [(float(7 * n), score) for n, score in enumerate(after)],
    )
    for found in (
        paired_mean_difference(before),
        clustered_mean_difference(each_alone(before, "a"), each_alone(after, "b"))[0],
        serial_mean_difference(*days),
    ):
        low, high = found.interval.low, found.interval.high
        assert low is not None and high is not None
        assert math.isfinite(low) and math.isfinite(high)
        assert low < found.estimate < high


@pytest.mark.parametrize("n", [5, 8, 12, 20])
def test_equal_differences_leave_open_about_what_the_exact_bound_does(n: int) -> None:
    found = paired_mean_difference([0.0] * n)
    exact = 1 - 0.025 ** (1 / n)
    assert found.floored
    assert found.interval.high == pytest.approx(exact, rel=0.2)


def test_several_answers_about_one_person_are_worth_less_than_those_of_several_people() -> None:
    after = each_alone([3.0, 4, 2, 5, 3, 4], "b")
    apart = [(f"p{n}", "mood", score) for n, score in enumerate([1.0, 1, 3, 3, 5, 5])]
    alike = [(f"p{n // 2}", "mood", score) for n, (_, _, score) in enumerate(apart)]
    wide, _ = clustered_mean_difference(alike, after)
    narrow, _ = clustered_mean_difference(apart, after)
    assert wide.estimate == narrow.estimate
    assert (wide.interval.high or 0) > (narrow.interval.high or 0)


def test_asking_a_dreary_question_more_often_moves_nothing() -> None:
    once = [
        (f"p{n}", card, score) for n in range(4) for card, score in (("mood", 4.0 + n % 2), ("purpose", 2.0 + n % 2))
    ]
    often = [*once, *((f"q{n}", "purpose", 2.0 + n % 2) for n in range(8))]
    found, (before, after) = clustered_mean_difference(once, often)
    assert before == after == 3.5
    assert found.estimate == pytest.approx(0)


def test_answers_in_runs_are_worth_fewer_than_as_many_scattered_ones() -> None:
    calm = [(7.0 * n, score) for n, score in enumerate([3.0, 2, 3, 4, 3, 2, 4, 3])]
    runs = [(7.0 * n, score) for n, score in enumerate([2.0, 2, 2, 3, 3, 4, 4, 4])]
    mixed = [(7.0 * n, score) for n, score in enumerate([2.0, 4, 2, 4, 3, 2, 4, 3])]
    in_runs, scattered = serial_mean_difference(calm, runs), serial_mean_difference(calm, mixed)
    assert (in_runs.correlation or 0) > (scattered.correlation or 0)
    assert (in_runs.interval.high or 0) > (scattered.interval.high or 0)


def test_daily_answers_resemble_each_other_at_least_by_what_days_do() -> None:
    found = serial_mean_difference(
        [(float(n), n % 2 + 2.0) for n in range(8)], [(float(n), n % 2 + 3.0) for n in range(8)]
    )
    assert found.correlation == 0.3


def test_the_worst_case_is_the_mean_itself_when_everybody_answered() -> None:
    assert worst_case_means(40, 10, 10, 1, 5) == (4, 4)
    assert worst_case_means(40, 10, 20, 1, 5) == (2.5, 4.5)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: paired_mean_difference([1.0]),
        lambda: paired_mean_difference([1.0, math.nan]),
        lambda: paired_mean_difference([1.0, 2.0], step=0),
        lambda: clustered_mean_difference([("a", "m", 1.0), ("a", "m", 2.0)], each_alone([1.0, 2.0], "b")),
        lambda: clustered_mean_difference(
            [*[("p", "mood", 3.0)] * 60, *each_alone([1.0, 2.0], "q")], each_alone([1.0, 2.0], "b")
        ),
        lambda: clustered_mean_difference(each_alone([1.0, 2.0], "a"), [("b", "other", 1.0), ("c", "other", 2.0)]),
        lambda: serial_mean_difference([(0.0, 1.0)], [(0.0, 1.0), (1.0, 2.0)]),
        lambda: worst_case_means(40, 10, 5, 1, 5),
        lambda: worst_case_means(40, 10, 20, 5, 5),
    ],
)
def test_what_cannot_be_worked_out_is_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r"[a-z]"):
        wrong()
