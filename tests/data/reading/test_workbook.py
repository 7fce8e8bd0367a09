"""A workbook is read as a person sees its sheet, or refused with what to do."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
from typing import Any

import openpyxl
import pytest

from data.reading import NotATable
from data.reading.workbook import as_seen
from tests.data.reading.support import read

HEADINGS = ["Fall Ref", "Resident", "Home", "Date of Fall", "Time of Fall", "Count"]


def workbook(*sheets: tuple[str, list[list[Any]]], formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cell, shown in (formats or {}).items():
            sheet[cell].number_format = shown
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_are_what_a_person_sees() -> None:
    row = ["F1", 1234.0, "Elm – House", dt.date(2025, 2, 3), dt.time(14, 5), 2.5]
    table, rows = read(
        workbook(("Falls", [["Falls of 2025"], [], HEADINGS, row, ["Total", None, None, None, None, 2.5]]))
    )
    assert table.headings == tuple(HEADINGS)
    assert rows == [(4, ["F1", "1234", "Elm – House", "2025-02-03", "14:05", "2.5"])]
    assert [(each.first_line, each.why) for each in table.set_aside] == [(1, "preamble"), (2, "blank"), (5, "totals")]
    assert (table.encoding, table.heading_line) == ("xlsx", 3)


def test_the_first_sheet_that_holds_a_table_is_read_and_the_others_are_named_in_number() -> None:
    cover = ("Cover", [["Falls report"], ["for the board"]])
    table, rows = read(
        workbook(cover, ("Falls", [HEADINGS, ["F1", "P1", "Elm", dt.date(2025, 2, 3), None, 1]]), ("More", [["x"]]))
    )
    assert [cells[0] for _, cells in rows] == ["F1"]
    assert any("2" in note and "other sheets" in note for note in table.notes)


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (1234.0, "General", "1234"), (0.1 + 0.2, "General", "0.3"), (12, "00000", "00012"), (0.45, "0%", "45%"), (True, "General", "TRUE"),
        (dt.datetime(2025, 2, 3, 14, 5), "dd/mm/yyyy hh:mm", "2025-02-03 14:05"), (dt.datetime(2025, 2, 3), "dd/mm/yyyy", "2025-02-03"),
        (dt.datetime(2025, 2, 3), "dd/mm/yyyy hh:mm", "2025-02-03 00:00"), (dt.timedelta(hours=25, minutes=3), "[h]:mm", "25:03"),
        (dt.datetime(2025, 2, 3, 14, 5, 9), "General", "2025-02-03 14:05:09"), (4857780000, "General", "4857780000"),
        ("#REF!", "General", "#REF!"), (None, "General", ""),
    ],
)  # fmt: skip
def test_each_kind_of_value(value: object, shown_as: str, text: str) -> None:
    assert as_seen(value, shown_as) == text


def test_without_the_extra_it_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NotATable, match=r"install .*\[xlsx\].* or save the sheet as CSV"):
        read(workbook(("Falls", [HEADINGS])))


def test_an_empty_or_damaged_workbook_is_refused() -> None:
    with pytest.raises(NotATable, match="No sheet"):
        read(workbook(("Falls", [])))
    whole = workbook(("Falls", [HEADINGS, ["F1"] * 6]))
    with pytest.raises(NotATable, match="workbook"):
        read(whole[: len(whole) // 2])
