"""Whatever stands in the cells: no row is lost or invented, every refusal is named, and twice is as once."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.contract import TABLES
from data.ingest import ingest
from data.loading.remedies import REASONS
from data.source import Source
from tests.support.exports import KEY

TODAY = date(2026, 6, 30)
ODD = [
    "", " ", "-", "N/A", "unknown", "\xa0", "#REF!", "########", "4.86E+09", "=1+1", "'", '"', ";", "a;b", "\n", "\x00x", "ü",
    "03/02/2026", "03/02/2026 14:05", "2026-02-03T14:05:00Z", "31/02/2026", "01/01/0205", "01/01/2126", "24:00", "45691.5",
    "yes", "N", "maybe", "1", "-1", "1e9", "1,234", "3.5", "nan", "none", "low", "fall", "distress", "F1", "D1", "total",
    "person_checkin", "self", "elm", "code:ABCDEFGHIJKLMNOP", "a@example.org", "07700 900123", "x" * 300,
]  # fmt: skip
CELLS = st.sampled_from(ODD) | st.text(max_size=8)


@st.composite
def exports(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    name = draw(st.sampled_from(sorted(TABLES)))
    columns = list(TABLES[name].columns)
    rows = draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=8))
    return name, [columns, *rows]


def written(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode("utf-8", errors="replace")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(exports())
def test_every_row_is_accounted_for_and_twice_is_as_once(export: tuple[str, list[list[str]]]) -> None:
    """Case 42: any export twice."""
    name, rows = export
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "db"
        source = Source(f"{name}.csv", content=written(rows))
        (first,) = ingest([source], database, as_of=TODAY, key=KEY).files
        if first.refused is not None:
            return
        assert first.rows_in == first.accepted + first.duplicates + first.rejected
        assert first.rows_in + first.ignored >= len(rows) - 1
        assert {each.reason for each in first.problems} <= set(REASONS)
        assert len({each.line for each in first.problems}) == first.rejected
        for each in first.problems:
            assert each.value is None or "example.org" not in each.value
            assert each.remedy
        more = Source(f"{name}.csv", content=written([*rows, [""] * len(rows[0])]))
        (again,) = ingest([more], database, as_of=TODAY, key=KEY).files
        assert (again.accepted, again.superseded) == (0, 0)
        assert again.rejected == first.rejected
