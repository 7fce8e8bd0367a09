"""The points around a change: which days they are of, and what they are compared with."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.views.numbers import number_rows, numbers_csv
from dashboard.views.story import Story, asked, line_of, story
from data.model import ContextEvent, Period, Series, Tally
from tests.support.builders import (
    ANSWERED,
    COMING,
    DISTRESS,
    FALLS,
    HEARD,
    HOME,
    PERSON,
    START,
    STAYING,
    change_tried,
    finding,
    months,
    weeks,
    windows,
)

RECORD = Period(date(2024, 1, 1), date(2026, 12, 31))


def told(found=None, happenings: tuple[ContextEvent, ...] = (), **more) -> Story:  # type: ignore[no-untyped-def]
    found = found or finding(**more)
    question = asked(found, RECORD)
    assert question is not None
    before = weeks(question.before.first, [(5, 7)] * (question.before.days // 7))
    assert question.after is not None
    after = weeks(question.after.first, [(2, 7)] * (question.after.days // 7))
    return story(found, question, before, after, happenings)


def test_a_persons_weeks_are_laid_out_from_the_start() -> None:
    question = asked(finding(), RECORD)
    assert question is not None
    assert (question.step, question.together) == ("week", 1)
    assert question.before == Period(START - timedelta(days=84), START - timedelta(days=1))
    assert question.after is not None
    assert question.after.first == START
    assert question.after.days % 7 == 0


def test_the_record_may_end_before_the_weeks_do() -> None:
    question = asked(finding(), Period(date(2025, 1, 1), START + timedelta(days=9)))
    assert question is not None
    assert question.after == Period(START, START + timedelta(days=6))
    before_it_began = asked(finding(), Period(date(2025, 1, 1), START - timedelta(days=1)))
    assert before_it_began is not None
    assert before_it_began.after is None


def test_a_homes_weeks_are_joined_by_four_from_the_start_outwards() -> None:
    made = told(outcome=DISTRESS, intervention=change_tried(person=None), before=(60, 6000), after=(30, 6000))
    assert {point.period.days for point in made.points} == {28}
    assert all(not (point.period.first < START <= point.period.last) for point in made.points)
    assert made.points[0].tally.numerator == 20


HOME_PLAN = change_tried(person=None)


def test_a_score_is_drawn_as_the_average_of_each_month() -> None:
    found = finding(
        HEARD, intervention=HOME_PLAN, before=(18, 20), after=(18, 18), scores=(57.6, 64.8), effect=(0.4, 0.1, 0.7)
    )
    question = asked(found, RECORD)
    assert question is not None
    assert question.step == "month"
    made = story(found, question, months(question.before.first, [(9, 10)] * 3), Series((), ()), ())
    assert (made.unit, made.most) == ("points", None)
    assert (made.before.words if made.before else "", made.after.words if made.after else "") == ("3.2", "3.6")
    assert made.title == "Feeling heard: about 3.2 points before, 3.6 after"
    assert [point.value for point in made.points] == []  # nobody gave a score in these months
    assert number_rows(found, made) == []


def test_one_persons_score_is_drawn_week_by_week() -> None:
    found = finding(HEARD, before=(6, 6), after=(6, 6), scores=(12.0, 18.0), effect=(1.0, 0.2, 1.8))
    question = asked(found, RECORD)
    assert question is not None
    assert question.step == "week"
    first = Period(START, START + timedelta(days=6))
    made = story(found, question, Series((), ()), Series((first,), (Tally(2, 3, 7.0),)), ())
    assert [point.value for point in made.points] == [3.5]
    assert number_rows(found, made)[0]["Answers with a score"] == "2"


def test_staying_put_is_drawn_over_years_lived_there() -> None:
    made = told(finding(STAYING, intervention=HOME_PLAN, before=(9, 7000), after=(3, 7000), effect=(0.33, 0.1, 1.2)))
    assert made.unit == "per 100 years lived here"
    assert made.points[0].value == pytest.approx(20 / 28 * 36525)


def test_who_lives_nearby_is_a_line_to_compare_with() -> None:
    assert line_of(COMING, HOME) is None
    assert line_of(HEARD, replace(HOME, expected_minority_pct=12)) is None
    line = line_of(COMING, replace(HOME, expected_minority_pct=12))
    assert line is not None
    assert (line.value, line.words) == (12, "living nearby 12")


def test_shares_of_people_go_by_the_month() -> None:
    question = asked(finding(ANSWERED, "cannot tell yet", intervention=change_tried(person=None)), RECORD)
    assert question is not None
    assert question.step == "month"


def test_each_point_knows_on_which_side_it_counts() -> None:
    parts = [point.part for point in told().points]
    assert parts.count("before") == 4
    assert parts.count("settling in") == 2
    assert parts.count("after") == 4
    assert parts[0] == "around"


def test_the_bad_fortnight_that_led_to_the_plan_is_marked_as_left_out() -> None:
    made = told(finding(comparison=windows(trigger=True)))
    assert [point.part for point in made.points].count("left out") == 2


def test_mornings_are_said_by_the_week() -> None:
    made = told()
    assert made.title == "Mornings with distress: about 5 a week before, 2 after"
    assert made.points[0].value == pytest.approx(5.0)
    assert made.each == "Each point is one week: mornings with distress, for every 7 watched."


def test_one_persons_falls_are_said_as_counts() -> None:
    made = told(outcome=FALLS, word="cannot tell yet", before=(2, 28), after=(1, 28))
    assert made.title == "Falls: 2 in 28 days before, 1 in 28 days after"
    assert made.counts


def test_a_homes_rate_keeps_its_unit() -> None:
    made = told(
        outcome=FALLS,
        word="cannot tell yet",
        intervention=change_tried(person=None),
        before=(48, 6000),
        after=(60, 6000),
    )
    assert made.title == "Falls: about 8 per 1,000 bed days before, 10 after"


def test_nothing_after_yet_is_said() -> None:
    made = told(finding(after=(0, 0)))
    assert made.title == "Mornings with distress: about 5 a week before, nothing recorded after"
    assert made.after is None


def test_no_points_no_story() -> None:
    found = finding()
    question = asked(found, RECORD)
    assert question is not None
    empty = story(found, question, Series((), ()), Series((), ()), ())
    assert not empty.has_anything


def test_happenings_near_the_start_are_numbered_in_order() -> None:
    events = tuple(
        ContextEvent("outbreak", START + timedelta(days=gap), None, None, f"Event {gap}")
        for gap in (30, -40, 5, -3, 60, 70, -80)
    )
    made = told(happenings=events)
    assert [each.mark for each in made.happenings] == ["1", "2", "3", "4", "5", "6"]
    assert made.happenings[0].words == "21 Jan 2026: Event -40"
    assert made.more_happenings == 1


def test_a_happening_without_a_label_is_named_by_its_kind() -> None:
    made = told(happenings=(ContextEvent("manager_change", START, None, None, ""),))
    assert made.happenings[0].words == "2 Mar 2026: a change of manager"


def test_the_table_of_numbers_says_how_each_week_counts() -> None:
    found = finding()
    rows = number_rows(found, told(found))
    assert rows[0] == {
        "Days": "8 Dec 2025 to 14 Dec 2025",
        "Mornings with distress": "5",
        "Mornings": "7",
        "On the chart, a week": "5",
        "Counted as": "shown, not compared",
    }


def test_the_file_for_a_spreadsheet_runs_nothing_and_names_nobody() -> None:
    found = finding(intervention=change_tried('=HYPERLINK("http://a.example")'))
    content = numbers_csv(found, told(found))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["change", "outcome", "first_day", "last_day"]
    assert all(row[0].startswith("'=HYPERLINK") for row in rows[1:])
    assert float(rows[1][6]) == 5
    assert PERSON not in content.decode("utf-8-sig")


def test_each_side_has_a_usual_range_of_its_own_without_settling_in() -> None:
    made = told()
    before, after = made.usual
    assert before.period.last < START <= after.period.first
    assert after.period.first >= START + timedelta(days=14)
    assert (before.low, before.high) == pytest.approx((5.0, 5.0))  # the same every week: no width
    assert (after.low, after.high) == pytest.approx((2.0, 2.0))
    assert before.trial  # twelve weeks


def test_the_bad_spell_counts_towards_no_usual_range() -> None:
    made = told(finding(comparison=windows(trigger=True)))
    assert made.left_out is not None
    assert made.usual[0].period.last < made.left_out.first


def test_few_events_and_scores_have_no_usual_range() -> None:
    assert told(outcome=FALLS, word="cannot tell yet", before=(2, 28), after=(1, 28)).usual == ()
    assert told(finding(HEARD)).usual == ()


def test_a_range_from_none_to_all_is_not_drawn() -> None:
    found = finding()
    question = asked(found, RECORD)
    assert question is not None
    assert question.after is not None
    swinging = weeks(question.before.first, [(0, 7), (7, 7)] * (question.before.days // 14))
    steady = weeks(question.after.first, [(2, 7)] * (question.after.days // 7))
    (after,) = story(found, question, swinging, steady, ()).usual
    assert after.period.first > START
