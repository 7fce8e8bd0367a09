"""Kill the ingest at any moment: the database is as before or as after, never in between."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.schema import DatabaseUnavailable
from data.warehouse import open_facts
from tests.support.exports import write

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


def loads(database: Path) -> tuple[int, int]:
    """(files in the ledger, falls counted): two things one transaction writes together."""
    try:
        with open_facts(database) as facts:
            rows = sum(len(period) for period in (facts.files_loaded(),))
            return rows, sum(file.accepted for file in facts.files_loaded())
    except DatabaseUnavailable:
        return 0, 0


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX signal")
def test_killed_at_any_moment_it_is_all_or_nothing(tmp_path: Path) -> None:
    stays = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(97))
    folder = write(tmp_path / "x", falls=FALLS, stays=stays)
    key = tmp_path / "key"
    started = time.monotonic()
    assert ingest(folder, tmp_path / "whole.duckdb", key).wait() in (0, 1)
    whole = time.monotonic() - started
    after = loads(tmp_path / "whole.duckdb")
    assert after[0] == 2
    seen = set()
    for number, part in enumerate((0.5, 0.6, 0.7, 0.78, 0.84, 0.9, 0.96, 1.0)):
        database = tmp_path / f"killed-{number}.duckdb"
        process = ingest(folder, database, key)
        try:
            process.wait(timeout=whole * part)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        state = loads(database)
        assert state in ((0, 0), after)
        seen.add(state)
        assert ingest(folder, database, key).wait() in (0, 1)  # and the next run goes through
        assert loads(database) == after
    assert (0, 0) in seen
