"""Letters come back as they were written, and where that is not sure, a note says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.reading import NotATable, open_table
from data.reading.opening import open_in_blocks
from data.source import Source
from tests.data.reading.support import read, taken

HEAD = "Fall Ref,Resident,Home,Date of Fall\n"


def home(content: bytes) -> tuple[str, str, list[str]]:
    table, rows = read(content)
    return rows[0][1][2], table.encoding, table.notes


def test_windows_letters_are_read_with_a_note() -> None:
    text, encoding, notes = home(f"{HEAD}1,P1,Café – “Elm”,01/02/2025\n".encode("cp1252"))
    assert (text, encoding) == ("Café – “Elm”", "cp1252")
    assert len(notes) == 1


def test_a_few_stray_bytes_do_not_spoil_the_rest() -> None:
    text, encoding, notes = home(f"{HEAD}1,P1,Caf@ – “Elm”,01/02/2025\n".encode().replace(b"@", b"\xe9"))
    assert (text, encoding) == ("Café – “Elm”", "utf-8")
    assert "1 letter is not in UTF-8" in notes[0]


def test_a_file_that_breaks_off_inside_a_letter_keeps_its_other_letters() -> None:
    table, rows = read(f"{HEAD}1,P1,Café,01/02/2025\n2,P2,Oak,É".encode()[:-1])
    assert rows[0][1][2] == "Café"
    assert any("breaks off" in note for note in table.notes)


def test_utf16_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    table, rows = read(f"{HEAD}1,P1,Café,01/02/2025\n".encode("utf-16")[:-1])
    assert rows[0][1][2] == "Café"
    assert any("breaks off" in note for note in table.notes)


def test_the_end_of_file_mark_of_dos_is_no_row() -> None:
    table, rows = read(f"{HEAD}1,P1,Elm,01/02/2025\n\x1a".encode())
    assert (len(rows), table.rows_in) == (1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quick", [True, False])
def test_a_file_larger_than_a_block_reads_as_one(tmp_path: Path, encoding: str, end: str, quick: bool) -> None:
    lines = [HEAD.strip(), *(f'{number},P{number % 9},"Café, {number}",01/02/2025' for number in range(400))]
    lines[200] = '199,P1,"two\nlines",01/02/2025'
    lines[300] = '299,"P1,Elm,01/02/2025'
    path = tmp_path / "falls.csv"
    path.write_bytes((end.join(lines) + end + f"Total,,,{end}").encode(encoding))
    table = open_in_blocks(Source.at(path), (), 3000, quick=quick)
    assert len(table.first) < 200
    rows = taken(table)
    assert table.reconciled
    assert [cells[0] for _, cells in rows] == [str(number) for number in range(400) if number != 299]
    assert [(bad.problem.line, bad.problem.reason) for bad in table.bad] == [(302, "unclosed_quote")]
    assert [(each.first_line, each.why) for each in table.set_aside] == [(403, "totals")]


def test_a_file_that_changes_while_it_is_read_is_not_loaded_in_part(tmp_path: Path) -> None:
    path = tmp_path / "falls.csv"
    path.write_bytes((HEAD + "1,P1,Elm,01/02/2025\n" * 500).encode())
    table = open_in_blocks(Source.at(path), (), 2000, quick=True)
    path.write_bytes((HEAD + "1,P1,Elm,01/02/2025\n" * 300).encode())
    with pytest.raises(NotATable, match="changed while"):
        taken(table)


def test_bytes_and_a_file_are_the_same_source(tmp_path: Path) -> None:
    content = (HEAD + "1,P1,Elm,01/02/2025\n").encode()
    path = tmp_path / "falls.csv"
    path.write_bytes(content)
    assert taken(open_table(Source.at(path))) == taken(open_table(Source("falls.csv", content=content)))
