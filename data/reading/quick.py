"""The quick way through a block: which lines are proved to be one ordinary record each, and Arrow's parse of them.

A line is proved by its bytes: it is not empty, and every quotation mark in it opens at the start of a cell, closes at
its end, or is doubled inside. Then Arrow, told everything and left to guess nothing, reads the same cells from it as
``records.read_record`` does. Lines that are not proved are left to that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv

from data.reading.phrases import MAY_BE_TOTAL
from data.reading.records import Dialect

LF, CR, QUOTE = 10, 13, 34
_MAYBE_BLANK = np.zeros(256, dtype=bool)
_MAYBE_BLANK[[*range(9, 14), *range(28, 33), 0xC2, 0xE1, 0xE2, 0xE3]] = True
"""First bytes of what counts as a blank: ASCII blanks, and the letters among which no-break spaces are."""
_RE2_SPECIAL = r"\.+*?()|[]{}^$"


def suits(dialect: Dialect, width: int) -> bool:
    """Whether a table of this kind can be read the quick way at all."""
    return width > 1 and not dialect.skip_blanks and dialect.delimiter.isascii() and dialect.delimiter not in '"\r\n '


class Lines:
    """The lines of a block, made into text when they are asked for. ``ends`` are places just behind each line end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        letters = np.frombuffer(data, np.uint8)
        ends = np.flatnonzero(letters == LF) + 1
        if b"\r" in data and np.count_nonzero(letters == CR) != np.count_nonzero(letters[ends[ends > 1] - 2] == CR):
            alone = np.flatnonzero(letters == CR)
            alone = alone[(alone + 1 == len(letters)) | (letters[np.minimum(alone + 1, len(letters) - 1)] != LF)]
            ends = np.sort(np.concatenate([ends, alone + 1]))
        if len(data) and (not len(ends) or ends[-1] != len(data)):
            ends = np.append(ends, len(data))
        self.letters, self.ends = letters, ends
        self.starts = np.concatenate([np.zeros(1, ends.dtype), ends[:-1]])

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int, /) -> str:
        return self.data[self.starts[at] : self.ends[at]].decode("utf-8")

    def unproved(self, delimiter: str) -> NDArray[np.bool_]:
        """For each line, whether it is empty or its quotation marks are not in order."""
        lengths = self.ends - self.starts
        first = self.letters[self.starts]
        doubt = (first == LF) | (first == CR) | (lengths == 0)
        if QUOTE in self.data:
            doubt |= self._badly_quoted(ord(delimiter))
        return np.asarray(doubt)

    def _badly_quoted(self, delimiter: int) -> NDArray[np.bool_]:
        letters = self.letters
        marks = np.flatnonzero(letters == QUOTE)
        line = np.searchsorted(self.ends, marks, side="right")
        counts = np.bincount(line, minlength=len(self.ends))
        first_of_line = np.cumsum(counts) - counts
        opens = (np.arange(len(marks)) - first_of_line[line]) % 2 == 0
        before = letters[np.maximum(marks - 1, 0)]
        after = letters[np.minimum(marks + 1, len(letters) - 1)]
        at_start = (marks == self.starts[line]) | (before == delimiter)
        at_end = (marks + 1 == len(letters)) | (after == delimiter) | (after == LF) | (after == CR)
        same_line_before = (before == QUOTE) & (marks > self.starts[line])
        wrong = np.where(opens, ~(at_start | same_line_before), ~(at_end | (after == QUOTE)))
        doubt = counts % 2 == 1
        doubt[line[wrong]] = True
        return np.asarray(doubt)

    def without(self, gone: NDArray[np.bool_], until: int) -> bytes | memoryview:
        """The bytes of the first ``until`` lines that are not gone."""
        stop = int(self.starts[until]) if until < len(self.ends) else len(self.data)
        if not gone[:until].any():
            return memoryview(self.data)[:stop]
        kept = np.flatnonzero(np.diff(np.concatenate([[True], gone[:until], [True]]).astype(np.int8)))
        view = memoryview(self.data)
        return b"".join(
            view[self.starts[first] : self.ends[last - 1]] for first, last in zip(kept[::2], kept[1::2], strict=True)
        )


@dataclass(frozen=True)
class Parsed:
    """Arrow's columns, and which of the lines it was given are not as wide as the headings."""

    cells: tuple[pa.Array, ...]
    misfits: NDArray[np.int64]


def parse(data: bytes | memoryview, delimiter: str, width: int) -> Parsed:
    """The cells of proved lines. Raises pyarrow.ArrowInvalid where Arrow will not have them."""
    misfits: list[int] = []

    def misfit(row: csv.InvalidRow) -> str:
        misfits.append(row.number - 1)
        return "skip"

    names = [str(place) for place in range(width)]
    if not len(data):
        return Parsed(tuple(pa.array([], pa.string()) for _ in names), np.zeros(0, np.int64))
    table = csv.read_csv(
        pa.BufferReader(pa.py_buffer(data)),
        read_options=csv.ReadOptions(column_names=names, block_size=len(data) + 1, use_threads=False),
        parse_options=csv.ParseOptions(
            delimiter=delimiter, quote_char='"', double_quote=True, escape_char=False, newlines_in_values=False,
            ignore_empty_lines=False, invalid_row_handler=misfit,
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
        ),
    )  # fmt: skip
    cells = tuple(
        column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays([pa.array([], pa.string()), *column.chunks])
        for column in table.columns
    )
    return Parsed(cells, np.array(misfits, dtype=np.int64))


def to_be_judged(cells: tuple[pa.Array, ...], repeated: tuple[str, ...], most_in_footer: int) -> NDArray[np.int64]:
    """Rows that may be more than an ordinary record: nearly empty ones, and those that begin like a total or a heading.

    ``repeated`` are first headings as written. A row too many costs time and nothing else; none is missing.
    """
    rows = len(cells[0])
    few = max(1, most_in_footer)
    holds = np.zeros(rows, dtype=np.uint8)
    doubt = np.zeros(rows, dtype=bool)
    for place, column in enumerate(cells):
        solid = _solid(column)
        holds += solid & (holds < 255)
        if place >= few and holds.min(initial=255) > few:
            break
    doubt |= holds <= few
    pattern = _pattern(repeated)
    open_rows = np.arange(rows)
    for column in cells:
        here = column if len(open_rows) == rows else column.take(pa.array(open_rows))
        matches = pc.match_substring_regex(here, pattern)
        solid = _solid(here)
        doubt[open_rows[matches.to_numpy(zero_copy_only=False) & _not_empty(here)]] = True
        open_rows = open_rows[~solid]
        open_rows = open_rows[~doubt[open_rows]]
        if not len(open_rows):
            break
    return np.flatnonzero(doubt)


def _solid(column: pa.Array) -> NDArray[np.bool_]:
    """Whether each cell surely holds something: it is not empty and does not begin like a blank."""
    offsets, not_empty = _offsets(column), _not_empty(column)
    values = column.buffers()[2]
    if values is None or not len(values):
        return not_empty
    letters = np.frombuffer(values, np.uint8)
    first = letters[np.minimum(offsets[:-1], len(letters) - 1)]
    return np.asarray(not_empty & ~_MAYBE_BLANK[first])


def _not_empty(column: pa.Array) -> NDArray[np.bool_]:
    offsets = _offsets(column)
    return np.asarray(offsets[1:] > offsets[:-1])


def _offsets(column: pa.Array) -> NDArray[np.int32]:
    """Where each cell begins among the letters of the column, and where the last one ends."""
    return np.frombuffer(column.buffers()[1], np.int32)[column.offset : column.offset + len(column) + 1]


def _pattern(repeated: tuple[str, ...]) -> str:
    escaped = ["".join(f"\\{letter}" if letter in _RE2_SPECIAL else letter for letter in each) for each in repeated]
    return "|".join([MAY_BE_TOTAL, *(f"^(?-i:{each})$" for each in escaped if each)])
