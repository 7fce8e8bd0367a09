"""What is set aside could not be a record; what could be a record is never set aside."""

from __future__ import annotations

import pytest

from data.reading.phrases import ends_as_total, is_footer_phrase, is_total_phrase
from tests.data.reading.support import read

HEAD = "Fall Ref,Resident,Home,Date of Fall,Severity\n"
ROWS = "".join(f"F{number},P{number},Elm House,{number:02}/02/2025,low\n" for number in range(1, 6))


def aside(content: str) -> list[tuple[int, int, str]]:
    table, _ = read(content)
    return [(each.first_line, each.last_line, each.why) for each in table.set_aside]


@pytest.mark.parametrize(
    "phrase",
    ["Total", "Totals:", "Grand total", "GRAND TOTAL: 34", "Total 34", "Sub-total", "Total records: 34", "Total for Elm House",
     "Total number of falls: 3", "Count of records", "Number of records: 4", "34 records", "34 rows selected", "Records: 12", "Average"],
)  # fmt: skip
def test_these_announce_a_total(phrase: str) -> None:
    assert is_total_phrase(phrase)


@pytest.mark.parametrize(
    "phrase",
    ["Total Care Ltd", "Totally Care", "Total knee replacement", "Countess House", "Sumner Court", "Mean Street", "I1", "Fall",
     "3 Elm Road", "Recorded", "Average Joe Ltd", "12"],
)  # fmt: skip
def test_these_do_not(phrase: str) -> None:
    assert not is_total_phrase(phrase)
    assert not ends_as_total(phrase)


@pytest.mark.parametrize(
    "phrase",
    ["Printed by: the office", "Printed on 01/02/2025", "Report generated 01/02/2025 by duty", "Report generated: 01/02/2025",
     "End of report", "*** End of report ***", "Page 1 of 3", "Confidential", "CONFIDENTIAL - do not share", "Exported: 01/02/2025",
     "Copyright 2025", "-----", "Filters applied: all homes"],
)  # fmt: skip
def test_these_are_a_reports_own_words(phrase: str) -> None:
    assert is_footer_phrase(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "I1",
        "Pagett House",
        "End of life care",
        "Printer",
        "Confidentiality breach",
        "Noted",
        "Official visit",
        "Created",
    ],
)
def test_these_are_not(phrase: str) -> None:
    assert not is_footer_phrase(phrase)


@pytest.mark.parametrize(
    "line",
    ["Total Care Ltd,P9,Elm House,09/02/2025,low", ",P9,Elm House,09/02/2025,low", "Total,P9,Elm House,09/02/2025,low",
     "Confidential,P9,Elm House,09/02/2025,low", "F9,,,,", "F9,P9,,,", "Fall Ref,Resident,Home,09/02/2025,Severity",
     "unknown,unknown,unknown,unknown,unknown"],
)  # fmt: skip
def test_a_line_that_could_be_a_record_is_one(line: str) -> None:
    for content in (
        HEAD + ROWS + line + "\n",
        HEAD + ROWS + line + "\n" + ROWS,
        HEAD + ROWS + "\n" + line + "\n" + ROWS,
    ):
        table, rows = read(content)
        assert line.split(",") in [cells for _, cells in rows]
        assert not table.bad


@pytest.mark.parametrize(
    ("line", "why"),
    [("Total,,,,5", "totals"), ("Total: 5", "totals"), ("Elm House total,,,,5", "totals"), ("Printed by the office,,,,", "footer"),
     ("Page 2 of 3", "footer"), (",,,,", "blank"), (" , ,,,", "blank"), (HEAD.strip(), "repeated_heading"), ("", "blank")],
)  # fmt: skip
def test_a_reports_own_line_is_set_aside_wherever_it_stands(line: str, why: str) -> None:
    assert aside(HEAD + ROWS + line + "\n") == [(7, 7, why)]
    assert aside(HEAD + ROWS + line + "\n" + ROWS) == [(7, 7, why)]


def test_a_title_over_repeated_headings_goes_with_them() -> None:
    assert aside(HEAD + ROWS + "\nOak Court\n" + HEAD + ROWS) == [
        (7, 7, "blank"),
        (8, 8, "preamble"),
        (9, 9, "repeated_heading"),
    ]


def test_a_second_table_ends_where_the_headings_come_again() -> None:
    content = HEAD + ROWS + "\nMonth,Falls\nJan 2025,5\n" + HEAD + ROWS
    assert aside(content) == [(7, 7, "blank"), (8, 9, "second_table"), (10, 10, "repeated_heading")]
    table, _ = read(content)
    assert table.rows == 10
    assert any("line 8" in note for note in table.notes)


def test_a_lone_cell_among_records_is_a_record_with_too_few_cells() -> None:
    table, _ = read(HEAD + ROWS + "Elm\n" + ROWS)
    assert [(bad.problem.line, bad.problem.reason) for bad in table.bad] == [(7, "too_few_cells")]


def test_rows_that_stop_early_are_refused_unless_the_file_leaves_off_empty_cells() -> None:
    once, _ = read(HEAD + ROWS + "F9,P9,Elm House,09/02/2025\n")
    assert [bad.problem.reason for bad in once.bad] == ["too_few_cells"]
    often = HEAD + ROWS + "".join(f"F{number},P9,Elm House,09/02/2025\n" for number in range(11, 14))
    table, rows = read(often)
    assert not table.bad
    assert rows[-1][1] == ["F13", "P9", "Elm House", "09/02/2025", ""]
    shifted, _ = read(HEAD + ROWS + "".join(f"F{number},Elm House,09/02/2025,low\n" for number in range(11, 14)))
    assert len(shifted.bad) == 3  # the date stands where the home belongs: a cell was lost, not left off


def test_measures_of_a_monthly_sheet_are_no_totals_although_they_say_number_of() -> None:
    sheet = "Indicator,Apr 2025,May 2025\nNumber of falls,7,5\nTotal incidents,20,22\nOccupied bed days,1140,1178\nTotal,1167,1205\n"
    assert aside(sheet) == [(5, 5, "totals")]


def test_a_count_below_records_is_still_set_aside() -> None:
    assert aside(HEAD + ROWS + "Number of records,5,,,\nTotal falls: 5,,,,\n") == [(7, 8, "totals")]
