"""Blocks of text to chunks: record by record, and quickly where a block proves to be in order.

The slow way is the reference. The quick way lets Arrow parse the lines of which it has proved that the slow way
would read each as one record; every other line goes the slow way, and so does every row that may be more than an
ordinary record. What a line *is* is said by one judge in both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.reading.judging import Judge
from data.reading.quick import Lines, parse, suits, to_be_judged
from data.reading.records import Dialect, Record, read_record, split_lines
from data.reading.table import Chunk, text_chunk

SLOW_PIECE = 4 << 20
"""Bytes that are Python objects at one time, about: twenty times their size in memory."""
MOST_UNPROVED = 0.3
"""With more unproved lines than this share the quick way is the slower one."""
MOST_DOUBTFUL = 0.1
"""So with rows that must be looked at one by one."""


@dataclass
class Reader:
    """Takes the text of a file block by block. ``lines`` are the physical lines that have passed."""

    judge: Judge
    dialect: Dialect
    lines: int
    quick: bool = True
    _rest: bytes = b""

    def take(self, block: bytes, *, at_end: bool = False) -> Chunk:
        """The records that are complete; the rest waits for the next block. A block ends where a line ends."""
        data = self._rest + block if self._rest else block
        self._rest = b""
        parts = []
        if data:
            chunk = self._quickly(data, at_end=at_end)
            parts.append(self._slowly(data, at_end=at_end) if chunk is None else chunk)
        if at_end:
            self.judge.finish()
            parts.append(self._judged())
        return together(parts, self.judge.width)

    def close(self) -> Chunk:
        """What was still waiting when the last block had been taken."""
        return self.take(b"", at_end=True)

    # The slow way ------------------------------------------------------------------------------------

    def _slowly(self, data: bytes, *, at_end: bool) -> Chunk:
        parts, start = [], 0
        while start < len(data):
            cut = data.find(b"\n", start + SLOW_PIECE) + 1 or len(data)
            waiting, self._rest = self._rest, b""
            parts.append(self._piece(waiting + data[start:cut], at_end=at_end and cut == len(data)))
            start = cut
        return together(parts, self.judge.width)

    def _piece(self, data: bytes, *, at_end: bool) -> Chunk:
        lines = split_lines(data.decode("utf-8"))
        at = 0
        while at < len(lines):
            record = read_record(lines, at, self.dialect, self.judge.width, self.lines + at + 1, at_end)
            if record is None:
                break
            self.judge.take(record)
            at += record.lines
        self._rest = "".join(lines[at:]).encode()
        self.lines += at
        return self._judged()

    def _judged(self) -> Chunk:
        """The rows that were found good since this was last asked."""
        judge = self.judge
        chunk = text_chunk(judge.rows, judge.starts, judge.width)
        chunk = Chunk(chunk.cells, chunk.lines, judge.further_lines)
        judge.rows, judge.starts, judge.further_lines = [], [], 0
        return chunk

    # The quick way -----------------------------------------------------------------------------------

    def _quickly(self, data: bytes, *, at_end: bool) -> Chunk | None:
        """The same as ``_slowly``; None, with nothing taken, where it would not be quick."""
        width = self.judge.width
        if not self.quick or not suits(self.dialect, width):
            return None
        lines = Lines(data)
        unproved = lines.unproved(self.dialect.delimiter)
        if unproved.sum() > MOST_UNPROVED * len(lines):
            return None
        odd, gone, until = self._unproved_records(lines, unproved, at_end=at_end)
        try:
            parsed = parse(lines.without(gone, until), self.dialect.delimiter, width)
        except pa.ArrowInvalid:
            return None
        proved = np.flatnonzero(~gone[:until])
        if len(parsed.cells[0]) + len(parsed.misfits) != len(proved):
            return None  # Arrow saw other rows than the lines it was given
        odd += [self._one(lines, int(at)) for at in proved[parsed.misfits]]
        odd.sort(key=lambda record: record.line)
        starts = np.delete(proved, parsed.misfits) + (self.lines + 1)
        doubtful = self._doubtful(parsed.cells)
        if len(doubtful) > MOST_DOUBTFUL * len(starts):
            return None
        kept = self._judge_among(parsed.cells, starts, odd, doubtful)
        self.lines += until
        self._rest = data[lines.starts[until] :] if until < len(lines) else b""
        return _merged(parsed.cells, starts, kept, self._judged())

    def _unproved_records(
        self, lines: Lines, unproved: NDArray[np.bool_], *, at_end: bool
    ) -> tuple[list[Record], NDArray[np.bool_], int]:
        """Records that start on unproved lines, which lines they take up, and how many lines of the block are settled."""
        odd: list[Record] = []
        gone = np.zeros(len(lines), dtype=bool)
        behind = 0
        for start in np.flatnonzero(unproved).tolist():
            at = max(start, behind)
            if at > start:
                continue
            while at < len(lines) and (at == start or unproved[at]):
                record = read_record(lines, at, self.dialect, self.judge.width, self.lines + at + 1, at_end)
                if record is None:
                    return odd, gone, at
                odd.append(record)
                gone[at : at + record.lines] = True
                at += record.lines
            behind = at
        return odd, gone, len(lines)

    def _one(self, lines: Lines, at: int) -> Record:
        record = read_record(lines, at, self.dialect, self.judge.width, self.lines + at + 1, at_end=True)
        assert record is not None and record.lines == 1
        return record

    def _judge_among(
        self, cells: tuple[pa.Array, ...], starts: NDArray[np.int64], odd: list[Record], doubtful: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Have the judge take, in order, all records that it must see; which of Arrow's rows it need not see."""
        judge = self.judge
        kept = np.ones(len(starts), dtype=bool)
        rows = {int(at): _row(cells, starts, int(at)) for at in doubtful.tolist() if self._is_for_judge(cells, int(at))}
        seen = [(record.line, -1, record) for record in odd] + [(row.line, at, row) for at, row in rows.items()]
        at = 0
        for line, row, record in sorted(seen, key=lambda each: each[0]):
            place = row if row >= 0 else int(np.searchsorted(starts, line))
            at = self._while_unsteady(cells, starts, kept, at, place)
            judge.take(record)
            if row >= 0:
                kept[row] = False
                at = row + 1
        self._while_unsteady(cells, starts, kept, at, len(starts))
        return kept

    def _while_unsteady(
        self, cells: tuple[pa.Array, ...], starts: NDArray[np.int64], kept: NDArray[np.bool_], at: int, until: int
    ) -> int:
        """Rows in a place where a record may be something else, one by one, until records are simply records again."""
        while at < until and not self.judge.steady:
            self.judge.take(_row(cells, starts, at))
            kept[at] = False
            at += 1
        return max(at, until)

    def _doubtful(self, cells: tuple[pa.Array, ...]) -> NDArray[np.int64]:
        if not len(cells[0]):
            return np.zeros(0, np.int64)
        repeated = tuple(next((cell for cell in line if cell), "") for line in self.judge.repeats)
        return to_be_judged(cells, repeated, self.judge.most_in_footer)

    def _is_for_judge(self, cells: tuple[pa.Array, ...], at: int) -> bool:
        row = [column[at].as_py() for column in cells]
        return not self.judge.is_ordinary(row)


def _row(cells: tuple[pa.Array, ...], starts: NDArray[np.int64], at: int) -> Record:
    return Record(int(starts[at]), 1, [column[at].as_py() for column in cells])


def _merged(cells: tuple[pa.Array, ...], starts: NDArray[np.int64], kept: NDArray[np.bool_], judged: Chunk) -> Chunk:
    """Arrow's rows that were kept and those the judge found good, in the order of their lines."""
    if not kept.all():
        mask = pa.array(kept)
        cells, starts = tuple(column.filter(mask) for column in cells), starts[kept]
    if not len(judged):
        return Chunk(cells, starts)
    lines = np.concatenate([starts, judged.lines])
    order = np.argsort(lines, kind="stable")
    take = pa.array(order)
    both = (pa.concat_arrays([ours, theirs]).take(take) for ours, theirs in zip(cells, judged.cells, strict=True))
    return Chunk(tuple(both), lines[order], judged.further_lines)


def together(parts: list[Chunk], width: int) -> Chunk:
    """Chunks that follow one another as one."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return text_chunk([], [], width)
    if len(parts) == 1:
        return parts[0]
    cells = tuple(pa.concat_arrays([part.cells[place] for part in parts]) for place in range(width))
    return Chunk(cells, np.concatenate([part.lines for part in parts]), sum(part.further_lines for part in parts))
