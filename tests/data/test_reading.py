"""Bytes become rows with the physical line they start on; nothing is lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.reading import NotATable, read_table

HEAD = "fall_id,person_id,service_id,occurred_at,harm"


def read(tmp_path: Path, content: str | bytes):  # type: ignore[no-untyped-def]
    path = tmp_path / "falls.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_care_systems_write(tmp_path: Path, encoding: str) -> None:
    table = read(tmp_path, f"{HEAD}\n1,P–1,elm,2025-01-01,none\n".encode(encoding))
    assert table.rows == [["1", "P–1", "elm", "2025-01-01", "none"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_from_the_headings(tmp_path: Path, delimiter: str) -> None:
    table = read(tmp_path, f"{HEAD}\n1,P1,elm,2025-01-01,none\n".replace(",", delimiter))
    assert table.delimiter == delimiter
    assert table.rows[0][1] == "P1"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_do_not_matter(tmp_path: Path, ending: str) -> None:
    table = read(tmp_path, ending.join([HEAD, "1,P1,elm,2025-01-01,none", "2,P1,elm,2025-01-02,low", ""]))
    assert table.lines == [2, 3]


def test_a_title_above_the_headings_is_set_aside_and_counted(tmp_path: Path) -> None:
    table = read(tmp_path, f"Falls report\n\n{HEAD}\n1,P1,elm,2025-01-01,none\n")
    assert (table.lines, table.ignored) == ([4], 2)


def test_a_cell_over_two_lines_keeps_the_line_it_starts_on(tmp_path: Path) -> None:
    table = read(tmp_path, f'{HEAD}\n"1\nx",P1,elm,2025-01-01,none\n2,P1,elm,2025-01-02,low\n')
    assert table.lines == [2, 4]
    assert not table.problems


def test_an_unclosed_quote_loses_its_own_row_only(tmp_path: Path) -> None:
    table = read(tmp_path, f'{HEAD}\n1,"P1,elm,2025-01-01,none\n2,P1,elm,2025-01-02,low\n3,P1,elm,2025-01-03,low\n')
    assert [problem.reason for problem in table.problems] == ["unclosed_quote"]
    assert table.problems[0].line == 2
    assert [row[0] for row in table.rows] == ["2", "3"]
    assert table.rows_in == 3


def test_too_few_and_too_many_cells_are_named(tmp_path: Path) -> None:
    table = read(tmp_path, f"{HEAD}\n1,P1,elm\n2,P1,elm,2025-01-02,low,spare\n3,P1,elm,2025-01-03,low,\n")
    assert [(problem.line, problem.reason) for problem in table.problems] == [
        (2, "too_few_cells"),
        (3, "too_many_cells"),
    ]
    assert len(table.rows) == 1  # an empty surplus cell is only a trailing comma


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "save the sheet as CSV"),
        (b"\x89PNG....", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b"", "empty"),
        (b"a,b,c\n1,2,3\n", "No line of headings"),
        (b"ab\x00\x01\x02cd", "binary"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(NotATable, match=said):
        read(tmp_path, content)


def test_odd_blanks_are_noticed(tmp_path: Path) -> None:
    assert not read(tmp_path, f"{HEAD}\n1,P1,elm,2025-01-01,none\n").odd_blanks
    assert read(tmp_path, f"{HEAD}\n1,P1,elm,2025-01-01,\u00a0none\t\n").odd_blanks
