"""Bytes to text rows. Every record keeps the physical line on which it starts; nothing is guessed about values.

DuckDB's reader is not used here on purpose: its sniffer and its error skipping lose rows without a word.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.contract import TABLES, Table, columns_for
from data.model import Problem

HEADING_SEARCH_LINES = 30
LONGEST_QUOTED_CELL_LINES = 50
"""A quoted cell over more lines than this is an unclosed quote, not a long note."""
LARGEST_CELL = 10_000_000

_SIGNATURES = (
    (b"PK\x03\x04", "a workbook or a zip archive", "Open it and save the sheet as CSV, then load the CSV."),
    (b"\xd0\xcf\x11\xe0", "an old-style workbook", "Open it and save the sheet as CSV, then load the CSV."),
    (b"\x89PNG", "a picture", "Export the table itself as CSV from your system."),
    (b"\xff\xd8\xff", "a picture", "Export the table itself as CSV from your system."),
    (b"%PDF", "a PDF", "Export the table itself as CSV from your system."),
    (b"\x1f\x8b", "a compressed archive", "Unpack it first, then load the CSV inside."),
)


class NotATable(Exception):
    """The file as a whole cannot be used; the message says what was seen and what to do."""


@dataclass(frozen=True)
class RawTable:
    """A delimited file as text: headings, rows cut to their number, the line each row starts on, what was set aside.

    ``odd_blanks`` says whether cells may be padded with tabs or no-break spaces, as web pages and spreadsheets do.
    """

    headings: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    problems: tuple[Problem, ...]
    ignored: int
    encoding: str
    delimiter: str
    sha256: str
    bytes: int
    odd_blanks: bool

    @property
    def rows_in(self) -> int:
        return len(self.rows) + len(self.problems)


def read_table(path: Path) -> RawTable:
    """Read any delimited file into text rows. Raises NotATable."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotATable(f"The file could not be opened ({error.strerror}). Close it elsewhere and try again.") from None
    for signature, what, remedy in _SIGNATURES:
        if content.startswith(signature):
            raise NotATable(f"This is {what}, not a CSV file. {remedy}")
    text, encoding = _decode(content)
    lines = list(io.StringIO(text, newline=""))
    if not any(line.strip() for line in lines):
        raise NotATable("The file is empty. Export it again and check that it holds rows.")
    delimiter, heading_at = _find_headings(lines)
    headings = tuple(cell.strip() for cell in next(csv.reader([lines[heading_at]], delimiter=delimiter)))
    rows, starts, problems, blank = _records(lines, heading_at + 1, len(headings), delimiter)
    return RawTable(
        headings, rows, starts, tuple(problems), blank + heading_at, encoding, delimiter,
        hashlib.sha256(content).hexdigest(), len(content), "\xa0" in text or ("\t" in text and delimiter != "\t"),
    )  # fmt: skip


def _decode(content: bytes) -> tuple[str, str]:
    """BOM, then strict UTF-8, then cp1252: the order in which care systems and Excel write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            raise NotATable("The file breaks off in the middle of a letter. Export it again.") from None
    if b"\x00" in content[:4096]:
        raise NotATable("The file holds binary data, not text. Export the table as CSV.")
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _find_headings(lines: Sequence[str]) -> tuple[str, int]:
    """The delimiter and the line that reads best as the headings of a contract table."""
    best = (0.0, -1, ",", 0)
    for at, line in enumerate(lines[:HEADING_SEARCH_LINES]):
        for delimiter in ",;\t|":
            try:
                cells = next(csv.reader([line], delimiter=delimiter))
            except (csv.Error, StopIteration):
                continue
            score = max(_fit(table, cells) for table in TABLES.values())
            if (score, -at) > (best[0], -best[3]) and score > 0:
                best = (score, len(cells), delimiter, at)
    if best[0] == 0:
        raise NotATable(
            "No line of headings was found that fits a table of the contract. "
            "Check that the first line names the columns, as docs/csv-contract.md lists them."
        )
    return best[2], best[3]


def _fit(table: Table, cells: Sequence[str]) -> float:
    found = columns_for(table, cells)
    return len(found) + sum(1 for name in table.required if name in found)


def _records(
    lines: Sequence[str], start: int, width: int, delimiter: str
) -> tuple[list[list[str]], list[int], list[Problem], int]:
    """Split into records of ``width`` cells. A record whose quote never closes loses itself only."""
    rows: list[list[str]] = []
    starts: list[int] = []
    problems: list[Problem] = []
    blank, at = 0, start
    csv.field_size_limit(LARGEST_CELL)
    while at < len(lines):
        reader = csv.reader(lines[at:] if at else lines, delimiter=delimiter, strict=False)
        base, resumed = at, False
        while True:
            before = reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                at = len(lines)
                break
            except csv.Error:
                cells = []
            first, taken = base + before, reader.line_num - before
            if taken == 1 and len(cells) == width and cells[0].strip():
                rows.append(cells)
                starts.append(first + 1)
                continue
            if not any(cell.strip() for cell in cells):
                blank += taken
                continue
            if taken > 1 and _unclosed(cells, width, taken, first + taken == len(lines), lines[first : first + taken]):
                problems.append(
                    Problem(first + 1, None, None, "unclosed_quote",
                            "A quotation mark opens and never closes. Close it, or remove it, and load the row again.")
                )  # fmt: skip
                at, resumed = first + 1, True
                break
            surplus = cells[width:]
            if len(cells) < width:
                problems.append(
                    Problem(first + 1, None, None, "too_few_cells",
                            f"{len(cells)} cells under {width} headings. Add the missing cells, even if they are empty.")
                )  # fmt: skip
            elif any(cell.strip() for cell in surplus):
                problems.append(
                    Problem(first + 1, None, None, "too_many_cells",
                            f"{len(cells)} cells under {width} headings. Put quotation marks round a cell that holds a comma.")
                )  # fmt: skip
            else:
                rows.append(cells[:width] if surplus else cells)
                starts.append(first + 1)
        if not resumed:
            break
    return rows, starts, problems, blank


def _unclosed(cells: Sequence[str], width: int, taken: int, at_end: bool, lines: Sequence[str]) -> bool:
    if taken > LONGEST_QUOTED_CELL_LINES:
        return True
    odd = sum(line.count('"') for line in lines) % 2 == 1
    return odd if at_end else len(cells) != width
