"""Safe and accountable, run as Streamlit runs it: on a full home, on the sample, on little, on nothing, on markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.schema import open_draft
from data.warehouse import open_facts
from metrics.accountable.sections import SECTIONS
from tests.support.markup import tables
from tests.support.pages import HOSTILE, Open, markup, opener, words
from tests.support.safe_home import safe_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return safe_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def sample(whole_sample: Path) -> Path:
    return whole_sample


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(monkeypatch, "accountable")


def labels(at: AppTest) -> list[str]:
    return [each.label.replace("\\", "") for each in at.expander]


def test_the_page_answers_in_its_first_words_and_says_what_needs_a_look(page: Open, home: Path) -> None:
    at = page(home)
    said = words(at)
    assert "8 of the 10 things we promised for a day in the last 12 months were done in time" in said
    assert said.index("Needs your attention") < said.index("1 of 4 safeguarding actions is not done yet")
    assert "had two or more injuries that nobody could explain within 90 days" in said


def test_each_part_says_while_closed_what_is_in_it(page: Open, home: Path) -> None:
    found = labels(page(home))
    assert len([each for each in found if each.startswith("**")]) == len(SECTIONS)
    assert "**Positive risk plans:** 1 plan, 3 of 3 triggers answered in time" in found
    assert "**Safeguarding, step by step:** 3 of 4 in time, 1 not done yet" in found


def test_a_closed_part_is_not_worked_out(page: Open, home: Path) -> None:
    assert "Freedom kept" not in words(page(home))


def test_opened_for_print_every_part_has_its_sentence_its_figures_and_its_lists(page: Open, home: Path) -> None:
    at = page(home, everything="on")
    said = words(at)
    assert "3 of 3 triggers answered by a review in time." in said
    assert "40 of 60 days" in said
    assert "Of 6 relatives asked at the concern and again at its close (6 cases), 6 understood more" in said
    assert "Suggestion (survey)" in said
    assert "Moderate harm or more, case by case" in said
    assert "○ yes, within 90 days" in said
    assert "2 to adjust, 1 to keep things as they are and 1 to stop" in said
    assert " nan" not in said


def test_what_was_not_kept_is_listed_by_day_and_short_code_and_names_nobody(page: Open, home: Path) -> None:
    at = page(home, everything="on")
    with open_facts(home) as facts:
        known = facts.people_known("elm")
    said = markup(at)
    assert not [person for person in known if person in said]
    lists = [rows for rows in tables(at) if rows and "What became of it" in rows[0] and "Whose" in rows[0]]
    assert {row["What"] for rows in lists for row in rows} == {"Safeguarding action", "Suggestion (survey)"}
    assert "recorded" not in " ".join(lists[0][0])


def test_no_person_stands_in_the_address_a_key_or_a_file_name(page: Open, home: Path) -> None:
    at = page(home, everything="on")
    with open_facts(home) as facts:
        known = facts.people_known("elm")
    places = [str(at.query_params), str(at.session_state), *(str(each.proto) for each in at.get("download_button"))]
    assert not [person for person in known for place in places if person in place]


def test_a_plan_leads_to_its_change(page: Open, home: Path) -> None:
    at = page(home, everything="on")
    links = [each for each in at.get("page_link") if each.proto.label == "See it before and after"]
    assert len(links) == 1
    assert links[0].proto.query_string == "service=elm&change=walk&outcome=F1"


def test_no_aim_is_set_beside_falls_or_harm(page: Open, home: Path) -> None:
    said = markup(page(home, everything="on"))
    for name in ("Falls", "Falls with harm", "Injuries nobody could explain", "Restrictive events", "Calming medicine"):
        for row in re.findall(rf"<tr><th[^>]*>{name}.*?</tr>", said, re.DOTALL):
            assert "leo-aim" not in row


def test_words_from_a_file_are_shown_as_words(page: Open, tmp_path: Path) -> None:
    at = page(safe_home(tmp_path, title=HOSTILE, element=HOSTILE), everything="on")
    said = markup(at)
    assert "<img src=http" not in said and "<b>x</b>" not in said
    assert "&lt;img src=http" in said
    assert not [each for each in labels(at) if "http" in each]


def test_a_home_that_keeps_falls_and_beds_alone_is_told_what_is_missing_and_how_to_begin(
    page: Open, tmp_path: Path
) -> None:
    nothing: dict[str, str | None] = dict.fromkeys(
        ("people", "stays", "interventions", "declarations", "checks", "feedback", "views", "incidents")
    )
    at = page(safe_home(tmp_path, nothing), everything="on")
    said = words(at)
    assert "Nothing that was promised for a day is on record" in said
    assert "No reviews after a trigger yet" in said
    assert "No safeguarding steps with a day yet" in said
    assert "No stays yet" in said
    assert "No falls yet" not in said
    assert len(at.get("download_button")) >= 10


def test_an_empty_database_says_what_to_do(page: Open, tmp_path: Path) -> None:
    draft = tmp_path / "empty.duckdb"
    with open_draft(draft):
        pass
    assert "Nothing to show yet" in words(page(draft))


def test_every_service_of_the_sample_opens_with_every_part(page: Open, sample: Path) -> None:
    with open_facts(sample) as facts:
        services = [each.service_id for each in facts.services()]
    for service in services:
        at = page(sample, service=service, everything="on")
        said = words(at)
        assert "Needs your attention" in said, service
        assert " nan" not in said and "None" not in said, service


def test_the_sample_tells_of_every_kind_of_thing_this_page_is_for(page: Open, sample: Path) -> None:
    said = words(page(sample, service="elm-house", time="all", everything="on"))
    for each in ("Walking to the shop", "Safeguarding actions on time", "Staying put", "Reviews that learned",
                 "Relatives' group met when due", "Seats held by people living with dementia", "With, not for"):  # fmt: skip
        assert each in said, each
