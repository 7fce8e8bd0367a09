"""Rows as the contract wants them, and the writing of files that are the same on every machine."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from data.contract import TABLES

Row = dict[str, str]
Tables = dict[str, list[Row]]


def numbered(rows: Iterable[Row], column: str, prefix: str, by: Sequence[str], *, start: int = 1) -> list[Row]:
    """The rows in order of the columns ``by``, each with its number as its id, counted from ``start``."""
    ordered = sorted(rows, key=lambda row: [row.get(name, "") for name in by])
    return [{column: f"{prefix}-{number:05d}", **row} for number, row in enumerate(ordered, start=start)]


def write_table(folder: Path, table: str, rows: Sequence[Row]) -> Path:
    """One CSV with every column of the contract in its order; free text, which is never stored, is not sent."""
    path = folder / f"{table}.csv"
    columns = [column.name for column in TABLES[table].columns.values() if not column.free_text]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
