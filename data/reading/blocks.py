"""Blocks of text to chunks: record by record, and quickly where a block proves to be in order.

The slow way is the reference. The quick way lets Arrow parse the lines of which it has proved that the slow way
would read each as one ordinary record; every other line goes the slow way, and the two are put together again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.reading.judging import Judge
from data.reading.records import Dialect, read_record, split_lines
from data.reading.table import Chunk, text_chunk

SLOW_PIECE = 4 << 20
"""Bytes that are Python objects at one time, about: twenty times their size in memory."""


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
        start = 0
        while start < len(data):
            cut = data.find(b"\n", start + SLOW_PIECE) + 1 or len(data)
            last = cut == len(data)
            parts.append(self._slowly(self._rest + data[start:cut], at_end=at_end and last))
            start = cut
        if at_end:
            self.judge.finish()
            parts.append(self._judged())
        return together(parts, self.judge.width)

    def close(self) -> Chunk:
        """What was still waiting when the last block had been taken."""
        return self.take(b"", at_end=True)

    def _slowly(self, data: bytes, *, at_end: bool) -> Chunk:
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


def together(parts: list[Chunk], width: int) -> Chunk:
    """Chunks that follow one another as one."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return text_chunk([], [], width)
    if len(parts) == 1:
        return parts[0]
    cells = tuple(pa.concat_arrays([part.cells[place] for part in parts]) for place in range(width))
    return Chunk(cells, np.concatenate([part.lines for part in parts]), sum(part.further_lines for part in parts))
