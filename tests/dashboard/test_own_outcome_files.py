"""Somebody's own outcome files may give a code another meaning: the pages stay open, and claim nothing of the old one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.ingest import ingest
from tests.support.exports import KEY

ROOT = Path(__file__).parents[2]
OTHERS = {"I9": "G1", "I7": "C3", "I6": "F2", "R1": "L4", "L1": "D1", "L4": "C3", "L9": "F1", "V1": "F1", "E6": "L4"}
"""Each code, and the outcome whose file stands in its place."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    ingest([ROOT / "data" / "sample"], database, as_of=date(2026, 11, 1), key=KEY, sample=True)
    return database


@pytest.fixture
def own_files(tmp_path: Path) -> Path:
    for code, other in OTHERS.items():
        text = (ROOT / "metrics" / "outcomes" / f"{other.lower()}.toml").read_text(encoding="utf-8")
        text = re.sub(r"(?m)^code = .*$", f'code = "{code}"', text)
        text = re.sub(r"(?m)^beside = .*$", "beside = []", text)
        (tmp_path / f"{code.lower()}.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["own_words", "whose_views", "choice", "accountable", "left_out", "one_person"])
def test_a_page_opens_though_a_code_it_knows_counts_something_else(
    monkeypatch: pytest.MonkeyPatch, sample: Path, own_files: Path, name: str
) -> None:
    monkeypatch.setenv("OUTCOMES_DB", str(sample))
    monkeypatch.setenv("OUTCOMES_DIR", str(own_files))
    at = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    at.run()
    at.switch_page(f"app_pages/{name}.py")
    at.query_params["service"], at.query_params["time"], at.query_params["everything"] = "elm-house", "all", "on"
    at.run()
    assert not at.exception
    if name == "accountable":  # where moves are counted over something else, "no unplanned move" would be a claim
        assert any("no stays on record" in each.label for each in at.expander)
