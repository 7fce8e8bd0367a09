"""Every page, run as Streamlit runs it, on a small home and on everything that is not a home."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access
from dashboard.access import answers
from data.schema import open_draft
from metrics.calibrating import report
from metrics.model import VERDICT_WORDS
from tests.support.exports import load, write
from tests.support.home import LOUNGE, TITLE, small_home
from tests.support.markup import tables
from tests.support.story import START, mornings

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PAGES = {
    "What changed": "app_pages/what_changed.py",
    "One change, before and after": "app_pages/one_change.py",
    "In people's own words": "app_pages/own_words.py",
    "Whose views": "app_pages/whose_views.py",
    "Choice": "app_pages/choice.py",
    "Safe and accountable": "app_pages/accountable.py",
    "Who is left out": "app_pages/left_out.py",
    "One person": "app_pages/one_person.py",
    "All services": "app_pages/services.py",
    "Trends": "app_pages/trends.py",
    "Can I trust the data?": "app_pages/trust.py",
    "How we work it out": "app_pages/method.py",
}
HOSTILE = "![t](http://a.example/p.png) <img src=http://a.example/q.png> <b>x</b>"

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("sample"), sample=True)


@pytest.fixture(scope="module")
def two_homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small home, and another in which the same kind of thing was tried for one person."""
    folder = tmp_path_factory.mktemp("two")
    database = small_home(folder)
    incidents, checks = mornings("xxx.xxx.xx.xxx.xxxx..xxx.xx.", "..x..x...x.x.....x.xx...x...")
    there = [text.replace("elm", "ash").replace("P-1", "Q-1") for text in (incidents, checks)]
    exports = write(
        folder / "other",
        services="service_id, setting, nation, beds, label\nash, nursing, EN, 30, Ash Court",
        stays="person_id, service_id, start_on\nQ-1, ash, 2024-01-01",
        incidents=there[0].replace("\nI", "\nA").replace("\nR", "\nB"),
        checks=there[1].replace("\nK", "\nA"),
        interventions=f"intervention_id, service_id, person_id, title, kind, start_on\nash-1, ash, Q-1, Radio, music, {START}",
        declarations="declaration_id, intervention_id, outcome, question, size, role, declared_on\n"
        f"a1, ash-1, D1, change, 15, main, {START - timedelta(days=7)}",
    )
    load(exports, database)
    return database


CALIBRATED = tuple(
    report.Line(code, "A home", truth, dict(zip(VERDICT_WORDS, shares, strict=True)), 0.003, 0.95, asked, True)
    for code, truth, shares, asked in (
        ("independent", "nothing changed", (0.01, 0.0, 0.02, 0.97), "better at most 3"),
        ("falls_steady", "steady", (0.0, 0.7, 0.01, 0.29), "held steady at least 65"),
    )
)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page of the dashboard on a database."""

    def opened(name: str, database: Path, **address: str) -> AppTest:
        monkeypatch.setenv("OUTCOMES_DB", str(database))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        at = AppTest.from_file(str(APP), default_timeout=60)
        at.run()
        if name != "What changed" or address:
            at.switch_page(PAGES[name])
            for key, value in address.items():
                at.query_params[key] = value
            at.run()
        return at

    return opened


def words(at: AppTest) -> str:
    """What a reader sees, roughly: markup taken out."""
    shown = [
        *(each.value for each in at.title),
        *(each.value for each in at.header),
        *(each.value for each in at.get("html")),
    ]
    text = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", " ".join(shown), flags=re.DOTALL)).replace("\\", "")
    return re.sub(r"\s+", " ", text)


def markup(at: AppTest) -> str:
    return " ".join(each.value for each in at.get("html"))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_and_has_one_title(page: Open, home: Path, name: str) -> None:
    at = page(name, home)
    assert not at.exception
    assert [each.value for each in at.title] == [name]


def test_the_first_page_answers_the_question_in_its_first_words(page: Open, home: Path) -> None:
    said = words(page("What changed", home))
    assert "In short: Mornings with distress got better for one person after “Music before breakfast”." in said
    assert "For 2 of the 3 changes tried we cannot tell yet" in said
    assert "Distress came on 5 of 28 mornings, down from 20." in said


def test_the_first_page_has_its_tiles_and_what_is_worth_a_look(page: Open, home: Path) -> None:
    at = page("What changed", home)
    said = words(at)
    assert (
        said.index("Distress across the home") < said.index("People who answered for themselves") < said.index("Falls")
    )
    assert "Incidents to 28 Jun 2026" in said
    assert "2 rows could not be used" in said
    assert "2 changes were made without people living with dementia" in said
    assert markup(at).count("<img") == 3


def test_a_title_leads_to_the_page_of_its_change(page: Open, home: Path) -> None:
    links = page("What changed", home).get("page_link")
    (ours,) = [each for each in links if each.proto.label == TITLE]
    assert ours.proto.page == "one_change"
    assert ours.proto.query_string == "service=elm&change=one&outcome=D1"


def test_a_shorter_time_shows_fewer_changes(page: Open, home: Path) -> None:
    at = page("What changed", home, period="6")
    assert at.segmented_control[0].value == "6"
    said = words(at)
    assert f"“{LOUNGE}”" not in said.split("Worth a look")[0]
    assert "1 more change began before these 6 months" in said


def test_one_change_shows_its_verdict_chart_numbers_and_cautions(page: Open, home: Path) -> None:
    at = page("One change, before and after", home, change="one")
    said = words(at)
    assert "Better, and worthwhile" in said
    assert "Agreed beforehand, on 24 February 2026" in said
    assert "What else happened: 1 10 Feb 2026: Winter sickness" in said
    (chart,) = at.get("plotly_chart")
    assert chart.proto.alt.startswith("Distress came on 5 of 28 mornings")
    assert {each["name"] for each in json.loads(chart.proto.spec)["data"]} >= {"average before", "average after"}
    assert list(tables(at)[0][0])[-1] == "Counted as"


def opened_over_time(at: AppTest) -> AppTest:
    """The page with the section for those who look deeper opened."""
    at.session_state["over_time"] = True
    return at.run()


def test_the_whole_record_is_worked_out_only_when_asked_for(page: Open, home: Path) -> None:
    at = page("One change, before and after", home, change="three")
    assert "simply continued" not in words(at)
    assert len(at.get("plotly_chart")) == 1
    at = opened_over_time(at)
    assert not at.exception
    said = words(at)
    assert "If the earlier pattern had simply continued we would have expected about" in said
    assert "records of distress; there were" in said
    assert "The usual one: level and slope" in said
    assert len(at.get("plotly_chart")) == 2


def test_too_short_a_record_over_time_says_why_in_one_line(page: Open, home: Path) -> None:
    at = opened_over_time(page("One change, before and after", home, change="one"))
    assert not at.exception
    assert "Not shown over time: " in words(at)


def test_the_address_holds_codes_and_a_choice_survives_its_page(page: Open, home: Path) -> None:
    at = page("One change, before and after", home, change="three")
    assert at.selectbox(key="change").value == "three"
    assert at.query_params["outcome"] == "D2"
    at.selectbox(key="change").select("two").run()
    assert at.query_params["change"] == "two"
    assert at.query_params["outcome"] == "F1"
    at.switch_page(PAGES["How we work it out"]).run()
    at.switch_page(PAGES["One change, before and after"]).run()
    assert at.selectbox(key="change").value == "two"


@pytest.mark.parametrize("change", ["one", "two", "three"])
def test_second_figures_are_worked_out_only_when_asked_for(page: Open, home: Path, change: str) -> None:
    at = page("One change, before and after", home, change=change)
    assert "The same change by other sums" not in words(at)
    at.session_state["second_figures"] = True
    at.run()
    assert not at.exception
    said = words(at)
    assert "None of this changes the answer above." in said
    assert "The figure the verdict rests on" in said
    assert "Over 12 weeks on each side" in said
    assert ("This is one person's series" in said) == (change != "three")
    assert " nan" not in said
    assert " None " not in said.replace("None of this", "")


def test_better_is_followed_by_whether_it_is_still_safe(page: Open, home: Path) -> None:
    said = words(page("One change, before and after", home, change="one"))
    assert said.index("Better, and worthwhile") < said.index("Better, and still safe?") < said.index("How sure are we?")
    assert "Not written down beforehand" in said


def test_where_it_is_open_the_page_says_how_much_longer(page: Open, home: Path) -> None:
    said = words(page("One change, before and after", home, change="two"))
    assert "Cannot tell yet" in said
    assert "no follow-up is long enough" in said or "more weeks" in said


def test_how_often_the_answers_are_right_is_drawn(page: Open, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "kept", lambda: report.Kept("0.0", 5, 1000, CALIBRATED))
    at = page("How we work it out", home)
    assert not at.exception
    said = words(at)
    assert "When nothing truly changed" in said
    assert "1,000 made-up homes of each kind, seed 5, version 0.0." in said
    first, second = at.get("plotly_chart")
    assert first.proto.alt.startswith("When nothing truly changed. “Better” was said wrongly in at most 1 of 100.")
    assert {each["name"] for each in json.loads(second.proto.spec)["data"]} == set(VERDICT_WORDS)


def test_without_a_kept_result_the_page_says_how_to_get_one(
    page: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> report.Kept:
        raise FileNotFoundError

    monkeypatch.setattr(answers, "kept", none)
    at = page("How we work it out", home)
    assert not at.exception
    assert "“outcomes calibrate” does it" in words(at)


def test_a_service_alone_has_nothing_tried_elsewhere(page: Open, home: Path) -> None:
    at = page("What changed", home)
    assert "The same thing tried elsewhere" not in [each.label for each in at.expander]


def test_the_same_thing_tried_elsewhere_stands_in_order_of_name(page: Open, two_homes: Path) -> None:
    at = page("What changed", two_homes, service="elm", period="all")
    assert "The same thing tried elsewhere" in [each.label for each in at.expander]
    assert "no ranking" not in words(at)
    at.session_state["elsewhere"] = True
    at.run()
    assert not at.exception
    said = words(at).split("no ranking and no proof")[1]
    assert said.index("Ash Court") < said.index("Elm House (this service)")
    assert "It takes 3 services" in words(at)


def test_other_things_tried_elsewhere_are_said_not_to_be_the_same(page: Open, two_homes: Path) -> None:
    at = page("What changed", two_homes, service="ash", period="all")
    at.session_state["elsewhere"] = True
    at.run()
    assert not at.exception
    assert list(at.selectbox(key="same").options) == ["Music, for one person: mornings with distress"]


def test_an_address_that_names_nothing_falls_back(page: Open, home: Path) -> None:
    at = page("One change, before and after", home, change="no-such-change", service="nowhere")
    assert not at.exception
    assert at.selectbox(key="change").value == "two"
    assert at.query_params["service"] == "elm"


def test_nobodys_code_is_in_an_address_a_title_a_key_or_a_chart(page: Open, home: Path) -> None:
    at = page("One change, before and after", home, change="one")

    person = next(
        each.intervention.person_id for each in access.findings("elm") if each.intervention.intervention_id == "one"
    )
    assert person
    assert person not in str(dict(at.query_params))
    assert person not in str(at.session_state)
    assert person not in at.get("plotly_chart")[0].proto.spec
    assert person not in markup(at)


def test_the_data_page_lists_what_arrived_and_what_was_refused(page: Open, home: Path) -> None:
    at = page("Can I trust the data?", home)
    said = words(at)
    assert "2 rows of all files were refused" in said
    assert "Not a date we can read" in said
    assert "Write dates as YYYY-MM-DD or DD/MM/YYYY." in said
    assert "We cannot say whose voice counted." in said
    frame = at.dataframe[0].value
    assert set(frame["Line"]) == {117, 118}
    assert "31/02/2026" in set(frame["Found"])


def test_the_explanations_can_be_searched(page: Open, home: Path) -> None:
    at = page("How we work it out", home)
    assert "All " in words(at)
    at.text_input(key="find_outcome").set_value("zebra").run()
    assert "0 outcomes of" in words(at)


@pytest.mark.parametrize("name", PAGES)
def test_sample_data_say_so_on_every_page(page: Open, home: Path, sample_home: Path, name: str) -> None:
    assert "Sample data, not a real home" in words(page(name, sample_home))
    assert "Sample data, not a real home" not in words(page(name, home))


def test_a_change_named_in_the_address_is_still_chosen_after_another_page(page: Open, home: Path) -> None:
    at = page("One change, before and after", home, change="one")
    at.switch_page(PAGES["How we work it out"])
    for key in list(at.query_params):
        del at.query_params[key]
    at.run()
    at.switch_page(PAGES["One change, before and after"]).run()
    assert at.selectbox(key="change").value == "one"
    assert at.query_params["change"] == "one"


# Nothing to show --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in PAGES if name != "How we work it out"])
def test_no_database_says_what_why_and_what_next(page: Open, tmp_path: Path, name: str) -> None:
    at = page(name, tmp_path / "none.duckdb")
    assert not at.exception
    said = words(at)
    assert "Nothing to show yet" in said
    assert "There is no database yet." in said
    assert "What next: Load your exports" in said


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_database_says_so(page: Open, tmp_path: Path, name: str) -> None:
    database = tmp_path / "empty.duckdb"
    with open_draft(database):
        pass
    at = page(name, database)
    assert not at.exception
    assert at.title[0].value == name
    if name != "How we work it out":
        assert "Nothing to show yet" in words(at)


@pytest.mark.parametrize("name", PAGES)
def test_a_file_that_is_not_a_database_is_said_in_words(page: Open, tmp_path: Path, name: str) -> None:
    """Case 45: on every page."""
    database = tmp_path / "broken.duckdb"
    database.write_bytes(b"this is not a database" * 200)
    at = page(name, database)
    assert not at.exception
    assert str(tmp_path) not in words(at)


def test_a_home_without_changes_still_shows_how_things_are(page: Open, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "services.csv").write_text("service_id,setting,nation,beds,label\nelm,residential,EN,12,Elm House\n")
    falls = "".join(f"F{month},P-1,elm,2026-{month:02d}-05 10:05\n" for month in range(1, 7))
    (exports / "falls.csv").write_text(f"fall_id,person_id,service_id,occurred_at\n{falls}")
    from tests.support.exports import load

    load(exports, tmp_path / "home.duckdb")
    at = page("What changed", tmp_path / "home.duckdb")
    assert not at.exception
    said = words(at)
    assert "Nobody has written down yet what was tried here" in said
    assert "per 1,000 bed days" in said
    at = page("One change, before and after", tmp_path / "home.duckdb")
    assert "Record a change" in words(at)


def test_an_outcome_file_that_cannot_be_read_is_named(
    page: Open, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "z1.toml").write_text('code = "Z1"', encoding="utf-8")
    at = page("How we work it out", home)
    monkeypatch.setenv("OUTCOMES_DIR", str(tmp_path))
    at.run()
    assert not at.exception
    assert "z1.toml: 'name' is missing." in words(at)


# Values from somebody's file --------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_what_stands_in_a_file_is_text_on_every_page(page: Open, tmp_path: Path, name: str) -> None:
    """Case 35: without a browser, page by page."""
    at = page(name, small_home(tmp_path, title=HOSTILE, label=HOSTILE))
    assert not at.exception
    assert "<img src=http" not in markup(at)
    assert "<b>x</b>" not in markup(at)
    for heading in at.header:
        assert "![" not in heading.value.replace("\\!", "").replace("\\[", "")
    for chart in at.get("plotly_chart"):
        assert "<img" not in chart.proto.spec
