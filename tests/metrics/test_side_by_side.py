"""The same thing tried in several services: by name, never by result, and summed up only where there are enough."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Service
from metrics.model import Effect, Finding, Outcome, VerdictWord
from metrics.side_by_side import NO_RANKING, SideBySide, change_words, on_the_whole, side_by_side
from tests.support.builders import DISTRESS, MORNINGS, change_tried, finding

PLACES = {"elm": "Elm House", "ash": "Ash Court", "oak": "oak lodge", "yew": "Yew Tree"}
SERVICES = [Service(code, "residential", "EN", label, 40) for code, label in PLACES.items()]


def tried(
    service: str,
    effect: tuple[float, float, float] | None = (-20, -40, -2),
    *,
    kind: str = "music",
    ref: str = "a",
    outcome: Outcome = MORNINGS,
    person: str | None = "P",
    before: tuple[int, float] = (20, 28),
    after: tuple[int, float] = (8, 28),
    word: VerdictWord = "better",
    reason: str | None = None,
) -> Finding:
    plan = replace(change_tried(ref=f"{service}-{ref}", person=person), service_id=service, kind=kind)
    return finding(outcome, word, reason=reason, intervention=plan, before=before, after=after, effect=effect)


def grouped(*findings: Finding) -> SideBySide:
    (group,) = side_by_side(findings, SERVICES)
    return group


def test_services_come_in_order_of_name_whatever_they_found() -> None:
    group = grouped(tried("yew", (-50, -60, -40)), tried("oak", (10, 5, 15)), tried("ash"), tried("elm", (-1, -9, 8)))
    assert [each.service for each in group.tried] == ["Ash Court", "Elm House", "oak lodge", "Yew Tree"]


def test_one_service_is_not_set_beside_itself() -> None:
    assert side_by_side([tried("elm", ref="a"), tried("elm", ref="b")], SERVICES) == ()


def test_other_kinds_other_outcomes_and_other_scopes_are_kept_apart() -> None:
    findings = [
        tried("elm"), tried("ash", kind="meals"), tried("oak", person=None),
        tried("yew", (0.8, 0.6, 1.1), outcome=DISTRESS, before=(20, 1000), after=(16, 1000)),
    ]  # fmt: skip
    assert side_by_side(findings, SERVICES) == ()


def test_something_else_is_not_one_kind_of_thing() -> None:
    assert side_by_side([tried("elm", kind="other"), tried("ash", kind="other")], SERVICES) == ()


def test_two_services_are_shown_and_not_summed_up() -> None:
    group = grouped(tried("elm"), tried("ash"))
    assert group.summary is None
    assert "It takes 3 services" in group.why_none
    assert group.sentence.endswith(NO_RANKING)


def test_many_plans_in_two_services_are_still_two_services() -> None:
    group = grouped(*(tried("elm", ref=str(number)) for number in range(5)), tried("ash"))
    assert group.summary is None


def test_three_services_are_summed_up_with_what_a_further_one_may_see() -> None:
    group = grouped(tried("elm", (-20, -40, 0)), tried("ash", (-10, -30, 10)), tried("oak", (-30, -50, -10)))
    assert group.summary is not None
    assert group.summary.estimate == pytest.approx(-20)
    low, high = group.summary.interval.low, group.summary.interval.high
    further = group.summary.prediction
    assert low is not None and high is not None and further.low is not None and further.high is not None
    assert further.low <= low < -20 < high <= further.high
    assert "no ranking and no proof" in group.sentence
    assert "caused" not in group.sentence and "significant" not in group.sentence


def test_what_was_not_compared_is_listed_and_left_out_of_the_sum() -> None:
    early = tried("yew", (-90, -95, -80), word="cannot tell yet", reason="early_look")
    group = grouped(tried("elm"), tried("ash"), tried("oak"), early, )  # fmt: skip
    assert group.summary is not None
    assert group.summary.count == 3
    assert len(group.tried) == 4
    assert group.tried[-1].effect is None
    assert "1 plan has no range to go by" in group.sentence


def test_ratios_are_taken_together_as_ratios() -> None:
    halved, doubled, same = (0.5, 0.25, 1.0), (2.0, 1.0, 4.0), (1.0, 0.5, 2.0)
    found = on_the_whole([Effect("ratio", *each, "by hand") for each in (halved, doubled, same)], 3)
    assert found.estimate == pytest.approx(1.0)
    assert found.interval.low is not None and found.interval.high is not None
    assert found.interval.low * found.interval.high == pytest.approx(1.0)


def test_no_events_after_cannot_be_weighed() -> None:
    none_after = [
        tried(service, (0.0, 0.0, 0.9), outcome=DISTRESS, person=None, before=(9, 1000), after=(0, 1000))
        for service in PLACES
    ]
    group = grouped(*none_after)
    assert group.summary is None
    assert "0 have one" in group.why_none


def test_limits_of_points_stay_among_the_points_there_are() -> None:
    wild = [tried("elm", (-90, -100, 20)), tried("ash", (90, -20, 100)), tried("oak", (0, -90, 90))]
    summary = grouped(*wild).summary
    assert summary is not None
    assert summary.prediction.low == -100
    assert summary.prediction.high == 100
    assert "anything at all" in grouped(*wild).sentence


def test_places_of_different_settings_say_so() -> None:
    services = [*SERVICES[:-1], replace(SERVICES[-1], setting="supported_living")]
    (group,) = side_by_side([tried("elm"), tried("yew")], services)
    assert "of different kinds (residential and supported living)" in group.sentence


@pytest.mark.parametrize(
    ("scale", "low", "high", "said"),
    [
        ("ratio", 0.6, 0.9, "10 to 40 in 100 fewer"),
        ("ratio", 0.9, 1.2, "10 in 100 fewer to 20 in 100 more"),
        ("ratio", 1.2, 3.0, "20 in 100 more to 3 times as many"),
        ("ratio", 2.5, 40.0, "2.5 to more than 10 times as many"),
        ("ratio", 0.5, None, "at least 50 in 100 fewer"),
        ("points", -31, 4, "31 in 100 fewer to 4 in 100 more"),
        ("points", 0.2, 9, "no change to 9 in 100 more"),
        ("score", 0.5, 1.2, "0.5 to 1.2 points higher"),
        ("score", None, None, "no range"),
    ],
)
def test_a_range_in_words(scale: str, low: float | None, high: float | None, said: str) -> None:
    assert change_words(scale, low, high) == said  # type: ignore[arg-type]


EFFECTS = st.tuples(st.floats(-60, 60), st.floats(0.5, 40)).map(
    lambda pair: (pair[0], pair[0] - pair[1], pair[0] + pair[1])
)


@given(st.lists(EFFECTS, min_size=3, max_size=4))
def test_a_summary_is_finite_and_speaks_in_whole_sentences(effects: list[tuple[float, float, float]]) -> None:
    group = grouped(*(tried(service, effect) for service, effect in zip(PLACES, effects, strict=False)))
    assert group.summary is not None
    assert all(
        figure is not None and math.isfinite(figure)
        for figure in (group.summary.estimate, group.summary.interval.low, group.summary.prediction.high)
    )
    assert group.sentence.endswith(".")
