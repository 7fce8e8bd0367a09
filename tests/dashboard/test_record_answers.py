"""A filled card is written down: any question may be skipped, "I don't know" is kept, nobody's words or names are."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.views.record_answers import NO_SCORE, WHO, AnswersForm, card_lines, choices
from data.checkins import CHECKINS
from data.contract import TABLES
from data.facts import RecordedRow
from data.model import Period, Rows, Scope
from data.pseudonyms import pseudonym
from data.warehouse import open_facts
from tests.dashboard.test_pages import APP, words
from tests.support.exports import KEY, TODAY
from tests.support.home import small_home

CODE = pseudonym(KEY, "person", "P-1")
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A home of one's own to write in."""
    return Path(shutil.copy(made, tmp_path / "home.duckdb"))


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    def opened(database: Path) -> AppTest:
        key = tmp_path / "pseudonyms.key"
        key.write_text(KEY.hex() + "\n")
        key.chmod(0o600)
        monkeypatch.setenv("OUTCOMES_DB", str(database))
        monkeypatch.setenv("OUTCOMES_KEY", str(key))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        monkeypatch.setattr("dashboard.access.today", lambda: TODAY)
        at = AppTest.from_file(str(APP), default_timeout=60)
        at.run()
        at.switch_page("app_pages/record.py")
        at.query_params["write"] = "said"
        return at.run()

    return opened


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [each for each in at.button if each.label == label]
    return button.click().run()


def answer(at: AppTest, line: str, said: str) -> None:
    (control,) = [each for each in at.get("button_group") if each.label == line]
    control.set_value([said]) if isinstance(control.value, list) else control.set_value(said)


def test_a_card_with_one_question_skipped_and_one_not_known(page: Open, home: Path) -> None:
    at = page(home)
    assert not at.exception
    (person,) = [each for each in at.selectbox if each.label == "Which person"]
    person.set_value(CODE)
    (when,) = [each for each in at.get("date_input") if each.label == "Asked on"]
    when.set_value(TODAY - timedelta(days=1))
    at.run()
    first, second, *others = CHECKINS["person_checkin"].parts[0].questions
    answer(at, first.line, "4")
    answer(at, second.line, "dont_know")
    press(at, "Save these answers")
    assert not at.exception
    assert "It counts on “In people's own words” from now on." in words(at)
    with open_facts(home) as facts:
        kept = facts.score_answers(Scope("elm", CODE), Rows("feedback"), Period(TODAY - timedelta(days=1), TODAY))
    assert sorted((each.domain, each.score, each.answer) for each in kept) == sorted(
        [(first.code, 4.0, "score"), (second.code, None, "dont_know")]
    )
    assert others  # the questions that were skipped left nothing behind


def test_a_card_without_any_answer_or_person_is_not_saved_and_says_why(page: Open, home: Path) -> None:
    at = press(page(home), "Save these answers")
    said = words(at)
    assert "3 things to put right; nothing is saved yet" in said
    assert "Choose at least one answer." in said


def test_what_was_just_saved_can_be_taken_back(page: Open, home: Path) -> None:
    at = page(home)
    next(each for each in at.selectbox if each.label == "Which person").set_value(CODE)
    next(each for each in at.get("date_input") if each.label == "Asked on").set_value(TODAY)
    at.run()
    answer(at, CHECKINS["person_checkin"].parts[0].questions[0].line, "5")
    press(at, "Save these answers")
    press(at, "Take this back")
    assert "Taken back" in words(at)
    with open_facts(home) as facts:
        assert not facts.score_answers(Scope("elm", CODE), Rows("feedback"), Period(TODAY, TODAY))


@given(
    st.sampled_from(list(WHO)),
    st.integers(0, 3),
    st.dictionaries(st.integers(0, 12), st.sampled_from(["1", "2", "3", "4", "5", *NO_SCORE]), min_size=1),
)
def test_what_is_skipped_leaves_no_row_and_every_row_is_one_the_contract_takes(
    checkin: str, part: int, picked: dict[int, str]
) -> None:
    form = AnswersForm("elm", checkin, part, CODE, given_on=date(2026, 6, 1))
    asked = [question.code for question in form.asked.questions]
    answers = {asked[number % len(asked)]: said for number, said in picked.items()}
    form = AnswersForm("elm", checkin, part, CODE, given_on=date(2026, 6, 1), answers=answers)
    on_card = {question.code for question in form.card.questions}
    if not set(answers) & on_card:
        assert [fault.field for fault in form.faults(TODAY)] == ["answers"]
        return
    rows = form.rows()["feedback"]
    assert {row["domain"] for row in rows} == set(answers) & on_card
    for row in rows:
        assert set(row) <= set(TABLES["feedback"].columns)
        assert (row["score"] == "") == (row["answer"] != "score")
        assert row["rater"] == CHECKINS[checkin].rater
        assert bool(row["person_id"]) == (checkin != "staff_checkin")


def test_every_check_in_offers_five_words_and_three_answers_that_are_no_score() -> None:
    for checkin in CHECKINS.values():
        assert list(choices(checkin)) == ["1", "2", "3", "4", "5", "dont_know", "rather_not", "not_able"]


def test_cards_written_down_are_listed_without_what_was_answered() -> None:
    rows = [
        RecordedRow(
            {"service_id": "elm", "instrument": "person_checkin", "domain": domain, "given_on": "2026-06-01",
             "person_id": f"code:{CODE}", "rater_key": "", "score": score, "answer": "score" if score else "dont_know"},
            date(2026, 6, 2),
        )
        for domain, score in (("mood", "4"), ("choice", ""), ("not_how_it_feels", "1"))
    ]  # fmt: skip
    (line,) = card_lines(rows, "elm")
    assert line.under == f"The person, person {CODE[:3]}-{CODE[3:6]} · 2 answers: 1 with a score, 1 “I don't know”"
    assert card_lines(rows, "ash") == ()
