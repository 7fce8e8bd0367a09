"""Who loaded what, when, with which hash, which days it speaks for, and what was refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from data import __version__
from data.contract import Table
from data.loading.file_names import file_label
from data.model import Period, Problem
from data.reading.table import RawTable
from data.reports import FileReport
from data.sqltext import quoted, text_literal

QUIET_DAYS = 60
"""A home with no row for longer than this at an end of a shared export is taken as not recording there yet,
or no longer: days before recording began are not days on which nothing happened."""

BY_HAND = "written down here"
"""In place of a profile: rows that somebody wrote down on a page."""

_STAND_BACK = """
DELETE FROM store.coverage hand
WHERE EXISTS (SELECT 1 FROM store.loaded_file f
              WHERE f.load_id = hand.load_id AND f.file_no = hand.file_no AND f.profile = ?)
  AND EXISTS (SELECT 1 FROM store.coverage c JOIN store.loaded_file f USING (load_id, file_no)
              WHERE c.table_name = hand.table_name AND c.service_id = hand.service_id AND f.profile IS DISTINCT FROM ?)
"""

_LEFT_OUT = """
INSERT INTO store.left_out
SELECT '{name}', e.row_key, e.service_id
FROM {name} e
WHERE e.person_id IS NOT NULL
  AND e.service_id IN (SELECT DISTINCT service_id FROM stays)
  AND NOT EXISTS (
      SELECT 1 FROM stay_islands s
      WHERE s.person_id = e.person_id AND s.service_id = e.service_id
        AND CAST(e.occurred_at AS DATE) BETWEEN s.first_night - 1 AND s.after_last + 1)
"""
"""Events of people who were not here, a day either side let in: kept, and left out of rates."""


def next_load_id(con: duckdb.DuckDBPyConnection) -> int:
    """The number of the load that is beginning."""
    ((newest,),) = con.execute("SELECT coalesce(max(load_id), 0) FROM store.load").fetchall()
    return int(newest) + 1


def recall(con: duckdb.DuckDBPyConnection, sha256: str, table: Table, manner: str, report: FileReport) -> bool:
    """Whether the same bytes were loaded in the same manner before; the report then tells what became of them.

    A file of which rows were refused for lying in the future is read again: the future may have come. So is one
    loaded before the last time a load was taken back: rows it shared with that load went with it.
    """
    row = con.execute(
        "SELECT f.load_id, f.file_no, f.rows_in, f.rejected, f.ignored FROM store.loaded_file f JOIN store.load l USING (load_id) "
        "WHERE f.sha256 = ? AND f.table_name = ? AND f.manner = ? AND l.undone_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM store.load u WHERE u.undone_at >= l.loaded_at) ORDER BY f.load_id DESC LIMIT 1",
        [sha256, table.name, manner],
    ).fetchone()
    if row is None:
        return False
    problems = con.execute(
        "SELECT line, column_name, value, reason, remedy FROM store.refused "
        "WHERE load_id = ? AND file_no = ? ORDER BY line, column_name",
        [row[0], row[1]],
    ).fetchall()
    if any(problem[3] == "date_future" for problem in problems):
        return False
    report.already_loaded = True
    report.rows_in, report.rejected, report.ignored = int(row[2]), int(row[3]), int(row[4])
    report.duplicates = report.rows_in - report.rejected
    report.problems = [Problem(*problem) for problem in problems]
    return True


def keep_coverage(
    con: duckdb.DuckDBPyConnection, load_id: int, number: int, table: Table, as_of: date, full_export: Period | None
) -> None:
    """Write down which days a file speaks for, service by service: as declared, else first to last row."""
    if table.dated_by is None or "service_id" not in table.columns:
        return
    dated = "coalesce(done_at, due_on)" if table.name == "checks" else quoted(table.dated_by)
    ended = "period_to" if table.name == "totals" else dated
    own = (
        f"SELECT service_id, least(min(CAST({dated} AS DATE)), $as_of::DATE) AS first_day, "
        f"least(max(CAST({ended} AS DATE)), $as_of::DATE) AS last_day FROM work GROUP BY ALL"
    )
    values: dict[str, Any] = {"load": load_id, "number": number, "as_of": as_of}
    if full_export is not None:
        first, last = "$first::DATE", "$last::DATE"
        values |= {"first": full_export.first, "last": min(full_export.last, as_of)}
    else:
        edge = "SELECT min(first_day) AS first_edge, max(last_day) AS last_edge FROM own"
        own = f"WITH own AS ({own}), edge AS ({edge}) SELECT * FROM own, edge"
        first = f"CASE WHEN first_day - first_edge <= {QUIET_DAYS} THEN first_edge ELSE first_day END"
        last = f"CASE WHEN last_edge - last_day <= {QUIET_DAYS} THEN last_edge ELSE last_day END"
    con.execute(
        f"INSERT INTO store.coverage SELECT $load, $number, {text_literal(table.name)}, service_id, {first}, {last} "
        f"FROM ({own})",
        values,
    )


def keep_file(
    con: duckdb.DuckDBPyConnection,
    load_id: int,
    number: int,
    table: Table,
    raw: RawTable,
    manner: str,
    report: FileReport,
) -> None:
    """One line of the ledger, and the refused rows behind it."""
    days = con.execute(
        "SELECT min(first_day), max(last_day) FROM store.coverage WHERE load_id = ? AND file_no = ?", [load_id, number]
    ).fetchone() or (None, None)
    con.execute(
        f"INSERT INTO store.loaded_file VALUES ({', '.join('?' * 18)})",
        [
            load_id, number, file_label(report.file, table), table.name, report.profile, manner, raw.sha256, raw.size,
            raw.encoding, report.rows_in, report.accepted, report.duplicates, report.superseded, report.retired,
            report.rejected, report.ignored, *days,
        ],
    )  # fmt: skip
    if not report.problems:
        return
    count = len(report.problems)
    refused = pa.table(
        {
            "load_id": pa.array([load_id] * count, pa.int64()),
            "file_no": pa.array([number] * count, pa.int64()),
            "line": pa.array([each.line for each in report.problems], pa.int64()),
            "column_name": pa.array([each.column for each in report.problems], pa.string()),
            "value": pa.array([each.value for each in report.problems], pa.string()),
            "reason": pa.array([each.reason for each in report.problems], pa.string()),
            "remedy": pa.array([each.remedy for each in report.problems], pa.string()),
        }
    )
    con.from_arrow(refused).insert_into("store.refused")


def stand_back_for_exports(con: duckdb.DuckDBPyConnection) -> None:
    """Rows written down by hand speak for days only where no export of their table does.

    One review written down today would otherwise say that every check of the weeks since the last export is known,
    and those whose results are still to come would count as not done.
    """
    con.execute(_STAND_BACK, [BY_HAND, BY_HAND]).fetchall()


def forget_file(con: duckdb.DuckDBPyConnection, load_id: int, number: int) -> None:
    """A file that turned out unusable speaks for no day."""
    con.execute("DELETE FROM store.coverage WHERE load_id = ? AND file_no = ?", [load_id, number]).fetchall()


def keep_refused_file(con: duckdb.DuckDBPyConnection, load_id: int, name: str, why: str) -> None:
    """A file of the load that could not be used at all, and why."""
    con.execute("INSERT INTO store.refused_file VALUES (?, ?, ?)", [load_id, file_label(name, None), why])


def close_load(con: duckdb.DuckDBPyConnection, load_id: int, as_of: date, *, sample: bool) -> None:
    """The ledger line of the whole load, and which events have no exposure under them now."""
    con.execute(
        "INSERT INTO store.load VALUES (?, ?, ?, ?, NULL)",
        [load_id, datetime.now().replace(microsecond=0), as_of, __version__],
    )
    find_left_out(con)
    marked = con.execute("SELECT 1 FROM store.meta WHERE key = 'sample'").fetchone()
    if load_id == 1 and sample:
        con.execute("INSERT INTO store.meta VALUES ('sample', 'yes')")
    elif marked is not None and not sample:
        con.execute("DELETE FROM store.meta WHERE key = 'sample'")


def find_left_out(con: duckdb.DuckDBPyConnection) -> None:
    """Write down again which events have no exposure under them."""
    con.execute("DELETE FROM store.left_out")
    for name in ("incidents", "falls"):
        con.execute(_LEFT_OUT.format(name=name))
