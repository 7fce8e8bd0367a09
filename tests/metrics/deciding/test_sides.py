"""Two sides of deciding: everyday matters stay the person's own, and records say all five parts."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from data.model import Scope
from data.records import Checked
from metrics.deciding.sides import PARTS, answered_no, choices, missing_parts, sides
from tests.support.exports import SERVICES, facts_of
from tests.support.voices import decision


def chosen(element: str | None, result: str, measure: str = "everyday_choice") -> Checked:
    return Checked(measure, "P-1", None, element, None, None, result, None)


def test_best_interest_and_duty_are_kept_apart() -> None:
    found = sides(
        [decision("best_interest"), decision("duty"), decision("own_consent"), decision("everyday_choice")], []
    )
    assert [len(each) for each in (found.best_interest, found.duty, found.own_consent, found.everyday)] == [1, 1, 1, 1]


def test_a_best_interest_decision_on_an_everyday_matter_is_listed() -> None:
    clothes, money = decision(domain="everyday", element="clothes"), decision(domain="money", element="money")
    own = decision("everyday_choice", domain="everyday")
    assert sides([clothes, money, own], []).on_everyday_matters == (clothes,)


def test_everyday_choices_are_counted_by_what_they_were_about() -> None:
    found = choices(
        [chosen("Food", "met"), chosen("food", "partly"), chosen("food", "not_applicable"), chosen(None, "met")]
    )
    food, nameless = found
    assert (food.person, food.shared, food.others, food.none_arose, food.looked_at) == (1, 1, 0, 1, 2)
    assert nameless.element == "" and nameless.looked_at == 1


def test_times_when_no_choice_arose_count_with_neither() -> None:
    assert sides([], [chosen("food", "not_applicable")]).led == (0, 0)


def test_other_checks_are_no_choices() -> None:
    assert choices([chosen("walk", "met", "freedom_day")]) == ()


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_missed_by_itself(part: str) -> None:
    lacking = decision(**{part: "not_assessed" if part == "capacity" else "not_recorded"})
    assert missing_parts(lacking) == (part,)
    assert sides([lacking, decision()], []).missing == {each: int(each == part) for each in PARTS}


def test_a_no_is_written_down_and_still_calls_for_a_look() -> None:
    refused = decision(wishes_considered="no")
    assert missing_parts(refused) == () and answered_no(refused) == ("wishes_considered",)


WORDS = ("yes", "no", "")
HEADS = (
    "decision_id, person_id, service_id, decided_on, class, domain, "
    "capacity, consulted, wishes_considered, less_restrictive, decider"
)


def test_the_parts_missing_here_are_those_that_make_a_record_incomplete_in_the_outcome(tmp_path: Path) -> None:
    said = list(product(("has", "fluctuates", "lacks", "not_assessed", ""), WORDS, WORDS, WORDS, ("manager", "")))
    rows = (f"D{n}, P-1, elm, 2026-03-03, best_interest, care, {', '.join(each)}" for n, each in enumerate(said))
    with facts_of(tmp_path, services=SERVICES, decisions="\n".join([HEADS, *rows])) as facts:
        span = facts.span("decisions", "elm")
        assert span is not None
        found = facts.decisions(Scope("elm"), span)
    assert len(found) == len(said)
    assert [not missing_parts(each) for each in found] == [each.complete for each in found]
