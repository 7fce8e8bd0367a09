"""Still here, moved, gone otherwise: the three make one, and nobody is followed who is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Period, Rows, Scope, Spell
from metrics.catalogue import load_catalogue
from metrics.estimators.staying.followed import at_risk_before
from metrics.pictures.staying_curve import (
    FEWEST_FOLLOWED,
    StayCurve,
    before_and_after,
    curve_of,
    looks_up_to,
    over_the_record,
    stays_in_view,
)
from tests.support.builders import STAYING
from tests.support.exports import SERVICES, facts_of

FIRST = date(2025, 1, 1)
YEAR = Period(FIRST, FIRST + timedelta(days=364))


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def people(*ends: tuple[int, str] | None, moved_in: int = -400) -> list[Spell]:
    """One spell each, of people living here already: when and why they left, or None for still here."""
    return [
        Spell(f"P{n}", day(moved_in), None if end is None else day(end[0]), None if end is None else end[1])
        for n, end in enumerate(ends)
    ]


def drawn(spells: list[Spell], period: Period = YEAR) -> StayCurve:
    found = curve_of(stays_in_view(STAYING, spells, period, "period_began"), period)
    assert found is not None
    return found


def test_the_shares_are_what_counting_gives_while_all_are_followed() -> None:
    found = drawn(people((30, "unplanned_move"), (60, "died"), *[None] * 8))
    (here, moved, gone) = (found.at(90).still_here, found.at(90).moved, found.at(90).gone)
    assert (here.value, moved.value, gone.value) == pytest.approx((0.8, 0.1, 0.1))
    assert (found.moved, found.gone, found.people) == (1, 1, 10)
    assert found.at(29).still_here.value == 1
    assert found.at(30).moved.value == pytest.approx(0.1)


def test_a_reason_that_is_not_counted_is_gone_otherwise() -> None:
    found = drawn(people((30, "hospital_not_returned"), *[None] * 9))
    assert (found.moved, found.gone) == (0, 1)
    every = replace(STAYING, counts=Rows("stays"))
    stays = stays_in_view(every, people((30, "died"), None), YEAR, "period_began")
    assert stays.cause == (1, 0)


def test_the_curve_ends_where_fewer_than_five_are_followed_and_says_so() -> None:
    found = drawn(people(*[(40 + n, "died") for n in range(6)], *[None] * 4))
    assert found.cut
    assert found.last_day == 45
    assert all(step.day <= 45 for step in found.steps)
    assert all(count >= FEWEST_FOLLOWED for _, count in found.followed)


def test_too_few_from_the_first_day_make_no_curve() -> None:
    assert curve_of(stays_in_view(STAYING, people(*[None] * 4), YEAR, "period_began"), YEAR) is None
    assert curve_of(stays_in_view(STAYING, [], YEAR, "period_began"), YEAR) is None


def test_whoever_lived_here_before_the_record_enters_late_on_the_clock_of_moving_in() -> None:
    stays = stays_in_view(STAYING, people((30, "died"), moved_in=-100), YEAR, "moving_in")
    assert (stays.entry, stays.leave, stays.cause) == ((100,), (130,), (2,))
    stays = stays_in_view(STAYING, people((30, "died"), moved_in=10), YEAR, "period_began")
    assert (stays.entry, stays.leave) == ((10,), (30,))


def test_somebody_who_left_before_or_came_after_the_days_is_not_in_view() -> None:
    spells = [Spell("P1", day(-90), day(-1), "died"), Spell("P2", day(400)), Spell("P3", day(0))]
    assert len(stays_in_view(STAYING, spells, YEAR, "period_began").entry) == 1


def test_the_usual_days_are_looked_at_and_the_last_one_when_it_is_far_from_them() -> None:
    assert looks_up_to(364) == (0, 90, 180, 364)
    assert looks_up_to(365) == (0, 90, 180, 365)
    assert looks_up_to(200) == (0, 90, 180)
    assert looks_up_to(30) == (0,)


def exports(left: str = "2025-03-01, unplanned_move") -> str:
    rows = [f"P-{n}, elm, 2024-06-01, , " for n in range(12)]
    return "person_id, service_id, start_on, end_on, end_reason\n" + "\n".join(
        [
            *rows,
            "P-22, elm, 2025-06-01, , ",
            f"P-20, elm, 2024-06-01, {left}",
            "P-21, elm, 2024-06-02, 2024-09-01, died",
        ]
    )


def test_before_and_after_follow_those_living_here_from_the_first_day_of_each(tmp_path: Path) -> None:
    outcome = load_catalogue().get("I6")
    assert outcome is not None
    before, after = Period(date(2024, 10, 1), date(2024, 12, 29)), Period(date(2025, 2, 1), date(2025, 5, 1))
    with facts_of(tmp_path, services=SERVICES, stays=exports()) as facts:
        found = before_and_after(facts, outcome, Scope("elm"), before, after)
        assert found is not None
        assert [curve.part for curve in found.curves] == ["before", "after"]
        assert [curve.moved for curve in found.curves] == [0, 1]
        swapped = before_and_after(facts, outcome, Scope("elm"), after, before)
        assert swapped is not None
        assert [curve.moved for curve in swapped.curves] == [1, 0]
        assert before_and_after(facts, outcome, Scope("elm"), None, None) is None
        whole = over_the_record(facts, outcome, Scope("elm"), Period(date(2024, 6, 1), date(2025, 6, 1)))
        assert whole is not None
        assert whole.curves[0].part == "whole"
        assert over_the_record(facts, outcome, Scope("oak"), Period(date(2024, 6, 1), date(2025, 6, 1))) is None


SPELLS = st.lists(
    st.tuples(st.integers(-300, 300), st.integers(0, 500), st.sampled_from(["unplanned_move", "died", None])),
    min_size=5,
    max_size=40,
)


@given(SPELLS, st.sampled_from(["moving_in", "period_began"]))
def test_the_three_shares_make_one_and_only_go_one_way(drawn_: list[tuple[int, int, str | None]], since: str) -> None:
    spells = [
        Spell(f"P{n}", day(came), None if why is None else day(came + long), why)
        for n, (came, long, why) in enumerate(drawn_)
    ]
    stays = stays_in_view(STAYING, spells, YEAR, since)  # type: ignore[arg-type]
    found = curve_of(stays, YEAR)
    if found is None:
        return
    here = [step.still_here.value for step in found.steps]
    for step in found.steps:
        assert step.still_here.value + step.moved.value + step.gone.value == pytest.approx(1)
        for share in (step.still_here, step.moved, step.gone):
            assert -1e-9 <= share.value <= 1 + 1e-9
            if share.low is not None and share.high is not None:
                assert share.low - 1e-9 <= share.value <= share.high + 1e-9
    assert here == sorted(here, reverse=True)
    assert found.moved + found.gone <= found.people <= len(spells)


@given(SPELLS)
def test_nobody_is_followed_twice_on_one_day(drawn_: list[tuple[int, int, str | None]]) -> None:
    """A person who moved out and came back has two spells, never two on one day."""
    spells: list[Spell] = []
    free = -300
    for _, long, why in drawn_[:6]:
        spells.append(Spell("P1", day(free), day(free + long), why or "died"))
        free += long + 20
    stays = stays_in_view(STAYING, spells, YEAR, "period_began")
    if stays.entry:
        days = [float(number) for number in range(0, 365, 7)]
        import numpy as np

        assert at_risk_before(np.array(stays.entry), np.array(stays.leave), np.array(days)).max() <= 1
