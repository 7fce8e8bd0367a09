"""Record a change: written down on the page, seen on the others; nothing typed is lost, nobody's reference is kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.pseudonyms import pseudonym
from data.schema import open_draft
from data.warehouse import open_facts
from tests.dashboard.test_pages import APP, HOSTILE, markup, words
from tests.support.exports import KEY, TODAY
from tests.support.home import TITLE, small_home

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
    def opened(database: Path, write: str = "change") -> AppTest:
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
        at.query_params["write"] = write
        return at.run()

    return opened


def field(at: AppTest, kind: str, label: str):  # type: ignore[no-untyped-def]
    (found,) = [each for each in at.get(kind) if each.label == label]
    return found


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [each for each in at.button if each.label == label]
    return button.click().run()


def test_the_page_opens_with_an_empty_form_and_what_is_there(page: Open, home: Path) -> None:
    at = page(home)
    assert not at.exception
    said = words(at)
    assert "3 changes are written down for Elm House." in said
    assert f"{TITLE} From 3 Mar 2026, for one person" in said
    assert "Mornings with distress: at least 15 fewer in every 100 mornings. Agreed beforehand, on 24 Feb 2026" in said
    assert "put right" not in said


def test_every_fault_is_named_at_once_and_nothing_typed_is_lost(page: Open, home: Path) -> None:
    at = page(home)
    field(at, "text_input", "What was tried").set_value("Tea first")
    at = press(at, "Save this change")
    said = words(at)
    assert "2 things to put right; nothing is saved yet" in said
    assert "Kind of change: Choose the one that fits best." in said
    assert "First day: Fill in the day on which it began, or will begin." in said
    assert field(at, "text_input", "What was tried").value == "Tea first"
    field(at, "selectbox", "Kind of change").select("routine").run()
    assert "One thing to put right" in words(at)


def test_a_change_of_the_whole_service_is_saved_and_seen(page: Open, home: Path) -> None:
    at = page(home)
    assert field(at, "number_input", "Days of settling in").value == 28
    field(at, "text_input", "What was tried").set_value("Quiet supper")
    field(at, "selectbox", "Kind of change").select("meals")
    field(at, "date_input", "First day").set_value(date(2026, 1, 5))
    field(at, "date_input", "We look at it together on").set_value(date(2026, 9, 1))
    at = press(at, "Save this change")
    assert not at.exception
    said = words(at)
    assert "Saved “Quiet supper” is written down." in said
    assert "4 changes are written down for Elm House." in said
    assert field(at, "text_input", "What was tried").value == ""
    with open_facts(home) as facts:
        (ours,) = [each for each in facts.interventions() if each.title == "Quiet supper"]
        (review,) = facts.recorded_rows("checks")
    assert (ours.intervention_id, ours.settling_days, ours.person_id) == ("change-2026-001", 28, None)
    assert (review.cells["measure"], review.cells["due_on"], review.cells["result"]) == (
        "review",
        "2026-09-01",
        "not_met",
    )
    at.switch_page("app_pages/one_change.py").run()
    assert any("Quiet supper" in option for option in at.selectbox(key="change").options)


def test_a_reference_becomes_a_code_at_once_and_is_nowhere_afterwards(page: Open, home: Path) -> None:
    at = page(home)
    field(at, "radio", "For whom").set_value(True).run()
    assert field(at, "number_input", "Days of settling in").value == 14
    field(at, "text_input", "… or the reference used in your records").set_value("p-1").run()
    assert field(at, "selectbox", "Which person").value == CODE
    assert f"That reference is the person with the code {CODE[:3]}-{CODE[3:6]}." in words(at)
    assert "p-1" not in str(at.session_state)
    field(at, "text_input", "What was tried").set_value("Tea first")
    field(at, "selectbox", "Kind of change").select("routine")
    field(at, "date_input", "First day").set_value(date(2026, 5, 4))
    at = press(at, "Save this change")
    assert "Saved" in words(at)
    with open_facts(home) as facts:
        (ours,) = [each for each in facts.interventions() if each.title == "Tea first"]
    assert ours.person_id == CODE
    assert CODE not in str(dict(at.query_params))


def test_a_reference_nobody_knows_is_said_to_be_new(page: Open, home: Path) -> None:
    at = page(home)
    field(at, "radio", "For whom").set_value(True).run()
    field(at, "text_input", "… or the reference used in your records").set_value("Room 99").run()
    assert "No record of this person has arrived here yet" in words(at)


def test_one_person_without_saying_who_is_a_fault(page: Open, home: Path) -> None:
    at = page(home)
    field(at, "radio", "For whom").set_value(True).run()
    assert "Which person: Choose the person by code" in words(press(at, "Save this change"))


def test_a_change_is_filled_in_again_and_saved_as_a_new_version(page: Open, home: Path) -> None:
    at = page(home)
    at.button(key="edit_change_1").click().run()
    assert field(at, "text_input", "What was tried").value == TITLE
    assert field(at, "selectbox", "Which person").value == CODE
    field(at, "text_input", "What was tried").set_value("Songs before breakfast")
    at = press(at, "Save the new version")
    said = words(at)
    assert "“Songs before breakfast” is written down." in said
    assert "3 changes are written down for Elm House." in said
    with open_facts(home) as facts:
        assert {each.intervention_id for each in facts.interventions()} == {"one", "two", "three"}


def test_what_was_chosen_can_be_taken_away_again(page: Open, home: Path) -> None:
    at = page(home)
    at.button(key="edit_change_1").click().run()
    assert field(at, "selectbox", "How far up the ladder").value == 3
    field(at, "selectbox", "How far up the ladder").set_value(None).run()
    assert "Saved" in words(press(at, "Save the new version"))
    with open_facts(home) as facts:
        assert next(each for each in facts.interventions() if each.intervention_id == "one").ladder_level is None


def test_a_slip_can_be_taken_back(page: Open, home: Path) -> None:
    at = page(home)
    at.button(key="edit_change_1").click().run()
    field(at, "text_input", "What was tried").set_value("Songs before breakfats")
    at = press(press(at, "Save the new version"), "Take this back")
    assert not at.exception
    assert "Taken back What you had just written down about “Songs before breakfats” is gone" in words(at)
    with open_facts(home) as facts:
        assert TITLE in {each.title for each in facts.interventions()}


def test_boundaries_are_written_down_as_checks(page: Open, home: Path) -> None:
    at = page(home)
    at.button(key="edit_change_1").click().run()
    (influence,) = [each for each in at.segmented_control if each.label == "What people and families can change"]
    influence.set_value("met").run()
    at = press(at, "Save the new version")
    assert "Boundaries agreed on: Fill in the day" in words(at)
    field(at, "date_input", "Boundaries agreed on").set_value(date(2026, 3, 1))
    at = press(at, "Save the new version")
    assert "Saved" in words(at)
    with open_facts(home) as facts:
        (row,) = facts.recorded_rows("checks")
    assert (row.cells["measure"], row.cells["element"], row.cells["result"]) == ("boundary_set", "influence", "met")
    assert (row.cells["due_on"], row.cells["done_at"]) == ("2026-03-03", "2026-03-01")
    at.button(key="edit_change_1").click().run()
    assert field(at, "date_input", "Boundaries agreed on").value == date(2026, 3, 1)


# What would count -------------------------------------------------------------------------------------


def test_what_would_count_is_agreed_with_what_it_is_read_beside(page: Open, home: Path) -> None:
    at = page(home, "counts")
    field(at, "selectbox", "Which change").select("one").run()
    field(at, "selectbox", "What you will look at").select("D1").run()
    assert "Worth the effort: at least 15 fewer in every 100 mornings." in words(at)
    (beside,) = [each for each in at.pills if each.label.startswith("And what must not")]
    beside.set_value(["D5"]).run()
    field(at, "date_input", "Agreed on").set_value(date(2026, 2, 28)).run()
    said = words(at)
    assert "Agreed 3 days before the start: counts as agreed beforehand." in said
    assert "You are writing it down 122 days later; both days are kept." in said
    assert "Still steady: at most 25 in 100 more" in said
    at = press(at, "Save what would count")
    assert "What would count as better for “Music before breakfast” is written down." in words(at)
    with open_facts(home) as facts:
        ours = [each for each in facts.declarations() if each.intervention_id == "one"]
    assert [(each.declaration_id, each.outcome, each.question, each.size, each.role) for each in ours] == [
        ("d1", "D1", "change", 15, "main"),
        ("agreed-2026-001", "D1", "change", 15, "main"),
        ("agreed-2026-002", "D5", "steady", 1.25, "balance"),
    ]
    assert "Replaced by what was agreed on 28 Feb 2026." in words(at)


def test_a_new_agreement_cannot_be_older_than_the_one_it_replaces(page: Open, home: Path) -> None:
    at = page(home, "counts")
    field(at, "selectbox", "Which change").select("one").run()
    field(at, "selectbox", "What you will look at").select("D1").run()
    field(at, "date_input", "Agreed on").set_value(date(2026, 2, 1)).run()
    assert "Something was agreed on 24 February 2026 already" in words(press(at, "Save what would count"))


def test_agreed_after_the_follow_up_began_is_said_before_saving(page: Open, home: Path) -> None:
    at = page(home, "counts")
    field(at, "selectbox", "Which change").select("one").run()
    field(at, "date_input", "Agreed on").set_value(date(2026, 6, 1)).run()
    assert "the answer will say that it was agreed afterwards" in words(at)


def test_a_list_leads_to_what_would_count_for_that_change(page: Open, home: Path) -> None:
    at = page(home)
    at.button(key="agree_1").click().run()
    assert at.segmented_control(key="write").value == "counts"
    assert field(at, "selectbox", "Which change").value == "one"


# What else happened -----------------------------------------------------------------------------------


def test_a_happening_is_written_down_and_drawn_on_the_chart(page: Open, home: Path) -> None:
    at = page(home, "happened")
    field(at, "selectbox", "What happened").select("building_work")
    field(at, "date_input", "From").set_value(date(2026, 3, 12))
    field(at, "text_input", "In a few words").set_value("New lift")
    at = press(at, "Save what happened")
    assert "“New lift” is written down." in words(at)
    at.switch_page("app_pages/one_change.py")
    at.query_params["change"] = "one"
    at.run()
    assert "12 Mar 2026: New lift" in words(at)


def test_a_change_in_need_says_for_whom_and_what(page: Open, home: Path) -> None:
    at = page(home, "happened")
    field(at, "selectbox", "What happened").select("need_change").run()
    field(at, "date_input", "From").set_value(date(2026, 7, 12))
    said = words(press(at, "Save what happened"))
    assert "For whom: This always concerns one person." in said
    assert "From: This day is still to come." in said
    assert "New stage: Say what changed" in said


def test_what_looks_like_a_telephone_number_is_refused_by_the_same_check_as_in_an_export(
    page: Open, home: Path
) -> None:
    at = page(home, "happened")
    field(at, "selectbox", "What happened").select("other")
    field(at, "date_input", "From").set_value(date(2026, 3, 12))
    field(at, "text_input", "In a few words").set_value("Ring 01632 960123")
    at = press(at, "Save what happened")
    assert "In a few words: Take out the e-mail address, telephone number" in words(at)
    assert field(at, "text_input", "In a few words").value == "Ring 01632 960123"


# Nothing there, and what somebody's file holds --------------------------------------------------------


def test_a_database_with_another_key_says_so_and_keeps_what_was_typed(page: Open, home: Path, tmp_path: Path) -> None:
    at = page(home, "happened")
    (tmp_path / "pseudonyms.key").write_text(KEY[::-1].hex() + "\n")
    field(at, "selectbox", "What happened").select("outbreak")
    field(at, "date_input", "From").set_value(date(2026, 3, 12))
    at = press(at, "Save what happened")
    assert "Nothing was saved This database was made with another key" in words(at)
    assert field(at, "date_input", "From").value == date(2026, 3, 12)


def test_without_any_service_the_page_says_what_to_do(page: Open, tmp_path: Path) -> None:
    with open_draft(tmp_path / "empty.duckdb") as draft:
        draft.keep()
    at = page(tmp_path / "empty.duckdb")
    assert not at.exception
    assert "Nothing to show yet" in words(at)


@pytest.mark.parametrize("write", ["change", "counts", "happened"])
def test_what_stands_in_a_file_is_text_here_too(page: Open, tmp_path: Path, write: str) -> None:
    at = page(small_home(tmp_path, title=HOSTILE, label=HOSTILE), write)
    assert not at.exception
    assert "<img src=http" not in markup(at)


def test_everything_written_down_can_be_taken_along(page: Open, home: Path) -> None:
    labels = [each.proto.label for each in page(home).get("download_button")]
    assert labels == ["Changes tried (CSV)", "What was agreed beforehand (CSV)", "Other happenings (CSV)"]
