"""Every degenerate record ends in a finding with a reason: never an exception, a NaN or an infinity."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import as_json
from data.model import Answer, DatedTally, Period, Tally
from metrics.calibrating.remembered import HOME, Remembered, Strand, as_facts
from metrics.catalogue import load_catalogue
from metrics.evaluate import evaluate
from metrics.methods import METHODS
from metrics.model import VERDICT_WORDS
from tests.support.made_up import MONDAY, home, promised, uneven

CATALOGUE = load_catalogue()
OUTCOMES = ("D1", "D2", "F1", "C4", "L4", "I6", "X1")

NOTHING, A_FEW = [0.0] * 26, uneven(5, 26)
RECORDS: dict[str, Remembered] = {
    "no events at all": home(NOTHING, NOTHING),
    "none before": home(NOTHING, A_FEW),
    "none after": home(A_FEW, NOTHING),
    "one event ever": home([1.0, *NOTHING[1:]], NOTHING),
    "every week the same": home([7.0] * 26, [7.0] * 26),
    "nobody there": replace(home(A_FEW, A_FEW), people=0),
    "a record of one day": replace(home(A_FEW, A_FEW), recorded=Period(MONDAY, MONDAY), strands=()),
    "no record": replace(home(A_FEW, A_FEW), strands=()),
    "a record that ends at the start": home(A_FEW, []),
    "all in one week": home([200.0, *NOTHING[1:]], [*NOTHING[1:], 200.0]),
    "thousands": home([5000.0] * 26, [4000.0] * 26),
}


def strictly_finite(finding: Any) -> None:
    """The finding as JSON holds no NaN or infinity, and says something."""
    text = json.dumps(as_json.finding(finding), allow_nan=False)
    assert finding.verdict.word in VERDICT_WORDS
    assert finding.sentence
    for word in ("nan", "inf ", "None", "Infinity"):
        assert word not in finding.sentence
    assert all(caution.text for caution in finding.cautions)
    assert text
    if finding.verdict.word == "cannot tell yet":
        assert finding.verdict.reason


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.parametrize("name", sorted(RECORDS))
def test_an_odd_record_of_events_ends_in_a_finding(name: str, method: str) -> None:
    for finding in evaluate(as_facts(RECORDS[name]), CATALOGUE, outcomes=OUTCOMES, method=method):
        strictly_finite(finding)


def one_person(mornings: list[int], *, start: int) -> Remembered:
    from data.model import Intervention

    began = MONDAY + timedelta(days=start)
    return Remembered(
        recorded=Period(MONDAY, MONDAY + timedelta(days=len(mornings) - 1)),
        intervention=Intervention("tried", HOME, "person", "Something tried", "routine", began),
        promises=(replace(promised("D1", began, "change", 15), baseline_from=None, baseline_to=None, follow_from=None, follow_to=None),),
        people=1,
        mornings=np.array(mornings),
    )  # fmt: skip


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize("after", [0, 1])
def test_mornings_all_alike_end_in_a_finding(before: int, after: int, method: str) -> None:
    made = one_person([before] * 28 + [after] * 42, start=28)
    for finding in evaluate(as_facts(made), CATALOGUE, outcomes=["D1"], method=method):
        strictly_finite(finding)
        if before > after:
            assert finding.verdict.word == "better"


def answers(before: list[float | None], after: list[float | None], *, same: bool) -> Remembered:
    made = home(A_FEW, A_FEW, outcome="L4", size=0.5)
    start = made.intervention.start_on
    given_ = []
    for scores, when, side in ((before, start - timedelta(days=20), "b"), (after, start + timedelta(days=60), "a")):
        for number, score in enumerate(scores):
            key = f"p{number}" if same else f"{side}{number}"
            word = "dont_know" if score is None else "score"
            given_.append(Answer(when, "self", "person_checkin", "mood", word, score, key, key))
    return replace(made, answers=tuple(given_))


@pytest.mark.parametrize("same", [True, False])
@pytest.mark.parametrize(
    ("before", "after"),
    [([], []), ([3], [4]), ([3] * 8, []), ([], [3] * 8), ([3] * 12, [3] * 12), ([1] * 12, [5] * 12),
     ([None] * 9, [None] * 9), ([1, 5] * 6, [5, 1] * 6), ([3, None] * 8, [4, None] * 8)],
)  # fmt: skip
def test_odd_answers_end_in_a_finding(before: list[float | None], after: list[float | None], same: bool) -> None:
    for finding in evaluate(as_facts(answers(before, after, same=same)), CATALOGUE, outcomes=["L4"]):
        strictly_finite(finding)


def test_a_share_that_is_all_or_nothing_ends_in_a_finding() -> None:
    for there, then in ((0, 0), (3, 3), (0, 3), (3, 0)):
        made = home(A_FEW, A_FEW, outcome="C4", size=10)
        start = made.intervention.start_on
        rows = tuple(
            DatedTally(start + timedelta(days=day), f"p{day % 4}", Tally(there if day < 0 else then, 3))
            for day in range(-150, 200, 3)
        )
        made = replace(made, strands=(), looked_at={"visit_time": rows})
        (finding,) = evaluate(as_facts(made), CATALOGUE, outcomes=["C4"])
        strictly_finite(finding)
        assert finding.change is not None and finding.change.effect is not None


@settings(max_examples=60, deadline=None)
@given(
    before=st.lists(st.sampled_from([0, 0, 0, 1, 2, 7, 300]), min_size=1, max_size=60),
    after=st.lists(st.sampled_from([0, 0, 0, 1, 2, 7, 300]), min_size=0, max_size=40),
    people=st.sampled_from([0, 1, 40, 5000]),
    method=st.sampled_from(sorted(METHODS)),
)
def test_any_weeks_end_in_a_finding(before: list[float], after: list[float], people: float, method: str) -> None:
    made = home(before, after, people=people)
    for finding in evaluate(as_facts(made), CATALOGUE, outcomes=["D2", "F1"], method=method):
        strictly_finite(finding)
        change = finding.change
        if change is not None and change.effect is not None:
            for figure in (change.effect.estimate, change.effect.low, change.effect.high):
                assert figure is None or math.isfinite(figure)


@settings(max_examples=60, deadline=None)
@given(
    mornings=st.lists(st.integers(0, 1), min_size=2, max_size=150),
    part=st.floats(0.05, 0.95),
)
def test_any_mornings_end_in_a_finding(mornings: list[int], part: float) -> None:
    made = one_person(mornings, start=max(1, int(len(mornings) * part)))
    for finding in evaluate(as_facts(made), CATALOGUE, outcomes=["D1"]):
        strictly_finite(finding)


def test_missing_weeks_are_no_weeks_without_events() -> None:
    """Six weeks nobody recorded are not six good weeks: the strand simply has no days there."""
    made = home(uneven(16, 40), uneven(15, 26))
    strand = made.strands[0]
    cut = Remembered(
        recorded=Period(made.recorded.first + timedelta(weeks=20), made.recorded.last),
        intervention=made.intervention,
        promises=made.promises,
        strands=(Strand(strand.table, strand.columns, strand.counts[140:]),),
        people=made.people,
    )
    (finding,) = evaluate(as_facts(cut), CATALOGUE, outcomes=["D2"])
    assert finding.change is not None
    assert finding.change.before.value == pytest.approx(finding.change.after.value, rel=0.1)
    assert "short_baseline" in {caution.code for caution in finding.cautions}
