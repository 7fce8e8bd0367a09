"""Better and still safe; one of many outcomes; how many more weeks: said with the finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import DatedTally, Tally
from metrics.calibrating.remembered import Remembered
from metrics.judging.several import p_value, with_chance_said
from metrics.model import Effect, Verdict
from tests.support.made_up import codes, found, home, promised, uneven, with_promises


def safe_home(*, falls_after: float = 17, traced: int = 19) -> Remembered:
    made = home(uneven(60, 104), uneven(30, 26), people=1200)
    start = made.intervention.start_on
    falls = home(uneven(70, 104), uneven(falls_after * 4, 26), table="falls", kind={"harm": "none"}).strands
    harmful = home(uneven(40, 104), uneven(40, 26), table="falls", kind={"harm": "low"}).strands
    rows = tuple(DatedTally(start + timedelta(days=day), str(day), Tally(traced, 20)) for day in range(-180, 200, 5))
    made = replace(made, strands=made.strands + falls + harmful, looked_at={"": rows})
    return with_promises(
        made, *(replace(promised(code, start, "steady", 1.25), role="balance") for code in ("F1", "F2"))
    )


class TestJoint:
    def test_only_a_better_main_outcome_is_asked_whether_it_is_also_safe(self) -> None:
        assert found(home(uneven(16, 78), uneven(16, 26))).joint is None

    def test_one_part_that_cannot_be_told_makes_the_whole_so(self) -> None:
        told = found(home(uneven(16, 104), uneven(8, 26)))
        assert told.verdict.word == "better"
        assert told.joint is not None
        assert (told.joint.word, told.joint.reason) == ("cannot tell yet", "part_open")
        assert {part.code for part in told.joint.parts} == {"D2", "F1", "F2", "I2", "V2"}

    def test_each_part_carries_the_day_it_was_written_down(self) -> None:
        made = safe_home()
        told = found(made)
        assert told.joint is not None
        declared = {part.code: part.declared_on for part in told.joint.parts}
        assert declared["D2"] == declared["F1"] == made.intervention.start_on - timedelta(days=7)
        assert declared["V2"] is None

    def test_falls_that_rose_make_the_whole_worse(self) -> None:
        told = found(safe_home(falls_after=30))
        assert told.verdict.word != "better" or (told.joint is not None and told.joint.word == "worse")


class TestSeveral:
    def test_the_p_value_agrees_with_its_interval(self) -> None:
        touching = Effect("ratio", 0.8, 0.64, 1.0, "by hand")
        assert p_value(touching) == pytest.approx(0.05)
        assert p_value(Effect("points", -10.0, -20.0, 0.0, "by hand")) == pytest.approx(0.05)
        assert p_value(Effect("points", 0.0, -20.0, 20.0, "by hand")) == pytest.approx(1)

    @pytest.mark.parametrize(
        "effect", [None, Effect("ratio", 0.0, 0.0, 0.4, "x"), Effect("ratio", 2.0, 1.2, None, "x")]
    )
    def test_without_two_limits_there_is_none(self, effect: Effect | None) -> None:
        assert p_value(effect) is None

    @given(st.floats(0.2, 0.99), st.floats(1.01, 4))
    def test_it_is_small_exactly_where_the_interval_leaves_out_no_change(self, ratio: float, wide: float) -> None:
        p = p_value(Effect("ratio", ratio, ratio / wide, ratio * wide, "x"))
        assert p is not None
        assert (p < 0.05) == (ratio * wide < 1)

    def test_one_of_several_may_move_by_chance_and_the_word_stays(self) -> None:
        better = found(home(uneven(16, 78), uneven(8, 26)))
        assert better.change is not None
        barely = replace(better, change=replace(better.change, effect=Effect("ratio", 0.8, 0.64, 0.99, "x")))
        nothing = replace(
            better,
            change=replace(better.change, effect=Effect("ratio", 1.0, 0.8, 1.25, "x")),
            verdict=Verdict("cannot tell yet", "no_clear_change"),
        )
        told = with_chance_said([barely, nothing, nothing])
        assert told[0].verdict.word == "better"
        assert "many_outcomes" in codes(told[0])
        assert "many_outcomes" not in codes(told[1])

    def test_a_single_outcome_is_no_choice_among_many(self) -> None:
        better = found(home(uneven(16, 78), uneven(8, 26)))
        assert with_chance_said([better]) == (better,)


class TestMoreWeeks:
    def test_too_few_falls_for_a_margin_say_how_long_it_would_take(self) -> None:
        made = home(
            uneven(20, 26), uneven(20, 6), table="falls", kind={"harm": "none"}, outcome="F1", question="steady",
            size=1.2,
        )  # fmt: skip
        short = promised("F1", made.intervention.start_on, "steady", 1.2, follow_weeks=6)
        told = found(replace(made, promises=(short,)), "F1")
        assert told.verdict.reason == "rise_not_ruled_out"
        assert told.more_weeks is not None and told.more_weeks.weeks is not None
        assert 1 <= told.more_weeks.weeks <= 100

    def test_on_a_thin_baseline_no_follow_up_is_long_enough(self) -> None:
        made = home(
            [1, 0, 1, 0] * 7, [1, 0, 1, 0] * 7, table="falls", kind={"harm": "none"}, outcome="F1", question="steady",
            size=1.25,
        )  # fmt: skip
        told = found(made, "F1")
        assert told.verdict.reason == "rise_not_ruled_out"
        assert told.more_weeks is not None
        assert (told.more_weeks.weeks, told.more_weeks.reason) == (None, "not on this baseline")

    def test_a_settled_question_needs_no_more(self) -> None:
        assert found(home(uneven(16, 78), uneven(8, 26))).more_weeks is None


class TestBalanceThatLeans:
    def test_a_cost_that_is_large_and_nearly_shown_is_not_passed_over(self) -> None:
        made = home(uneven(16, 26), uneven(8, 26), others={"calming_medicine": (uneven(3, 26), uneven(4.5, 26))})
        told = found(made)
        (calming,) = [beside for beside in told.balance if beside.outcome.code == "D5"]
        assert calming.verdict.word in ("worse", "cannot tell yet")
        assert told.verdict.reason in ("balance_leaning", "balance_worse")

    def test_a_small_rise_that_may_be_chance_is_said_and_left(self) -> None:
        made = home(uneven(16, 78), uneven(8, 26), others={"calming_medicine": (uneven(6, 78), uneven(6.5, 26))})
        told = found(made)
        assert told.verdict.word == "better"
        assert "balance_open" in codes(told)
