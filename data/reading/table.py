"""What reading gives: a delimited file as text, piece by piece, with everything that was set aside named.

Nothing is guessed about values here, and nothing is lost: every physical line of the file is in a record, in a bad
record, in what was set aside, or is the line of headings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.model import Problem

CHUNK_ROWS = 200_000
"""Rows that are in memory at once, about."""

Why = Literal[
    "separator_line", "preamble", "second_heading", "repeated_heading", "totals", "footer", "blank", "second_table"
]


class NotATable(Exception):
    """The file as a whole cannot be used; the message says what was seen and what to do."""


MOST_COLUMNS = 2000
"""The widest sheets of real homes have a column for each day of some years. What is wider is no table of records."""


def refuse_too_wide(columns: int) -> None:
    """Raise NotATable for a line of more columns than any export has."""
    if columns > MOST_COLUMNS:
        raise NotATable(
            f"The file has {columns:,} columns, and no more than {MOST_COLUMNS:,} can be read. "
            "Export only the columns that are needed."
        )


@dataclass(frozen=True)
class Chunk:
    """Consecutive records: one text array a heading (cells as they stand, ``""`` when empty, never null).

    ``lines`` is the physical line of the file, counted from 1, on which each record starts. ``further_lines`` are
    the physical lines its records take up beyond one each: a cell may hold line breaks.
    """

    cells: tuple[pa.Array, ...]
    lines: NDArray[np.int64]
    further_lines: int = 0

    def __len__(self) -> int:
        return len(self.lines)


@dataclass(frozen=True)
class SetAside:
    """Lines that hold no record of the table, and why."""

    first_line: int
    last_line: int
    why: Why

    @property
    def lines(self) -> int:
        return self.last_line - self.first_line + 1


@dataclass(frozen=True)
class BadRecord:
    """A record whose shape is wrong: what is wrong, and its cells as far as they could be told apart."""

    problem: Problem
    cells: tuple[str, ...]
    lines: int = 1
    """Physical lines it takes up."""


@dataclass
class RawTable:
    """A delimited file being read once from top to bottom.

    ``headings`` are unique and never empty ("Date (2)", "Column 3"). ``set_aside``, ``bad``, ``rows``, ``lines`` and
    ``notes`` are complete when the last chunk has been taken. ``first`` may be looked at as often as one likes.
    ``lines`` counts the physical lines of the file as they pass, whatever is made of them; ``heading_lines`` are
    those the heading takes up.
    """

    headings: tuple[str, ...]
    heading_line: int
    encoding: str
    delimiter: str
    sha256: str
    size: int
    first: Chunk
    rest: Callable[[RawTable], Iterator[Chunk]]
    notes: list[str] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    bad: list[BadRecord] = field(default_factory=list)
    rows: int = 0
    lines: int = 0
    heading_lines: int = 1
    record_lines: int = 0

    def chunks(self) -> Iterator[Chunk]:
        """All chunks in order, once. Raises NotATable where the file has gone or changed since it was opened."""
        self._count(self.first)
        yield self.first
        for chunk in self.rest(self):
            self._count(chunk)
            yield chunk

    def _count(self, chunk: Chunk) -> None:
        self.rows += len(chunk)
        self.record_lines += len(chunk) + chunk.further_lines

    @property
    def rows_in(self) -> int:
        """Records of the table so far, good and bad."""
        return self.rows + len(self.bad)

    @property
    def ignored(self) -> int:
        """Physical lines set aside so far."""
        return sum(each.lines for each in self.set_aside)

    @property
    def reconciled(self) -> bool:
        """Whether every physical line is accounted for, once the last chunk has been taken.

        ``lines`` is counted from the line ends of the file, the other side from what was made of them.
        """
        bad = sum(each.lines for each in self.bad)
        return self.lines == self.heading_lines + self.record_lines + bad + self.ignored


def text_chunk(rows: list[list[str]], lines: list[int], width: int) -> Chunk:
    """A chunk from rows of cells."""
    columns = zip(*rows, strict=True) if rows else ((),) * width
    return Chunk(tuple(pa.array(column, pa.string()) for column in columns), np.array(lines, dtype=np.int64))
