"""Small exports for tests: draw the table, write it, load it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from data.ingest import ingest
from data.reports import IngestReport
from data.warehouse import Warehouse, open_facts

KEY = hashlib.sha256(b"a key for tests and for nothing else").digest()
TODAY = date(2026, 6, 30)

SERVICES = """
service_id, setting,     nation, beds, label
elm,        residential, EN,     40,   Elm House
"""


def csv_text(drawn: str) -> str:
    """A table drawn with spaces for the eye, as a CSV file has it."""
    lines = [line for line in drawn.strip().splitlines() if line.strip()]
    return "\n".join(",".join(cell.strip() for cell in line.split(",")) for line in lines) + "\n"


def of_one_person(drawn: str, person: str = "P-1", service: str = "elm") -> str:
    """A drawn table about one person: their columns are the same in every row, so they are not drawn."""
    head, *rows = drawn.strip().splitlines()
    return "\n".join([f"person_id, service_id, {head}", *(f"{person}, {service}, {row}" for row in rows)])


def write(folder: Path, **tables: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawn in tables.items():
        (folder / f"{name}.csv").write_text(csv_text(drawn), encoding="utf-8")
    return folder


def load(folder: Path, database: Path, *, as_of: date = TODAY, **more: object) -> IngestReport:
    return ingest([folder], database, as_of=as_of, key=KEY, **more)  # type: ignore[arg-type]


@contextmanager
def facts_of(folder: Path, *, as_of: date = TODAY, **tables: str) -> Iterator[Warehouse]:
    """The facts in these tables."""
    database = folder / "facts.duckdb"
    load(write(folder / "exports", **tables), database, as_of=as_of)
    with open_facts(database) as facts:
        yield facts
