"""The shipped sample as a database, for tests that walk through it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.ingest import ingest
from tests.support.exports import KEY

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
READ_ON = date(2026, 11, 22)


def sample_database(folder: Path) -> Path:
    """A database with the sample in it and nothing else."""
    database = folder / "sample.duckdb"
    report = ingest([SAMPLE], database, as_of=READ_ON, key=KEY, sample=True)
    assert not report.needs_attention
    return database
