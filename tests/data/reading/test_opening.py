"""Bytes become rows with the physical line they start on; nothing is lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.reading import NotATable, open_table
from data.source import Source
from tests.data.reading.support import read, taken

HEAD = "fall_id,person_id,service_id,occurred_at,harm"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encodings_care_systems_write(encoding: str) -> None:
    _, rows = read(f"{HEAD}\n1,P–1,elm,2025-01-01,none\n".encode(encoding))
    assert rows == [(2, ["1", "P–1", "elm", "2025-01-01", "none"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_from_the_headings(delimiter: str) -> None:
    table, rows = read(f"{HEAD}\n1,P1,elm,2025-01-01,none\n".replace(",", delimiter))
    assert table.delimiter == delimiter
    assert rows[0][1][1] == "P1"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_do_not_matter(ending: str) -> None:
    _, rows = read(ending.join([HEAD, "1,P1,elm,2025-01-01,none", "2,P1,elm,2025-01-02,low", ""]))
    assert [line for line, _ in rows] == [2, 3]


def test_mixed_line_endings_count_as_the_eye_counts_them() -> None:
    _, rows = read(f"{HEAD}\r1,P1,elm,2025-01-01,none\r\n2,P1,elm,2025-01-02,low\n3,P1,elm,2025-01-02,low")
    assert [line for line, _ in rows] == [2, 3, 4]


def test_a_title_above_the_headings_is_set_aside_and_counted() -> None:
    table, rows = read(f"Falls report\n\n{HEAD}\n1,P1,elm,2025-01-01,none\n")
    assert ([line for line, _ in rows], table.ignored) == ([4], 2)


def test_a_cell_over_two_lines_keeps_the_line_it_starts_on() -> None:
    table, rows = read(f'{HEAD}\n"1\nx",P1,elm,2025-01-01,none\n2,P1,elm,2025-01-02,low\n')
    assert [line for line, _ in rows] == [2, 4]
    assert not table.bad


def test_an_unclosed_quote_loses_its_own_row_only() -> None:
    table, rows = read(f'{HEAD}\n1,"P1,elm,2025-01-01,none\n2,P1,elm,2025-01-02,low\n3,P1,elm,2025-01-03,low\n')
    assert [(bad.problem.line, bad.problem.reason) for bad in table.bad] == [(2, "unclosed_quote")]
    assert [cells[0] for _, cells in rows] == ["2", "3"]
    assert table.rows_in == 3


def test_too_few_and_too_many_cells_are_named() -> None:
    table, rows = read(f"{HEAD}\n1,P1,elm\n2,P1,elm,2025-01-02,low,spare\n3,P1,elm,2025-01-03,low,\n")
    assert [(bad.problem.line, bad.problem.reason) for bad in table.bad] == [
        (2, "too_few_cells"),
        (3, "too_many_cells"),
    ]
    assert len(rows) == 1  # an empty surplus cell is only a trailing comma


def test_headings_that_nobody_knows_are_headings_all_the_same() -> None:
    table, rows = read("a,b,c\n1,2,3\n")
    assert (table.headings, rows) == (("a", "b", "c"), [(2, ["1", "2", "3"])])


def test_fingerprint_and_size_are_known_before_a_chunk_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "falls.csv"
    path.write_bytes(f"{HEAD}\n1,P1,elm,2025-01-01,none\n".encode())
    table = open_table(Source.at(path))
    assert table.size == path.stat().st_size
    assert len(table.sha256) == 64
    assert open_table(Source("x", content=path.read_bytes())).sha256 == table.sha256


def test_what_is_first_may_be_looked_at_before_all_is_taken() -> None:
    table = open_table(Source("x", content=f"{HEAD}\n1,P1,elm,2025-01-01,none\n".encode()))
    assert table.first.cells[0].to_pylist() == ["1"]
    assert len(taken(table)) == 1


def test_a_file_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotATable, match="could not be opened"):
        open_table(Source.at(tmp_path / "gone.csv"))
