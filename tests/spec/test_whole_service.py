"""What a manager is told about a change for the whole service."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.support.story import one, plan, promise, told

START = date(2026, 1, 1)
PEOPLE = 30


def stays() -> str:
    rows = [f"P-{n}, elm, 2024-01-01" for n in range(PEOPLE)]
    return "person_id, service_id, start_on\n" + "\n".join(rows) + "\n"


def falls(before_every: float, after_every: float, *, harm: str = "none", last: date = date(2026, 9, 30)) -> str:
    """Falls evenly spread: one every so many days, before and after the start, taking people in turn."""
    rows, day, number = [], date(2025, 5, 1).toordinal() + 0.0, 0
    while day < last.toordinal():
        when = date.fromordinal(int(day))
        rows.append(f"F{number}, P-{number % PEOPLE}, elm, {when} 14:{number % 59 + 1:02d}, {harm}")
        day += before_every if when < START else after_every
        number += 1
    return "fall_id, person_id, service_id, occurred_at, harm\n" + "\n".join(rows) + "\n"


def service_plan() -> str:
    return plan(person="", start=START)


def declared(question: str = "steady", size: float = 1.25, code: str = "F1") -> str:
    return promise(code, question, size, on=date(2025, 12, 20))


def ask(folder: Path, more: dict[str, str]):  # type: ignore[no-untyped-def]
    tables = {"stays": stays(), "interventions": service_plan(), "declarations": declared()} | more
    return told(folder, as_of=date(2026, 10, 31), **tables)


def test_falls_that_doubled_are_called_worse(tmp_path: Path) -> None:
    with ask(tmp_path, {"falls": falls(2, 1)}) as f:
        found = one(f, "F1")
    assert found.verdict.word == "worse"
    assert found.sentence.startswith("Falls: 33 per 1,000 bed days, up from 17.")


def test_falls_that_did_not_move_are_held_steady_when_there_are_enough_of_them(tmp_path: Path) -> None:
    with ask(tmp_path, {"falls": falls(0.3, 0.3)}) as f:
        found = one(f, "F1")
    assert found.verdict.word == "held steady"
    assert found.rules_out is not None
    assert found.rules_out < 25


def test_a_handful_of_falls_that_did_not_move_are_not_called_steady(tmp_path: Path) -> None:
    with ask(tmp_path, {"falls": falls(9, 9)}) as f:
        found = one(f, "F1")
    assert (found.verdict.word, found.verdict.reason) == ("cannot tell yet", "rise_not_ruled_out")


def test_steady_without_a_margin_agreed_beforehand_is_not_said(tmp_path: Path) -> None:
    with ask(tmp_path, {"falls": falls(0.3, 0.3), "declarations": declared(code="F2")}) as f:
        beside = {each.outcome.code: each for each in one(f, "F2").balance}
    assert (beside["F1"].verdict.word, beside["F1"].verdict.reason) == ("cannot tell yet", "no_margin_declared")


def test_more_falls_written_down_after_training_is_no_alarm(tmp_path: Path) -> None:
    context = "context_id, service_id, from_on, kind, label\nC1, elm, 2026-01-10, reporting_training, training\n"
    with ask(tmp_path, {"falls": falls(2, 1.4), "context": context}) as f:
        found = one(f, "F1")
    assert (found.verdict.word, found.verdict.reason) == ("cannot tell yet", "recording_changed")
    assert "the way events are written down changed" in found.sentence.lower()


def test_falls_with_harm_are_judged_even_so(tmp_path: Path) -> None:
    context = "context_id, service_id, from_on, kind, label\nC1, elm, 2026-01-10, reporting_training, training\n"
    more = {"falls": falls(2, 1, harm="moderate"), "context": context, "declarations": declared(code="F2")}
    with ask(tmp_path, more) as f:
        found = one(f, "F2")
    assert found.verdict.word == "worse"
    assert "recording_changed" in [caution.code for caution in found.cautions]


def test_a_changed_definition_stops_the_comparison(tmp_path: Path) -> None:
    context = "context_id, service_id, from_on, kind\nC1, elm, 2025-11-10, definition_change\n"
    with ask(tmp_path, {"falls": falls(2, 1), "context": context}) as f:
        assert one(f, "F1").verdict.reason == "definition_changed"


def test_too_few_person_days_are_not_judged(tmp_path: Path) -> None:
    with ask(tmp_path, {"falls": falls(2, 2), "stays": "person_id, service_id, start_on\nP-0, elm, 2024-01-01\n"}) as f:
        assert one(f, "F1").verdict.reason == "too_few_person_days"


def test_without_stays_the_rate_is_worked_out_from_beds_and_says_so(tmp_path: Path) -> None:
    with ask(tmp_path, {"falls": falls(2, 1), "stays": "person_id, service_id, start_on\n"}) as f:
        found = one(f, "F1")
    assert found.verdict.word == "worse"
    assert "exposure_estimated" in [caution.code for caution in found.cautions]


def test_without_stays_and_beds_there_are_counts_and_no_verdict(tmp_path: Path) -> None:
    more = {
        "falls": falls(2, 1),
        "stays": "person_id, service_id, start_on\n",
        "services": "service_id, setting\nelm, residential\n",
    }
    with ask(tmp_path, more) as f:
        found = one(f, "F1")
    assert (found.verdict.word, found.verdict.reason) == ("cannot tell yet", "no_exposure")
    assert "falls" in found.sentence


def test_monthly_totals_serve_the_years_before_the_export_and_are_never_added_to_it(tmp_path: Path) -> None:
    months = [
        (date(2025, month, 1), (date(2025, month, 28) + timedelta(days=4)).replace(day=1)) for month in range(1, 12)
    ]
    rows = [f"T{n}, elm, F1, {first}, {after - timedelta(days=1)}, 100, 900" for n, (first, after) in enumerate(months)]
    totals = "total_id, service_id, outcome, period_from, period_to, numerator, denominator\n" + "\n".join(rows) + "\n"
    declared_long = (
        "declaration_id, intervention_id, outcome, question, size, role, declared_on, baseline_from, baseline_to\n"
        "d1, plan, F1, steady, 1.25, main, 2025-12-20, 2025-03-01, 2025-12-31\n"
    )
    with ask(tmp_path, {"falls": falls(2, 2), "totals": totals, "declarations": declared_long}) as f:
        found = one(f, "F1")
    assert found.change is not None
    # March and April from totals; from 1 May on the falls themselves
    assert found.change.before.tally.numerator == 200 + 123
