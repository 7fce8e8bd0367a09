"""A source becomes a table of text: the steps of reading, one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from data.reading import workbook
from data.reading.blocks import Reader
from data.reading.dialect import DELIMITERS, HEADING_SEARCH, find_dialect
from data.reading.encoding import BLOCK, head_of, look_at, opened, text_blocks
from data.reading.judging import Judge
from data.reading.kinds import is_workbook, refuse_other_kinds
from data.reading.records import Record, read_record, split_lines
from data.reading.table import Chunk, NotATable, RawTable, refuse_too_wide
from data.reading.tops import learn, top_of
from data.source import Source

SAMPLE_BYTES = 1 << 20
MORE_THAN_A_NOTE_HAS = 5000
"""Commas in one line: beyond this they part columns, and which sign parts them need not be found out first."""
SAMPLE_RECORDS = 1000
"""Records from which is learnt what the others are like."""

_ENCODINGS = {"utf-16-le": "utf-16", "utf-16-be": "utf-16"}


def open_table(source: Source, *, known: Collection[str] = ()) -> RawTable:
    """Read any delimited file, or a workbook where the extra for it is installed, into text rows.

    ``known`` are plain headings (``contract.plain``) of a profile: an anchor for finding the line of headings.
    The whole file is fingerprinted; beyond its first part it is parsed when chunks are asked for.
    Raises NotATable, whose message says what was seen and what to do.
    """
    return open_in_blocks(source, known, BLOCK, quick=True)


def _surely_as_wide_as(lines: Sequence[str]) -> int:
    """The columns of the widest line near the top, where they are so many that no note has as many commas; else 0."""
    widest = max(max(map(line.count, DELIMITERS)) + 1 for line in lines[:HEADING_SEARCH])
    return widest if widest > MORE_THAN_A_NOTE_HAS else 0


def open_in_blocks(source: Source, known: Collection[str], block: int, *, quick: bool) -> RawTable:
    """As ``open_table``, with a block of so many bytes, and without the quick way of reading where it is not wanted."""
    head = head_of(source)
    if is_workbook(head, lambda: opened(source)):
        return workbook.open_workbook(source, known)
    refuse_other_kinds(head, lambda: opened(source))
    look = look_at(source)
    blocks = text_blocks(source, look, block)
    whole = look.size <= block
    text = b"".join(blocks) if whole else next(blocks, b"")
    lines = split_lines(text[:SAMPLE_BYTES].decode("utf-8", "ignore"))
    if len(text) > SAMPLE_BYTES and len(lines) > 1:
        lines.pop()  # it is cut
    if not any(line.strip() for line in lines):
        raise NotATable("The file is empty. Export it again and check that it holds rows.")
    refuse_too_wide(_surely_as_wide_as(lines))
    found = find_dialect(lines, known)
    top = top_of(found)
    refuse_too_wide(len(top.raw))
    sample: list[Record] = []
    at, width = top.lines, len(top.raw)
    while at < len(lines) and len(sample) < SAMPLE_RECORDS:
        record = read_record(lines, at, found.dialect, width, at + 1, at_end=True)
        assert record is not None
        sample.append(record)
        at += record.lines
    notes = [*look.notes, *top.notes]
    judge = Judge(top.raw, top.second, learn(top, sample), set_aside=top.set_aside, notes=notes)
    reader = Reader(judge, found.dialect, lines=top.lines, quick=quick)
    start = len("".join(lines[: top.lines]).encode())

    def rest(table: RawTable) -> Iterator[Chunk]:
        if whole:
            return
        for piece in blocks:
            chunk = reader.take(piece)
            table.lines = reader.lines
            yield chunk
        chunk = reader.close()
        table.lines = reader.lines
        yield chunk

    first = reader.take(text[start:], at_end=whole)
    return RawTable(
        top.headings, top.heading_line, _ENCODINGS.get(look.encoding, look.encoding), found.dialect.delimiter,
        look.sha256, look.size, first, rest, notes, judge.set_aside, judge.bad,
        lines=reader.lines, heading_lines=top.heading_lines,
    )  # fmt: skip
