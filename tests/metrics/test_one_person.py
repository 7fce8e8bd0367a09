"""One person's time around a plan: weeks counted from its first day, and everything with a day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Impossible, Intervention, Period, Rows
from metrics.catalogue import load_catalogue
from metrics.one_person import around, one_person, since_it_began, weeks_around
from tests.support.exports import SERVICES, facts_of
from tests.support.story import START, STAY, mornings, plan

CATALOGUE = load_catalogue()
BAD, GOOD = "xxx.xxx.xx.xxx.xxxx..xxx.xx.", "..x......x.......xx....x...."


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_no_week_holds_days_of_both_sides(start: date, before: int, after: int) -> None:
    period = Period(start - timedelta(days=before), start + timedelta(days=after))
    weeks = weeks_around(period, start)
    for week in weeks:
        assert week.days == 7
        assert period.covers(week)
        assert week.last < start or week.first >= start
    for one, other in pairwise(weeks):
        assert other.first == one.last + timedelta(days=1)


def test_weeks_lanes_notes_and_other_plans_are_those_of_the_person(tmp_path: Path) -> None:
    incidents, checks = mornings(BAD, GOOD)
    incidents += (
        f"E1, elm, P-1, {START + timedelta(days=20)} 15:00, distress\n"
        f"E2, elm, P-1, {START + timedelta(days=21)} 15:00, calming_medicine\n"
        f"E3, elm, P-1, {START + timedelta(days=22)} 08:10, fall\n"
    )
    plans = (
        plan()
        + f"other, elm, P-1, Radio, music, {START + timedelta(days=60)}, planned\nhome, elm, , Lounge, environment, {START}, planned\n"
    )
    with facts_of(
        tmp_path, services=SERVICES, stays=STAY, incidents=incidents, checks=checks, interventions=plans,
        falls=f"fall_id, person_id, service_id, occurred_at, harm\nF1, P-1, elm, {START + timedelta(days=22)} 08:10, low",
        feedback="feedback_id, service_id, person_id, given_on, rater, instrument, domain, score\n"
                 f"A1, elm, P-1, {START + timedelta(days=5)}, self, person_checkin, mood, 4\n"
                 f"A2, elm, P-1, {START + timedelta(days=5)}, staff, person_checkin, mood, 1",
        views="view_id, person_id, service_id, element, voice, given_on, how_sought\n"
              f"V1, P-1, elm, music, person, {START - timedelta(days=5)}, pictures",
    ) as facts:  # fmt: skip
        (ours,) = [each for each in facts.interventions() if each.intervention_id == "plan"]
        (homes,) = [each for each in facts.interventions() if each.intervention_id == "home"]
        found = one_person(facts, CATALOGUE, ours, ("D1",))
        with pytest.raises(Impossible):
            one_person(facts, CATALOGUE, homes)
    assert found.outcome is not None and found.outcome.code == "D1"
    assert sum(week.tally.numerator for week in found.weeks if week.period.first < START) == 20
    assert [len(found.of(lane)) for lane in ("falls", "distress", "medicine", "other", "views", "said")] == [
        1,
        1,
        1,
        0,
        1,
        1,
    ]
    assert [each.title for each in found.others] == ["Radio"]
    assert found.period.last == START + timedelta(days=42)  # with the record: weeks to come take no room in the picture
    assert found.person is not None


def test_without_watched_mornings_nothing_is_drawn_week_by_week(tmp_path: Path) -> None:
    incidents, _ = mornings(BAD, GOOD)
    with facts_of(tmp_path, services=SERVICES, stays=STAY, incidents=incidents, interventions=plan()) as facts:
        (ours,) = facts.interventions()
        found = one_person(facts, CATALOGUE, ours)
    assert found.outcome is None
    assert found.weeks == ()
    assert found.of("distress")


def test_a_positive_risk_plan_is_read_by_its_triggers_since_it_began(tmp_path: Path) -> None:
    rows = ["check_id, measure, service_id, person_id, element, due_on, done_at, result"]
    rows += [
        f"T{n}, trigger_review, elm, P-1, fall, {START + timedelta(days=n)}, {START + timedelta(days=n)}, met"
        for n in (8, 20, 33)
    ]
    rows.append(f"T0, trigger_review, elm, P-1, fall, {START - timedelta(days=20)}, , not_met")
    plans = plan().replace("Music before breakfast, music", "Walking to the shop, positive_risk")
    with facts_of(tmp_path, services=SERVICES, stays=STAY, checks="\n".join(rows), interventions=plans) as facts:
        (ours,) = facts.interventions()
        (found,) = since_it_began(facts, CATALOGUE, ours)
    assert found.outcome.code == "F3"
    assert (found.now.tally.numerator, found.now.tally.denominator) == (3, 3)


def test_other_plans_are_not_read_by_triggers(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES, stays=STAY, interventions=plan()) as facts:
        (ours,) = facts.interventions()
        assert since_it_began(facts, CATALOGUE, ours) == ()


def test_a_page_looks_a_quarter_back_and_four_months_on() -> None:
    assert around(date(2026, 4, 1)) == Period(date(2025, 12, 31), date(2026, 7, 28))
    assert Intervention("i", "s", None, "t", "other", date(2026, 4, 1)).person_id is None


def test_a_bad_morning_in_a_week_too_short_to_be_drawn_is_told_by_its_day(tmp_path: Path) -> None:
    incidents, checks = mornings("xxx" + BAD, GOOD)
    with facts_of(
        tmp_path, services=SERVICES, stays=STAY, incidents=incidents, checks=checks, interventions=plan()
    ) as facts:
        (ours,) = facts.interventions()
        found = one_person(facts, CATALOGUE, ours, ("D1",))
        recorded = facts.happened(ours.scope, Rows("incidents", {"kind": ("distress",)}), found.period)
    drawn = sum(week.tally.numerator for week in found.weeks)
    bad_days = {each.occurred_at.date() for each in recorded}
    assert drawn + len({each.day for each in found.of("distress")}) == len(bad_days)
