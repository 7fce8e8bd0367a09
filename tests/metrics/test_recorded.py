"""Which outcomes a service records: those a chart could say something about, and no others."""

from __future__ import annotations

from pathlib import Path

from metrics.catalogue import load_catalogue
from metrics.recorded import outcomes_recorded
from tests.support.exports import SERVICES, facts_of

CATALOGUE = load_catalogue()


def codes(folder: Path, **tables: str) -> set[str]:
    with facts_of(folder, services=SERVICES, **tables) as facts:
        return {outcome.code for outcome in outcomes_recorded(facts, CATALOGUE, "elm")}


INCIDENTS = """
incident_id, service_id, person_id, occurred_at, kind
I1, elm, P-1, 2026-01-03 09:10, distress
I2, elm, P-1, 2026-03-03 09:10, distress
"""


def test_where_incidents_are_written_down_none_of_a_kind_is_a_figure_too(tmp_path: Path) -> None:
    found = codes(tmp_path, incidents=INCIDENTS)
    assert {"D2", "D5", "F5", "I9"} <= found


def test_a_sheet_of_one_check_records_that_check_and_no_other(tmp_path: Path) -> None:
    checks = """
check_id, measure, service_id, person_id, done_at, result
K1, visit_time, elm, P-1, 2026-01-03 09:10, not_met
K2, visit_time, elm, P-1, 2026-02-03 09:10, met
"""
    assert codes(tmp_path, checks=checks) == {"C4"}


def test_a_check_that_was_never_met_is_recorded_all_the_same(tmp_path: Path) -> None:
    checks = """
check_id, measure, service_id, person_id, done_at, result
K1, everyday_choice, elm, P-1, 2026-01-03 09:10, not_met
"""
    assert "R1" in codes(tmp_path, checks=checks)


def test_feedback_of_one_form_records_its_questions(tmp_path: Path) -> None:
    feedback = """
feedback_id, service_id, person_id, given_on, rater, instrument, domain, score
A1, elm, P-1, 2026-01-03, self, person_checkin, mood, 4
"""
    found = codes(tmp_path, feedback=feedback)
    assert "L4" in found
    assert found.isdisjoint({"K1", "T1", "L8"})


def test_the_register_of_people_counts_where_it_arrived(tmp_path: Path) -> None:
    assert "E6" not in codes(tmp_path / "without", incidents=INCIDENTS)
    people = "person_id, ethnicity_group\nP-1, asian"
    stays = "person_id, service_id, start_on\nP-1, elm, 2025-01-01"
    assert "E6" in codes(tmp_path / "with", incidents=INCIDENTS, people=people, stays=stays)


def test_totals_record_their_outcome(tmp_path: Path) -> None:
    totals = """
total_id, service_id, outcome, period_from, period_to, numerator, denominator
T1, elm, F1, 2026-01-01, 2026-01-31, 4, 1000
"""
    assert codes(tmp_path, totals=totals) == {"F1"}


def test_nothing_records_nothing(tmp_path: Path) -> None:
    assert codes(tmp_path) == set()
