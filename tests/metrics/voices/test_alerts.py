"""What is worth a second look: one rule a group of tests, each at the edge, one under and one over."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Period
from data.records import Matter, View
from metrics.voices.alerts import Alert, Record, alerts, one_recorder, understanding
from tests.support.voices import DAY, matter, person, view


def found(code: str, *matters: Matter, views: list[View] | None = None, **more: object) -> Alert | None:
    """The alert of this code, where there is one."""
    said = [each for matter in matters for each in matter.views] if views is None else views
    record = Record(matters, said, **more)  # type: ignore[arg-type]
    return next((each for each in alerts(record) if each.code == code), None)


def test_nothing_on_record_is_no_reason_for_a_second_look() -> None:
    assert alerts(Record((), ())) == ()


def test_somebody_not_heard_on_any_of_two_matters_is_worth_a_look() -> None:
    alert = found("never_asked", matter(view("staff"), element="a"), matter(element="b"))
    assert alert is not None and (alert.count, alert.over) == (1, 1)


def test_one_matter_alone_does_not_make_a_never() -> None:
    assert found("never_asked", matter(view("staff"))) is None


def test_being_heard_once_is_not_never() -> None:
    assert found("never_asked", matter(view("staff"), element="a"), matter(view("person"), element="b")) is None


def test_nobody_is_asked_to_put_a_question_to_somebody_who_has_left_or_died() -> None:
    matters = [matter(view("family"), element="a"), matter(view("family"), element="b")]
    spoken = [matter(view(how_sought="talk"), element="c"), matter(view(how_sought="talk"), element="d")]
    people = {"P-1": person(stage="early", communication_need="speech")}
    gone = frozenset({"P-1"})
    for code in ("never_asked", "only_family_early"):
        assert found(code, *matters, people=people) is not None
        assert found(code, *matters, people=people, left=gone) is None
    assert found("unadapted", *spoken, people=people) is not None
    assert found("unadapted", *spoken, people=people, left=gone) is None


@pytest.mark.parametrize(("days", "early"), [(-1, False), (0, True), (27, True), (28, False)])
def test_only_family_counts_as_early_in_the_first_28_days(days: int, early: bool) -> None:
    moved_in = {"P-1": [DAY - timedelta(days=days)]}
    alert = found("only_family_early", matter(view("family")), moved_in=moved_in)
    assert (alert is not None) is early


def test_only_family_counts_as_early_at_an_early_stage() -> None:
    alert = found("only_family_early", matter(view("family")), people={"P-1": person(stage="early")})
    assert alert is not None and alert.cases[0].element == "tea"


def test_only_family_at_a_later_stage_and_long_after_moving_in_is_not_called_early() -> None:
    assert found("only_family_early", matter(view("family")), people={"P-1": person(stage="later")}) is None


@pytest.mark.parametrize(
    ("ways", "told"), [(("talk", "writing"), True), (("talk", "pictures"), False), (("talk",), False)]
)
def test_words_alone_for_somebody_with_a_communication_need(ways: tuple[str, ...], told: bool) -> None:
    matters = [matter(view(how_sought=way), element=str(place)) for place, way in enumerate(ways)]
    alert = found("unadapted", *matters, people={"P-1": person(communication_need="speech")})
    assert (alert is not None) is told


def test_words_alone_are_fine_for_somebody_without_a_communication_need() -> None:
    matters = [matter(view(how_sought="talk"), element=name) for name in "ab"]
    assert found("unadapted", *matters, people={"P-1": person(communication_need="none")}) is None


@pytest.mark.parametrize(("open_", "told"), [(1, False), (2, True)])
def test_understanding_is_worth_a_look_below_nine_in_ten(open_: int, told: bool) -> None:
    views = [view(understood="not_checked")] * open_ + [view()] * (10 - open_)
    assert (found("unchecked", views=views) is not None) is told


def test_understanding_that_cannot_be_checked_counts_with_neither() -> None:
    views = [view(understood="not_possible"), view("staff", understood="not_checked"), view(how_sought="observation")]
    assert understanding(views) == (0, 0)


def test_person_and_family_in_one_entry_are_worth_a_look() -> None:
    both = matter(view("person", own_entry="no"), view("family"))
    apart = matter(view("person"), view("family"), element="b")
    alert = found("together", both, apart)
    assert alert is not None and (alert.count, alert.over) == (1, 2)


@pytest.mark.parametrize(("by_one", "whole", "told"), [(6, 10, True), (5, 10, False), (9, 9, False)])
def test_one_recorder_from_ten_views_of_a_quarter_and_more_than_half(by_one: int, whole: int, told: bool) -> None:
    views = [view(by_main_recorder=place < by_one) for place in range(whole)]
    alert = found("one_recorder", views=views)
    assert (alert is not None) is told
    if alert is not None:
        assert (alert.count, alert.over, alert.quarter) == (6, 10, Period(date(2026, 1, 1), date(2026, 3, 31)))


def test_only_the_newest_quarter_is_told() -> None:
    views = [
        view(by_main_recorder=True, given_on=day) for day in (date(2025, 12, 31), date(2026, 11, 1)) for _ in range(10)
    ]
    alert = found("one_recorder", views=views)
    assert alert is not None and alert.quarter == Period(date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(("same", "differ", "told"), [(20, 0, True), (19, 0, False), (20, 1, False)])
def test_no_disagreement_at_all_is_odd_from_twenty_matters_on(same: int, differ: int, told: bool) -> None:
    matters = [matter(view("person"), view("family"), element=f"s{n}") for n in range(same)]
    matters += [matter(view("person"), view("family", stance="disagree"), element=f"d{n}") for n in range(differ)]
    assert (found("no_disagreement", *matters) is not None) is told


def test_an_alert_has_no_place_for_a_member_of_staff() -> None:
    assert {each.name for each in fields(Alert)} == {"code", "count", "over", "cases", "quarter"}
    assert {each.name for each in fields(View)}.isdisjoint({"recorded_by", "recorder"})


@given(
    st.lists(st.tuples(st.sampled_from(("person", "family", "staff")), st.booleans(), st.integers(0, 400)), max_size=40)
)
def test_a_count_is_never_more_than_what_it_is_out_of(said: list[tuple[str, bool, int]]) -> None:
    views = [view(voice, by_main_recorder=main, given_on=DAY + timedelta(days=day)) for voice, main, day in said]
    matters = [matter(each, element=str(place)) for place, each in enumerate(views)]
    for alert in alerts(Record(matters, views)):
        assert 0 <= alert.count <= alert.over


def test_a_quarter_that_is_shown_in_part_is_named_by_the_days_it_has_inside() -> None:
    views = [view(by_main_recorder=True, given_on=date(2026, 3, 20)) for _ in range(10)]
    shown = Period(date(2026, 3, 1), date(2026, 5, 31))
    (alert,) = one_recorder(Record((), views, shown=shown))
    assert alert.quarter == Period(
        date(2026, 3, 1), date(2026, 3, 31)
    )  # of January and February nothing is counted here
