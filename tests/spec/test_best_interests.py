"""Best interests beside everyday choice: draw the decisions, ask what was decided for people, state the answer."""

from __future__ import annotations

from pathlib import Path

from data.model import Scope
from metrics.catalogue import load_catalogue
from metrics.deciding.sides import missing_parts, sides
from metrics.standing import standing
from tests.support.exports import SERVICES, facts_of, of_one_person
from tests.support.story import STAY

DECISIONS = of_one_person("""
decided_on, class,         domain,       element,   capacity,     decider, consulted, wishes_considered, less_restrictive, method
2026-03-02, best_interest, money,        money,     lacks,        court,   yes,       yes,               yes,
2026-03-03, best_interest, everyday,     clothes,   not_assessed, manager, yes,       no,                no,
2026-03-04, best_interest, health,       medicines, lacks,        nurse,   ,          yes,               yes,
2026-03-05, duty,          safeguarding, safety,    lacks,        council, yes,       yes,               yes,
2026-03-06, own_consent,   health,       dentist,   has,          person,  ,          ,                  ,                 pictures
2026-03-07, own_consent,   care,         bathing,   has,          person,  ,          ,                  ,                 form_only
""")
CHECKS = of_one_person("""
check_id, measure,         element, done_at,    result
k1,       everyday_choice, clothes, 2026-03-02, met
k2,       everyday_choice, clothes, 2026-03-03, not_met
k3,       everyday_choice, food,    2026-03-03, met
k4,       everyday_choice, food,    2026-03-04, partly
k5,       everyday_choice, food,    2026-03-05, not_applicable
""")


def figure(folder: Path, code: str) -> str:
    outcome = load_catalogue().get(code)
    assert outcome is not None
    with facts_of(folder, services=SERVICES, stays=STAY, decisions=DECISIONS, checks=CHECKS) as facts:
        span = facts.span(outcome.table, "elm")
        assert span is not None
        tally = standing(facts, outcome, Scope("elm"), span).now.tally
    return f"{tally.numerator:g} of {tally.denominator:g}"


def test_the_person_led_in_two_of_four_choices_and_the_time_none_arose_counts_with_neither(tmp_path: Path) -> None:
    assert figure(tmp_path, "R1") == "2 of 4"


def test_one_of_three_best_interest_decisions_was_on_an_everyday_matter(tmp_path: Path) -> None:
    assert figure(tmp_path, "R2") == "1 of 3"


def test_one_of_three_best_interest_records_is_complete(tmp_path: Path) -> None:
    assert figure(tmp_path, "R3") == "1 of 3"


def test_consent_by_a_form_alone_is_not_sought_in_a_way_that_suits(tmp_path: Path) -> None:
    assert figure(tmp_path, "R4") == "1 of 2"


def test_the_page_s_two_sides_say_the_same_and_list_what_to_look_at(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES, stays=STAY, decisions=DECISIONS, checks=CHECKS) as facts:
        span = facts.span("decisions", "elm")
        assert span is not None
        found = sides(facts.decisions(Scope("elm"), span), facts.checks(Scope("elm"), ("everyday_choice",), span))
    assert found.led == (2, 4)
    assert [each.element for each in found.on_everyday_matters] == ["clothes"]
    assert [(each.element, missing_parts(each)) for each in found.incomplete] == [
        ("medicines", ("consulted",)),
        ("clothes", ("capacity",)),
    ]
    assert [each.element for each in found.duty] == ["safety"]
