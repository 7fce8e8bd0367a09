"""Another load in another process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from data.ingest import ingest
from data.pseudonyms import load_or_make_key
from data.schema import open_draft
from data.warehouse import open_facts
from tests.support.exports import TODAY, write

ROOT = Path(__file__).parents[2]
FALLS = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"
MORE = FALLS + "F2, P-2, elm, 2026-01-04 15:06\n"


def test_two_processes_never_load_into_one_database_at_once(tmp_path: Path) -> None:
    """Case 43: the one that comes second is told so, and its rows are not mixed in."""
    database, key = tmp_path / "db", tmp_path / "key"
    ingest([write(tmp_path / "a", falls=FALLS)], database, as_of=TODAY, key=load_or_make_key(key))
    second = write(tmp_path / "b", falls=MORE)
    with open_draft(database):
        done = subprocess.run(
            [sys.executable, "-m", "dashboard.cli", "ingest", str(second), "--db", str(database)],
            env=os.environ | {"OUTCOMES_KEY": str(key)},
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            timeout=120,
        )
    assert done.returncode == 2
    assert "Another load is running. Wait until it has ended, then try again." in " ".join(done.stderr.split())
    with open_facts(database) as facts:
        assert [each.accepted for each in facts.files_loaded()] == [1]
