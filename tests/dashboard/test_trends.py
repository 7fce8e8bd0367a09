"""The page Trends, as Streamlit runs it and in words: any outcome, any step, taken apart, with its settings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views import trends
from metrics.catalogue import load_catalogue
from metrics.series.spc.advice import SUITS
from metrics.trend import Step
from tests.dashboard.test_pages import APP, words
from tests.support.exports import load, write
from tests.support.home import LOUNGE, TITLE, small_home
from tests.support.markup import tables
from tests.support.spc import STEADY, falls

Open = Callable[..., AppTest]
OUTCOMES = load_catalogue().outcomes


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, home: Path) -> Open:
    def opened(database: Path = home, **address: str) -> AppTest:
        monkeypatch.setenv("OUTCOMES_DB", str(database))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        at = AppTest.from_file(str(APP), default_timeout=60).run()
        at.switch_page("app_pages/trends.py")
        for name, value in address.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception
        return at

    return opened


def spec(at: AppTest) -> Any:
    return json.loads(at.get("plotly_chart")[0].proto.spec)


def test_the_page_opens_on_what_people_live_through(page: Open) -> None:
    at = page()
    assert at.selectbox(key="outcome").value == "D2"
    assert "Distress across the home at Elm House" in words(at)
    assert at.get("plotly_chart")[0].proto.alt.startswith("Distress across the home at Elm House")


def test_the_convention_stands_on_the_picture(page: Open) -> None:
    assert "Clear change" in json.dumps(spec(page(outcome="D2")), ensure_ascii=False)


def test_changes_of_the_whole_home_are_marked_and_lead_to_their_page_and_no_persons_are(page: Open) -> None:
    at = page(outcome="D2")
    assert LOUNGE in words(at)
    assert TITLE not in words(at) + json.dumps(spec(at))
    (link,) = at.get("page_link")
    assert link.proto.query_string == "service=elm&change=three&outcome=D2"


@pytest.mark.parametrize("code", ["D1", "D2", "F1", "F2", "L2", "L9", "C1", "I6", "I9", "V1"])
def test_every_kind_of_outcome_has_its_page_or_an_honest_blank(page: Open, code: str) -> None:
    at = page(outcome=code)
    if at.selectbox(key="outcome").value == code:
        assert OUTCOMES[code].name in words(at)


def test_people_are_asked_too_seldom_for_months_so_quarters_are_usual(page: Open) -> None:
    assert "quarter" in words(page(outcome="L9"))
    assert "month" in words(page(outcome="D2"))


def test_the_address_carries_every_choice(page: Open) -> None:
    at = page(outcome="D2", step="week", chart="xmr", range="all", six="on", exclude="2025-07-07")
    assert at.segmented_control(key="step").value == "week"
    assert at.selectbox(key="chart").value == "xmr"
    assert at.selectbox(key="range").value == "all"
    assert at.toggle(key="six").value
    assert "6 in a row rising or falling" in json.dumps(spec(at), ensure_ascii=False).replace("<br>", " ")


def test_a_month_can_be_left_out_and_a_range_begun_by_hand(page: Open) -> None:
    at = page(outcome="D2")
    at.multiselect(key="exclude").select("2025-09-01").run()
    at.multiselect(key="rebase").select("2025-11-01").run()
    assert not at.exception
    assert at.query_params["exclude"] == "2025-09-01"
    assert "chosen by hand" in words(at)


def test_an_outcome_taken_apart_is_shown_side_by_side(page: Open) -> None:
    at = page(outcome="F1", split="harm")
    said = words(at)
    assert "Falls, by harm" in said
    assert "by chance" in said or "None of the parts" in said
    assert not at.get("plotly_chart")


def test_what_cannot_be_taken_apart_here_says_so(page: Open) -> None:
    assert "Nothing to take apart" in words(page(outcome="D2", split="person.stage"))


def test_the_numbers_are_a_table_with_every_point(page: Open) -> None:
    at = page(outcome="F1")
    (table,) = tables(at)
    assert len(table) == 12


def test_without_any_record_the_page_says_what_to_do(page: Open, tmp_path: Path) -> None:
    database = tmp_path / "bare.duckdb"
    load(write(tmp_path / "bare", services="service_id, setting, nation, beds\nelm, residential, EN, 10"), database)
    assert "nothing to follow over time" in words(page(database))


def test_words_of_a_file_do_no_harm(page: Open, tmp_path: Path) -> None:
    hostile = "<img src=http://a.example/q.png> **x**"
    at = page(small_home(tmp_path, title=hostile, label=hostile), outcome="D2")
    assert "<img src=http" not in " ".join(each.value for each in at.get("html"))


# In words ------------------------------------------------------------------------------------------


def test_every_outcome_has_its_choices() -> None:
    for outcome in OUTCOMES.values():
        assert trends.usual_step(outcome) in trends.STEPS
        assert list(trends.chart_labels(outcome)) == ["auto", *SUITS[outcome.kind]]
        assert next(iter(trends.split_labels(outcome))) == trends.WHOLE
        assert trends.USUAL in trends.step_labels(outcome)


@pytest.mark.parametrize(("code", "step"), [("D2", "month"), ("L9", "quarter"), ("L4", "quarter"), ("I6", "quarter")])
def test_the_usual_step(code: str, step: Step) -> None:
    assert trends.usual_step(OUTCOMES[code]) == step
    assert trends.step_of(OUTCOMES[code], trends.USUAL) == step
    assert trends.step_of(OUTCOMES[code], "week") == "week"


def test_first_comes_what_people_live_through() -> None:
    assert trends.usual_outcome({"F1": OUTCOMES["F1"], "D2": OUTCOMES["D2"]}) == "D2"
    assert trends.usual_outcome({"C3": OUTCOMES["C3"]}) is None


def test_several_parts_are_one_file_with_one_row_of_headings() -> None:
    charts = (falls(STEADY, part="washing"), falls(STEADY, part="dressing"))
    lines = trends.charts_csv(charts).decode("utf-8-sig").split("\r\n")
    assert sum("first_day" in line for line in lines) == 1
    assert sum("washing" in line for line in lines) == sum("dressing" in line for line in lines) == len(STEADY)


def test_stretches_are_called_as_readers_call_them() -> None:
    assert list(trends.stretch_labels(falls(STEADY)).values())[:2] == ["Jan 2024", "Feb 2024"]


def test_what_is_said_of_parts_warns_of_chance() -> None:
    charts = (falls([*STEADY, 40], part="washing", chart="xmr"), falls(STEADY, part="dressing", chart="xmr"))
    assert trends.shown_apart(charts).startswith("A clear change now in: Washing.")
    assert "by chance" in trends.shown_apart(charts)
    assert "None of the parts" in trends.shown_apart(charts[1:])


def test_a_small_place_with_falls_and_beds_alone_has_its_chart(page: Open, tmp_path: Path) -> None:
    falls_alone = "fall_id,person_id,service_id,occurred_at\n" + "".join(
        f"F{number},P-{number % 5},elm,2026-{1 + number // 4:02d}-{1 + 7 * (number % 4):02d} 10:15\n"
        for number in range(24)
    )
    services = "service_id,setting,nation,beds\nelm,residential,EN,9\n"
    database = tmp_path / "small.duckdb"
    load(write(tmp_path / "small", services=services, falls=falls_alone), database)
    at = page(database)
    assert "Falls at elm" in words(at)
    assert "Worked out from beds" in words(at)
    assert set(at.selectbox(key="outcome").options) == {"Falls", "Falls with harm"}


def test_the_page_does_not_load_what_draws_on_paper(home: Path) -> None:
    import subprocess
    import sys

    script = (
        "import os, sys; os.environ['OUTCOMES_DB'] = sys.argv[1]\n"
        "from streamlit.testing.v1 import AppTest\n"
        "at = AppTest.from_file(sys.argv[2], default_timeout=60).run(); at.switch_page('app_pages/trends.py'); at.run()\n"
        "assert not at.exception\n"
        "print('matplotlib' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(home), str(APP)], capture_output=True, text=True, check=True, timeout=120
    )
    assert ran.stdout.split()[-1] == "False"


def test_months_can_be_left_out_of_a_chart_by_the_month_of_what_is_rare(page: Open) -> None:
    assert page(outcome="F1", step="week").multiselect(key="exclude").options == []  # from one to the next: no weeks
    assert len(page(outcome="F1", step="week", chart="u").multiselect(key="exclude").options) > 40


def test_a_range_that_cannot_be_is_said_on_the_page(page: Open) -> None:
    at = page(outcome="D2", range="before", rebase="2025-11-01")
    assert "cannot also begin anew" in words(at)
