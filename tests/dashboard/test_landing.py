"""The first page's large sentence: what got better, what worse, what cannot be told."""

from __future__ import annotations

from datetime import date

from dashboard.views.landing import data_dates, landing, summary
from dashboard.views.tried import Tried, began_within, tried
from data.model import Period
from metrics.model import VerdictWord
from tests.support.builders import DISTRESS, FALLS, MORNINGS, START, change_tried, finding


def one(ref: str, word: VerdictWord, *, title: str = "", outcome=MORNINGS, **more) -> Tried:  # type: ignore[no-untyped-def]
    intervention = change_tried(title or f"Change {ref}", ref=ref)
    (found,) = tried([finding(outcome, word, intervention=intervention, **more)])
    return found


def said(*changes: Tried, earlier: int = 0) -> str:
    return summary(changes, earlier, "12 months")


def test_one_better_change_is_named() -> None:
    assert (
        said(one("a", "better", title="Tea first"))
        == "Mornings with distress got better for one person after “Tea first”."
    )


def test_better_and_worse_are_both_said() -> None:
    words = said(
        one("a", "better"), one("b", "worse", outcome=FALLS, before=(2, 900), after=(9, 900), effect=(4, 1.2, 9))
    )
    assert "Mornings with distress got better for one person after “Change a”." in words
    assert "Falls got worse for one person after “Change b”." in words


def test_what_cannot_be_told_is_counted_with_its_reason() -> None:
    words = said(one("a", "better"), one("b", "cannot tell yet", reason="early_look"))
    assert words.endswith("For 1 of the 2 changes tried we cannot tell yet (still being followed).")


def test_when_nothing_can_be_told_the_sentence_says_so_first() -> None:
    words = said(one("a", "cannot tell yet"), one("b", "cannot tell yet", reason="too_few_events"))
    assert words.startswith("We cannot tell yet whether any of the 2 changes tried made life better or worse here")


def test_a_gain_that_something_else_paid_for_is_not_called_better() -> None:
    calming = finding(FALLS, "worse", before=(1, 900), after=(9, 900), effect=(9, 2, 30))
    words = said(one("a", "cannot tell yet", reason="balance_worse", title="Quiet evenings", balance=(calming,)))
    assert "moved the right way after “Quiet evenings”, but falls got worse." in words
    assert "got better" not in words


def test_several_changes_with_the_same_answer_are_counted() -> None:
    words = said(
        one("a", "better"), one("b", "better"), one("c", "better", outcome=DISTRESS, before=(60, 900), after=(30, 900))
    )
    assert (
        words
        == "Mornings with distress and distress across the home got better after all 3 changes tried, each for one person."
    )


def test_nothing_tried_yet() -> None:
    assert said().startswith("Nobody has written down yet what was tried here")
    assert said(earlier=2).startswith("No change began in the last 12 months. 2 earlier changes are shown")


def test_the_counts_name_all_four_verdicts_even_at_nought() -> None:
    page = landing([one("a", "better")], 0, [], {}, "12 months")
    assert page.counts == (("better", 1), ("held steady", 0), ("worse", 0), ("cannot tell yet", 0))


def test_the_row_says_who_since_when_and_made_with_whom() -> None:
    page = landing([one("a", "better", worthwhile=True, title="Tea first")], 1, [], {}, "12 months")
    (row,) = page.rows
    assert (row.title, row.under) == ("Tea first", "one person · since 2 Mar 2026")
    assert row.made_with == "The person, family and staff"
    assert (row.word, row.reason) == ("better", "and worthwhile")
    assert row.sentence.startswith("Mornings with distress: 8 of 28 mornings, down from 20.")
    assert page.earlier == "1 more change began before these 12 months. Choose a longer time to see it."


def test_data_dates_are_in_view() -> None:
    spans = {"falls": Period(START, date(2026, 11, 18)), "incidents": Period(START, date(2026, 11, 20))}
    assert data_dates(spans) == "Incidents to 20 Nov 2026 · falls to 18 Nov 2026"
    assert data_dates({}) == "Nothing dated has arrived yet."


def test_the_main_outcome_declared_answers_for_the_change() -> None:
    plan = change_tried()
    (found,) = tried(
        [
            finding(FALLS, "cannot tell yet", role="balance", intervention=plan),
            finding(MORNINGS, "better", intervention=plan),
        ]
    )
    assert found.headline.outcome.code == "D1"


def test_without_a_declared_outcome_the_order_is_fixed_and_not_the_best_looking() -> None:
    plan = change_tried()
    (found,) = tried(
        [
            finding(FALLS, "better", declared=False, intervention=plan),
            finding(DISTRESS, "cannot tell yet", declared=False, intervention=plan),
        ]
    )
    assert found.headline.outcome.code == "D2"


def test_changes_come_newest_first_and_only_those_of_the_period() -> None:
    old = change_tried(ref="old", start=date(2025, 1, 6))
    new = change_tried(ref="new", start=date(2026, 1, 6))
    changes = tried([finding(intervention=old), finding(intervention=new)])
    assert [each.intervention.intervention_id for each in changes] == ["new", "old"]
    assert len(began_within(changes, date(2025, 6, 1), date(2026, 6, 1))) == 1
