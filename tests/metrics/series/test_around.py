"""Which stretches of a record are fitted around a start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from data.facts import Facts
from data.model import Declaration, Intervention, Period
from metrics.catalogue import load_catalogue
from metrics.comparison import compare
from metrics.kinds import common
from metrics.model import Comparison, Outcome
from metrics.series.around import around, interrupted_around
from metrics.series.interrupted import NotEstimable
from tests.support.exports import SERVICES, facts_of

FIRST, LAST = date(2024, 1, 1), date(2026, 6, 28)
LATE, MIDDLE = date(2026, 1, 14), date(2025, 3, 12)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    """A home of thirty with a fall or two every few days."""
    folder = tmp_path_factory.mktemp("around")
    days = [FIRST + timedelta(days=n) for n in range(0, (LAST - FIRST).days + 1, 2)]
    falls = "fall_id, person_id, service_id, occurred_at, harm\n" + "\n".join(
        f"F{day}, P-{day.toordinal() % 30}, elm, {day} 1{day.day % 9}:15, none" for day in days if day.day % 5
    )
    stays = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2023-01-01" for n in range(30))
    with facts_of(folder, services=SERVICES, stays=stays, falls=falls) as found:
        yield found


def falls_outcome() -> Outcome:
    found = load_catalogue().get("F1")
    assert found is not None
    return found


def plan(start: date, **more: object) -> Intervention:
    return Intervention("plan", "elm", None, "Evening lounge", "environment", start, **more)  # type: ignore[arg-type]


def promise(**windows: date) -> Declaration:
    return Declaration("d1", "plan", "F1", "steady", 1.25, "main", date(2023, 12, 1), (), **windows)


def compared(facts: Facts, tried: Intervention, declared: Declaration | None = None) -> Comparison:
    return compare(tried, declared, common.recorded(facts, falls_outcome(), tried.scope))


def test_weeks_are_laid_outwards_from_the_start(facts: Facts) -> None:
    tried = plan(LATE)
    found = around(facts, falls_outcome(), tried, compared(facts, tried), None)
    assert found.step == "week"
    assert LATE - timedelta(days=7) in [each.first for each in found.series.periods]
    assert LATE + timedelta(days=28) in [each.first for each in found.series.periods]
    assert found.left_out == (Period(LATE, LATE + timedelta(days=27)),)
    fitted = interrupted_around(facts, falls_outcome(), tried, compared(facts, tried), None)
    assert fitted.count_before > 100
    assert [point.part for point in fitted.points].count("left out") == 4


def test_a_year_on_both_sides_is_fitted_by_the_month(facts: Facts) -> None:
    tried = plan(MIDDLE)
    found = around(facts, falls_outcome(), tried, compared(facts, tried), None)
    assert found.step == "month"
    fitted = interrupted_around(facts, falls_outcome(), tried, compared(facts, tried), None)
    assert (fitted.step, fitted.season_pairs) == ("month", 1)
    # The month of the start is cut in two; its second half is settling in.
    ends = [point.period for point in fitted.points if point.part == "before"]
    assert ends[-1] < Period(MIDDLE, MIDDLE)


def test_declared_days_cut_the_record(facts: Facts) -> None:
    tried = plan(LATE)
    declared = promise(
        baseline_from=date(2025, 1, 1), baseline_to=date(2025, 12, 31), follow_from=LATE, follow_to=date(2026, 5, 31)
    )
    found = around(facts, falls_outcome(), tried, compared(facts, tried, declared), declared)
    assert found.series.periods[0].first >= date(2025, 1, 1)
    assert found.series.periods[-1].last <= date(2026, 5, 31)
    assert Period(date(2026, 1, 1), LATE - timedelta(days=1)) in found.left_out


def test_a_plan_that_ended_is_followed_while_it_was_in_use(facts: Facts) -> None:
    tried = plan(LATE, end_on=date(2026, 4, 30))
    found = around(facts, falls_outcome(), tried, compared(facts, tried), None)
    assert found.series.periods[-1].last == date(2026, 4, 30)


def test_the_bad_spell_that_led_to_it_belongs_to_neither_side(facts: Facts) -> None:
    tried = plan(LATE, reason="after_incidents")
    found = around(facts, falls_outcome(), tried, compared(facts, tried), None)
    assert Period(LATE - timedelta(days=14), LATE - timedelta(days=1)) in found.left_out


@pytest.mark.parametrize("start", [date(2023, 6, 1), FIRST, date(2027, 1, 1)])
def test_a_start_outside_the_record_says_so(facts: Facts, start: date) -> None:
    tried = plan(start)
    with pytest.raises(NotEstimable, match="does not reach from before the start to after it"):
        around(facts, falls_outcome(), tried, compared(facts, tried), None)


def test_an_outcome_nobody_recorded_and_one_of_another_kind(facts: Facts) -> None:
    catalogue = load_catalogue()
    distress, understands, kept = (catalogue.get(code) for code in ("D2", "I7", "C3"))
    assert distress is not None and understands is not None and kept is not None
    tried = plan(LATE)
    with pytest.raises(NotEstimable, match="nothing was recorded"):
        interrupted_around(facts, distress, tried, compared(facts, tried), None)
    with pytest.raises(NotEstimable, match="scores are too few"):
        interrupted_around(facts, understands, tried, compared(facts, tried), None)
    with pytest.raises(NotEstimable, match="one is a rate, the other is not"):
        interrupted_around(facts, falls_outcome(), tried, compared(facts, tried), None, beside=kept)
    with pytest.raises(NotEstimable, match="comparison D2 cannot be fitted: nothing was recorded"):
        interrupted_around(facts, falls_outcome(), tried, compared(facts, tried), None, beside=distress)
