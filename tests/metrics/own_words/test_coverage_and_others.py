"""Whose own voice is there, and where only others answered."""

from __future__ import annotations

from datetime import date

import pytest

from data.model import Answer, Impossible
from data.records import PersonHere
from metrics.own_words.coverage import Coverage, coverage_of
from metrics.own_words.others import OnlyOthers, proxies_of

DAY = date(2026, 3, 1)


def person(code: str) -> PersonHere:
    return PersonHere(code, "middle", "none", "full", "white", "English", "yes", "yes", "no")


def answered(code: str, rater: str = "self", answer: str = "score", instrument: str = "person_checkin",
             domain: str = "mood", **more: str) -> Answer:  # fmt: skip
    score = 3.0 if answer == "score" else None
    return Answer(DAY, rater, instrument, domain, answer, score, f"{rater} {code}", code, None, **more)  # type: ignore[arg-type]


HERE = [person(code) for code in "ABCDEF"]


def test_whoever_answered_i_dont_know_answered_for_themselves() -> None:
    found = coverage_of([answered("A"), answered("B", answer="dont_know"), answered("C", answer="rather_not")], HERE)
    assert (found.here, found.asked, found.answered) == (6, 3, 2)
    assert [each.person_id for each in found.not_asked] == ["D", "E", "F"]


def test_help_is_told_by_the_latest_answer_of_each_person() -> None:
    answers = [
        answered("A", support="staff", mode="spoken"),
        answered("A", support="none", mode="faces"),
        answered("B"),
    ]
    found = coverage_of(answers, HERE)
    assert dict(found.support) == {"none": 1, "not_recorded": 1}
    assert dict(found.mode) == {"faces": 1, "not_recorded": 1}


def test_people_for_whom_only_others_spoke_are_counted_apart() -> None:
    answers = [
        answered("A"),
        answered("A", "staff"),
        answered("B", "family"),
        answered("C", "observer", instrument="session_note"),
    ]
    assert coverage_of(answers, HERE).others_only == 1


def test_answers_of_somebody_who_is_not_here_are_no_part_of_the_share() -> None:
    assert coverage_of([answered("Z")], HERE).asked == 0
    nobody_listed = coverage_of([answered("Z")], [])
    assert (nobody_listed.here, nobody_listed.answered) == (None, 1)


def test_impossible_coverage_is_refused() -> None:
    with pytest.raises(Impossible):
        Coverage(here=5, asked=2, answered=3)
    with pytest.raises(Impossible):
        Coverage(here=1, asked=2, answered=1)


def test_where_only_others_answered_each_question_says_who() -> None:
    found = proxies_of([answered("A", "staff"), answered("A", "family"), answered("A", domain="control")])
    assert found.only == (OnlyOthers("person_checkin", "mood", ("family", "staff")),)
    assert not found.nobody_for_themselves


def test_nobody_for_themselves_means_that_others_answered_and_nobody_else() -> None:
    assert proxies_of([answered("A", "staff")]).nobody_for_themselves
    assert not proxies_of([]).nobody_for_themselves
    assert not proxies_of([answered("A", "staff"), answered("A", answer="dont_know")]).nobody_for_themselves
    assert proxies_of([answered("A", "staff"), answered("A", answer="rather_not")]).nobody_for_themselves


def test_the_others_form_is_set_against_the_persons_own() -> None:
    proxy = answered("A", "staff", instrument="demqol_proxy", domain="total")
    assert proxies_of([proxy]).only == (OnlyOthers("demqol_proxy", "total", ("staff",)),)
    assert proxies_of([proxy, answered("A", instrument="demqol", domain="total")]).only == ()


def test_pain_noted_by_staff_speaks_for_nobody() -> None:
    found = proxies_of(
        [
            answered("A", "staff", instrument="painad", domain="total"),
            answered("A", "observer", instrument="session_note"),
        ]
    )
    assert found.only == () and not found.any_other
