"""What a cell looks like, without reading it: enough to tell headings and totals from records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from data.values import is_nothing, tidy

Shape = Literal["nothing", "number", "date", "code", "words"]

_NUMBER = re.compile(r"[-+(]?[£$€]?\s?[-+]?(?:\d[\d,. ]*|[.,]\d+)\s?%?\)?(?:E[-+]?\d+)?", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,.]+)?(?:"
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"  # 03/02/2025, 2025-02-03
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[-/. ]*{_MONTH}[-/. ,']*\d{{2,4}}"  # 3rd Feb 2025
    rf"|{_MONTH}[-/. ]*\d{{1,2}}(?:st|nd|rd|th)?,? +\d{{4}}"  # Feb 3, 2025
    rf"|{_MONTH}[-/. ']*\d{{2,4}}|\d{{4}}[-/. ]*{_MONTH}|\d{{1,2}}[-/]\d{{4}}|\d{{4}}[-/]\d{{1,2}}"  # Feb 2025, 02/2025
    r"|\d{1,2}[:.]\d{2}(?:[:.]\d{2})? ?(?:[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?"  # 14:05, 2.05pm
    r")(?:[T ,]+(?:at )?\d{1,2}[:.]\d{2}.*)?",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


def shape(cell: str) -> Shape:
    """Nothing, a number, a date or time, a code (figures among letters, no blank), or words."""
    text = tidy(cell)
    if is_nothing(text):
        return "nothing"
    if not any(letter.isdigit() for letter in text):
        return "words"
    if _NUMBER.fullmatch(text):
        return "date" if text.count(".") == 2 or re.fullmatch(r"\d{4}-\d{2}", text) else "number"
    if _DATE.fullmatch(text):
        return "date"
    return "words" if " " in text else "code"


def is_figure(cell: str) -> bool:
    """Whether a cell is empty or holds a number, as the cells of a totals row do."""
    text = tidy(cell)
    return is_nothing(text) or _NUMBER.fullmatch(text) is not None


def rises(cells: Sequence[str]) -> bool:
    """Whether numbers or dates follow one another as headings of years, months or questions do (2023, 2024, 2025)."""
    numbers = [float(cell) for cell in cells if _PLAIN_NUMBER.fullmatch(tidy(cell))]
    if len(numbers) == len(cells) >= 2:
        steps = {later - earlier for earlier, later in pairwise(numbers)}
        return len(steps) == 1 and steps <= {1.0, -1.0}
    return len({tidy(cell).casefold() for cell in cells}) == len(cells) >= 2 and all(shape(c) == "date" for c in cells)


def filled(cells: Sequence[str]) -> int:
    """Cells that hold anything but blanks."""
    return sum(1 for cell in cells if cell and not cell.isspace())


def trimmed(cells: Sequence[str]) -> int:
    """The number of cells up to the last one that holds anything."""
    for at in range(len(cells) - 1, -1, -1):
        if cells[at].strip():
            return at + 1
    return 0
