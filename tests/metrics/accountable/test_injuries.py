"""Unexplained injuries that come again within 90 days, and harm that is listed case by case."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.records import Happened
from metrics.accountable.injuries import unexplained_again, with_harm

FIRST = date(2026, 1, 1)


def injury(day: int, person: str | None = "P-1", harm: str = "low", kind: str = "injury") -> Happened:
    moment = datetime.combine(FIRST + timedelta(days=day), time(9))
    return Happened("incidents", person, moment, "minute", kind, None, harm, "no", "lounge")


def test_two_within_ninety_days_are_named() -> None:
    (found,) = unexplained_again([injury(0), injury(89)])
    assert found.person_id == "P-1"
    assert found.days == (FIRST, FIRST + timedelta(days=89))


def test_ninety_days_apart_are_not_within_ninety_days() -> None:
    assert unexplained_again([injury(0), injury(90)]) == ()


def test_one_each_of_two_people_is_nobody_twice() -> None:
    assert unexplained_again([injury(0), injury(1, "P-2")]) == ()


def test_an_injury_far_from_the_others_is_not_among_the_days() -> None:
    (found,) = unexplained_again([injury(0), injury(200), injury(210)])
    assert found.days == (FIRST + timedelta(days=200), FIRST + timedelta(days=210))


def test_injuries_of_nobody_in_particular_are_never_put_together() -> None:
    assert unexplained_again([injury(0, None), injury(1, None)]) == ()


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["P-1", "P-2"])), max_size=12))
def test_whoever_is_named_has_two_close_together_and_whoever_is_not_has_none(found: list[tuple[int, str]]) -> None:
    named = {each.person_id for each in unexplained_again([injury(day, person) for day, person in found])}
    for person in ("P-1", "P-2"):
        days = sorted(day for day, whose in found if whose == person)
        close = any(later - earlier < 90 for earlier, later in itertools.pairwise(days))
        assert (person in named) is close


def test_moderate_harm_and_more_is_listed_oldest_first_and_low_harm_is_not() -> None:
    found = with_harm([injury(9, harm="severe"), injury(1, harm="moderate"), injury(2), injury(3, harm="not_recorded")])
    assert [each.harm for each in found] == ["moderate", "severe"]


def test_a_member_of_staff_who_was_hurt_is_never_listed() -> None:
    assert with_harm([injury(1, harm="severe", kind="staff_injury")]) == ()
