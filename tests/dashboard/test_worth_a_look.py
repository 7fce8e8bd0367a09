"""Cards for a careful manager: what matters most first, never more than four."""

from __future__ import annotations

from dashboard.views.tried import Tried, tried
from dashboard.views.worth_a_look import MOST, worth_a_look
from data.facts import DataCheck, RefusedRow
from data.model import Problem
from tests.support.builders import change_tried, finding


def titles(*changes: Tried, refused: tuple[RefusedRow, ...] = (), checks: tuple[DataCheck, ...] = ()) -> list[str]:
    return [look.title for look in worth_a_look(changes, refused, checks, "elm")]


def one(**more) -> Tried:  # type: ignore[no-untyped-def]
    (found,) = tried([finding(**more)])
    return found


REFUSED = RefusedRow(
    "falls.csv", "falls", Problem(12, "occurred_at", "31/02/2025", "date_unreadable", "Write dates so.")
)


def test_nothing_to_see_to() -> None:
    assert titles(one()) == []


def test_a_change_made_without_the_person_is_named() -> None:
    alone = change_tried(with_whom=("staff",))
    assert titles(one(intervention=alone)) == ["1 change was made without the person"]
    assert titles(one(intervention=change_tried(with_whom=()))) == []


def test_refused_rows_are_counted_with_their_reasons() -> None:
    other = RefusedRow("falls.csv", "falls", Problem(13, "occurred_at", None, "date_unreadable", "Write dates so."))
    (look,) = worth_a_look([], [REFUSED, other], [], "elm")
    assert look.title == "2 rows could not be used"
    assert look.text == "Not a date we can read (2). Each is listed with what to do."


def test_a_row_with_two_faults_is_one_row() -> None:
    second = RefusedRow("falls.csv", "falls", Problem(12, "harm", "bad", "code_unknown", "Use one of these."))
    assert titles(refused=(REFUSED, second)) == ["1 row could not be used"]


def test_an_early_look_says_until_when() -> None:
    (look,) = worth_a_look([one(word="cannot tell yet", reason="early_look")], [], [], "elm")
    assert look.title == "1 change is still being followed"
    assert "until 12 April 2026" in look.text


def test_a_cost_comes_first_and_there_are_never_more_than_four() -> None:
    checks = (
        DataCheck("left_out", "elm", "incidents", 3, "3 records left out."),
        DataCheck("missing", "elm", "views", 0, "We cannot say whose voice counted."),
    )
    found = titles(
        one(word="cannot tell yet", reason="balance_worse", cautions=("began_after_incidents", "chosen_afterwards")),
        one(intervention=change_tried("Other", ref="b", with_whom=("staff",))),
        refused=(REFUSED,),
        checks=checks,
    )
    assert found[0] == "“Music before breakfast”: something else got worse"
    assert len(found) == MOST


def test_other_services_checks_are_not_ours() -> None:
    assert titles(checks=(DataCheck("missing", "oak", "views", 0, "Nothing."),)) == []
