"""Safe and accountable, walked through on a small home: what a manager is shown, and from what."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.views.accountable.lists import promise_rows
from dashboard.views.accountable.page import attention_line, head, parts
from dashboard.views.accountable.plans import plan_told, understanding_told
from data.model import Period
from data.warehouse import open_facts
from metrics.accountable.record import Accountable, accountable
from metrics.accountable.sections import RISK, SAFEGUARDING, TOGETHER
from metrics.catalogue import load_catalogue
from tests.support.safe_home import LAST, START, safe_home

CATALOGUE = load_catalogue()
SHOWN = Period(START, LAST)


def record(folder: Path, shown: Period = SHOWN, **drawn: str) -> Accountable:
    with open_facts(safe_home(folder, **drawn)) as facts:
        return accountable(facts, CATALOGUE, "elm", shown)


def test_a_positive_risk_plan_reads_three_of_three(tmp_path: Path) -> None:
    (plan,) = record(tmp_path).plans
    told = plan_told(plan, "bed days")
    assert told.triggers == "3 of 3 triggers answered by a review in time."
    assert told.all_answered is True
    assert next(row["What became of it"] for row in told.trigger_rows) == "in time, on 9 Feb 2026"
    beside = {row["Beside it"]: row["Since it began"] for row in told.beside}
    assert beside["Freedom kept"] == "40 of 60 days"
    assert beside["Falls"] == "2 in 150 days"
    assert told.harm == "No fall or incident with moderate harm or more since it began."


def test_a_review_that_was_not_held_and_one_that_was_late_are_told_apart(tmp_path: Path) -> None:
    (plan,) = record(tmp_path, triggers="met late not").plans
    told = plan_told(plan, "bed days")
    assert told.triggers == "1 of 3 triggers answered by a review in time. 1 late and 1 not held yet."
    assert told.all_answered is False
    became = [row["What became of it"] for row in told.trigger_rows]
    assert became[1:] == ["8 days late, on 20 Mar 2026", "○ not done yet, 3 months on"]


def test_a_trigger_that_is_still_to_come_is_neither_kept_nor_broken(tmp_path: Path) -> None:
    (plan,) = record(tmp_path, Period(START, START.replace(month=2, day=28))).plans
    assert (plan.kept.due, plan.kept.in_time, plan.to_come) == (1, 1, 2)
    assert plan_told(plan, "bed days").triggers.endswith("2 more are to come.")


def test_a_review_of_somebody_who_has_died_waits_for_nobody(tmp_path: Path) -> None:
    stays = "person_id, service_id, start_on, end_on, end_reason\n" + "\n".join(
        f"P-{n}, elm, 2025-01-01, {'2026-03-20, died' if n in (0, 3) else ', '}" for n in range(24)
    )
    with open_facts(safe_home(tmp_path, {"stays": stays}, triggers="met met not")) as facts:
        found = accountable(facts, CATALOGUE, "elm", SHOWN)
    told = plan_told(found.plans[0], "bed days")
    assert told.triggers == "2 of 3 triggers answered by a review in time. 1 not held before the person left."
    assert told.since.endswith(", since 10 January 2026, until the person left on 20 March 2026.")
    assert [each.measure for each in found.attention if each.measure] == ["safeguarding_action"]
    assert "1 was not done before the person left" in head(found, "Last 6 months").sentence


def test_a_plan_of_somebody_who_left_before_the_days_shown_is_not_among_them(tmp_path: Path) -> None:
    stays = "person_id, service_id, start_on, end_on, end_reason\n" + "\n".join(
        f"P-{n}, elm, 2025-01-01, {'2026-03-20, died' if n == 0 else ', '}" for n in range(24)
    )
    with open_facts(safe_home(tmp_path, {"stays": stays})) as facts:
        later = Period(START.replace(month=4, day=1), LAST)
        assert accountable(facts, CATALOGUE, "elm", later).plans == ()


def test_the_page_opens_with_what_was_promised_and_what_is_open(tmp_path: Path) -> None:
    told = head(record(tmp_path), "Last 6 months")
    assert told.sentence == (
        "8 of the 10 things we promised for a day in the last 6 months were done in time; 1 was late and 1 is not done yet."
    )
    assert told.needs[0].startswith("1 of 4 safeguarding actions is not done yet (")
    assert told.needs[0].endswith("; it was due on 10 May 2026.")


def test_two_injuries_of_one_person_that_nobody_could_explain_need_attention(tmp_path: Path) -> None:
    found = record(tmp_path)
    (again,) = found.again
    assert len(again.days) == 2
    (line,) = [attention_line(each) for each in found.attention if each.why == "unexplained again"]
    assert "had two or more injuries that nobody could explain within 90 days, the latest on 21 April 2026" in line


def test_moderate_harm_is_listed_case_by_case(tmp_path: Path) -> None:
    found = record(tmp_path)
    assert [(each.table, each.harm) for each in found.harm] == [("incidents", "moderate")]


def test_families_understanding_is_paired_from_concern_to_close(tmp_path: Path) -> None:
    found = record(tmp_path).understanding
    assert (len(found.pairs), found.higher, found.cases) == (6, 6, 6)
    first, second = understanding_told(found)
    assert first == (
        "Of 6 relatives asked at the concern and again at its close (6 cases), 6 understood more, 0 the same, 0 less."
    )
    assert second.startswith(
        "On a scale of 1 to 5 it was 1 point higher on average; the true figure is likely between "
    )


def test_suggestions_are_counted_by_where_they_came_from(tmp_path: Path) -> None:
    found = record(tmp_path)
    assert {name: (tally.numerator, tally.denominator) for name, tally in found.suggestions} == {
        "box": (1, 1), "survey": (0, 1),
    }  # fmt: skip
    rows = promise_rows(found.of(TOGETHER))
    assert [(row["What"], row["Whose"], row["What became of it"]) for row in rows] == [
        ("Suggestion (survey)", "whole service", "12 days late, on 22 Mar 2026")
    ]


def test_reviews_that_learned_say_what_was_decided(tmp_path: Path) -> None:
    found = record(tmp_path)
    assert dict(found.learned) == {"keep": 1, "adjust": 2, "stop": 1}
    (learning,) = [each for each in parts(found) if each.name == "learning"]
    assert "2 to adjust, 1 to keep things as they are and 1 to stop" in learning.sentence


@pytest.mark.parametrize(
    ("name", "label"),
    [
        (RISK.name, "1 plan, 3 of 3 triggers answered in time"),
        (SAFEGUARDING.name, "3 of 4 in time, 1 not done yet"),
        ("balance", "1 with moderate harm or more, 1 person hurt again without explanation"),
    ],
)
def test_a_closed_part_says_what_is_in_it(tmp_path: Path, name: str, label: str) -> None:
    assert next(each.label for each in parts(record(tmp_path)) if each.name == name) == label


def test_nothing_on_record_is_not_called_well(tmp_path: Path) -> None:
    with open_facts(safe_home(tmp_path, {"checks": None, "incidents": None, "feedback": None})) as facts:
        found = accountable(facts, CATALOGUE, "elm", SHOWN)
    told = head(found, "Last 6 months")
    assert told.sentence.startswith("Nothing that was promised for a day is on record in the last 6 months")
    assert told.needs == ()
    assert told.nothing.startswith("Nothing on record asks for a look. That is all we can say")
