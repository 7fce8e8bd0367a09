"""Whose voice it is: what a manager can rely on when the page says what people said.

Each test draws what was written down, asks, and states the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from data.checkins import CHECKINS, template_columns
from data.model import Period, Rows, Scope
from data.warehouse import Warehouse, open_facts
from metrics.catalogue import load_catalogue
from metrics.own_words.change import Sides
from metrics.own_words.said import OwnWords, own_words
from tests.support.exports import SERVICES, load, write

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
FIVE = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(1, 7))


@contextmanager
def home(folder: Path, **files: str) -> Iterator[Warehouse]:
    load(write(folder / "exports", services=SERVICES, stays=FIVE, **files), folder / "home.duckdb")
    with open_facts(folder / "home.duckdb") as facts:
        yield facts


def said(facts: Warehouse) -> OwnWords:
    return own_words(facts, load_catalogue(), "elm", MAY, Sides(None, None))


def test_a_check_in_may_skip_any_question_and_i_dont_know_is_kept(tmp_path: Path) -> None:
    cards = """
    service_id, person_id, given_on,   check_in,       answered_by, mood,         control,      heard, security
    elm,        P-1,       14/05/2026, person_checkin, self,        Yes,          I don't know, ,
    elm,        P-2,       15/05/2026, person_checkin, self,        I don't know, ,             ,
    """
    with home(tmp_path, cards=cards) as facts:
        kept = facts.score_answers(Scope("elm"), Rows("feedback"), MAY)
        found = said(facts)
    assert {(each.domain, each.answer, each.score) for each in kept} == {
        ("mood", "score", 5.0), ("control", "dont_know", None), ("mood", "dont_know", None),
    }  # fmt: skip
    assert found.coverage.answered == 2


def test_the_table_to_fill_in_has_a_column_for_each_card() -> None:
    for checkin in CHECKINS.values():
        assert template_columns(checkin)[-len(checkin.questions) :] == tuple(each.code for each in checkin.questions)


def test_where_only_families_answered_it_is_known_and_nothing_stands_under_the_person(tmp_path: Path) -> None:
    feedback = """
    feedback_id, service_id, person_id, given_on,   rater,  instrument,     domain, score
    A1,          elm,        P-1,       2026-05-04, family, person_checkin, mood,   2
    A2,          elm,        P-2,       2026-05-04, family, person_checkin, mood,   3
    """
    with home(tmp_path, feedback=feedback) as facts:
        found = said(facts)
    assert found.proxies.nobody_for_themselves
    assert not any(each.asked for each in found.said["self"])
    assert [each.line.rater for each in found.on_behalf] == ["family"]
    assert found.coverage.others_only == 2


def test_what_families_say_of_their_own_life_is_not_what_they_say_about_the_person(tmp_path: Path) -> None:
    feedback = """
    feedback_id, service_id, person_id, given_on,   rater,             instrument,     domain,    score
    A1,          elm,        P-1,       2026-05-04, family,            person_checkin, mood,      2
    A2,          elm,        P-1,       2026-05-04, family_about_self, family_checkin, confident, 4
    A3,          elm,        P-1,       2026-05-04, self,              person_checkin, mood,      5
    """
    with home(tmp_path, feedback=feedback) as facts:
        found = said(facts)
    assert [each.line.domain for each in found.said["family_about_self"] if each.asked] == ["confident"]
    assert [each.line.domain for each in found.on_behalf if each.asked] == ["mood"]
    assert [each.now.counts.asked for each in found.said["self"] if each.asked] == [1]
    assert found.proxies.only == ()


def test_a_person_asked_who_would_rather_not_say_was_asked_and_gave_no_answer(tmp_path: Path) -> None:
    feedback = """
    feedback_id, service_id, person_id, given_on,   rater, instrument,     domain, score, answer
    A1,          elm,        P-1,       2026-05-04, self,  person_checkin, mood,   ,      rather_not
    """
    with home(tmp_path, feedback=feedback) as facts:
        coverage = said(facts).coverage
    assert (coverage.here, coverage.asked, coverage.answered, len(coverage.not_asked)) == (6, 1, 0, 5)
