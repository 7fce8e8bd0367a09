"""Record a change, in words and rows: sizes, days, faults, what is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.record import (
    agreed_lines,
    offered,
    shown_size,
    size_line,
    stored_size,
    timing_line,
    usual_question,
    usual_settling,
    usual_size,
    written_later_line,
)
from dashboard.views.record_forms import ChangeForm, HappeningForm, PromiseForm, change_form, happening_form
from data.facts import RecordedRow
from metrics.catalogue import load_catalogue
from tests.support.builders import DISTRESS, FALLS, KEPT, MORNINGS, change_tried

TODAY = date(2026, 6, 30)
CATALOGUE = load_catalogue()
GOOD = ChangeForm("elm", title="Tea first", kind="routine", start_on=date(2026, 3, 2), settling_days=28)


# Sizes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "question", "shown", "stored"),
    [
        (DISTRESS, "change", 20, 0.8),
        (FALLS, "steady", 25, 1.25),
        (FALLS, "change", 20, 0.8),
        (MORNINGS, "change", 15, 15),
        (KEPT, "steady", 10, 10),
    ],
)
def test_a_size_is_said_in_100_and_kept_in_the_outcomes_unit(outcome, question, shown, stored) -> None:  # type: ignore[no-untyped-def]
    assert stored_size(outcome, question, shown) == stored
    assert shown_size(outcome, stored) == shown


@given(st.sampled_from(list(CATALOGUE)), st.sampled_from(["change", "steady"]), st.floats(0.1, 99))
def test_a_size_comes_back_as_it_was_said(outcome, question, shown) -> None:  # type: ignore[no-untyped-def]
    again = shown_size(outcome, stored_size(outcome, question, shown))
    assert again == pytest.approx(shown, abs=1e-3)


@pytest.mark.parametrize("outcome", list(CATALOGUE), ids=lambda outcome: outcome.code)
def test_every_outcome_has_a_usual_size_that_can_be_said(outcome) -> None:  # type: ignore[no-untyped-def]
    question = usual_question(outcome)
    size = usual_size(outcome, question)
    assert 0 < size <= 100
    assert size_line(outcome, question, size)
    if outcome.size is not None and outcome.judged == question:
        assert stored_size(outcome, question, size) == pytest.approx(outcome.size)


def test_a_size_is_said_out() -> None:
    assert size_line(MORNINGS, "change", 15) == "Worth the effort: at least 15 fewer in every 100 mornings."
    assert size_line(FALLS, "steady", 25) == (
        "Still steady: at most 25 in 100 more: where there were 100 falls, 125. It is kept as the ratio 1.25."
    )
    assert size_line(FALLS, "steady", None) == ""
    assert size_line(CATALOGUE.outcomes["L4"], "change", 0.5) == "Worth the effort: at least 0.5 points higher."


def test_only_what_can_be_worked_out_and_has_a_good_side_is_offered() -> None:
    codes = list(offered(CATALOGUE, personal=False))
    assert "D1" in codes
    assert "Q2" not in codes
    assert "I1" not in codes
    assert {"L4", "I6"} <= set(codes)
    assert "X4" not in codes


# When it was agreed ---------------------------------------------------------------------------------

CHANGE = change_tried(start=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2026, 2, 27), "Agreed 3 days before the start: counts as agreed beforehand."),
        (date(2026, 3, 1), "Agreed 1 day before the start: counts as agreed beforehand."),
        (date(2026, 3, 2), "Agreed on the day of the start: counts as agreed beforehand."),
        (date(2026, 3, 16), "counts as agreed beforehand."),
        (date(2026, 3, 17), "the answer will say that it was agreed afterwards"),
    ],
)
def test_beforehand_ends_when_the_days_to_compare_begin(when: date, said: str) -> None:
    assert said in timing_line(when, CHANGE)


def test_days_of_ones_own_move_that_line() -> None:
    assert "beforehand" in timing_line(date(2026, 3, 20), CHANGE, date(2026, 4, 1))


def test_writing_it_down_later_is_said() -> None:
    assert written_later_line(date(2026, 6, 20), TODAY) == "You are writing it down 10 days later; both days are kept."
    assert written_later_line(TODAY, TODAY) == ""


def test_settling_in_is_a_fortnight_for_one_person_and_four_weeks_for_a_service() -> None:
    assert (usual_settling(True), usual_settling(False)) == (14, 28)


# Faults ---------------------------------------------------------------------------------------------


def fields(faults) -> list[str]:  # type: ignore[no-untyped-def]
    return [fault.field for fault in faults]


def test_a_good_change_has_no_fault() -> None:
    assert GOOD.faults(TODAY) == ()


def test_an_empty_change_names_all_its_faults_in_the_order_of_the_page() -> None:
    assert fields(ChangeForm("elm", personal=True).faults(TODAY)) == [
        "person", "title", "kind", "start_on", "settling_days",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"title": "=1+1"}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"start_on": date(1926, 3, 2)}, "start_on"),
        ({"start_on": date(2036, 3, 2)}, "start_on"),
        ({"end_on": date(2026, 3, 1)}, "end_on"),
        ({"review_on": date(2099, 1, 1)}, "review_on"),
        ({"review_on": date(2026, 5, 1), "review_result": "met"}, "review_held_on"),
        ({"review_result": "met", "review_held_on": date(2026, 7, 1)}, "review_held_on"),
        ({"checks": {"review": "recorded-check-2026-001"}}, "review_on"),
        ({"boundaries": {"influence": "met"}}, "boundaries_on"),
        ({"boundaries": {"influence": "met"}, "boundaries_on": date(2026, 7, 1)}, "boundaries_on"),
    ],
)
def test_one_wrong_field_is_one_fault(wrong, where) -> None:  # type: ignore[no-untyped-def]
    assert fields(replace(GOOD, **wrong).faults(TODAY)) == [where]


def test_a_fault_of_what_would_count() -> None:
    outcomes = CATALOGUE.outcomes
    assert fields(PromiseForm().faults(TODAY, (), outcomes)) == ["change", "outcome", "declared_on"]
    good = PromiseForm(CHANGE, outcomes["F1"], "steady", 25, declared_on=date(2026, 2, 27))
    assert good.faults(TODAY, (), outcomes) == ()
    assert fields(replace(good, question="change", size=100).faults(TODAY, (), outcomes)) == ["size"]
    assert fields(replace(good, size=0).faults(TODAY, (), outcomes)) == ["size"]
    assert fields(replace(good, beside={"F2": None}).faults(TODAY, (), outcomes)) == ["beside_F2"]
    assert fields(replace(good, declared_on=date(2026, 7, 1)).faults(TODAY, (), outcomes)) == ["declared_on"]
    assert fields(replace(good, baseline_to=CHANGE.start_on).faults(TODAY, (), outcomes)) == ["baseline_to"]
    late = replace(good, follow_from=date(2026, 4, 2), follow_to=date(2026, 4, 1))
    assert fields(late.faults(TODAY, (), outcomes)) == ["follow_to"]
    early = replace(good, follow_from=date(2026, 3, 1))
    assert fields(early.faults(TODAY, (), outcomes)) == ["follow_from"]


def test_a_happening_is_not_written_down_before_it_happens() -> None:
    form = HappeningForm("elm", "outbreak", date(2026, 7, 1))
    assert fields(form.faults(TODAY)) == ["from_on"]
    assert replace(form, from_on=TODAY, until_on=TODAY + timedelta(days=9)).faults(TODAY) == ()
    assert fields(replace(form, from_on=TODAY, until_on=date(2026, 6, 1)).faults(TODAY)) == ["until_on"]


# Rows and back --------------------------------------------------------------------------------------

FULL = replace(
    GOOD, personal=True, person="ABCDEFGHABCDEFGH", settling_days=7, end_on=date(2026, 5, 1), guide_on=date(2026, 3, 1),
    reason="request", designed_with=("person", "family"), ladder_level=0, based_on="change-2025-001",
    review_on=date(2026, 4, 1), review_result="met", review_held_on=date(2026, 4, 2),
    boundaries={"influence": "met", "review": "not_met"}, boundaries_on=date(2026, 3, 1), ref="change-2026-001",
    checks={"review": "recorded-check-2026-001", "boundary_influence": "recorded-check-2026-002",
            "boundary_review": "recorded-check-2026-003"},
)  # fmt: skip


def recorded(rows: list[dict[str, str]]) -> list[RecordedRow]:
    return [RecordedRow(row, TODAY) for row in rows]


def test_a_change_comes_back_into_the_form_as_it_was_written_down() -> None:
    rows = FULL.rows()
    (row,) = recorded(rows["interventions"])
    assert change_form(row, recorded(rows["checks"])) == FULL


def test_a_happening_comes_back_into_the_form_as_it_was_written_down() -> None:
    form = HappeningForm(
        "elm", "need_change", date(2026, 3, 1), None, True, "ABCDEFGHABCDEFGH", "More help", "later", "bed", "happening-1"
    )  # fmt: skip
    (row,) = recorded(form.rows()["context"])
    assert happening_form(row) == form


def test_stage_and_mobility_belong_to_a_change_in_need_alone() -> None:
    (row,) = HappeningForm("elm", "outbreak", TODAY, stage="later").rows()["context"]
    assert row["stage"] == ""


def test_a_review_not_held_yet_is_a_promise_with_its_day() -> None:
    review, *_ = replace(FULL, review_result="not_met", review_held_on=None).rows()["checks"]
    assert (review["measure"], review["element"], review["due_on"]) == ("review", "evaluation", "2026-04-01")
    assert (review["done_at"], review["result"]) == ("", "not_met")


def test_what_would_count_and_what_it_is_read_beside_are_promises_of_their_own() -> None:
    outcomes = CATALOGUE.outcomes
    form = PromiseForm(
        CHANGE, outcomes["D2"], "change", 20, declared_on=TODAY, declared_with=("person",), beside={"D5": 25}
    )
    first, second = form.rows(outcomes)["declarations"]
    assert (first["outcome"], first["size"], first["role"]) == ("D2", "0.8", "main")
    assert (second["outcome"], second["question"], second["size"], second["role"]) == (
        "D5", "steady", "1.25", "balance",
    )  # fmt: skip
    assert "declaration_id" not in first


def test_what_was_replaced_stays_in_view_and_says_so() -> None:
    outcomes = CATALOGUE.outcomes
    form = PromiseForm(CHANGE, outcomes["D1"], "change", 10, declared_on=date(2026, 2, 1), declared_with=("family",))
    (older,) = form.rows(outcomes)["declarations"]
    (newer,) = replace(form, size=15, declared_on=date(2026, 2, 20)).rows(outcomes)["declarations"]
    rows = recorded([older | {"declaration_id": "agreed-2026-001"}, newer | {"declaration_id": "agreed-2026-002"}])
    counts, replaced = agreed_lines(CHANGE, rows, CATALOGUE)
    assert counts.in_force
    assert counts.text == (
        "Mornings with distress: at least 15 fewer in every 100 mornings. Agreed beforehand, on 20 Feb 2026 with family, "
        "written down on 30 Jun 2026."
    )
    assert not replaced.in_force
    assert replaced.text.endswith("Replaced by what was agreed on 20 Feb 2026.")
