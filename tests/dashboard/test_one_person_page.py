"""One person: their weeks and days, the page in easy words, and a note that stands beside the number from then on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access
from data.pseudonyms import pseudonym
from data.warehouse import open_facts
from metrics.objections import notes
from tests.dashboard.test_pages import APP, markup, words
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
    def opened(database: Path, path: str = "one_person", **address: str) -> AppTest:
        key = tmp_path / "pseudonyms.key"
        key.write_text(KEY.hex() + "\n")
        key.chmod(0o600)
        monkeypatch.setenv("OUTCOMES_DB", str(database))
        monkeypatch.setenv("OUTCOMES_KEY", str(key))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        monkeypatch.setattr("dashboard.access.today", lambda: TODAY)
        at = AppTest.from_file(str(APP), default_timeout=60)
        at.run()
        at.switch_page(f"app_pages/{path}.py")
        for name, value in address.items():
            at.query_params[name] = value
        return at.run()

    return opened


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [each for each in at.button if each.label == label]
    return button.click().run()


def choose(at: AppTest, label: str, value: str) -> AppTest:
    (control,) = [each for each in at.get("button_group") if each.label == label]
    control.set_value([value]) if isinstance(control.value, list) else control.set_value(value)
    return at.run()


def test_it_tells_the_weeks_the_days_and_the_plan(page: Open, home: Path) -> None:
    at = page(home, change="one")
    assert not at.exception
    said = words(at)
    assert (
        "Distress came on 20 of 28 mornings in 4 weeks before it began, and 5 of 28 mornings in 4 weeks since." in said
    )
    (chart,) = at.get("plotly_chart")
    assert chart.proto.alt.startswith("Distress came on")
    assert {trace["type"] for trace in json.loads(chart.proto.spec)["data"]} == {"bar", "scatter"}


def test_nobody_is_named_in_an_address_a_chart_a_key_or_a_file(page: Open, home: Path) -> None:
    at = page(home, change="one")
    assert CODE not in str(dict(at.query_params))
    assert CODE not in markup(at)
    assert CODE not in at.get("plotly_chart")[0].proto.spec
    assert CODE not in str(at.session_state)
    assert f"{CODE[:3]}-{CODE[3:6]}" in words(at)


def test_the_plan_of_a_whole_service_is_not_offered(page: Open, home: Path) -> None:
    at = page(home, change="three")
    (chosen,) = [each for each in at.selectbox if each.label == "What was tried"]
    assert len(chosen.options) == 2
    assert not any("whole service" in label for label in chosen.options)


def test_the_easy_page_is_there_with_its_picture_and_can_be_printed(page: Open, home: Path) -> None:
    at = page(home, change="one")
    assert "Before: 20 of 28 mornings." in words(at)
    assert markup(at).count('class="leo-dots"') == 2
    assert "Download the page to print (HTML)" in [each.label for each in at.get("download_button")]


def test_a_note_that_it_is_not_how_it_feels_is_stored_and_stands_beside_the_number(page: Open, home: Path) -> None:
    at = page(home, change="one")
    assert "this is not how it feels" not in words(at).replace("Write down: this is not how it feels", "")
    choose(at, "Who says that this is not how it feels?", "self")
    choose(at, "How does it feel instead?", "2")
    press(at, "Write down: this is not how it feels")
    assert not at.exception
    assert "Written down. It now stands beside the number." in words(at)
    with open_facts(home) as facts:
        (plan,) = [each for each in facts.interventions() if each.intervention_id == "one"]
        (kept,) = notes(facts, plan)
    assert (kept.rater, kept.domain, kept.score, kept.given_on, kept.person_id) == (
        "self",
        "not_how_it_feels",
        2.0,
        TODAY,
        CODE,
    )
    beside = page(home, path="one_change", change="one", outcome="D1")
    said = words(beside)
    assert "the person said: this is not how it feels. It feels bad." in said
    assert "1 note says: this is not how it feels." in said


def test_a_note_can_be_taken_back(page: Open, home: Path) -> None:
    at = page(home, change="one")
    press(at, "Write down: this is not how it feels")
    press(at, "Take this back")
    assert not at.exception
    with open_facts(home) as facts:
        (plan,) = [each for each in facts.interventions() if each.intervention_id == "one"]
        assert notes(facts, plan) == ()
    assert "Written down." not in words(at)


def test_where_it_cannot_be_saved_the_page_says_so_and_nothing_is_lost(
    page: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(rows: object) -> None:
        raise access.NotSaved("The file is read-only. Ask whoever looks after this computer.")

    at = page(home, change="one")
    monkeypatch.setattr("dashboard.access.record", closed)
    press(at, "Write down: this is not how it feels")
    assert not at.exception
    assert "Not saved. The file is read-only." in words(at)


def test_a_change_leads_to_its_person_and_back(page: Open, home: Path) -> None:
    at = page(home, path="one_change", change="one", outcome="D1")
    links = [each.proto for each in at.get("page_link")]
    (there,) = [link for link in links if link.label.startswith("How was it for this person?")]
    assert there.page.endswith("one_person")
    back = page(home, change="one")
    assert "See this change, before and after" in [each.proto.label for each in back.get("page_link")]


def test_a_home_where_nothing_was_tried_with_one_person_says_what_next(page: Open, tmp_path: Path) -> None:
    from tests.support.exports import SERVICES, load, write

    write(
        tmp_path / "x", services=SERVICES, falls="fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-05"
    )
    load(tmp_path / "x", tmp_path / "bare.duckdb")
    at = page(tmp_path / "bare.duckdb")
    assert not at.exception
    assert "Nothing is written down at Elm House that was tried with one person." in words(at)


def test_the_title_of_a_plan_is_text_on_the_easy_page_too(page: Open, tmp_path: Path) -> None:
    at = page(small_home(tmp_path, title="<img src=http://a.example/x> & tea"), change="one")
    assert "<img src=http" not in markup(at)
    assert TITLE not in markup(at)
