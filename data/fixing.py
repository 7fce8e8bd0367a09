"""The rows of an export that were refused, each with what to correct, as a file to mend and load again.

Made from the export itself when it is asked for: what it holds may be personal and is kept nowhere.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from data.loading.remedies import REASONS
from data.matching.profile import FIX_HEADINGS
from data.model import Problem
from data.reading import Chunk, open_table
from data.source import Source
from data.spreadsheets import for_spreadsheet, from_spreadsheet


def fix_csv(source: Source, problems: Iterable[Problem]) -> bytes:
    """The refused records as CSV (UTF-8 with BOM, CRLF), headed as in the export, two columns in front.

    The columns say on which line of the export a record stands and what to correct; they are left out of account
    when the file is loaded. Cells that would start a formula in a spreadsheet get an apostrophe, which loading
    takes off again. Raises NotATable when the export has gone.
    """
    why: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        where = f"{problem.column}: " if problem.column else ""
        why[problem.line].append(f"{where}{REASONS[problem.reason]}. {problem.remedy}")
    raw = open_table(source)
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow([*FIX_HEADINGS, *map(for_spreadsheet, raw.headings)])
    wanted = np.array(sorted(why), dtype=np.int64)
    rows: dict[int, list[str]] = {}
    for chunk in raw.chunks():
        at = np.flatnonzero(np.isin(chunk.lines, wanted))
        columns = [cells.take(pa.array(at)).to_pylist() for cells in chunk.cells]
        rows |= dict(zip(chunk.lines[at].tolist(), map(list, zip(*columns, strict=True)), strict=True))
    rows |= {bad.problem.line: list(bad.cells) for bad in raw.bad if bad.problem.line in why}
    for line in sorted(rows):
        out.writerow([line, " ".join(why[line]), *map(for_spreadsheet, rows[line])])
    return text.getvalue().encode("utf-8-sig")


def is_fix_file(headings: Sequence[str]) -> bool:
    """Whether a file is one that ``fix_csv`` made."""
    return set(FIX_HEADINGS) <= set(headings)


def as_exported(chunk: Chunk) -> Chunk:
    """The cells of a file to mend as they were in the export."""
    return Chunk(
        tuple(pa.array([from_spreadsheet(text) for text in cells.to_pylist()], pa.string()) for cells in chunk.cells),
        chunk.lines,
    )
