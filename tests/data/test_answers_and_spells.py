"""Answers as they were given, and unbroken times of living somewhere, from small tables drawn by hand."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.model import Answer, Impossible, Period, Rows, Scope, Spell, Tally
from data.warehouse import open_facts
from tests.support.exports import SERVICES, facts_of, load, write

ELM = Scope("elm")
YEAR = Period(date(2025, 7, 1), date(2026, 6, 30))
MOOD = Rows("feedback", {"instrument": ("person_checkin",), "domain": ("mood",)})

FEEDBACK = """
feedback_id, service_id, person_id, rater_key, given_on,   rater,  instrument,     domain, score, answer,    form
1,           elm,        P-1,       ,          2026-01-03, self,   person_checkin, mood,   4,     score,     v1
2,           elm,        P-1,       R-9,       2026-01-02, family, person_checkin, mood,   2,     score,     v1
3,           elm,        P-2,       ,          2026-01-04, self,   person_checkin, mood,    ,     dont_know, v1
4,           elm,        P-2,       ,          2026-01-04, staff,  person_checkin, mood,   3,     score,     v1
5,           elm,        P-2,       ,          2026-01-05, self,   person_checkin, heard,  5,     score,     v1
6,           elm,        P-1,       ,          2024-01-05, self,   person_checkin, mood,   5,     score,     v1
"""


def test_answers_come_in_order_of_days_with_those_that_have_no_score(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES, feedback=FEEDBACK) as facts:
        found = facts.score_answers(ELM, MOOD, YEAR)
    assert [(each.rater, each.score, each.answer) for each in found] == [
        ("family", 2, "score"), ("self", 4, "score"), ("self", None, "dont_know"), ("staff", 3, "score"),
    ]  # fmt: skip
    assert all(each.form == "v1" for each in found)


def test_scores_of_4_and_5_are_counted_among_scores(tmp_path: Path) -> None:
    high = Rows("feedback", {"score": ("4", "5.0")})
    given_ = Rows("feedback", {"answer": ("score",)})
    with facts_of(tmp_path, services=SERVICES, feedback=FEEDBACK) as facts:
        assert facts.share_series(ELM, high, given_, "rows", [YEAR]).total == Tally(2, 4)
        nothing = Rows("feedback", {"score": ("many",)})
        assert facts.share_series(ELM, nothing, given_, "rows", [YEAR]).total == Tally(0, 4)


def test_who_answers_for_themselves_is_the_same_answerer_without_a_key(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES, feedback=FEEDBACK) as facts:
        family, own, _, staff = facts.score_answers(ELM, MOOD, YEAR)
    assert own.rater_key == own.person_id
    assert family.rater_key not in (None, family.person_id)
    assert staff.rater_key is None


def test_an_answer_is_a_score_or_says_why_not() -> None:
    with pytest.raises(Impossible, match="never both"):
        Answer(date(2026, 1, 1), "self", "person_checkin", "mood", "score", None)
    with pytest.raises(Impossible, match="never both"):
        Answer(date(2026, 1, 1), "self", "person_checkin", "mood", "dont_know", 3)


STAYS = """
person_id, service_id, start_on,   end_on,     end_reason,      kind
P-1,       elm,        2024-01-01, 2026-02-01, ,                long_term
P-1,       elm,        2026-02-01, 2026-03-10, unplanned_move,  long_term
P-2,       elm,        2025-09-01, 2025-09-15, other,           respite
P-3,       elm,        2026-01-05, ,           ,                ,
P-4,       elm,        2025-01-05, 2025-02-01, died,            long_term
P-5,       oak,        2025-01-05, 2026-02-01, died,            long_term
"""


def test_stays_that_touch_are_one_time_of_living_there(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES, stays=STAYS) as facts:
        first, second = facts.spells(ELM, YEAR)
    assert (first.moved_in, first.left_on, first.end_reason) == (date(2024, 1, 1), date(2026, 3, 10), "unplanned_move")
    assert (second.moved_in, second.left_on) == (date(2026, 1, 5), None)


def test_a_hospital_stay_does_not_end_living_there(tmp_path: Path) -> None:
    context = """
    context_id, service_id, from_on,    kind,     person_id, until_on
    C1,         elm,        2026-01-10, hospital, P-3,       2026-03-12
    """
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, context=context) as facts:
        spells = facts.spells(ELM, YEAR)
    assert spells[1].days_in(Period(date(2026, 1, 1), date(2026, 6, 30))) == 177


def test_a_gap_between_stays_is_two_times_of_living_there(tmp_path: Path) -> None:
    stays = (
        "person_id, service_id, start_on, end_on\nP-1, elm, 2025-08-01, 2025-09-01\nP-1, elm, 2025-09-02, 2025-10-01\n"
    )
    with facts_of(tmp_path, services=SERVICES, stays=stays) as facts:
        assert [spell.days_in(YEAR) for spell in facts.spells(ELM, YEAR)] == [31, 29]


def test_leavings_are_recorded_as_long_as_anything_is(tmp_path: Path) -> None:
    falls = "fall_id, person_id, service_id, occurred_at\nF1, P-3, elm, 2026-06-03 14:05\n"
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, falls=falls) as facts:
        assert facts.spells_span("elm") == Period(date(2025, 2, 1), date(2026, 6, 3))
        assert facts.spells_span("ash") is None


def test_nobody_leaves_before_moving_in() -> None:
    with pytest.raises(Impossible, match="before moving in"):
        Spell("P", date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(Impossible, match="somebody who left"):
        Spell("P", date(2026, 1, 2), None, "died")


PEOPLE = "person_id, stage, ethnicity_group\nP-1, later, white\nP-3, early, black\n"
FALLS = """
fall_id, person_id, service_id, occurred_at,      harm
F1,      P-1,       elm,        2026-02-03 14:05, low
F2,      P-1,       elm,        2026-02-04 14:05, none
F3,      P-3,       elm,        2026-02-05 14:05, low
"""
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))


def test_a_scope_may_describe_its_people_and_then_their_days_are_the_exposure(tmp_path: Path) -> None:
    later = Scope("elm", people=(("stage", ("later",)),))
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, people=PEOPLE, falls=FALLS) as facts:
        assert facts.event_series(ELM, Rows("falls"), [FEBRUARY]).total == Tally(3, 56)
        assert facts.event_series(later, Rows("falls"), [FEBRUARY]).total == Tally(2, 28)
        assert [spell.person_id for spell in facts.spells(later, YEAR)] == [facts.spells(ELM, YEAR)[0].person_id]
        everybody = facts.person_tallies(ELM, Rows("falls"), FEBRUARY)
        assert sorted(everybody.values(), key=lambda each: each.numerator) == [Tally(1, 28), Tally(2, 28)]
        described = facts.person_tallies(later, Rows("falls"), FEBRUARY)
        assert list(described.values()) == [Tally(2, 28)]
        assert everybody.items() >= described.items()
        assert facts.share_series(later, Rows("falls"), Rows("falls"), "people", [FEBRUARY]).total == Tally(1, 1)


def test_without_stays_the_days_of_some_people_are_not_known(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES, people=PEOPLE, falls=FALLS) as facts:
        series = facts.event_series(Scope("elm", people=(("stage", ("later",)),)), Rows("falls"), [FEBRUARY])
    assert (series.total, series.basis) == (Tally(2, 0), "none")


def test_the_words_of_a_column_with_how_many_rows_have_each(tmp_path: Path) -> None:
    checks = """
    check_id, measure,    service_id, person_id, element, done_at,    result
    1,        care_offer, elm,        P-1,       washing, 2026-02-02, met
    2,        care_offer, elm,        P-1,       Washing, 2026-02-03, met
    3,        care_offer, elm,        P-1,       ,        2026-02-04, met
    """
    offers = Rows("checks", {"measure": ("care_offer",)})
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, people=PEOPLE, falls=FALLS, checks=checks) as facts:
        assert facts.words_of(ELM, offers, "element", [FEBRUARY]) == {"washing": 2, "not_recorded": 1}
        assert facts.words_of(ELM, Rows("falls"), "person.stage", [FEBRUARY]) == {"later": 2, "early": 1}
        assert facts.words_of(ELM, Rows("people"), "stage", [FEBRUARY]) == {"early": 1, "later": 1}
        empty = Rows("checks", {"measure": ("care_offer",), "element": ("not_recorded",)})
        assert facts.share_series(ELM, empty, empty, "rows", [FEBRUARY]).total == Tally(1, 1)


def test_scores_add_up_to_their_mean() -> None:
    both = Tally(2, 3, 7.0) + Tally(1, 1, 2.0)
    assert (both, both.mean) == (Tally(3, 4, 9.0), 3.0)
    assert (Tally(0, 4) + Tally(1, 1, 2.0)).mean == 2.0
    assert Tally(0, 4).mean is None


START = date(2026, 1, 1)
stay = st.tuples(st.integers(0, 2), st.integers(0, 90), st.one_of(st.none(), st.integers(0, 60)))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(stay, min_size=1, max_size=7, unique_by=lambda each: each[:2]))
def test_days_lived_there_are_what_counting_day_by_day_gives(stays: list[tuple[int, int, int | None]]) -> None:
    period = Period(START + timedelta(days=30), START + timedelta(days=99))
    here = {
        (person, START + timedelta(days=offset))
        for person, first, length in stays
        for offset in range(first, 400 if length is None else first + length)
    }
    drawn = "person_id, service_id, start_on, end_on\n" + "\n".join(
        f"P{person}, elm, {START + timedelta(days=first)}, "
        f"{'' if length is None else START + timedelta(days=first + length)}"
        for person, first, length in stays
    )
    with tempfile.TemporaryDirectory() as folder:
        load(write(Path(folder) / "x", services=SERVICES, stays=drawn), Path(folder) / "db", as_of=date(2026, 12, 31))
        with open_facts(Path(folder) / "db") as facts:
            spells = facts.spells(ELM, period)
    assert sum(spell.days_in(period) for spell in spells) == sum(period.first <= day <= period.last for _, day in here)


def test_a_service_with_nothing_but_stays_is_recorded_up_to_its_last_leaving(tmp_path: Path) -> None:
    stays = (
        "person_id, service_id, start_on, end_on, end_reason\n"
        "P-1, elm, 2024-06-01, 2024-09-01, died\nP-2, elm, 2024-06-02, 2024-10-01, died"
    )
    with facts_of(tmp_path, stays=stays) as facts:
        assert facts.spells_span("elm") == Period(date(2024, 9, 1), date(2024, 10, 1))
