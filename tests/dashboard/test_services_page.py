"""All services in its three views: on the sample, on one home, on small ones, on nothing."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.ingest import ingest
from tests.support.exports import KEY, load, write
from tests.support.home import small_home
from tests.support.markup import tables

ROOT = Path(__file__).parents[2]
VIEWS = ("matrix", "funnel", "trend")
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    ingest([ROOT / "data" / "sample"], database, as_of=date(2026, 11, 1), key=KEY, sample=True)
    return database


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two homes of ten and more, three of four, one of three people in supported living."""
    folder = tmp_path_factory.mktemp("small")
    beds = {"elm": 20, "oak": 12, "a": 4, "b": 4, "c": 4, "d": 3}
    kinds = {"d": "supported_living"}
    services = "\n".join(f"{code}, {kinds.get(code, 'residential')}, EN, {n}, House {code}" for code, n in beds.items())
    falls = "\n".join(
        f"{code}{month}, P-{code}, {code}, 2026-{month:02}-05, low" for code in beds for month in range(1, 7)
    )
    exports = write(
        folder / "exports",
        services=f"service_id, setting, nation, beds, label\n{services}",
        falls=f"fall_id, person_id, service_id, occurred_at, harm\n{falls}",
    )
    load(exports, folder / "small.duckdb")
    return folder / "small.duckdb"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Open:
    def opened(database: Path, own: Path | None = None, **address: str) -> AppTest:
        monkeypatch.setenv("OUTCOMES_DB", str(database))
        if own is None:
            monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        else:
            monkeypatch.setenv("OUTCOMES_DIR", str(own))
        at = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        at.run()
        at.switch_page("app_pages/services.py")
        for key, value in address.items():
            at.query_params[key] = value
        at.run()
        assert not at.exception
        return at

    return opened


def markup(at: AppTest) -> str:
    return " ".join(each.value for each in at.get("html") if "<style" not in each.value)


def words(at: AppTest) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup(at))))


def test_the_matrix_of_the_sample_has_a_row_for_each_service_and_a_dozen_outcomes(page: Open, sample: Path) -> None:
    at = page(sample)
    table = markup(at)
    assert table.count('<th scope="row">') == 12
    assert table.count("<td") == 12 * 12
    assert "latest figures" in words(at)
    assert "not recorded" in words(at)
    for heading in ("Care homes", "Nursing homes", "Homecare services", "Supported living services"):
        assert heading in words(at)
    assert words(at).count("league table") == 1


def test_a_kind_of_service_shows_its_own_rows_alone(page: Open, sample: Path) -> None:
    table = markup(page(sample, setting="nursing"))
    assert table.count('<th scope="row">') == 3
    assert "Elm House" not in table


def test_cells_lead_to_the_chart_of_their_service_and_outcome(page: Open, sample: Path) -> None:
    table = markup(page(sample))
    assert 'href="trends?service=elm-house&amp;outcome=F1"' in table


def test_the_funnel_of_the_sample_has_its_chart_its_sentence_and_its_method(page: Open, sample: Path) -> None:
    at = page(sample, view="funnel", setting="residential", outcome="F1", service="elm-house")
    (chart,) = at.get("plotly_chart")
    assert chart.proto.alt.startswith("Falls in 6 care homes, November 2025 to October 2026")
    drawn = json.loads(chart.proto.spec)
    assert any("Elm House" in each["text"] for each in drawn["layout"]["annotations"])
    assert "Outside is a question to ask, not a grade" in words(at)
    assert "Spiegelhalter" in words(at)


def test_settings_with_few_services_have_no_limits_and_say_so(page: Open, sample: Path) -> None:
    at = page(sample, view="funnel", setting="homecare", outcome="F1")
    assert "too few homecare services for limits" in words(at)
    assert "Spiegelhalter" not in words(at)


def test_the_funnel_never_mixes_kinds_of_service(page: Open, sample: Path) -> None:
    at = page(sample, view="funnel", setting="all", outcome="F1")
    assert "all" not in at.selectbox(key="setting").options
    assert "care homes" in words(at)


def test_the_trend_of_the_sample_has_a_small_chart_for_each_service(page: Open, sample: Path) -> None:
    at = page(sample, view="trend", setting="nursing", outcome="D2")
    said = words(at)
    assert "of 3 nursing homes" in said
    for name in ("Ash Court", "Larch House", "Willow Bank"):
        assert name in said


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_its_numbers_in_order_of_name(page: Open, sample: Path, view: str) -> None:
    at = page(sample, view=view, setting="nursing", outcome="F1")
    at.session_state["numbers"] = True
    at.run()
    assert not at.exception
    (table,) = tables(at)
    names = list(dict.fromkeys(row["Service"] for row in table))
    assert names == ["Ash Court", "Larch House", "Willow Bank"]


def test_an_outcome_nobody_records_says_so(page: Open, sample: Path) -> None:
    at = page(sample, view="funnel", setting="homecare", outcome="R1")
    assert "Nothing of this is on record for these homecare services." in words(at)
    assert not at.get("plotly_chart")


@pytest.mark.parametrize("view", VIEWS)
def test_one_home_has_nothing_to_be_set_beside(page: Open, tmp_path: Path, view: str) -> None:
    at = page(small_home(tmp_path), view=view)
    assert "There is nothing to set side by side" in words(at)
    assert not at.get("plotly_chart")


def test_small_services_stand_together_or_are_not_shown_with_the_reason(page: Open, small: Path) -> None:
    at = page(small)
    table = markup(at)
    assert "3 smaller care homes together" in table
    assert "House a" not in table and "House d" not in table
    assert "1 service is not shown: with fewer than 10 people" in words(at)
    assert "together:residential" not in table


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_on_little_data(page: Open, small: Path, view: str) -> None:
    at = page(small, view=view, outcome="F1")
    assert "House elm" in words(at) or view == "funnel"


def test_an_own_outcome_has_a_column_and_can_be_chosen(page: Open, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "z1.toml").write_text(
        'code = "Z1"\nname = "Falls of any kind"\nwhy = "Ours."\nkind = "rate"\ntable = "falls"\ngood = "none"\n'
        'judged = "list"\n[words]\none_thing = "fall"\nmany_things = "falls"\n',
        encoding="utf-8",
    )
    assert "Falls of any kind" in words(page(sample, own=tmp_path))
    at = page(sample, own=tmp_path, view="funnel", setting="residential", outcome="Z1")
    assert at.selectbox(key="outcome").value == "Z1"
    assert at.get("plotly_chart")


def test_what_was_made_for_one_database_is_not_shown_for_another(page: Open, sample: Path, small: Path) -> None:
    assert "Ash Court" in markup(page(sample))
    assert "Ash Court" not in markup(page(small))
    assert "Ash Court" in markup(page(sample))
