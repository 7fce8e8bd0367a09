"""What goes with every picture: its title, its sentence, what to know of it, its numbers as a table and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.safe import csv_text

Cell = str | int | float | None
Mark = Literal["even", "pale", "before", "after", "line", "margin", ""]
"""What stands before a word of the key: a small drawing, or nothing where the word names a sign itself."""


@dataclass(frozen=True)
class Pictured:
    """``title`` and ``sentence`` (the alt text too) say what it shows, ``notes`` what to know, ``key`` what marks mean.

    ``rows`` are plain words by heading, not yet made safe for any page; ``csv`` already is a file.
    """

    title: str
    sentence: str
    notes: tuple[str, ...]
    key: tuple[tuple[Mark, str], ...]
    rows: tuple[dict[str, str], ...]
    csv: bytes
    file_name: str


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Numbers as numbers, text that cannot start a formula, an empty cell for what is not known."""
    out = io.StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    write.writerow([csv_text(each) for each in headings])
    for row in rows:
        write.writerow([_cell(each) for each in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return csv_text(cell) if isinstance(cell, str) else round(cell, 4)
