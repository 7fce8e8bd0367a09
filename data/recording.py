"""What a person writes down on a page goes the way of every export: the same checks, versions and ledger.

A row with the reference of an earlier one is a new version of it. References are made here.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.contract import TABLES
from data.exporting import MADE_HERE, contract_csv
from data.ingest import ingest
from data.reports import IngestReport
from data.schema import open_for_reading
from data.source import Source
from data.sqltext import quoted
from data.warehouse import open_facts

NEW = "new"
"""Stands for the reference of the one intervention that is written down in the same breath."""

Rows = Mapping[str, Sequence[Mapping[str, str]]]
"""Table name to rows of contract columns as text."""

_WORDS = {
    "interventions": "change",
    "declarations": "agreed",
    "context": "happening",
    "checks": f"{MADE_HERE}check",
    "feedback": f"{MADE_HERE}answer",
}
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Recorded:
    """What became of rows that were written down, and the rows with the references they were given."""

    report: IngestReport
    rows: Rows


def record(database: Path, rows: Rows, *, as_of: date, key: bytes | None = None) -> IngestReport:
    """Write rows down, all of them or none; see ``write_down``."""
    return write_down(database, rows, as_of=as_of, key=key).report


def write_down(database: Path, rows: Rows, *, as_of: date, key: bytes | None = None) -> Recorded:
    """Write rows down, all of them or, when any cell is refused, none; the report names every fault.

    Rows without a reference of their own get one, and ``new`` in ``intervention_id`` points at the intervention
    among them. A person is written as ``code:`` and the code, or as the reference used in the home.
    Raises WrongUse, KeyFileError, DatabaseUnavailable.
    """
    with _one_at_a_time:
        complete = with_references(database, rows, as_of.year)
        tried = _load(database, complete, as_of, key, dry_run=True)
        report = tried if tried.needs_attention else _load(database, complete, as_of, key, dry_run=False)
        return Recorded(report, complete)


def with_references(database: Path, rows: Rows, year: int) -> dict[str, list[dict[str, str]]]:
    """The rows, each with a reference of its own: ``change-2026-003`` is the third of that year."""
    made: dict[str, list[dict[str, str]]] = {}
    for name in sorted(rows, key=lambda name: name != "interventions"):
        own = TABLES[name].own_key
        free = _free_references(database, name, year)
        made[name] = [dict(row) for row in rows[name]]
        for row in made[name]:
            if own is not None and not row.get(own):
                row[own] = next(free)
            if row.get("intervention_id") == NEW:
                (row["intervention_id"],) = {each["intervention_id"] for each in made["interventions"]}
    return made


def _free_references(database: Path, table: str, year: int) -> Iterator[str]:
    """References nobody has used, taken-back rows included, so that one reference never means two things."""
    stem = f"{_WORDS.get(table, table)}-{year}-"
    own = TABLES[table].own_key
    used = 0
    if database.is_file() and own is not None:
        with open_for_reading(database) as con:
            found = con.execute(f"SELECT {quoted(own)} FROM store.{quoted(table)}").fetchall()
        ours = re.compile(re.escape(stem) + r"(\d+)")
        used = max((int(hit[1]) for (each,) in found if (hit := ours.fullmatch(each or ""))), default=0)
    while True:
        used += 1
        yield f"{stem}{used:03d}"


def _load(database: Path, rows: Rows, as_of: date, key: bytes | None, *, dry_run: bool) -> IngestReport:
    sources = [Source(f"{name}.csv", content=contract_csv(TABLES[name], each)) for name, each in rows.items()]
    return ingest(
        sources, database, as_of=as_of, key=key, sample=_is_sample(database), by_hand=True, dry_run=dry_run
    )  # fmt: skip


def _is_sample(database: Path) -> bool:
    """What is written down beside made-up homes does not make them real."""
    if not database.is_file():
        return False
    with open_facts(database) as facts:
        return facts.is_sample()
