"""Rows about persons, one by one: what a manager's page lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.model import Period, Rows, Scope
from tests.support.exports import SERVICES, facts_of

YEAR = Period(date(2025, 7, 1), date(2026, 6, 30))
STAYS = """
person_id, service_id, start_on, end_on
P-1, elm, 2024-01-01,
P-2, elm, 2024-01-01,
P-3, elm, 2024-01-01, 2025-03-01
"""
PEOPLE = """
person_id, stage, communication_need, ethnicity_group
P-1, later, hearing, white
"""
VIEWS = """
view_id, person_id, service_id, decision_id, element, voice, given_on, how_sought, understood, stance, used, own_entry
V1, P-1, elm, , Tea first, person, 2026-03-01, simple_choices, yes, agree, adopted,
V2, P-1, elm, , tea first, family, 2026-03-02, talk, , disagree, not_adopted, yes
V3, P-1, elm, B1, washing, staff, 2026-03-05, observation, , agree, adapted,
V4, P-2, elm, , company, family, 2026-04-01, talk, , agree, not_known, no
"""
DECISIONS = """
decision_id, person_id, service_id, decided_on, class, domain, decider, capacity, assessed_on
B1, P-1, elm, 2026-03-07, best_interest, care, manager, lacks, 2026-03-01
B2, P-2, elm, 2026-05-01, everyday_choice, everyday, person, has,
"""
CHECKS = """
check_id, measure, service_id, person_id, element, due_on, done_at, result
C1, trigger_review, elm, P-1, fall, 2026-03-10, 2026-03-08, met
C2, trigger_review, elm, P-1, fall, 2026-03-20, 2026-03-25, met
C3, trigger_review, elm, P-1, fall, 2026-04-10, , not_met
C4, trigger_review, elm, P-1, fall, 2027-01-10, , not_met
C5, trigger_review, elm, P-2, fall, 2026-04-10, 2026-04-12, not_applicable
C6, review, elm, P-2, scheduled, 2026-04-10, 2026-04-10, met
"""
INCIDENTS = """
incident_id, service_id, person_id, occurred_at, kind, harm, explained
I1, elm, P-1, 2026-02-01 08:30, injury, low, no
I2, elm, P-1, 2026-02-03 09:30, distress, none,
I3, elm, P-3, 2026-02-03 09:30, injury, low, no
"""


def elm(folder: Path):  # type: ignore[no-untyped-def]
    return facts_of(
        folder, services=SERVICES, stays=STAYS, people=PEOPLE, views=VIEWS, decisions=DECISIONS, checks=CHECKS,
        incidents=INCIDENTS,
    )  # fmt: skip


def test_views_on_one_element_are_one_matter_whatever_its_capitals(tmp_path: Path) -> None:
    with elm(tmp_path) as facts:
        matters = facts.matters(Scope("elm"), YEAR)
    by_element = {matter.element: matter for matter in matters}
    tea = by_element["tea first"]
    assert [view.voice for view in tea.views] == ["person", "family"]
    assert (tea.person_heard, tea.family_heard, tea.staff_heard, tea.kept_apart) == (True, True, False, True)
    assert tea.person_family == "differ"
    assert tea.decision is None
    assert not tea.traced


def test_a_decision_is_a_matter_with_its_views_and_a_name_from_them(tmp_path: Path) -> None:
    with elm(tmp_path) as facts:
        matters = facts.matters(Scope("elm"), YEAR)
    (decided,) = [matter for matter in matters if matter.decision is not None and matter.decision.decision_id == "B1"]
    assert decided.element == "washing"
    assert decided.traced
    assert [view.view_id for view in decided.views] == ["V3"]
    (alone,) = [matter for matter in matters if matter.decision is not None and matter.decision.decision_id == "B2"]
    assert alone.element is None
    assert alone.views == ()


def test_a_persons_scope_holds_that_persons_rows_alone(tmp_path: Path) -> None:
    with elm(tmp_path) as facts:
        whole = facts.views(Scope("elm"), YEAR)
        ones = {view.person_id for view in whole}
        for person in ones:
            ours = facts.views(Scope("elm", person), YEAR)
            assert ours == tuple(view for view in whole if view.person_id == person)


def test_what_was_promised_is_in_time_late_or_not_to_be_told(tmp_path: Path) -> None:
    with elm(tmp_path) as facts:
        found = facts.checks(Scope("elm"), ["trigger_review"], Period(date(2026, 1, 1), date(2027, 12, 31)))
    assert [check.in_time for check in found] == [True, False, False, None, None]
    assert {check.measure for check in found} == {"trigger_review"}


def test_an_event_of_somebody_who_had_left_is_not_listed(tmp_path: Path) -> None:
    with elm(tmp_path) as facts:
        found = facts.happened(Scope("elm"), Rows("incidents", {"kind": ("injury",)}), YEAR)
    assert [(each.kind, each.explained) for each in found] == [("injury", "no")]


def test_people_who_were_there_are_listed_with_what_the_register_says_or_that_it_does_not(tmp_path: Path) -> None:
    with elm(tmp_path) as facts:
        here = facts.people_here(Scope("elm"), YEAR)
    assert sorted((person.stage, person.communication_need) for person in here) == [
        ("later", "hearing"),
        ("not_recorded", "not_recorded"),
    ]


def test_ticks_count_what_is_known_of_a_view(tmp_path: Path) -> None:
    with elm(tmp_path) as facts:
        ticks = {view.view_id: view.ticks for view in facts.views(Scope("elm"), YEAR)}
    assert ticks == {"V1": 4, "V2": 3, "V3": 3, "V4": 2}


def test_where_one_voice_was_asked_twice_the_latest_position_counts(tmp_path: Path) -> None:
    again = VIEWS + "V5, P-1, elm, , tea first, family, 2026-04-20, talk, , agree, adopted, yes\n"
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, views=again) as facts:
        (tea,) = [matter for matter in facts.matters(Scope("elm"), YEAR) if matter.element == "tea first"]
    assert tea.person_family == "same"  # they differed in March
