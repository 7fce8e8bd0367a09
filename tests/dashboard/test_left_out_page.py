"""Who is left out, run as Streamlit runs it: on a full home, where nobody was asked, on nothing, on the sample, on markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.schema import open_draft
from data.warehouse import open_facts
from metrics.splits import COLUMNS
from tests.support.pages import HOSTILE, Open, markup, opener, words
from tests.support.safe_home import NOBODY_ASKED, PEOPLE, safe_home

KNOWN = "Ethnic group was asked and written down for 23 of 24 people."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return safe_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def sample(whole_sample: Path) -> Path:
    return whole_sample


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(monkeypatch, "left_out")


def test_the_page_opens_with_whose_view_is_there_and_how_far_groups_are_known(page: Open, home: Path) -> None:
    said = words(page(home))
    sentence = said.index(
        "5 of 30 matters for people from Black and Asian ethnic groups, 24 of 36 matters for everybody"
    )
    assert "That is 50 in 100 fewer; the true gap is likely between" in said
    assert sentence < said.index(KNOWN) < said.index("They")


def test_several_outcomes_at_a_glance_are_worked_out_only_when_asked_for_and_say_how_far_groups_are_known(
    page: Open, home: Path
) -> None:
    at = page(home)
    assert "the range leaves out that there is no gap" not in words(at)
    at.session_state["at_a_glance"] = True
    at.run()
    assert not at.exception
    said = words(at)
    assert "the range leaves out that there is no gap" in said
    assert said.count(KNOWN) == 2


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_says_how_far_it_is_known(page: Open, home: Path, column: str) -> None:
    at = page(home, by=column)
    assert at.query_params["by"] == column
    said = words(at)
    assert " of 24 people." in said
    assert said.count("by chance alone") == 1
    assert " nan" not in said


def test_the_outcome_is_chosen_by_its_code_and_one_that_is_not_offered_is_passed_over(page: Open, home: Path) -> None:
    at = page(home, compare="E7")
    assert at.selectbox(key="compare").value == "E7"
    assert "Basic health checks done in time: " in words(at)
    assert page(home, compare="T1").selectbox(key="compare").value == "V1"


def test_where_nobody_was_asked_there_is_a_plain_sentence_and_a_table_to_begin_with(page: Open, tmp_path: Path) -> None:
    at = page(safe_home(tmp_path, {"people": NOBODY_ASKED}))
    said = words(at)
    assert "Ethnic group is written down for nobody at Elm House, so no group can be set beside another." in said
    assert "No ethnic group written down yet" in said
    assert "Ask each person" in said
    assert at.get("download_button")
    assert "in 100 fewer" not in said
    at = page(safe_home(tmp_path / "other", {"people": NOBODY_ASKED}), by="stage")
    assert "The stage of dementia is known for 24 of 24 people." in words(at)


def test_without_a_register_we_cannot_see_who_is_left_out(page: Open, tmp_path: Path) -> None:
    said = words(page(safe_home(tmp_path, {"people": None})))
    assert "We cannot see who is left out" in said
    assert "No register of the people who live here yet" in said


def test_who_comes_stands_beside_who_lives_nearby(page: Open, home: Path) -> None:
    said = words(page(home, time="all"))
    assert "Of people aged 65 and over living nearby it is 20 in 100." in said
    assert "Ethnicity asked and written down" in said
    assert "No family nearby, has an advocate" in said


def test_health_checks_are_counted_kind_by_kind(page: Open, home: Path) -> None:
    at = page(home)
    at.session_state["health_checks"] = True
    at.run()
    assert not at.exception
    said = words(at)
    assert "Teeth" in said
    assert "12 of 12" in said


def test_a_language_somebody_wrote_is_shown_as_words(page: Open, tmp_path: Path) -> None:
    at = page(safe_home(tmp_path, {"people": PEOPLE.replace("Twi", HOSTILE, 4)}), by="first_language")
    said = markup(at)
    assert "<img src=http" not in said.lower()
    assert "&lt;img src=http" in said.lower()


def test_an_empty_database_says_what_to_do(page: Open, tmp_path: Path) -> None:
    draft = tmp_path / "empty.duckdb"
    with open_draft(draft):
        pass
    assert "Nothing to show yet" in words(page(draft))


def test_one_person_and_one_fall_open_without_a_gap(page: Open, tmp_path: Path) -> None:
    little = {
        "people": "person_id, ethnicity_group\nP-0, white",
        "stays": "person_id, service_id, start_on\nP-0, elm, 2026-01-01",
        "falls": "fall_id, person_id, service_id, occurred_at, harm\nX1, P-0, elm, 2026-06-01 14:00, none",
        **dict.fromkeys(("checks", "views", "feedback", "incidents", "interventions", "declarations")),
    }
    said = words(page(safe_home(tmp_path, little)))
    assert "too few are on record to set one group beside another" in said


def test_the_gap_planted_at_one_home_of_the_sample_is_the_first_thing_seen(page: Open, sample: Path) -> None:
    at = page(sample, service="willow-bank")
    assert at.selectbox(key="compare").value == "V1"
    said = words(at)
    assert "for people from Asian, Black and mixed ethnic groups" in said
    assert re.search(r"That is \d+ in 100 fewer; the true gap is likely between \d+ and \d+ in 100 fewer\.", said)
    assert re.search(r"Ethnic group was asked and written down for \d+ of \d+ people\.", said)


def test_every_service_of_the_sample_opens_by_every_column(page: Open, sample: Path) -> None:
    with open_facts(sample) as facts:
        services = [each.service_id for each in facts.services()]
    for n, service in enumerate(services):
        at = page(sample, service=service, by=COLUMNS[n % len(COLUMNS)])
        said = words(at)
        assert " nan" not in said, service
        assert "of " in said, service
