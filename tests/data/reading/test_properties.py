"""Random tables through random dialects come back cell for cell; random damage never loses or invents a row."""

from __future__ import annotations

import io
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from data.reading import RawTable, open_table
from data.reading.blocks import Reader, together
from data.reading.judging import Judge, Usual
from data.reading.records import Dialect, records_of, split_lines
from data.source import Source
from tests.data.reading.support import Row, read, taken

HEADINGS = ("Fall Ref", "Resident", "Home", "Date of Fall", "Severity", "Notes, and more")
PLAIN = "abcXYZ 019-/:.£é’,;|\t\"'\u00a0"
WIDE = PLAIN + "\n\r漢🎈\u2028\x0bß"

CELLS = st.text(WIDE, max_size=8)
WINDOWS_CELLS = st.text(PLAIN + "\n\r", max_size=8)
DELIMITERS = st.sampled_from(",;\t|")
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])


def rows_of(cells: st.SearchStrategy[str], least: int = 0, most: int = 12) -> st.SearchStrategy[list[list[str]]]:
    """Rows with a reference and a person, and anything at all in the other cells."""
    one = st.tuples(st.integers(1, 999), st.integers(1, 99), st.lists(cells, min_size=4, max_size=4))
    return st.lists(one.map(lambda row: [f"F{row[0]}", f"P{row[1]}", *row[2]]), min_size=least, max_size=most)


def written(rows: list[list[str]], delimiter: str, end: str, *, all_quoted: bool = False) -> list[str]:
    """The rows as RFC 4180 has them, one text a row."""

    def cell(text: str) -> str:
        needed = all_quoted or any(letter in text for letter in (delimiter, '"', "\n", "\r"))
        return '"' + text.replace('"', '""') + '"' if needed else text

    return [delimiter.join(map(cell, row)) + end for row in rows]


@settings(max_examples=300, deadline=None)
@given(
    st.data(),
    DELIMITERS,
    ENDS,
    ENCODINGS,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_a_table_comes_back_cell_for_cell(
    data: st.DataObject, delimiter: str, end: str, encoding: str, quoted: bool, title: bool, footer: bool
) -> None:
    rows = data.draw(rows_of(WINDOWS_CELLS if encoding == "cp1252" else CELLS, least=1))
    above = f"Falls register{end}{end}" if title else ""
    below = f"{end}Printed by the office{end}Page 1 of 1{end}" if footer else ""
    text = above + "".join(written([list(HEADINGS), *rows], delimiter, end, all_quoted=quoted)) + below
    table, found = read(text.encode(encoding))
    assert (table.headings, table.delimiter) == (HEADINGS, delimiter)
    assert [cells for _, cells in found] == rows
    assert not table.bad
    assert table.ignored == 2 * title + 3 * footer


@settings(max_examples=150, deadline=None)
@given(rows_of(CELLS, least=1), DELIMITERS, ENDS)
def test_every_record_is_told_by_the_physical_line_it_starts_on(
    rows: list[list[str]], delimiter: str, end: str
) -> None:
    texts = written([list(HEADINGS), *rows], delimiter, end)
    _, found = read("".join(texts).encode())
    so_far, starts = 1, []
    for text in texts:
        starts.append(so_far)
        so_far += len(list(io.StringIO(text, newline="")))
    assert [line for line, _ in found] == starts[1:]


@dataclass
class Damage:
    """What is done to a table before it is read, and what must still be true."""

    texts: list[str]
    undamaged: list[list[str]]
    records: int
    aside: int


def damaged(data: st.DataObject, rows: list[list[str]], end: str) -> Damage:
    """Some rows lose a cell, gain one or open a quotation mark; empty lines and headings stand between others."""
    head = written([list(HEADINGS)], ",", end)[0]
    texts, undamaged, aside, last = [head], list[list[str]](), 0, ""
    for row in rows:
        text = written([row], ",", end)[0]
        kinds = ["none"] if last == "open" else ["none", "none", "drop", "add", "blank", "heading", "open"]
        kind = data.draw(st.sampled_from(kinds))
        if kind == "drop":
            texts += written([row[: data.draw(st.integers(2, 5))]], ",", end)
        elif kind == "add":
            texts += written([[*row, "spare"]], ",", end)
        elif kind == "open":
            texts.append(f'{row[0]},"{row[1]},elm,01/02/2025,,x{end}')
        else:
            if kind in ("blank", "heading"):
                texts.append(end if kind == "blank" else head)
                aside += 1
            texts.append(text)
            undamaged.append(row)
        last = kind
    return Damage(texts, undamaged, len(rows), aside)


@settings(max_examples=300, deadline=None)
@given(st.data(), rows_of(st.text(PLAIN + "\n", max_size=6), least=1), ENDS)
def test_damage_loses_no_row_and_invents_none(data: st.DataObject, rows: list[list[str]], end: str) -> None:
    """Case 40: whatever the damage."""
    done = damaged(data, rows, end)
    table, found = read("".join(done.texts).encode())
    assert [cells for _, cells in found if cells in done.undamaged] == done.undamaged
    assert table.rows_in == done.records
    assert table.ignored == done.aside


@settings(max_examples=150, deadline=None)
@given(rows_of(CELLS, least=2), st.data(), ENDS)
def test_a_file_cut_short_keeps_the_rows_before_the_cut(rows: list[list[str]], data: st.DataObject, end: str) -> None:
    texts = written([list(HEADINGS), *rows], ",", end)
    whole = data.draw(st.integers(1, len(texts) - 1))
    part = texts[whole][: data.draw(st.integers(0, len(texts[whole]) - 1))]
    _, found = read(("".join(texts[:whole]) + part).encode())
    assert [cells for _, cells in found][: whole - 1] == rows[: whole - 1]


@settings(max_examples=100, deadline=None)
@given(rows_of(CELLS, least=1), st.data())
def test_nul_bytes_between_letters_change_nothing_else(rows: list[list[str]], data: st.DataObject) -> None:
    content = bytearray("".join(written([list(HEADINGS), *rows], ",", "\n")).encode())
    for at in sorted(data.draw(st.lists(st.integers(0, len(content)), min_size=1, max_size=4)), reverse=True):
        content[at:at] = b"\x00"
    table, found = read(bytes(content))
    assert [cells for _, cells in found] == rows
    assert any("NUL" in note for note in table.notes)


@settings(max_examples=300, deadline=None)
@given(st.text('ab1,"\n\r ', max_size=60), st.integers(2, 4))
def test_any_text_at_all_is_accounted_for_to_the_line(text: str, width: int) -> None:
    head = ",".join(HEADINGS[:width]) + "\n"
    table: RawTable = open_table(Source("x.csv", content=(head + "F1,P1,Elm,x\n"[: width * 3] + "\n" + text).encode()))
    taken(table)
    assert table.reconciled


# The quick way and the slow way ----------------------------------------------------------------------

REPORT = st.sampled_from(
    ["", "Total,,,4", "Printed by the office,,,", "Grand total: 3", "Summary,,,", "Month,Falls,,", "Jan,3,,",
     "Fall Ref,Resident,Home,Notes",
     "Elm total,,,3", "  ,,,", '"",,,', "Month,Falls", "Jan 2025,3", " Total,1,2,3", "Fall  Ref,Resident,Home,Notes", "\u00a0,,,", "£5,,,"]
)  # fmt: skip
PIECES = st.lists(
    st.one_of(
        REPORT,
        st.tuples(st.integers(1, 99), st.text('ab ,"\n\r£', max_size=5), st.text('ab"x', max_size=3)).map(
            lambda cells: f"F{cells[0]},P1,{cells[1]},{cells[2]}"
        ),
        st.integers(1, 99).map(lambda number: f'F{number},P1,"Elm, North","said ""no"""'),
        st.integers(1, 99).map(lambda number: f'F{number},P1,Elm,"two\nlines"'),
        st.integers(1, 99).map(lambda number: f"F{number},P1,Elm,note {number}"),
    ),
    max_size=14,
)


def ways(
    text: str, end: str, cuts: list[int], *, quick: bool
) -> tuple[list[Row], object, object, int, int, int, object]:
    head = ["Fall Ref", "Resident", "Home", "Notes"]
    sample = [["F1", "P1", "Elm", "note 1"], ["F2", "P2", "Elm", "note 2"], ["F3", "P3", "", ""]]
    judge = Judge(head, None, Usual.learnt(sample, 4))
    reader = Reader(judge, Dialect(","), lines=1, quick=quick)
    content = text.encode()
    blocks, start = [], 0
    for cut in sorted(cuts):
        at = content.find(b"\n", min(cut, len(content))) + 1
        if at > start:
            blocks.append(content[start:at])
            start = at
    parts = [reader.take(block) for block in [*blocks, content[start:]] if block]
    whole = together([*parts, reader.close()], 4)
    rows = [(int(line), [column[at].as_py() for column in whole.cells]) for at, line in enumerate(whole.lines)]
    return rows, judge.bad, judge.set_aside, reader.lines, whole.further_lines, judge.padded, judge.notes


@settings(max_examples=400, deadline=None)
@given(PIECES, st.sampled_from(["\n", "\r\n"]), st.lists(st.integers(0, 200), max_size=3))
def test_the_quick_way_reads_what_the_slow_way_reads(pieces: list[str], end: str, cuts: list[int]) -> None:
    text = "".join(piece + end for piece in ["F1,P1,Elm,a"] * 12 + pieces)
    slow = ways(text, end, [], quick=False)
    assert ways(text, end, [], quick=True) == slow
    assert ways(text, end, cuts, quick=True) == slow
    assert ways(text, end, cuts, quick=False) == slow
    accounted = len(slow[0]) + slow[4] + sum(bad.lines for bad in slow[1]) + sum(each.lines for each in slow[2])  # type: ignore[attr-defined]
    assert accounted == len(split_lines(text))


@settings(max_examples=300, deadline=None)
@given(st.text("ab\r\n", max_size=30))
def test_lines_are_split_as_any_program_splits_them(text: str) -> None:
    assert split_lines(text) == list(io.StringIO(text, newline=""))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.text('ab,"\n\r ', max_size=5), min_size=3, max_size=3), max_size=5), ENDS)
def test_what_csv_writes_is_read_back(rows: list[list[str]], end: str) -> None:
    lines = split_lines("".join(written(rows, ",", end)))
    assert [record.cells for record in records_of(lines, Dialect(","), 3)] == rows


# Headings that nobody knows --------------------------------------------------------------------------

WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäöß _", min_size=2, max_size=12).map(str.strip).filter(lambda word: any(map(str.isalpha, word))),
    min_size=3, max_size=7, unique_by=str.casefold,
)  # fmt: skip
VALUES = {
    "number": st.integers(0, 99999).map(str),
    "decimal": st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda two: f"{two[0]},{two[1]}"),
    "date": st.dates().map(lambda day: day.strftime("%d/%m/%Y")),
    "reference": st.integers(1, 9999).map(lambda number: f"K-{number}"),
    "words": st.sampled_from(
        ["Elm House", "Oak; north", "bed, then chair", 'said "no"', "two\nlines", "", "a|b", "tea\twalk"]
    ),
}


@settings(max_examples=300, deadline=None)
@given(st.data(), WORDS, DELIMITERS, ENDS, st.booleans())
def test_headings_nobody_knows_are_found_over_figures(
    data: st.DataObject, headings: list[str], delimiter: str, end: str, title: bool
) -> None:
    kinds = ["reference", "date", *data.draw(st.lists(st.sampled_from(list(VALUES)), min_size=5, max_size=5))]
    kinds = kinds[: len(headings)]
    rows = data.draw(st.lists(st.tuples(*(VALUES[kind] for kind in kinds)).map(list), min_size=3, max_size=15))
    text = f"Monthly register, all homes{end}{end}" if title else ""
    table, found = read((text + "".join(written([headings, *rows], delimiter, end))).encode())
    assert (table.delimiter, list(table.headings)) == (delimiter, [" ".join(heading.split()) for heading in headings])
    assert [cells for _, cells in found] == rows
