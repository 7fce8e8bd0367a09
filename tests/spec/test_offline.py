"""Everything works with the network cut, and nothing tries to reach it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.releases import Home, all_year, database, evenly

GUARDED = """
import sys

def guard(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit("somebody was called: " + event)

sys.addaudithook(guard)
sys.argv = ["outcomes", *sys.argv[1:]]
from dashboard.cli import main
main()
"""


def test_a_whole_run_needs_no_network_and_calls_nobody(tmp_path: Path) -> None:
    """Case 63: exports in, findings, charts and a release out, with every connection refused."""
    homes = {"a": Home(20, all_year(evenly(30, 15))), "b": Home(20, all_year(evenly(30, 15)))}
    manager = database(tmp_path, homes)
    loaded = tmp_path / "loaded.duckdb"
    for words in (
        ("ingest", tmp_path / "exports", "--db", loaded, "--as-of", "2026-01-10"),
        ("evaluate", "--db", loaded, "--json"),
        ("chart", "--db", loaded, "--outcome", "F1", "--service", "a", "--json"),
        ("release", "commissioner", "--db", manager, "--out", tmp_path / "out", "--as-of", "2026-01-10", "--json"),
    ):
        ran = subprocess.run(
            [sys.executable, "-c", GUARDED, *map(str, words)], capture_output=True, text=True, check=False,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert ran.returncode == 0, (words[0], ran.stderr[-500:])
        assert "somebody was called" not in ran.stderr
