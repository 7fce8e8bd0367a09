"""Small builders: a file as reading gives it, without a file."""

from __future__ import annotations

from collections.abc import Sequence

from data.reading.table import RawTable, text_chunk


def raw(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> RawTable:
    """A whole file in its first chunk."""
    lines = list(range(2, len(rows) + 2))
    first = text_chunk([list(row) for row in rows], lines, len(headings))
    return RawTable(tuple(headings), 1, "utf-8", ",", "0" * 64, 0, first, lambda table: iter(()))


def drawn(text: str) -> RawTable:
    """A file drawn with ``|`` between the cells."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return raw(lines[0], lines[1:])
