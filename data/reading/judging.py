"""Record or not: what is set aside, what is kept, and what is refused for its shape.

A line is only set aside when it could not be a record: it is empty, repeats the headings, reads as a report's own
words in nearly empty cells, sums up a column, or belongs to a second table. All else is a record, good or bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.model import Problem
from data.reading.phrases import ends_as_total, is_footer_phrase, is_total_phrase, says_of_what
from data.reading.records import Record
from data.reading.shapes import filled, is_figure, rises, shape, trimmed
from data.reading.table import BadRecord, SetAside, Why
from data.values import is_nothing, tidy

MOST_WAITING = 200
"""Lines with one cell that may turn out to be a report's last words; more of them are records."""
FOOTER_CELLS = 3
"""A report's own words fill no more cells than this: "Printed by", a name, a date."""
USUAL = 0.95
"""A column filled (or holding figures) in this share of the records is so as a rule."""
HABIT_ROWS, HABIT_SHARE = 2, 0.05
"""So many short rows, in number and share, show that a spreadsheet left off empty cells at the end of its lines."""
HABIT_RECORDS = 5


@dataclass(frozen=True)
class Usual:
    """What the records of the table are like, learnt from the first of them, column by column."""

    filled: tuple[bool, ...]
    figured: tuple[bool, ...]
    """Whether the cells of a column hold a figure as a rule: dates, numbers and references do, names do not."""
    leaves_off: bool = False
    """Whether empty cells at the end of a row are left off in this file."""

    @classmethod
    def learnt(cls, sample: Sequence[Sequence[str]], width: int) -> Usual:
        """From the cells of the first records, whatever their shape."""
        whole = [cells for cells in sample if len(cells) == width and filled(cells) > 1]
        is_filled, figured = [], []
        for place in range(width):
            cells = [row[place] for row in whole if not is_nothing(row[place])]
            is_filled.append(len(whole) > 1 and len(cells) >= USUAL * len(whole))
            figured.append(len(cells) > 1 and sum(map(_has_figure, cells)) >= USUAL * len(cells))
        usual = cls(tuple(is_filled), tuple(figured))
        short = [row for row in sample if width // 2 <= len(row) < width and filled(row) > 1]
        habit = (
            len(sample) >= HABIT_RECORDS
            and len(short) >= max(HABIT_ROWS, HABIT_SHARE * len(sample))
            and all(row[-1].strip() for row in whole)
            and all(usual.could_end_early(row) for row in short)
        )
        return cls(usual.filled, usual.figured, habit)

    def could_end_early(self, cells: Sequence[str]) -> bool:
        """Whether a short row is whole but for empty cells at its end: its own cells stand where theirs belong."""
        half = len(cells) * 2 >= len(self.filled)
        return half and bool(cells[-1].strip()) and not self.unlike(cells)

    def unlike(self, cells: Sequence[str]) -> bool:
        """Whether a row cannot be a record like the others: a cell always filled is empty, or words replace figures."""
        for cell, is_filled, figured in zip(cells, self.filled, self.figured, strict=False):
            nothing = is_nothing(cell)
            if (nothing and is_filled and not tidy(cell)) or (figured and not nothing and not _has_figure(cell)):
                return True
        return False


@dataclass
class _Waiting:
    """A line whose meaning shows in what comes after it."""

    record: Record
    why: Why | None
    after_gap: bool
    is_heading: bool = False


@dataclass
class Judge:
    """Takes the records of a file in order and keeps count of every line."""

    headings: Sequence[str]
    second: Sequence[str] | None
    usual: Usual
    rows: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    further_lines: int = 0
    bad: list[BadRecord] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    padded: int = 0
    second_table: bool = False
    _waiting: list[_Waiting] = field(default_factory=list)
    _gap: bool = False

    def __post_init__(self) -> None:
        self.width = len(self.headings)
        self.most_in_footer = min(FOOTER_CELLS, self.width // 2)
        self.repeats = [_as_written(line) for line in (self.headings, self.second) if line and self.width > 1]

    @property
    def steady(self) -> bool:
        """Whether an ordinary record that comes next is simply a record."""
        return not (self._gap or self._waiting or self.second_table)

    def take(self, record: Record) -> None:
        """Say what one record is."""
        cells = record.cells
        if self.second_table:
            if not self.repeats_headings(cells):
                self._aside(record, "second_table")
                return
            self.second_table = False
        if record.fault is not None:
            self._settle()
            self._refuse(record, record.fault)
            return
        holds = self._holds(cells)
        if holds == 0:
            self._wait_or_aside(record, "blank")
            return
        if self.repeats_headings(cells):
            for each in self._waiting:
                self._aside(each.record, each.why or "preamble")
            self._waiting, self._gap = [], False
            self._aside(record, "repeated_heading")
            return
        held = self._waiting[-1] if self._waiting else None
        if held is not None and held.is_heading:
            if self._supports(held.record.cells, cells):
                self._begin_second_table(record)
                return
            self._settle()
        why = self.report_words(cells, holds)
        if why is not None:
            self._wait_or_aside(record, why)
            return
        if holds == 1 and (len(cells) < self.width or self.width > 2) and len(self._waiting) < MOST_WAITING:
            self._waiting.append(_Waiting(record, None, self._gap))
            return
        if (self._gap or self._waiting) and self._could_head_another(cells):
            self._waiting.append(_Waiting(record, None, True, is_heading=True))
            return
        self._settle()
        self._keep(record)

    def finish(self) -> None:
        """The file has ended: what was waiting is a report's last words, or a record after all."""
        for each in self._waiting:
            why = each.why
            if why is None and not each.is_heading and _last_words(each):
                why = "footer"
            if why is not None:
                self._aside(each.record, why)
            else:
                self._keep(each.record)
        self._waiting = []
        if self.padded:
            rows = "1 row ends" if self.padded == 1 else f"{self.padded:,} rows end"
            self.notes.append(f"{rows} before the last heading; the missing cells were read as empty.")

    def _holds(self, cells: Sequence[str]) -> int:
        """How many cells hold anything, counted no further than matters."""
        enough, holds = max(1, self.most_in_footer) + 1, 0
        for cell in cells:
            if cell and not cell.isspace():
                holds += 1
                if holds == enough:
                    break
        return holds

    def is_ordinary(self, cells: Sequence[str]) -> bool:
        """Whether a row as wide as the headings is simply a record wherever it stands among records."""
        holds = self._holds(cells)
        if holds <= 1:
            return holds == 1 and self.width == 2 and self.report_words(cells, holds) is None
        return not self.repeats_headings(cells) and self.report_words(cells, holds) is None

    def repeats_headings(self, cells: Sequence[str]) -> bool:
        """Whether a line is the headings once more, as at the top of each printed page."""
        first = tidy(cells[0])
        return any(line[0] == first and line == _as_written(cells) for line in self.repeats)

    def report_words(self, cells: Sequence[str], holds: int) -> Why | None:
        """Whether nearly empty cells hold a report's own words, or a line sums up the table."""
        first = 0 if cells[0].strip() else next(place for place, cell in enumerate(cells) if cell.strip())
        words = cells[first]
        if is_total_phrase(words) and all(is_figure(cell) for cell in cells[first + 1 :]):
            measure = says_of_what(words) and holds > 1 and not self.usual.unlike(cells)
            if not measure and (self.width > 1 or any(letter.isdigit() for letter in words)):
                return "totals"
        elif (
            "total" in words.lower()
            and ends_as_total(words)
            and self._sums_up(cells[first + 1 :])
            and self.usual.unlike(cells)
        ):
            return "totals"
        if holds <= max(1, self.most_in_footer) and is_footer_phrase(words):
            return "footer"
        return None

    def _sums_up(self, cells: Sequence[str]) -> bool:
        return all(is_figure(cell) for cell in cells) and any(_has_figure(cell) for cell in cells)

    def _wait_or_aside(self, record: Record, why: Why) -> None:
        if self._waiting:
            if self._waiting[-1].is_heading:
                self._settle()
                self._aside(record, why)
            else:
                self._waiting.append(_Waiting(record, why, self._gap))
        else:
            self._aside(record, why)
        self._gap = True

    def _settle(self) -> None:
        """Records follow, so what was waiting belongs to the table."""
        for each in self._waiting:
            if each.why is not None:
                self._aside(each.record, each.why)
            else:
                self._keep(each.record)
        self._waiting, self._gap = [], False

    def _keep(self, record: Record) -> None:
        cells = record.cells
        if len(cells) > self.width:
            if any(cell.strip() for cell in cells[self.width :]):
                self._refuse(record, "too_many_cells")
                return
            cells = cells[: self.width]
        elif len(cells) < self.width:
            if not (self.usual.leaves_off and self.usual.could_end_early(cells)):
                self._refuse(record, "too_few_cells")
                return
            cells = cells + [""] * (self.width - len(cells))
            self.padded += 1
        self.rows.append(cells)
        self.starts.append(record.line)
        self.further_lines += record.lines - 1

    def _refuse(self, record: Record, reason: str) -> None:
        here = f"{len(record.cells)} {'cell' if len(record.cells) == 1 else 'cells'} under {self.width} headings."
        remedy = {
            "too_few_cells": f"{here} Add the missing cells, even if they are empty.",
            "too_many_cells": f"{here} Put quotation marks round a cell that holds a comma.",
            "unclosed_quote": "A quotation mark opens and never closes. Close it, or remove it, and load the row again.",
        }[reason]
        problem = Problem(record.line, None, None, reason, remedy)
        self.bad.append(BadRecord(problem, tuple(record.cells), record.lines))

    def _aside(self, record: Record, why: Why) -> None:
        last = self.set_aside[-1] if self.set_aside else None
        end = record.line + record.lines - 1
        if last is not None and last.why == why and last.last_line + 1 == record.line:
            self.set_aside[-1] = SetAside(last.first_line, end, why)
        else:
            self.set_aside.append(SetAside(record.line, end, why))

    def _could_head_another(self, cells: Sequence[str]) -> bool:
        """Whether a line after a gap names the columns of another table and cannot be a record of this one."""
        own = cells[: trimmed(cells)]
        if len(own) < 2 or filled(own) < max(2, len(own) / 2):
            return False
        said = [tidy(cell).casefold() for cell in own if cell.strip()]
        if len(set(said)) < len(said) or any(is_nothing(cell) for cell in said):
            return False
        later = [cell for cell in own[1:] if cell.strip()]
        if shape(own[0]) != "words" or not (all(shape(cell) == "words" for cell in later) or rises(later)):
            return False
        return len(cells) != self.width or self.usual.unlike(cells)

    def _supports(self, heading: Sequence[str], cells: Sequence[str]) -> bool:
        """Whether a record can stand under the headings of another table and not under those of this one."""
        own = trimmed(heading)
        if len(cells) != len(heading) or trimmed(cells) > own or filled(cells) < 2:
            return False
        contrast = any(_has_figure(cell) and not _has_figure(head) for head, cell in zip(heading, cells, strict=True))
        contrast |= rises([cell for cell in heading[1:own] if cell.strip()])
        return contrast and (len(cells) != self.width or self.usual.unlike(cells))

    def _begin_second_table(self, record: Record) -> None:
        first = len(self._waiting) - 1
        while first and self._waiting[first - 1].why is None:  # its title
            first -= 1
        for at, each in enumerate(self._waiting):
            if at >= first:
                self._aside(each.record, "second_table")
            elif each.why is not None:
                self._aside(each.record, each.why)
            else:
                self._keep(each.record)
        begins = self._waiting[first].record.line
        self._waiting, self._gap, self.second_table = [], False, True
        self._aside(record, "second_table")
        self.notes.append(
            f"A second table begins on line {begins:,} and was set aside. "
            "To use it, copy it into a file of its own and load that."
        )


def _last_words(each: _Waiting) -> bool:
    """Whether the only cell of a line at the end of a file is a sentence or a title, not the start of a record."""
    cells = each.record.cells
    words = tidy(cells[0])
    many = len(words.split())
    return shape(words) == "words" and (many >= 3 or (each.after_gap and many >= 2))


def _as_written(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(tidy(cell) for cell in cells[: trimmed(cells)])


def _has_figure(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell)
