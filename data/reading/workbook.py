"""An .xlsx workbook as if its sheet had been saved as CSV; needs the optional extra.

Cells become what a person sees: dates as ISO, 1234 for 1234.0. A physical line is a row of the sheet.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import zipfile
from collections.abc import Collection, Iterator
from typing import Any

from data.reading.dialect import Found, find_headings
from data.reading.encoding import fingerprint, opened
from data.reading.judging import Judge
from data.reading.records import Record
from data.reading.shapes import filled
from data.reading.table import CHUNK_ROWS, Chunk, NotATable, RawTable, refuse_too_wide, text_chunk
from data.reading.tops import learn, top_of
from data.source import Source

SAMPLE_ROWS = 1000
EXTRA = "lived-experience-outcomes[xlsx]"

MOST_BYTES = 400_000_000
"""A workbook that unpacks to more is loaded as CSV: a million rows of a wide export come to about so much."""
HARMLESS_BYTES, MOST_TIMES_ITS_SIZE = 10_000_000, 100
"""Sheets people made shrink to a tenth or a thirtieth. What shrinks to less than a hundredth was made to swell."""
MOST_PARTS = 2000

_WHOLE_NUMBER_OF_ZEROS = re.compile(r"0{2,}")


def open_workbook(source: Source, known: Collection[str]) -> RawTable:
    """The first sheet that holds a table. Raises NotATable, also where the extra is not installed."""
    if importlib.util.find_spec("openpyxl") is None:
        raise NotATable(
            f'This is a workbook, not a CSV file. To read it as it is, install "{EXTRA}" or save the sheet as CSV, '
            "then load the CSV."
        )
    _refuse_a_bomb(source)
    sha256, size = fingerprint(source)
    names = _sheet_names(source)
    refused: NotATable | None = None
    for name in names:
        records = _rows(source, name)
        top_rows = [record for record, _ in zip(records, range(SAMPLE_ROWS), strict=False)]
        if not any(filled(record.cells) for record in top_rows):
            continue
        try:
            found = find_headings(tuple(top_rows), known)
        except NotATable as error:
            refused = refused or error
            continue
        return _table(source, name, names, top_rows, found, sha256, size)
    raise refused or NotATable("No sheet of the workbook holds anything. Check that it is the right file.")


def _refuse_a_bomb(source: Source) -> None:
    """Raise NotATable for a workbook that is far more than it seems; its own table of contents says so.

    What unpacks it never gives more than is written there, so nothing has to be unpacked to know.
    """
    try:
        with opened(source) as file, zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return  # the library says what is wrong with it
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    swollen = unpacked > HARMLESS_BYTES and unpacked > MOST_TIMES_ITS_SIZE * packed
    if swollen or unpacked > MOST_BYTES or len(parts) > MOST_PARTS:
        raise NotATable(
            "The workbook holds far more than a table: unpacked it would be too large. "
            "Open it, save the sheet as CSV, and load that."
        )


def _table(
    source: Source, name: str, names: list[str], top_rows: list[Record], found: Found, sha256: str, size: int
) -> RawTable:
    top = top_of(found)
    others = [other for other in names if other != name]
    notes = [f"Read from the sheet “{name}”." if others else "Read from a workbook.", *top.notes]
    if others:
        notes.append(f"The workbook has other sheets that were not read: {len(others)}. Save each as CSV to load it.")
    judge = Judge(top.raw, top.second, learn(top, top_rows[top.records :]), set_aside=top.set_aside, notes=notes)

    def rest(table: RawTable) -> Iterator[Chunk]:
        for record in _rows(source, name):
            table.lines += record.lines
            if record.line <= top.lines:
                continue
            judge.take(record)
            if len(judge.rows) >= CHUNK_ROWS:
                yield _judged(judge)
        judge.finish()
        yield _judged(judge)

    first = text_chunk([], [], len(top.raw))
    table = RawTable(
        top.headings, top.heading_line, "xlsx", "", sha256, size, first, lambda _: iter(()), notes, judge.set_aside,
        judge.bad, heading_lines=top.heading_lines,
    )  # fmt: skip
    chunks = rest(table)
    table.first = next(chunks, first)
    table.rest = lambda _: chunks
    return table


def _judged(judge: Judge) -> Chunk:
    chunk = text_chunk(judge.rows, judge.starts, judge.width)
    judge.rows, judge.starts = [], []
    return chunk


def _sheet_names(source: Source) -> list[str]:
    with opened(source) as file:
        book = _book(file)
        try:
            return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        finally:
            book.close()


def _book(file: Any) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(file, read_only=True, data_only=True)
    except Exception:  # the library raises whatever the damage leads it into
        raise NotATable(
            "The workbook is damaged and cannot be opened. Open it, save the sheet as CSV, and load that."
        ) from None


def _rows(source: Source, name: str) -> Iterator[Record]:
    """The rows of a sheet, all as wide as its widest, numbered as the sheet numbers them."""
    with opened(source) as file:
        book = _book(file)
        try:
            sheet = book[name]
            sheet.reset_dimensions()
            width = max((len(row) for row in sheet.iter_rows(values_only=True)), default=0)
            refuse_too_wide(width)
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells = [
                    as_seen(cell.value, cell.number_format or "") if cell.value is not None else "" for cell in row
                ]
                yield Record(number, 1, cells + [""] * (width - len(cells)))
        finally:
            book.close()


def as_seen(value: object, shown_as: str = "") -> str:
    """A cell's value as a person sees it in the sheet, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        if value.time() == dt.time() and "h" not in shown_as.casefold():
            return value.date().isoformat()
        return value.isoformat(" ", "minutes" if not value.second else "seconds")
    if isinstance(value, dt.time):
        return value.isoformat("minutes" if not value.second else "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, int | float):
        if "%" in shown_as:
            return f"{value * 100:.15g}%"
        if _WHOLE_NUMBER_OF_ZEROS.fullmatch(shown_as) and value == int(value):
            return f"{int(value):0{len(shown_as)}}"
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"
    return str(value)
