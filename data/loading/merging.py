"""The good rows of ``work`` into the store: new ones in, changed ones as new versions, the same ones left alone.

Nothing is overwritten: a version that a later export changed, or that a full export no longer has, stays in the
store, closed by the load that did it. So a load can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from data.contract import Table
from data.loading.remedies import remedy
from data.model import Period, Problem
from data.schema import SORTED_AT_ONCE, key_columns, row_key
from data.sqltext import quoted

RETIRED_SHARE, RETIRED_ROWS = 0.20, 10
"""A "full" export that lacks more than this share of the rows known for its days, and more than this many, is
taken as cut off, not as a correction."""


class TooMuchMissing(Exception):
    """An export that was called full lacks so much that it cannot be; the message says how much and what to do."""


@dataclass(frozen=True)
class Merged:
    """What became of the rows that passed the checks."""

    accepted: int
    duplicates: int
    superseded: int
    retired: int
    problems: list[Problem]


def merge(con: duckdb.DuckDBPyConnection, table: Table, load_id: int, full_export: Period | None) -> Merged:
    """Merge ``work`` into the versions of a table, inside the load's transaction. Raises TooMuchMissing.

    With ``full_export``, versions of those days and services that the file no longer has are closed; rows of the
    file that were refused (in ``unfit``) still count as being there.
    """
    name, columns = quoted(table.name), [quoted(column.name) for column in table.stored]
    _number_rows(con, table, columns)
    key, stored_key = row_key(table), row_key(table, "s.")
    retired = 0
    if full_export is not None:
        retired = _retire_missing(con, table, key, load_id, full_export)
    problems, repeated = _twins(con, table, key, columns)
    known = _count(con.execute(f"SELECT count(*) FROM (SELECT 1 FROM store.{name} LIMIT 1)")) > 0
    same = superseded = 0
    if known:
        alike = " AND ".join(f"s.{column} IS NOT DISTINCT FROM work.{column}" for column in columns)
        same = _count(
            con.execute(
                f"DELETE FROM work WHERE EXISTS (SELECT 1 FROM store.{name} s WHERE s.retired_by IS NULL "
                f"AND {stored_key} = {key} AND {alike})"
            )
        )
    if table.name in ("incidents", "falls"):
        problems += _written_down_twice(con, table, key, known=known)
    if known:
        superseded = _count(
            con.execute(
                f"UPDATE store.{name} s SET retired_by = ? WHERE retired_by IS NULL "
                f"AND {stored_key} IN (SELECT {key} FROM work)",
                [load_id],
            )
        )
    accepted = _insert(con, table, columns, load_id)
    return Merged(accepted, repeated + same, superseded, retired, problems)


def _insert(con: duckdb.DuckDBPyConnection, table: Table, columns: list[str], load_id: int) -> int:
    """The rows, service by service and day by day, as they are asked for.

    A million at a time: sorting ten at once would spill to disk, and a service is found quickly all the same.
    """
    order = ", ".join(quoted(each) for each in ("service_id", table.dated_by or "") if each in table.columns)
    insert = (
        f"INSERT INTO store.{quoted(table.name)} ({', '.join(columns)}, load_id, retired_by) "
        f"SELECT {', '.join(columns)}, {load_id}, NULL FROM work WHERE record_no BETWEEN ? AND ? "
        f"ORDER BY {order or row_key(table)}"
    )
    ((last,),) = con.execute("SELECT coalesce(max(record_no), -1) FROM work").fetchall()
    return sum(
        _count(con.execute(insert, [first, first + SORTED_AT_ONCE - 1])) for first in range(0, last + 1, SORTED_AT_ONCE)
    )


def _number_rows(con: duckdb.DuckDBPyConnection, table: Table, columns: list[str]) -> None:
    """Rows without a reference of their own are named by what they say, so that a re-export finds them again."""
    own = "person_id" if table.name == "stays" else table.own_key
    if own is None:
        return
    contents = ", ".join(f"coalesce(CAST({column} AS VARCHAR), '')" for column in columns)
    con.execute(
        f"UPDATE work SET {quoted(own)} = n.made FROM (SELECT record_no, 'row-' || contents || '-' || "
        "row_number() OVER (PARTITION BY contents ORDER BY record_no) AS made "
        f"FROM (SELECT record_no, md5(concat_ws(chr(31), {contents})) AS contents FROM work WHERE {quoted(own)} IS NULL)) n "
        "WHERE work.record_no = n.record_no"
    )


def _twins(con: duckdb.DuckDBPyConnection, table: Table, key: str, columns: list[str]) -> tuple[list[Problem], int]:
    """One reference twice in a file: the same contents are a repetition, other contents a clash."""
    if not _find_repeated(con, key_columns(table)):
        return [], 0
    contents = ", ".join(f"coalesce(CAST({column} AS VARCHAR), chr(30))" for column in columns)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE again AS SELECT record_no, line, contents <> first_value(contents) OVER w AS clash, "
        f"row_number() OVER w AS n FROM (SELECT record_no, line, {key} AS k, concat_ws(chr(31), {contents}) AS contents "
        f"FROM work WHERE hash({key_columns(table)}) IN (SELECT h FROM twin)) WINDOW w AS (PARTITION BY k ORDER BY record_no)"
    )
    problems = _refuse(con, table, "SELECT record_no, line FROM again WHERE n > 1 AND clash")
    repeated = _count(
        con.execute("DELETE FROM work WHERE record_no IN (SELECT record_no FROM again WHERE n > 1 AND NOT clash)")
    )
    return problems, repeated


def _find_repeated(con: duckdb.DuckDBPyConnection, what: str, where: str = "TRUE") -> bool:
    """Put into ``twin`` the hashes that more than one row of ``work`` has; whether there are any.

    Sorted in numpy: of ten million different references it takes a sixth of the time of a GROUP BY.
    """
    hashes = con.sql(f"SELECT hash({what}) AS h FROM work WHERE {where}").fetchnumpy()["h"]
    hashes.sort()
    repeated = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
    con.execute("CREATE OR REPLACE TEMP TABLE twin (h UBIGINT)").fetchall()
    if len(repeated):
        con.from_arrow(pa.table({"h": repeated})).insert_into("twin")
    return len(repeated) > 0


def _written_down_twice(con: duckdb.DuckDBPyConnection, table: Table, key: str, *, known: bool) -> list[Problem]:
    """One person, one kind, one minute (not on the hour) under two references is one event written down twice."""
    kind = "kind, " if "kind" in table.columns else ""
    event = f"service_id, person_id, {kind}occurred_at"
    told_apart = "person_id IS NOT NULL AND time_precision = 'minute' AND minute(occurred_at) <> 0"
    clashes = []
    if _find_repeated(con, event, told_apart):
        clashes.append(
            f"SELECT record_no, line FROM (SELECT record_no, line, row_number() OVER (PARTITION BY {event} "
            f"ORDER BY record_no) AS n FROM work WHERE {told_apart} AND hash({event}) IN (SELECT h FROM twin)) WHERE n > 1"
        )
    if known:
        same_kind = " AND s.kind = work.kind" if kind else ""
        clashes.append(
            f"SELECT record_no, line FROM work WHERE {told_apart} AND EXISTS (SELECT 1 FROM "
            f"store.{quoted(table.name)} s WHERE s.retired_by IS NULL AND s.service_id = work.service_id "
            "AND s.person_id = work.person_id AND s.occurred_at = work.occurred_at AND s.time_precision = 'minute' "
            f"AND {row_key(table, 's.')} <> {key}{same_kind})"
        )
    return _refuse(con, table, " UNION ".join(clashes)) if clashes else []


def _retire_missing(con: duckdb.DuckDBPyConnection, table: Table, key: str, load_id: int, period: Period) -> int:
    """Close the versions a full export of these days no longer has. Raises TooMuchMissing."""
    if table.dated_by is None or "service_id" not in table.columns:
        return 0
    dated = "coalesce(done_at, due_on)" if table.name == "checks" else quoted(table.dated_by)
    con.execute(f"CREATE OR REPLACE TEMP TABLE sent AS SELECT {key} AS row_key, service_id FROM work")
    spoken_for = (
        f"retired_by IS NULL AND CAST({dated} AS DATE) BETWEEN $first AND $last "
        "AND service_id IN (SELECT service_id FROM sent)"
    )
    gone = f"{spoken_for} AND {key} NOT IN (SELECT row_key FROM sent UNION ALL SELECT row_key FROM unfit)"
    days = {"first": period.first, "last": period.last}
    name = f"store.{quoted(table.name)}"
    known = _count(con.execute(f"SELECT count(*) FROM {name} WHERE {spoken_for}", days))
    missing = _count(con.execute(f"SELECT count(*) FROM {name} WHERE {gone}", days))
    if missing > RETIRED_ROWS and missing > known * RETIRED_SHARE:
        raise TooMuchMissing(
            f"This was called a full export of {period.first} to {period.last}, but {missing:,} of the {known:,} rows "
            "loaded before for those days are not in it. It looks cut off. Export it again, leave --full-export away, "
            "or take the earlier load back first with: outcomes undo."
        )
    return _count(con.execute(f"UPDATE {name} SET retired_by = $load WHERE {gone}", days | {"load": load_id}))


def _refuse(con: duckdb.DuckDBPyConnection, table: Table, which: str) -> list[Problem]:
    """Set aside rows that clash with another one, naming the reference column and not its value."""
    column = table.columns[table.own_key or table.key[-1]]
    con.execute(f"CREATE OR REPLACE TEMP TABLE clash AS {which}")
    lines = con.execute("SELECT line FROM clash ORDER BY line").fetchall()
    con.execute("DELETE FROM work WHERE record_no IN (SELECT record_no FROM clash)")
    words = remedy(column, "duplicate_conflict", "")
    return [Problem(line, column.name, None, "duplicate_conflict", words) for (line,) in lines]


def _count(result: duckdb.DuckDBPyConnection) -> int:
    return sum(int(count) for (count,) in result.fetchall())
