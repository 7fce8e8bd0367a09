"""Small helpers for tests of reading: bytes in, rows out."""

from __future__ import annotations

from data.reading import RawTable, open_table
from data.reading.opening import open_in_blocks
from data.source import Source

Row = tuple[int, list[str]]


def taken(table: RawTable) -> list[Row]:
    """All records with their lines, in order."""
    rows: list[Row] = []
    for chunk in table.chunks():
        columns = [column.to_pylist() for column in chunk.cells]
        assert all(column.null_count == 0 and str(column.type) == "string" for column in chunk.cells)
        rows += [(int(line), [column[at] for column in columns]) for at, line in enumerate(chunk.lines)]
    return rows


def read(content: str | bytes, name: str = "export.csv") -> tuple[RawTable, list[Row]]:
    """A file read to its end, every line of it accounted for."""
    table = open_table(Source(name, content=content if isinstance(content, bytes) else content.encode()))
    rows = taken(table)
    assert table.reconciled, "not every line is accounted for"
    assert len(rows) == table.rows
    return table, rows


def read_both_ways(content: bytes, block: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """What the quick way and the slow way make of a file in small blocks."""
    made = []
    for quick in (True, False):
        table = open_in_blocks(Source("export.csv", content=content), (), block, quick=quick)
        rows = taken(table)
        made.append(
            (table.headings, table.heading_line, rows, table.bad, table.set_aside, table.notes, table.lines,
             table.record_lines, table.reconciled)
        )  # fmt: skip
    return made[0], made[1]
