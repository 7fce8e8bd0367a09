"""Estimates side by side: in order of name or start, never of size, and no row for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.model import Service
from metrics.model import Finding
from metrics.pictures.forest import Forest, forest_of_findings, forest_of_group
from metrics.side_by_side import SideBySide, side_by_side
from tests.support.builders import DISTRESS, FALLS, MORNINGS, change_tried, finding

SERVICES = [Service(name, "residential", "EN", name.title(), 40) for name in ("ash", "elm", "oak")]
START = date(2026, 3, 2)


def tried(service: str, effect: tuple[float, float, float] | None, *, word: str = "cannot tell yet") -> Finding:
    plan = replace(change_tried("Tea first", ref=service, person=None), service_id=service)
    return finding(DISTRESS, word, intervention=plan, effect=effect, before=(60, 6000), after=(40, 6000))  # type: ignore[arg-type]


def group(*findings: Finding) -> SideBySide:
    (found,) = side_by_side(findings, SERVICES)
    return found


def test_rows_stand_in_order_of_name_and_none_sums_up() -> None:
    found = forest_of_group(
        group(tried("oak", (0.2, 0.1, 0.4)), tried("ash", (1.2, 0.8, 1.6)), tried("elm", (0.9, 0.6, 1.3)))
    )
    assert found is not None
    assert [row.name for row in found.rows] == ["Ash", "Elm", "Oak"]
    assert (found.by, found.scale) == ("name", "ratio")
    assert len(found.rows) == 3


def test_a_row_without_a_range_stays_in_its_place() -> None:
    found = forest_of_group(group(tried("oak", (0.2, 0.1, 0.4)), tried("ash", None), tried("elm", (0.9, 0.6, 1.3))))
    assert found is not None
    assert [row.has_range for row in found.rows] == [False, True, True]
    assert forest_of_group(group(tried("oak", (0.2, 0.1, 0.4)), tried("ash", None))) is None


def test_what_could_not_be_compared_has_no_estimate() -> None:
    early = replace(
        tried("ash", (0.5, 0.3, 0.8)), verdict=replace(tried("ash", None).verdict, reason="recording_changed")
    )
    found = forest_of_group(group(early, tried("oak", (0.2, 0.1, 0.4)), tried("elm", (0.9, 0.6, 1.3))))
    assert found is not None
    assert found.rows[0].estimate is None


def falls(
    days: int, ref: str, size: float | None = 1.25, *, effect: tuple[float, float, float] = (1.1, 0.8, 1.4)
) -> Finding:
    plan = change_tried(f"Plan {ref}", ref=ref, person=None, start=START + timedelta(days=days))
    made = finding(FALLS, "cannot tell yet", intervention=plan, before=(60, 6000), after=(40, 6000), effect=effect,
                   declared=size is not None)  # fmt: skip
    if size is None:
        return made
    assert made.declared is not None
    return replace(made, declared=replace(made.declared, size=size))


def of_service(*findings: Finding) -> Forest:
    found = forest_of_findings(findings)
    assert found is not None
    return found


def test_one_services_changes_stand_in_order_of_their_start() -> None:
    found = of_service(falls(90, "c"), finding(MORNINGS), falls(0, "a"), falls(30, "b"))
    assert [row.name for row in found.rows] == ["Plan a", "Plan b", "Plan c"]
    assert found.by == "start"


def test_the_margin_is_one_line_only_where_all_share_it() -> None:
    assert of_service(falls(0, "a"), falls(1, "b")).margin == 1.25
    assert of_service(falls(0, "a"), falls(1, "b", 0.8)).margin == 1.25  # both say a quarter
    assert of_service(falls(0, "a"), falls(1, "b", 1.5)).margin is None
    assert of_service(falls(0, "a"), falls(1, "b", None)).margin is None
    assert of_service(falls(0, "a", None), falls(1, "b", None)).margin is None


@given(st.permutations([(0.2, 0.1, 0.4), (1.2, 0.8, 1.6), (0.9, 0.6, 1.3)]))
def test_the_order_does_not_know_the_size(effects: list[tuple[float, float, float]]) -> None:
    names = ("elm", "oak", "ash")
    found = forest_of_group(group(*(tried(name, effect) for name, effect in zip(names, effects, strict=True))))
    assert found is not None
    assert [row.name for row in found.rows] == ["Ash", "Elm", "Oak"]
    assert {(row.estimate, row.low, row.high) for row in found.rows} == set(effects)
