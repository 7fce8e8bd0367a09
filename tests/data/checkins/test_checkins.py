"""The three check-ins: plain lines, five steps, and a table that loads without a question being asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.checkins import (
    BEFORE,
    CARD_HEADING,
    CHECKINS,
    DONT_KNOW,
    NOT_ABLE,
    RATHER_NOT,
    Checkin,
    codes_allowed,
    template_columns,
    template_of,
)
from data.checkins.model import Part, Question
from data.contract import TABLES
from data.matching.shelf import shipped
from data.model import Answer, Impossible, Period, Rows, Scope
from data.reports import IngestReport
from data.warehouse import open_facts
from tests.support.exports import SERVICES, load, write

SENSES = {"security", "continuity", "belonging", "purpose", "achievement", "significance"}
ASKED = {
    "person_checkin": {"mood", "control", "choice", "independence", "heard", "reflects_me", "support_overall"} | SENSES,
    "family_checkin": {"confident", "valued", "understands", "reflects_me"} | SENSES,
    "staff_checkin": {"happy", "proud", "supported", "control"} | SENSES,
}
STAYS = "person_id, service_id, start_on\nP-1, elm, 2024-01-01\nP-2, elm, 2024-01-01\n"
WHOLE = Period(date(2026, 1, 1), date(2026, 6, 30))


def filled(checkin: Checkin, *cards: dict[str, str], without: tuple[str, ...] = ()) -> str:
    """The template as a person fills it in: what stands in its first row is copied down."""
    head, first = (line.split(",") for line in template_of(checkin, "elm").decode("utf-8-sig").splitlines())
    begun = dict(zip(head, first, strict=True))
    kept = [name for name in head if name not in without]
    rows = [",".join({**begun, **card}.get(name, "") for name in kept) for card in cards]
    return "\n".join([",".join(kept), *rows]) + "\n"


def loaded(folder: Path, **files: str) -> tuple[IngestReport, tuple[Answer, ...]]:
    exports = write(folder / "exports", services=SERVICES, stays=STAYS)
    for name, text in files.items():
        (exports / f"{name}.csv").write_text(text, encoding="utf-8")
    report = load(exports, folder / "facts.duckdb")
    with open_facts(folder / "facts.duckdb") as facts:
        return report, facts.score_answers(Scope("elm"), Rows("feedback"), WHOLE)


def test_each_check_in_asks_what_the_handbook_says_and_nothing_else() -> None:
    assert {name: {each.code for each in checkin.questions} for name, checkin in CHECKINS.items()} == ASKED
    assert [checkin.rater for checkin in CHECKINS.values()] == ["self", "family_about_self", "staff_about_self"]


@pytest.mark.parametrize("checkin", CHECKINS.values(), ids=lambda each: each.instrument)
def test_lines_are_short_and_hold_one_idea(checkin: Checkin) -> None:
    for question in checkin.questions:
        assert len(question.line.split()) <= 12
        assert question.line.startswith(("I ", "My ", "People ", "The "))
        assert question.line.endswith(".") and question.line.count(".") == 1 and "," not in question.line
    assert checkin.made_with == ()


def test_support_as_a_whole_is_asked_at_a_review_only() -> None:
    (part,) = [part for part in CHECKINS["person_checkin"].parts if part.moment]
    assert [each.code for each in part.questions] == ["support_overall"]


def test_a_check_in_refuses_a_question_asked_twice_and_a_scale_of_four() -> None:
    twice = Part("A part", (Question("mood", "I feel happy."), Question("mood", "I feel well.")))
    five = ("No", "Not really", "In between", "Mostly", "Yes")
    with pytest.raises(Impossible, match="asked once"):
        Checkin("x", "self", "T", "people", five, (twice,))
    with pytest.raises(Impossible, match="five different words"):
        Checkin("x", "self", "T", "people", five[:4], ())


def test_the_shipped_profile_knows_every_question_and_every_word() -> None:
    (profile,) = [kept.profile for kept in shipped() if CARD_HEADING in kept.profile.recognised_by]
    assert profile.wide is not None
    assert set(profile.wide.columns) == {each.code for checkin in CHECKINS.values() for each in checkin.questions}
    words = profile.codes["score"]
    for checkin in CHECKINS.values():
        assert [words[word] for word in checkin.scale] == ["1", "2", "3", "4", "5"]
    assert [words[word] for word in (DONT_KNOW, RATHER_NOT, NOT_ABLE)] == ["dont_know", "rather_not", "not_able"]


@pytest.mark.parametrize("checkin", CHECKINS.values(), ids=lambda each: each.instrument)
def test_the_table_has_what_every_row_of_feedback_needs(checkin: Checkin) -> None:
    questions = {each.code for each in checkin.questions}
    columns = {BEFORE[name] for name in template_columns(checkin) if name not in questions}
    assert {"service_id", "given_on", "rater", "instrument"} <= columns <= set(TABLES["feedback"].columns)
    assert checkin.rater in codes_allowed("answered_by") and codes_allowed("given_on") == ()


def test_a_check_in_may_skip_any_question(tmp_path: Path) -> None:
    card = {"person_id": "P-1", "answerer": "P-1", "given_on": "14/05/2026", "mood": "Yes", "heard": "2"}
    report, answers = loaded(tmp_path, cards=filled(CHECKINS["person_checkin"], card))
    assert {(each.domain, each.score) for each in answers} == {("mood", 5.0), ("heard", 2.0)}
    assert report.files[0].rejected == 0


def test_i_dont_know_is_kept_as_an_answer_and_is_no_score(tmp_path: Path) -> None:
    card = {"person_id": "P-1", "given_on": "14/05/2026", "control": DONT_KNOW, "choice": RATHER_NOT, "mood": NOT_ABLE}
    _, answers = loaded(tmp_path, cards=filled(CHECKINS["person_checkin"], card))
    assert {(each.domain, each.answer, each.score) for each in answers} == {
        ("control", "dont_know", None), ("choice", "rather_not", None), ("mood", "not_able", None),
    }  # fmt: skip


def test_filled_tables_of_all_three_load_side_by_side_without_a_question(tmp_path: Path) -> None:
    day = {"given_on": "02/05/2026"}
    report, answers = loaded(
        tmp_path,
        one=filled(CHECKINS["person_checkin"], {"person_id": "P-1", "asked_with": "faces", "helped_by": "staff", "mood": "4", **day}),
        two=filled(CHECKINS["family_checkin"], {"person_id": "P-1", "answerer": "D", "confident": "Mostly", **day}),
        three=filled(CHECKINS["staff_checkin"], {"happy": "In between", "proud": "don't know", **day}),
    )  # fmt: skip
    assert {(each.rater, each.instrument, each.domain, each.score) for each in answers} == {
        ("self", "person_checkin", "mood", 4.0),
        ("family_about_self", "family_checkin", "confident", 4.0),
        ("staff_about_self", "staff_checkin", "happy", 3.0),
        ("staff_about_self", "staff_checkin", "proud", None),
    }
    assert all(not each.warnings and not each.problems and each.refused is None for each in report.files)
    assert {each.given_on for each in answers} == {date(2026, 5, 2)}


def test_a_service_may_leave_out_columns_of_cards_it_does_not_ask(tmp_path: Path) -> None:
    checkin = CHECKINS["person_checkin"]
    left = tuple(each.code for each in checkin.questions if each.code not in ("mood", "heard"))
    text = filled(
        checkin, {"person_id": "P-2", "given_on": "2026-05-14", "mood": "Not really"}, without=(*left, "asked_with")
    )
    report, answers = loaded(tmp_path, cards=text)
    assert [(each.domain, each.score) for each in answers] == [("mood", 2.0)]
    assert all(each.refused is None for each in report.files)


def test_a_table_nobody_filled_in_adds_nothing(tmp_path: Path) -> None:
    _, answers = loaded(tmp_path, cards=template_of(CHECKINS["family_checkin"], "elm").decode("utf-8-sig"))
    assert answers == ()


def test_a_service_code_cannot_start_a_formula() -> None:
    assert b",=cmd" not in template_of(CHECKINS["staff_checkin"], "=cmd")
