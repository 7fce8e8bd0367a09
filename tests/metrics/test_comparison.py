"""Which days are before and which are after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from data.model import Declaration, Intervention, Period
from metrics.comparison import compare

ALWAYS = Period(date(2020, 1, 1), date(2030, 1, 1))
PERSON = Intervention("i1", "elm", "P", "Music before breakfast", "music", date(2026, 3, 3))
SERVICE = replace(PERSON, person_id=None)
PROMISE = Declaration("d1", "i1", "D1", "change", 15, "main", date(2026, 2, 24))


def test_one_person_is_compared_over_28_days_either_side_of_a_settling_fortnight() -> None:
    found = compare(PERSON, None, ALWAYS)
    assert found.before == Period(date(2026, 2, 3), date(2026, 3, 2))
    assert found.settling == Period(date(2026, 3, 3), date(2026, 3, 16))
    assert found.after == Period(date(2026, 3, 17), date(2026, 4, 13))


def test_a_service_is_compared_over_180_days_either_side_of_28() -> None:
    found = compare(SERVICE, None, ALWAYS)
    assert found.before is not None
    assert found.after is not None
    assert (found.before.days, found.after.days) == (180, 180)
    assert found.after.first - SERVICE.start_on == timedelta(days=28)


def test_after_incidents_the_bad_fortnight_is_left_out_of_a_longer_baseline() -> None:
    found = compare(replace(PERSON, reason="after_incidents"), None, ALWAYS)
    assert found.before is not None
    assert found.before.days == 56
    assert found.before.last == PERSON.start_on - timedelta(days=15)
    assert found.excluded_trigger == Period(PERSON.start_on - timedelta(days=14), PERSON.start_on - timedelta(days=1))


def test_declared_days_win() -> None:
    promise = replace(
        PROMISE, baseline_from=date(2026, 1, 1), baseline_to=date(2026, 1, 31), follow_from=date(2026, 5, 1),
        follow_to=date(2026, 5, 31),
    )  # fmt: skip
    found = compare(PERSON, promise, ALWAYS)
    assert (found.before, found.after) == (
        Period(date(2026, 1, 1), date(2026, 1, 31)),
        Period(date(2026, 5, 1), date(2026, 5, 31)),
    )
    assert found.declared


def test_settling_days_of_the_plan_win_over_the_usual_ones() -> None:
    found = compare(replace(PERSON, settling_days=0), None, ALWAYS)
    assert found.after is not None
    assert found.after.first == PERSON.start_on
    assert found.settling is None


def test_unfinished_follow_up_is_an_early_look() -> None:
    found = compare(PERSON, None, Period(date(2025, 1, 1), date(2026, 4, 1)))
    assert found.early_look
    assert found.after == Period(date(2026, 3, 17), date(2026, 4, 1))


def test_a_baseline_cut_short_by_the_record_is_known_to_be_short() -> None:
    assert compare(PERSON, None, Period(date(2026, 2, 20), date(2026, 6, 1))).short_baseline


def test_a_plan_that_ended_is_followed_up_to_its_end() -> None:
    found = compare(replace(PERSON, end_on=date(2026, 4, 1)), None, ALWAYS)
    assert found.after == Period(date(2026, 3, 17), date(2026, 4, 1))
    assert not found.early_look


def test_nothing_recorded_leaves_nothing_to_compare() -> None:
    found = compare(PERSON, None, None)
    assert (found.before, found.after, found.early_look) == (None, None, True)
