"""How long it would take, whether it is still safe, and what lowered the answer: each in one plain sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from metrics.estimators.follow_up import MoreWeeks, Reason
from metrics.judging.words import SAID_BY, joint_line, lowered_by, more_weeks_line, part_mark, part_written
from metrics.model import Caution, JointVerdict, Part, Verdict
from metrics.wording import REASONS
from tests.support.builders import FALLS, finding


def open_finding(more: MoreWeeks | None, **about):  # type: ignore[no-untyped-def]
    return replace(finding(word="cannot tell yet", **about), more_weeks=more)


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        (1, "If things go on like this, about another week would settle it."),
        (14, "If things go on like this, about 14 more weeks would settle it."),
        (121, "If things go on like this, about 121 more weeks (2.3 years) would settle it."),
    ],
)
def test_weeks_that_would_settle_it(weeks: int, said: str) -> None:
    assert more_weeks_line(open_finding(MoreWeeks(weeks))) == said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("not on this baseline", "On these 28 days before, no follow-up is long enough"),
        ("not as things are now", "the days after are too like the days before"),
        ("not within five years", "more than five years"),
        ("settled now", "near thing"),
    ],
)
def test_why_no_number_of_weeks_would(reason: Reason, said: str) -> None:
    assert said in (more_weeks_line(open_finding(MoreWeeks(None, reason))) or "")


def test_a_steady_question_lies_near_the_edge_of_what_was_agreed() -> None:
    near = open_finding(MoreWeeks(None, "not as things are now"), outcome=FALLS, effect=(1.25, 0.9, 1.6))
    assert "edge of what was agreed" in (more_weeks_line(near) or "")


def test_nothing_is_said_where_weeks_are_not_what_is_missing() -> None:
    assert more_weeks_line(finding()) is None


def parts(*met: bool | None) -> tuple[Part, ...]:
    return tuple(Part(f"F{at}", "Falls", each, "held steady", None) for at, each in enumerate(met))


def test_the_joint_verdict_says_why_it_cannot_be_told() -> None:
    assert joint_line(JointVerdict("better", parts(True))) == "Better, and still safe"
    assert joint_line(JointVerdict("worse", parts(False))).startswith("Worse")
    open_ = JointVerdict("cannot tell yet", parts(True, None), "part_open")
    assert joint_line(open_) == "Cannot tell yet: not every part can be told"
    both = JointVerdict("cannot tell yet", parts(False, None), "part_open")
    assert joint_line(both) == "Cannot tell yet: not every part is met, and some cannot be told"
    unmet = JointVerdict("cannot tell yet", parts(True, False), "part_not_met")
    assert joint_line(unmet) == "Cannot tell yet: not every part is met"


def test_each_part_has_its_mark_in_words_and_its_date() -> None:
    told = finding()
    assert [part_mark(part) for part in parts(True, False, None)] == ["met", "not met", "cannot tell yet"]
    (part,) = parts(True)
    assert part_written(part, told) == "not written down beforehand"
    assert told.comparison is not None
    in_time = replace(part, declared_on=date(2026, 2, 24))
    assert part_written(in_time, told) == "written down 24 February 2026"
    late = replace(part, declared_on=told.comparison.planned_after.first + timedelta(days=1))
    assert part_written(late, told).endswith("after follow-up began")


def test_the_caution_that_lowered_the_answer_is_found() -> None:
    other, why = Caution("few_weeks", "Few."), Caution("trend_before_start", "Falling already.")
    told = replace(finding(), verdict=Verdict("cannot tell yet", "trend_before"), cautions=(other, why))
    assert lowered_by(told) == why
    assert lowered_by(replace(told, verdict=Verdict("cannot tell yet", "no_clear_change"))) is None
    assert lowered_by(replace(told, verdict=Verdict("better"))) is None


def test_the_reasons_are_ones_that_exist() -> None:
    assert set(SAID_BY) <= set(REASONS)
