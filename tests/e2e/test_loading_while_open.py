"""A load on the command line while the dashboard is open: it goes through, and the next page shows what is new."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.test_pages import PATIENCE, watching
from tests.support.browser import ROOT, serving
from tests.support.exports import KEY
from tests.support.home import small_home

pytestmark = pytest.mark.e2e


def outcomes(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard.cli", *words], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True
    )


def test_what_was_loaded_meanwhile_is_there_at_the_next_step_and_gone_when_taken_back(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "pseudonyms.key"
    key.write_text(KEY.hex() + "\n")
    key.chmod(0o600)
    monkeypatch.setenv("OUTCOMES_KEY", str(key))
    monkeypatch.setenv("OUTCOMES_PROFILES", str(tmp_path / "profiles"))
    database = small_home(tmp_path / "home")
    export = tmp_path / "context.csv"
    export.write_text("context_id,service_id,from_on,kind\nN1,elm,2026-02-01,outbreak\n", encoding="utf-8")
    with serving(database, tmp_path) as server, watching(browser, server) as watched:
        watched.open("trust")
        before = watched.page.get_by_text("context.csv").count()
        loaded = outcomes("ingest", str(export), "--db", str(database), "--as-of", "2026-06-30")
        assert loaded.returncode == 0, loaded.stderr
        watched.page.get_by_role("link", name="What changed").click()
        watched.settle()
        watched.page.get_by_role("link", name="Can I trust the data?").click()
        watched.settle()
        expect(watched.page.get_by_text("context.csv")).to_have_count(before + 1, timeout=PATIENCE)
        newest = loaded.stdout and outcomes("list", "loads", "--db", str(database), "--json").stdout
        assert '"load_id": 2' in newest
        assert outcomes("undo", "2", "--db", str(database)).returncode == 0
        watched.page.get_by_role("link", name="What changed").click()
        watched.settle()
        watched.page.get_by_role("link", name="Can I trust the data?").click()
        watched.settle()
        expect(watched.page.get_by_text("taken back")).to_have_count(1, timeout=PATIENCE)
        watched.assert_clean()
