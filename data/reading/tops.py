"""The top of a table: its headings, what stands above them, and what its first records are like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from data.reading.dialect import Found
from data.reading.headings import is_second_heading, merged, named, tidy_heading
from data.reading.judging import FOOTER_CELLS, Usual
from data.reading.phrases import ends_as_total, is_footer_phrase, is_total_phrase
from data.reading.records import Record
from data.reading.shapes import filled, trimmed
from data.reading.table import SetAside, Why

ENOUGH_BEFORE_GAP = 3


@dataclass(frozen=True)
class Top:
    """Headings as written and as named, the line they stand on, and how many lines and records come before the rows."""

    raw: tuple[str, ...]
    second: tuple[str, ...] | None
    headings: tuple[str, ...]
    heading_line: int
    heading_lines: int
    lines: int
    records: int
    set_aside: list[SetAside]
    notes: list[str]


def top_of(found: Found) -> Top:
    """What stands above the records."""
    heading = found.records[found.place]
    below = [record.cells for record in found.records[found.place + 1 :]]
    raw = _without_spare_end(heading.cells, [cells for cells in below if filled(cells)])
    aside: list[SetAside] = []
    groups = _groups(found, raw)
    for place, record in enumerate(found.records[: found.place]):
        why: Why = "preamble" if filled(record.cells) else "blank"
        if place == 0 and found.separator_line:
            why = "separator_line"
        elif place == found.place - 1 and groups:
            why = "second_heading"
        _add(aside, record, why)
    second, texts, notes, taken = None, groups or list(raw), list[str](), [heading]
    if groups:
        notes.append("A line above the headings names groups of columns; it was read with them.")
    if below and is_second_heading(raw, _cut(below[0], len(raw)), [cells for cells in below[1:] if filled(cells)]):
        second_record = found.records[found.place + 1]
        second = tuple(_cut(below[0], len(raw)))
        texts = merged(raw, second)
        _add(aside, second_record, "second_heading")
        taken.append(second_record)
        notes.append(
            "The headings stand on two lines; they were read as one: the question, then the option in brackets."
        )
    names, renamed = named(texts)
    records = found.place + len(taken)
    lines = sum(record.lines for record in found.records[:records])
    return Top(raw, second, names, heading.line, heading.lines, lines, records, aside, [*notes, *renamed])


def learn(top: Top, sample: Sequence[Record]) -> Usual:
    """What the records under these headings are like, from the first of them, a report's own words left out."""
    width = len(top.raw)
    kept: list[list[str]] = []
    for record in sample:
        if not filled(record.cells):
            if len(kept) >= ENOUGH_BEFORE_GAP:  # what follows may be another table
                break
        elif record.fault is None and not _is_report(record.cells, width):
            kept.append(record.cells)
    return Usual.learnt(kept, width)


def _groups(found: Found, raw: Sequence[str]) -> list[str]:
    """Headings with the group that the line above names for them ("2024 Jan"), where they are not unique without it.

    Empty where there is no such line, or where it would not tell the columns apart.
    """
    headings = [tidy_heading(cell) for cell in raw]
    told = [heading for heading in headings if heading]
    if not found.place or len(set(told)) == len(told):
        return []
    above = [tidy_heading(cell) for cell in found.records[found.place - 1].cells]
    if len(above) < len(raw) or filled(above) < 2 or above[0]:
        return []
    group, joined = "", list[str]()
    for heading, named_above in zip(headings, above, strict=False):
        group = named_above or group
        joined.append(f"{group} {heading}" if group and heading else heading)
    told = [heading for heading in joined if heading]
    return joined if len(set(told)) == len(told) else []


def _is_report(cells: Sequence[str], width: int) -> bool:
    first = next(cell for cell in cells if cell.strip())
    few = filled(cells) <= max(1, min(FOOTER_CELLS, width // 2))
    return is_total_phrase(first) or (few and (is_footer_phrase(first) or ends_as_total(first)))


def _without_spare_end(cells: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The headings without empty ones at the end, where the records do not have them either."""
    named_cells = trimmed(cells)
    if named_cells == len(cells) or not below:
        return tuple(cells)
    counted = Counter(len(row) for row in below)
    usual = max(counted, key=lambda width: (counted[width], width))
    return tuple(cells[: max(named_cells, min(usual, len(cells)))])


def _cut(cells: list[str], width: int) -> list[str]:
    return cells[:width] if not any(cell.strip() for cell in cells[width:]) else cells


def _add(aside: list[SetAside], record: Record, why: Why) -> None:
    end = record.line + record.lines - 1
    if aside and aside[-1].why == why and aside[-1].last_line + 1 == record.line:
        aside[-1] = SetAside(aside[-1].first_line, end, why)
    else:
        aside.append(SetAside(record.line, end, why))
