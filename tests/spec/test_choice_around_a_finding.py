"""Everyday choice before and after a finding about capacity: drawn day by day, `x` the person led, `.` somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from dashboard.views.choice.findings import finding_page, in_short
from metrics.catalogue import load_catalogue
from metrics.deciding.around_finding import AroundFinding, around_findings
from tests.support.exports import SERVICES, facts_of
from tests.support.story import START, STAY

FINDING = (
    f"context_id, service_id, person_id, from_on, kind, label\nc1, elm, P-1, {START}, capacity_finding, Money matters"
)
DECISIONS = "decision_id, person_id, service_id, decided_on, class, domain, element, decider"
PLAN = "intervention_id, service_id, person_id, title, kind, start_on\nplan, elm, P-1, Choosing clothes, choice, 2025-12-01"
PROMISE = (
    "declaration_id, intervention_id, outcome, question, size, role, declared_on\nd1, plan, R1, steady, 10, main, "
)


def choices(before: str, after: str, *, a_day: int = 4) -> str:
    """Everyday choices, so many a day, up to the day before the finding and from 14 days after it."""
    rows = ["check_id, measure, service_id, person_id, element, done_at, result"]
    for first, marks in ((START - timedelta(days=len(before)), before), (START + timedelta(days=14), after)):
        for offset, mark in enumerate(marks):
            day = first + timedelta(days=offset)
            result = "met" if mark == "x" else "not_met"
            rows += [f"{day}-{n}, everyday_choice, elm, P-1, clothes, {day}, {result}" for n in range(a_day)]
    return "\n".join(rows)


@contextmanager
def around(folder: Path, *, context: str = FINDING, **tables: str) -> Iterator[tuple[AroundFinding, ...]]:
    with facts_of(folder, services=SERVICES, stays=STAY, context=context, **tables) as facts:
        yield around_findings(facts, load_catalogue(), "elm")


def test_choice_that_shrinks_after_the_finding_is_called_worse(tmp_path: Path) -> None:
    with around(tmp_path, checks=choices("x" * 24 + "." * 4, "x" * 8 + "." * 20)) as (found,):
        assert found.finding.verdict.word == "worse"
        assert found.finding.question == "steady"


def test_the_windows_are_those_of_one_persons_plan(tmp_path: Path) -> None:
    with around(tmp_path, checks=choices("x" * 40, "x" * 40)) as (found,):
        comparison = found.finding.comparison
        assert comparison is not None and comparison.before is not None and comparison.after is not None
        assert (comparison.before.first, comparison.before.last) == (
            START - timedelta(days=28),
            START - timedelta(days=1),
        )
        assert (comparison.after.first, comparison.after.days) == (START + timedelta(days=14), 28)


def test_the_sentence_speaks_of_a_finding_never_of_a_change_somebody_made(tmp_path: Path) -> None:
    with around(tmp_path, checks=choices("x" * 24 + "." * 4, "x" * 8 + "." * 20)) as (found,):
        assert "since the finding about capacity" in found.finding.sentence
        page = finding_page(found)
        said = " ".join((page.sentence, page.cannot_say, page.longer, page.verdict, page.agreed, *page.how_sure))
        assert "the change" not in said.replace("the change it brought", "")
        assert "cannot say that the finding brought it about" in page.cannot_say


def test_a_finding_is_not_told_as_something_else_that_happened(tmp_path: Path) -> None:
    with around(tmp_path, checks=choices("x" * 28, "x" * 28)) as (found,):
        assert "something_else_happened" not in {each.code for each in found.finding.cautions}


def test_another_happening_in_the_same_days_is(tmp_path: Path) -> None:
    more = f"{FINDING}\nc2, elm, P-1, {START + timedelta(days=20)}, move_of_room, To the garden side"
    with around(tmp_path, context=more, checks=choices("x" * 28, "x" * 28)) as (found,):
        assert "something_else_happened" in {each.code for each in found.finding.cautions}


def test_steady_is_said_only_against_a_margin_written_down_beforehand(tmp_path: Path) -> None:
    marks = ("xxx." * 7, "xxx." * 7)
    with around(tmp_path / "none", checks=choices(*marks, a_day=20)) as (found,):
        assert (found.finding.verdict.word, found.finding.verdict.reason) == ("cannot tell yet", "no_margin_declared")
    promised = {"interventions": PLAN, "declarations": f"{PROMISE}2025-11-20"}
    with around(tmp_path / "written", checks=choices("x" * 28, "x" * 28, a_day=20), **promised) as (found,):
        declared = found.finding.declared
        assert declared is not None and declared.beforehand and declared.size == 10
        assert found.finding.verdict.word == "held steady"


def test_a_margin_written_down_after_the_finding_does_not_count(tmp_path: Path) -> None:
    late = {"interventions": PLAN, "declarations": f"{PROMISE}{START + timedelta(days=3)}"}
    with around(tmp_path, checks=choices("x" * 28, "x" * 28), **late) as (found,):
        assert found.finding.declared is not None and found.finding.declared.declaration is None


def test_a_longer_look_stands_beside_where_more_days_are_on_record(tmp_path: Path) -> None:
    with around(tmp_path, checks=choices("x" * 90, "." * 60)) as (found,):
        assert found.longer is not None
        assert (found.longer.before.tally.denominator, found.longer.after.tally.denominator) == (360, 240)
        page = finding_page(found)
        assert page.longer.startswith(
            "A longer look, up to 26 weeks on each side: 0 of 240 everyday choices since, 360 of 360"
        )
        assert any("does not change it" in line for line in page.how_sure)


def test_an_open_answer_with_a_clear_longer_look_says_both_at_the_top(tmp_path: Path) -> None:
    with around(tmp_path, checks=choices("x" * 62 + "x." * 14, "x." * 14 + "." * 30)) as found:
        assert found[0].finding.verdict.word == "cannot tell yet"
        assert "cannot tell yet from four weeks; a longer look shows" in in_short(found)
        assert "fewer in 100" in in_short(found)


def test_there_is_no_longer_look_over_the_same_days(tmp_path: Path) -> None:
    with around(tmp_path, checks=choices("x" * 28, "x" * 28)) as (found,):
        assert found.longer is None
        assert finding_page(found).longer == ""


def test_everyday_matters_decided_for_the_person_after_it_are_counted(tmp_path: Path) -> None:
    after = START + timedelta(days=6)
    rows = (
        f"{DECISIONS}\nD1, P-1, elm, {after}, best_interest, everyday, clothes, manager"
        f"\nD2, P-1, elm, {after}, best_interest, money, money, manager"
        f"\nD3, P-1, elm, {START - timedelta(days=6)}, best_interest, everyday, bedtime, manager"
        f"\nD4, P-2, elm, {after}, best_interest, everyday, food, manager"
    )
    with around(tmp_path, checks=choices("x" * 28, "x" * 28), decisions=rows) as (found,):
        assert [each.element for each in found.after] == ["clothes", "money"]
        assert [each.element for each in found.decided_for_them] == ["clothes"]
        assert finding_page(found).decided == "In the year after it, 1 everyday matter was decided for this person."


def test_a_finding_around_which_nobody_wrote_down_choices_says_so(tmp_path: Path) -> None:
    with around(tmp_path, decisions=f"{DECISIONS}\nD1, P-1, elm, {START}, best_interest, money, money, court") as (
        found,
    ):
        page = finding_page(found)
        assert page.word == "cannot tell yet"
        assert page.verdict == "Cannot tell yet: nobody wrote down everyday choices around it"


def test_several_findings_come_the_newest_first_and_other_happenings_are_none(tmp_path: Path) -> None:
    more = (
        f"{FINDING}\nc2, elm, P-1, {date(2026, 5, 1)}, capacity_finding, Going out"
        f"\nc3, elm, P-1, {date(2026, 5, 2)}, move_of_room, Upstairs"
        f"\nc4, elm, , {date(2026, 5, 3)}, outbreak, Colds"
    )
    with around(tmp_path, context=more, checks=choices("x" * 28, "x" * 28)) as found:
        assert [each.event.label for each in found] == ["Going out", "Money matters"]
        assert in_short(found).startswith("Everyday choice since the finding about capacity of 1 May 2026")
        assert in_short(found).endswith("1 earlier finding is on record.")


def test_without_a_finding_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    nothing = f"context_id, service_id, from_on, kind\nc1, elm, {START}, outbreak"
    with around(tmp_path, context=nothing, checks=choices("x" * 28, "x" * 28)) as found:
        assert found == ()
        assert in_short(found) == ""


def test_choices_written_down_for_others_alone_say_nothing_of_this_person(tmp_path: Path) -> None:
    others = choices("x" * 28, "." * 28).replace(", P-1,", ", P-2,")
    with around(tmp_path, checks=others) as (found,):
        assert found.longer is None
        assert finding_page(found).verdict == "Cannot tell yet: nobody wrote down everyday choices around it"


def test_a_finding_on_the_last_day_of_the_record_has_no_after_and_no_longer_look(tmp_path: Path) -> None:
    with around(tmp_path, checks=choices("x" * 28, "")) as (found,):
        assert found.finding.verdict.word == "cannot tell yet"
        assert found.longer is None
        assert found.finding.change is None or not found.finding.change.after.tally.denominator


def test_a_second_finding_in_the_same_days_is_told_beside_the_first(tmp_path: Path) -> None:
    second = f"{FINDING}\nc2, elm, P-1, {START + timedelta(days=20)}, capacity_finding, Where to live"
    with around(tmp_path, context=second, checks=choices("x" * 28, "x" * 28)) as (_, first):
        assert first.event.from_on == START
        assert "something_else_happened" in {each.code for each in first.finding.cautions}
