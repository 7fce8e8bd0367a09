"""Lines become records; a quotation mark that never closes costs its own row and no other."""

from __future__ import annotations

import pytest

from data.reading.records import MOST_LINES, Dialect, Record, read_record, records_of, split_lines


def cells(text: str, width: int | None = 3, dialect: Dialect = Dialect(",")) -> list[tuple[int, list[str]]]:  # noqa: B008
    return [(record.line, record.cells) for record in records_of(split_lines(text), dialect, width)]


def faults(text: str, width: int = 3) -> list[tuple[int, int]]:
    """(line, lines) of the records whose quotation mark never closes."""
    records = records_of(split_lines(text), Dialect(","), width)
    return [(record.line, record.lines) for record in records if record.fault == "unclosed_quote"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('1,"a, b",c', ["1", "a, b", "c"]),
        ('1,"say ""no""",c', ["1", 'say "no"', "c"]),
        ('1,5" cut,c', ["1", '5" cut', "c"]),
        ('1,"said "no" twice",c', ["1", 'said "no" twice', "c"]),
        ('1,"a" ,c', ["1", "a", "c"]),
        ('"","",""', ["", "", ""]),
        ("1,,", ["1", "", ""]),
    ],
)
def test_what_a_quotation_mark_means(text: str, wanted: list[str]) -> None:
    assert cells(text) == [(1, wanted)]


def test_a_cell_may_hold_line_breaks_and_rows_keep_their_lines() -> None:
    assert cells('1,"a\r\nb",c\r\n2,x,y\r\n') == [(1, ["1", "a\r\nb", "c"]), (3, ["2", "x", "y"])]


def test_an_unclosed_mark_that_would_close_at_the_next_quoted_cell_is_found() -> None:
    text = '1,"a,b\n2,x,y\n3,"p",q\n4,x,y\n'
    assert faults(text) == [(1, 1)]
    assert [row[0] for _, row in cells(text)] == ["1", "2", "3", "4"]


def test_an_unclosed_mark_before_a_note_with_line_breaks_leaves_the_note_whole() -> None:
    text = '1,"a,b\n2,"x\ny",z\n3,p,q\n'
    assert faults(text) == [(1, 1)]
    assert cells(text)[1:] == [(2, ["2", "x\ny", "z"]), (4, ["3", "p", "q"])]


def test_every_line_may_have_its_own_unclosed_mark() -> None:
    text = '1,"a,b\n2,"a,b\n3,"a,b\n4,a,b\n'
    assert faults(text) == [(1, 1), (2, 1), (3, 1)]


def test_a_long_note_that_breaks_off_with_the_file_is_one_record() -> None:
    assert faults('1,a,b\n2,"a note\nover lines\nthat sto') == [(2, 3)]


def test_a_note_of_many_lines_is_a_note_up_to_a_limit() -> None:
    note = "\n".join(["word"] * (MOST_LINES - 10))
    assert cells(f'1,"{note}",c\n') == [(1, ["1", note, "c"])]
    endless = "\n".join(["word"] * (MOST_LINES + 10))
    assert faults(f'1,"{endless}",c\n2,x,y\n')[0] == (1, 1)


def test_a_note_whose_row_lost_a_cell_is_one_bad_record_not_several() -> None:
    assert list(records_of(split_lines('1,"a\nb"\n2,x,y\n'), Dialect(","), 3)) == [
        Record(1, 2, ["1", "a\nb"]),
        Record(3, 1, ["2", "x", "y"]),
    ]


def test_more_lines_are_asked_for_before_anything_is_decided() -> None:
    lines = split_lines('1,"a\n')
    assert read_record(lines, 0, Dialect(","), 3, 1, at_end=False) is None
    assert read_record(lines, 0, Dialect(","), 3, 1, at_end=True) is not None


def test_blanks_before_a_quotation_mark_belong_to_nobody_where_the_file_writes_them() -> None:
    assert cells('1, "a, b", c', dialect=Dialect(",", skip_blanks=True)) == [(1, ["1", "a, b", "c"])]
