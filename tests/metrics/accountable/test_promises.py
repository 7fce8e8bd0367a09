"""What became of a promise: in time, late, in part, not done; and what is listed first."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.records import Checked
from metrics.accountable.promises import kept, not_kept, promise_of, promises

DUE = date(2026, 3, 10)
AS_OF = date(2026, 4, 1)


def checked(
    due: date | None = DUE, done: date | None = None, result: str = "met", in_time: bool | None = None, **more: str
) -> Checked:
    return Checked(
        measure=more.get("measure", "suggestion"), person_id=more.get("person"), intervention_id=None, element=None,
        due_on=due, done_on=done, result=result, in_time=in_time,
    )  # fmt: skip


def test_done_on_the_day_is_in_time() -> None:
    found = promise_of(checked(done=DUE, in_time=True), AS_OF)
    assert found is not None
    assert (found.state, found.days) == ("in time", 0)


def test_done_a_week_after_the_day_is_a_week_late() -> None:
    found = promise_of(checked(done=DUE + timedelta(days=7), in_time=False), AS_OF)
    assert found is not None
    assert (found.state, found.days) == ("late", 7)


def test_without_a_day_on_which_it_was_done_it_is_not_done_and_the_days_so_far_are_counted() -> None:
    found = promise_of(checked(result="not_met", in_time=False), AS_OF)
    assert found is not None
    assert (found.state, found.days) == ("not done", 22)


def test_what_was_looked_at_and_not_done_is_not_done_whatever_its_day() -> None:
    found = promise_of(checked(done=DUE, result="not_met", in_time=False), AS_OF)
    assert found is not None
    assert found.state == "not done"


def test_done_in_part_before_the_day_is_in_part_and_never_minus_days_late() -> None:
    found = promise_of(checked(done=DUE - timedelta(days=3), result="partly", in_time=False), AS_OF)
    assert found is not None
    assert (found.state, found.days) == ("in part", 0)


def test_nothing_promised_withdrawn_or_still_to_come_is_no_promise_yet() -> None:
    assert promise_of(checked(due=None, done=DUE), AS_OF) is None
    assert promise_of(checked(result="not_applicable"), AS_OF) is None
    assert promise_of(checked(due=AS_OF + timedelta(days=9)), AS_OF) is None


CHECKS = st.lists(
    st.builds(
        checked,
        due=st.dates(date(2026, 1, 1), AS_OF),
        done=st.none() | st.dates(date(2026, 1, 1), AS_OF),
        result=st.sampled_from(["met", "partly", "not_met"]),
        in_time=st.sampled_from([True, False, None]),
    ),
    max_size=20,
)


@given(CHECKS)
def test_every_promise_is_counted_once_and_what_was_kept_is_never_listed(checks: list[Checked]) -> None:
    found = promises(checks, AS_OF)
    counted = kept(found)
    assert counted.due == len(found) == sum(each.in_time is not None for each in checks)
    listed = not_kept(found)
    assert len(listed) == counted.due - counted.in_time
    assert all(each.days >= 0 for each in found)


@given(CHECKS)
def test_what_is_still_open_is_listed_first_and_the_oldest_of_each_before_the_newer(checks: list[Checked]) -> None:
    listed = not_kept(promises(checks, AS_OF))
    keys = [(each.state != "not done", each.due_on) for each in listed]
    assert keys == sorted(keys)
