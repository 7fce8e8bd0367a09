"""Four words and nothing else; guards only lower."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Declaration, Rows, Tally
from metrics.judging.cautions import lowered
from metrics.judging.verdict import judge, rules_out
from metrics.model import Change, Declared, Effect, Outcome, Side, Verdict

FALLS = Outcome("F1", "Falls", "rate", "falls", "no rise", "steady", 1.25, "", "", Rows("falls"))
MORNINGS = Outcome("D1", "Mornings", "day_share", "incidents", "down", "change", 15, "%", "", Rows("incidents"))
FREEDOM = replace(MORNINGS, code="F4", good="no fall", judged="steady", size=10)
CONTROL = replace(MORNINGS, code="L2", good="up")
PROMISE = Declaration("d", "i", "F1", "steady", 1.25, "main", date(2026, 1, 1))


def change(effect: Effect | None, before: int = 50, after: int = 50, days: float = 1000) -> Change:
    return Change(Side(None, Tally(before, days), 1.0), Side(None, Tally(after, days), 1.0), effect)


def asked(question: str, size: float, *, declared: bool = True) -> Declared:
    promise = replace(PROMISE, question=question, size=size) if declared else None  # type: ignore[arg-type]
    return Declared(question, size, "main", promise, afterwards=False)  # type: ignore[arg-type]


def ratio(low: float | None, high: float | None, estimate: float | None = 1.0) -> Effect:
    return Effect("ratio", estimate, low, high, "test")


def points(low: float, high: float, estimate: float = 0.0) -> Effect:
    return Effect("points", estimate, low, high, "test")


@pytest.mark.parametrize(
    ("low", "high", "word", "reason"),
    [
        (0.5, 0.99, "better", None),
        (1.01, 2.0, "worse", None),
        (0.5, 2.0, "cannot tell yet", "too_little_data"),
        (0.9, 1.1, "cannot tell yet", "no_clear_change"),
        (0.5, 1.0, "cannot tell yet", "no_clear_change"),
        (0.0, None, "cannot tell yet", "too_little_data"),
    ],
)
def test_the_change_question(low: float, high: float | None, word: str, reason: str | None) -> None:
    found = judge(replace(FALLS, good="down"), change(ratio(low, high)), asked("change", 0.8))
    assert (found.word, found.reason) == (word, reason)


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (0.8, 1.24, "held steady"),
        (0.8, 1.25, "cannot tell yet"),
        (1.01, 1.20, "worse"),  # even inside the margin
        (0.759, 1.284, "cannot tell yet"),  # 120 and 118 falls: right, and surprising
        (0.2, None, "cannot tell yet"),
    ],
)
def test_the_steady_question(low: float, high: float | None, word: str) -> None:
    assert judge(FALLS, change(ratio(low, high)), asked("steady", 1.25)).word == word


def test_a_margin_may_be_written_from_either_side() -> None:
    effect = ratio(0.8, 1.24)
    assert judge(FALLS, change(effect), asked("steady", 0.8)) == judge(FALLS, change(effect), asked("steady", 1.25))


def test_steady_needs_a_margin_somebody_declared() -> None:
    found = judge(FALLS, change(ratio(0.95, 1.05)), asked("steady", 1.25, declared=False))
    assert (found.word, found.reason) == ("cannot tell yet", "no_margin_declared")


def test_worse_needs_no_declaration() -> None:
    assert judge(FALLS, change(ratio(1.1, 1.5)), asked("steady", 1.25, declared=False)).word == "worse"


def test_more_is_better_turns_the_interval_round() -> None:
    assert judge(CONTROL, change(points(5, 30)), asked("change", 10)).word == "better"
    assert judge(FREEDOM, change(points(-9, 30)), asked("steady", 10)).word == "held steady"
    assert judge(FREEDOM, change(points(-30, -1)), asked("steady", 10)).word == "worse"


def test_worthwhile_is_when_the_estimate_reaches_the_size_agreed() -> None:
    assert judge(MORNINGS, change(points(-40, -2, estimate=-15)), asked("change", 15)).worthwhile
    assert not judge(MORNINGS, change(points(-40, -2, estimate=-14)), asked("change", 15)).worthwhile


def test_fewer_than_five_events_say_nothing() -> None:
    found = judge(FALLS, change(ratio(1.01, 40), before=0, after=4), asked("steady", 1.25))
    assert (found.word, found.reason) == ("cannot tell yet", "too_few_events")


def test_an_outcome_with_no_good_side_gets_no_verdict() -> None:
    assert judge(replace(FALLS, good="none"), change(ratio(2, 3)), asked("change", 0.8)).reason == "neither_way_is_good"


def test_cannot_tell_yet_always_says_why() -> None:
    with pytest.raises(ValueError, match="always says why"):
        Verdict("cannot tell yet")


limits = st.tuples(st.floats(0.01, 20), st.floats(0.01, 20)).map(sorted)


@given(limits, st.floats(1.01, 3))
def test_a_mirror_image_gets_the_mirrored_word(ends: list[float], size: float) -> None:
    low, high = ends
    down, up = replace(FALLS, good="down"), replace(FALLS, good="up")
    one = judge(down, change(ratio(low, high)), asked("change", 1 / size))
    other = judge(up, change(ratio(1 / high, 1 / low)), asked("change", size))
    assert (one.word, one.reason) == (other.word, other.reason)


@given(limits, st.floats(1.01, 3))
def test_held_steady_means_the_margin_itself_is_ruled_out(ends: list[float], size: float) -> None:
    low, high = ends
    if judge(FALLS, change(ratio(low, high)), asked("steady", size)).word == "held steady":
        ruled_out = rules_out(ratio(low, high), fewer_is_better=True)
        assert ruled_out is not None
        assert ruled_out < (size - 1) * 100 + 1e-9


def test_what_the_data_rule_out() -> None:
    assert rules_out(ratio(0.8, 1.44), fewer_is_better=True) == pytest.approx(44)
    assert rules_out(ratio(0.75, 1.2), fewer_is_better=False) == pytest.approx(25)
    assert rules_out(points(-12, 30), fewer_is_better=False) == pytest.approx(12)
    assert rules_out(ratio(0.5, 0.9), fewer_is_better=True) == 0
    assert rules_out(ratio(0.5, None), fewer_is_better=True) is None


@pytest.mark.parametrize("word", ["better", "held steady", "worse"])
def test_guards_only_lower(word: str) -> None:
    after = lowered(Verdict(word), "spike_baseline")  # type: ignore[arg-type]
    assert after.word == ("worse" if word == "worse" else "cannot tell yet")


def test_what_is_not_ruled_out_is_a_rise_or_a_fall_as_the_outcome_has_it() -> None:
    wide = points(-30, 30)
    assert judge(FREEDOM, change(wide), asked("steady", 10)).reason == "fall_not_ruled_out"
    assert judge(replace(FREEDOM, good="no rise"), change(wide), asked("steady", 10)).reason == "rise_not_ruled_out"
