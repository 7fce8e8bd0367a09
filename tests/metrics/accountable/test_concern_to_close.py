"""Families' understanding from concern to close: the same relative, the same case, twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Answer, Period
from metrics.accountable.concern_to_close import concern_to_close

FIRST = date(2026, 1, 1)


def answer(
    moment: str | None, score: float | None, case: str | None = "c1", who: str | None = "r1", day: int = 0,
    form: str | None = None,
) -> Answer:  # fmt: skip
    return Answer(
        FIRST + timedelta(days=day), "family_about_self", "family_checkin", "understands",
        "dont_know" if score is None else "score", score, who, "P-1", form, moment=moment, case_id=case,
    )  # fmt: skip


def test_the_same_relative_asked_at_the_concern_and_at_its_close_is_a_pair() -> None:
    found = concern_to_close([answer("concern", 2), answer("close", 4, day=30)])
    (pair,) = found.pairs
    assert (pair.concern, pair.close, pair.moved) == (2, 4, 2)
    assert (found.higher, found.same, found.lower, found.once) == (1, 0, 0, 0)


def test_two_relatives_of_one_case_are_two_pairs_and_one_case() -> None:
    found = concern_to_close(
        [
            answer("concern", 2),
            answer("close", 4, day=30),
            answer("concern", 3, who="r2"),
            answer("close", 3, who="r2", day=30),
        ]
    )
    assert (len(found.pairs), found.cases, found.mean) == (2, 1, 1.0)


def test_another_relative_at_the_close_is_no_pair() -> None:
    found = concern_to_close([answer("concern", 2), answer("close", 5, who="r2", day=30)])
    assert (found.pairs, found.once) == ((), 2)


def test_the_same_relative_about_another_case_is_no_pair() -> None:
    found = concern_to_close([answer("concern", 2), answer("close", 5, case="c2", day=30)])
    assert (found.pairs, found.once) == ((), 2)


def test_i_do_not_know_is_counted_and_not_turned_into_a_number() -> None:
    found = concern_to_close([answer("concern", None), answer("close", 5, day=30)])
    assert (found.pairs, found.unscored) == ((), 1)


def test_answers_asked_in_passing_are_passed_over() -> None:
    assert not concern_to_close([answer(None, 2, case=None), answer("routine", 4)]).any_asked


def test_without_a_key_for_the_relative_nobody_knows_who_answered_twice() -> None:
    found = concern_to_close([answer("concern", 2, who=None), answer("close", 4, who=None, day=30)])
    assert (found.pairs, found.once) == ((), 2)


def test_another_form_the_second_time_is_not_compared() -> None:
    found = concern_to_close([answer("concern", 2, form="faces"), answer("close", 4, day=30, form="words")])
    assert (found.pairs, found.other_form) == ((), 1)


def test_a_close_before_its_concern_is_no_pair() -> None:
    assert concern_to_close([answer("concern", 2, day=30), answer("close", 4)]).pairs == ()


def test_the_first_answer_at_the_concern_and_the_last_at_the_close_count() -> None:
    found = concern_to_close(
        [answer("concern", 1), answer("concern", 5, day=9), answer("close", 2, day=20), answer("close", 3, day=30)]
    )
    assert (found.pairs[0].concern, found.pairs[0].close) == (1, 3)


def test_only_cases_that_closed_in_the_days_shown_are_told_wherever_they_began() -> None:
    answers = [answer("concern", 2), answer("close", 4, day=30)]
    assert concern_to_close(answers, Period(FIRST + timedelta(days=10), FIRST + timedelta(days=40))).pairs
    assert not concern_to_close(answers, Period(FIRST + timedelta(days=40), FIRST + timedelta(days=50))).any_asked


@pytest.mark.parametrize(("cases", "has_range"), [(4, False), (5, True)])
def test_fewer_than_five_cases_give_no_range(cases: int, has_range: bool) -> None:
    found = concern_to_close(
        each for n in range(cases) for each in (answer("concern", 2, f"c{n}"), answer("close", 3, f"c{n}", day=30))
    )
    assert found.mean == 1
    assert (found.low is not None) is has_range


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=12))
def test_every_pair_went_up_stayed_or_went_down_and_the_mean_lies_in_its_range(scores: list[tuple[int, int]]) -> None:
    found = concern_to_close(
        each
        for n, (one, two) in enumerate(scores)
        for each in (answer("concern", one, f"c{n}"), answer("close", two, f"c{n}", day=30))
    )
    assert found.higher + found.same + found.lower == len(scores)
    assert found.mean == pytest.approx(sum(two - one for one, two in scores) / len(scores))
    if found.low is not None and found.high is not None and found.mean is not None:
        assert found.low <= found.mean <= found.high
