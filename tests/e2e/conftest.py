"""One server on the shipped sample, one on a home whose files mean harm, one browser for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from data.ingest import ingest
from tests.support.browser import ROOT, SWITCHES, Server, chromium, serving
from tests.support.exports import KEY
from tests.support.home import small_home

HOSTILE = "![t](http://a.example/p.png) <img src=http://a.example/q.png> [l](http://a.example)"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sample(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("sample")
    ingest([ROOT / "data" / "sample"], folder / "sample.duckdb", as_of=date(2026, 11, 30), key=KEY, sample=True)
    with serving(folder / "sample.duckdb", folder) as server:
        yield server
        assert "Traceback" not in server.log and "Reference" not in server.log


@pytest.fixture(scope="session")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    with serving(small_home(folder, title=HOSTILE, label=HOSTILE), folder) as server:
        yield server
        assert "Traceback" not in server.log and "Reference" not in server.log


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("OUTCOMES_SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
