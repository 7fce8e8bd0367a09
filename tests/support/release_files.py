"""A file as a release leaves it, with nothing in it but what says whose it is."""

from __future__ import annotations

from pathlib import Path

import duckdb


def release_file(path: Path, kind: str, *, version: str = "1", name: str = "2026-Q3") -> Path:
    """A released database of a kind."""
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE release_meta (key VARCHAR, value VARCHAR)")
        con.execute(
            "INSERT INTO release_meta VALUES ('kind', ?), ('release_id', ?), ('schema_version', ?)",
            [kind, name, version],
        )
    return path
