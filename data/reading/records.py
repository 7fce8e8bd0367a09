"""Lines to records: quotation marks, line breaks inside cells, and the repair of a quotation mark that never closes.

A quotation mark opens a quoted cell only at the start of a cell; elsewhere it is a letter like any other. Inside a
quoted cell, two are one, and one closes the cell where a delimiter or the end of the line follows; where something
else follows it is kept as a letter (``"He said "no" to me"``), and the cell counts as badly quoted.

An opened cell that runs on over the end of its line is either a cell with line breaks or a quotation mark that was
never closed, which would swallow every row after it. The rows themselves decide: see ``read_record``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

MOST_LINES = 200
"""A cell over more lines than this is taken as never closed."""
LONGEST_CELL = 4_000_000
"""Characters beyond which an open cell is taken as never closed."""
SWALLOWED = 12
"""So many good records in a row inside an open cell settle that it was never closed."""
NARROW = 3
"""A note may hold as many commas as a row of this many cells."""

Fault = Literal["unclosed_quote"]


class Record(NamedTuple):
    """Cells as they stand, the physical line (counted from 1) they start on, and how many lines they take up."""

    line: int
    lines: int
    cells: list[str]
    fault: Fault | None = None


class Lines(Protocol):
    """Physical lines with their line ends. Asked for one line at a time, so they may be made as they are needed."""

    def __len__(self) -> int: ...
    def __getitem__(self, at: int, /) -> str: ...


@dataclass(frozen=True)
class Dialect:
    """How cells are parted. ``skip_blanks``: blanks before a quotation mark do not belong to the cell."""

    delimiter: str
    skip_blanks: bool = False


def split_lines(text: str) -> list[str]:
    """Physical lines with their ends: LF, CRLF or CR, nothing else ends a line."""
    if "\r" not in text:
        lines = text.split("\n")
        last = lines.pop()
        lines = [line + "\n" for line in lines]
        return [*lines, last] if last else lines
    lines = []
    for part in text.split("\n"):
        pieces = part.split("\r")
        lines += [piece + "\r" for piece in pieces[:-1]]
        if pieces[-1] or len(pieces) == 1:
            lines.append(pieces[-1] + "\n")
        else:
            lines[-1] += "\n"
    last = lines[-1]  # the text after the last line feed is no line of its own when it is empty
    if last == "\n":
        lines.pop()
    elif last.endswith("\n"):
        lines[-1] = last[:-1]
    return lines


def read_record(lines: Lines, at: int, dialect: Dialect, width: int | None, number: int, at_end: bool) -> Record | None:
    """The record that starts at ``lines[at]``, which is physical line ``number``; None when more lines are needed.

    ``width`` is the number of headings, None when it is not yet known. Where a cell runs over the line end, the
    record is taken as it stands if it is quoted properly and has the right width. Otherwise the lines it swallowed
    are looked at: if a properly quoted record of the right width starts on one of them, the quotation mark was never
    closed and only its own line is lost.
    """
    body = lines[at].rstrip("\r\n")
    if '"' not in body:
        return Record(number, 1, body.split(dialect.delimiter))
    cells = _properly_quoted(body, dialect)
    if cells is not None:
        return Record(number, 1, cells)
    reading = _Reading(dialect)
    if reading.take(lines[at]):
        wrong = width is not None and not fits(reading.cells, width) and body.count('"') % 2 == 1
        return Record(number, 1, reading.cells, "unclosed_quote" if wrong else None)
    taken, size, good_in_a_row = 1, 0, 0
    while True:
        if at + taken >= len(lines):
            if not at_end:
                return None
            if _is_cut(lines) and not _holds_a_record(lines, at, taken, dialect, width, at_end):
                return Record(number, taken, reading.so_far(), "unclosed_quote")
            break
        if taken >= MOST_LINES or size > LONGEST_CELL or good_in_a_row >= SWALLOWED:
            break
        line = lines[at + taken]
        taken, size = taken + 1, size + len(line)
        if reading.take(line):
            right = width is None or fits(reading.cells, width)
            if right and not reading.badly_quoted and not reading.stray:
                return Record(number, taken, reading.cells)
            swallowed = _holds_a_record(lines, at, taken, dialect, width, at_end)
            if swallowed is None:
                return None
            if not swallowed:
                return Record(number, taken, reading.cells)
            break
        alone = _properly_quoted(line.rstrip("\r\n"), dialect)
        good_in_a_row = good_in_a_row + 1 if width and width > 2 and alone and fits(alone, width) else 0
    return Record(number, 1, body.split(dialect.delimiter), "unclosed_quote")


def records_of(lines: Sequence[str], dialect: Dialect, width: int | None = None, number: int = 1) -> Iterator[Record]:
    """All records of lines that are all there is."""
    at = 0
    while at < len(lines):
        record = read_record(lines, at, dialect, width, number + at, at_end=True)
        assert record is not None
        yield record
        at += record.lines


def fits(cells: Sequence[str], width: int) -> bool:
    """Whether there is a cell under every heading, and nothing but empty ones beyond."""
    return len(cells) >= width and not any(cell.strip() for cell in cells[width:])


def _properly_quoted(body: str, dialect: Dialect) -> list[str] | None:
    """The cells of one line when its quotation marks are all in order, else None."""
    if '"' not in body:
        return body.split(dialect.delimiter)
    try:
        return next(csv.reader((body,), delimiter=dialect.delimiter, strict=True, skipinitialspace=dialect.skip_blanks))
    except csv.Error:
        reading = _Reading(dialect)
        return reading.cells if reading.take(body) and not reading.badly_quoted else None


def _is_cut(lines: Lines) -> bool:
    """Whether the last line has no end, as where a file was cut short inside a long note."""
    return not lines[len(lines) - 1].endswith(("\n", "\r"))


def _holds_a_record(
    lines: Lines, at: int, taken: int, dialect: Dialect, width: int | None, at_end: bool
) -> bool | None:
    """Whether a properly quoted record of the right width, or nearly, starts on one of the lines after the first.

    None when the lines at hand do not tell.
    """
    if width is None:
        return False
    for start in range(at + 1, at + taken):
        reading = _Reading(dialect)
        for line in range(start, start + MOST_LINES):
            if line >= len(lines):
                if not at_end:
                    return None
                break
            if reading.take(lines[line]):
                nearly = width > NARROW and abs(len(reading.cells) - width) <= 1
                if not reading.badly_quoted and not reading.stray and (nearly or fits(reading.cells, width)):
                    return True
                break
            if reading.badly_quoted:
                break
    return False


class _Reading:
    """Cells of one record, line by line. It is the reference for what quotation marks mean."""

    def __init__(self, dialect: Dialect) -> None:
        self.delimiter, self.skip_blanks = dialect.delimiter, dialect.skip_blanks
        self.cells: list[str] = []
        self.badly_quoted = False
        """A quotation mark inside a quoted cell was neither doubled nor at its end."""
        self.stray = False
        """A quotation mark stood inside a cell that is not quoted."""
        self._open: list[str] | None = None

    def take(self, line: str) -> bool:
        """Take one more physical line with its end; whether the record ends with it."""
        body = line.rstrip("\r\n")
        at = 0
        if self._open is not None:
            found = self._close(line, body, 0)
            if found is None:
                return False
            at = found
            if at > len(body):
                return True
        while True:
            start = at
            if self.skip_blanks:
                while start < len(body) and body[start] == " ":
                    start += 1
            if body[start : start + 1] == '"':
                self._open = []
                found = self._close(line, body, start + 1)
                if found is None:
                    return False
                at = found
            else:
                end = body.find(self.delimiter, at)
                cell = body[start:] if end < 0 else body[start:end]
                self.stray |= '"' in cell
                self.cells.append(cell)
                at = len(body) + 1 if end < 0 else end + 1
            if at > len(body):
                return True

    def so_far(self) -> list[str]:
        """The cells, with what there is of one that is still open."""
        return self.cells if self._open is None else [*self.cells, "".join(self._open)]

    def _close(self, line: str, body: str, at: int) -> int | None:
        """Read on inside a quoted cell; where the next cell starts, beyond the body at the record's end, None if open."""
        assert self._open is not None
        while True:
            mark = body.find('"', at)
            if mark < 0:
                self._open.append(line[at:])
                return None
            following = body[mark + 1 : mark + 2]
            if following == '"':
                self._open.append(body[at : mark + 1])
                at = mark + 2
                continue
            if following == " ":
                after = len(body) - len(body[mark + 1 :].lstrip(" "))
                if body[after : after + 1] in ("", self.delimiter):  # blanks between the cell and the delimiter
                    self._open.append(body[at:mark])
                    self.cells.append("".join(self._open))
                    self._open = None
                    return after + 1
            if following not in ("", self.delimiter):
                self.badly_quoted = True
                self._open.append(body[at : mark + 1])
                at = mark + 1
                continue
            self._open.append(body[at:mark])
            self.cells.append("".join(self._open))
            self._open = None
            return mark + 2
