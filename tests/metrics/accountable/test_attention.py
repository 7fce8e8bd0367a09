"""What needs a look first: what keeps people safe, then who was hurt, then what was promised to groups."""

from __future__ import annotations

from datetime import date, timedelta

from metrics.accountable.attention import attention
from metrics.accountable.injuries import unexplained_again, with_harm
from metrics.accountable.promises import promises
from metrics.accountable.sections import PROMISED, SECTIONS
from tests.metrics.accountable.test_injuries import FIRST, injury
from tests.metrics.accountable.test_promises import AS_OF, checked

LAST = date(2026, 6, 30)


def test_what_is_not_done_is_told_once_a_kind_with_its_oldest_day() -> None:
    rows = [checked(result="not_met", in_time=False, due=AS_OF - timedelta(days=days)) for days in (3, 40, 9)]
    (found,) = attention(promises(rows, AS_OF), (), (), LAST)
    assert (found.why, found.measure, found.count, found.of) == ("not done", "suggestion", 3, 3)
    assert found.oldest == AS_OF - timedelta(days=40)


def test_what_was_late_and_is_done_needs_no_attention() -> None:
    rows = [checked(done=AS_OF, in_time=False)]
    assert attention(promises(rows, AS_OF), (), (), LAST) == ()


def test_a_safeguarding_action_comes_first_and_a_suggestion_last() -> None:
    rows = [
        checked(result="not_met", in_time=False, measure=measure, due=AS_OF - timedelta(days=days))
        for measure, days in (("suggestion", 90), ("trigger_review", 5), ("safeguarding_action", 1))
    ]
    again = unexplained_again([injury(100), injury(110)])
    harm = with_harm([injury(170, harm="moderate")])
    found = attention(promises(rows, AS_OF), again, harm, LAST)
    assert [each.measure or each.why for each in found] == [
        "safeguarding_action", "trigger_review", "unexplained again", "harm", "suggestion",
    ]  # fmt: skip


def test_harm_longer_ago_than_ninety_days_stands_in_its_list_alone() -> None:
    assert attention((), (), with_harm([injury(1, harm="severe")]), LAST) == ()
    assert FIRST + timedelta(days=91) < LAST


def test_every_promise_belongs_to_exactly_one_part_of_the_page() -> None:
    assert len(PROMISED) == len(set(PROMISED))
    assert all(sum(each in section.promised for section in SECTIONS) == 1 for each in PROMISED)
