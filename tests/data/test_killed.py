"""Kill the ingest at any moment: the database is as before or as after, never in between."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from data.model import Period, Rows, Scope
from data.schema import DatabaseUnavailable
from data.warehouse import open_facts
from tests.support.exports import write

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
FALLS = "fall_id, person_id, service_id, occurred_at\n" + "\n".join(
    f"F{n}, P-{n % 97}, elm, 2025-{n % 12 + 1:02d}-{n % 28 + 1:02d} {n % 24:02d}:{n % 59 + 1:02d}" for n in range(4000)
)


def ingest(folder: Path, database: Path, key: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard.cli", "ingest", str(folder), "--db", str(database), "--as-of", "2026-06-30"],
        env=os.environ | {"OUTCOMES_KEY": str(key)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )


def state(database: Path) -> tuple[int, int, float]:
    """(files in the ledger, rows accepted, falls counted): three things one transaction writes together."""
    try:
        with open_facts(database) as facts:
            files = facts.files_loaded()
            falls = facts.event_series(Scope("elm"), Rows("falls"), [YEAR]).total.numerator
            return len(files), sum(file.accepted for file in files), falls
    except DatabaseUnavailable:
        return 0, 0, 0


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX signal")
@pytest.mark.parametrize("already_there", [False, True], ids=["into a new file", "into a file with an earlier load"])
def test_killed_at_any_moment_it_is_all_or_nothing(tmp_path: Path, already_there: bool) -> None:
    stays = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(97))
    earlier, folder, key = write(tmp_path / "a", stays=stays), write(tmp_path / "b", falls=FALLS), tmp_path / "key"
    first = tmp_path / "first.duckdb"
    if already_there:
        assert ingest(earlier, first, key).wait() == 0
    before = state(first)

    def fresh(name: str) -> Path:
        if already_there:
            shutil.copy(first, tmp_path / name)
        return tmp_path / name

    started = time.monotonic()
    whole_file = fresh("whole.duckdb")
    assert ingest(folder, whole_file, key).wait() in (0, 1)
    whole = time.monotonic() - started
    after = state(whole_file)
    assert after[2] > 3000
    seen = set()
    for number, part in enumerate((0.05, 0.6, 0.75, 0.85, 0.92, 0.97)):
        database = fresh(f"killed-{number}.duckdb")
        process = ingest(folder, database, key)
        try:
            process.wait(timeout=whole * part)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        found = state(database)
        assert found in (before, after)
        seen.add(found)
        assert ingest(folder, database, key).wait() in (0, 1)  # and the next run goes through
        assert state(database) == after
    assert before in seen
