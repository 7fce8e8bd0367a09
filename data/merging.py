"""The good rows of ``work`` into the store: new ones in, changed ones as new versions, the same ones left alone."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from data.casting import quoted
from data.contract import Table
from data.model import Problem
from data.remedies import remedy

KEYED_WITHIN = dict.fromkeys(
    ("incidents", "falls", "feedback", "views", "decisions", "checks", "context", "totals"), "service_id"
) | {"declarations": "intervention_id"}
"""References that are only a home's (or a plan's) own: two homes may both have an incident 17."""

_SAME_REFERENCE_OTHER_CONTENTS = """
SELECT record_no, line FROM (
    SELECT *, first_value(row_hash) OVER w AS first_hash, row_number() OVER w AS n
    FROM keyed WINDOW w AS (PARTITION BY row_key ORDER BY record_no))
WHERE n > 1 AND row_hash <> first_hash
"""


@dataclass(frozen=True)
class Merged:
    """What became of the rows that passed the checks."""

    accepted: int
    duplicates: int
    superseded: int
    problems: list[Problem]


def merge(con: duckdb.DuckDBPyConnection, table: Table, load_id: int) -> Merged:
    """Merge ``work`` into the versions of a table, inside the load's transaction."""
    name, columns = quoted(table.name), [quoted(column.name) for column in table.stored]
    _key_rows(con, table, columns)
    problems = _refuse(con, table, _SAME_REFERENCE_OTHER_CONTENTS)
    repeated = _count(
        con.execute(
            "DELETE FROM keyed WHERE record_no IN (SELECT record_no FROM (SELECT record_no, row_number() "
            "OVER (PARTITION BY row_key ORDER BY record_no) AS n FROM keyed) WHERE n > 1)"
        )
    )
    same = _count(
        con.execute(
            f"DELETE FROM keyed WHERE EXISTS (SELECT 1 FROM store.{name} s WHERE s.retired_by IS NULL "
            "AND s.row_key = keyed.row_key AND s.row_hash = keyed.row_hash)"
        )
    )
    if table.name in ("incidents", "falls"):
        problems += _refuse(con, table, _written_down_twice(table))
    superseded = _count(
        con.execute(
            f"UPDATE store.{name} SET retired_by = ? WHERE retired_by IS NULL "
            "AND row_key IN (SELECT row_key FROM keyed)",
            [load_id],
        )
    )
    order = ", ".join(quoted(each) for each in ("service_id", table.dated_by or "row_key") if each in table.columns)
    accepted = _count(
        con.execute(
            f"INSERT INTO store.{name} ({', '.join(columns)}, row_key, row_hash, load_id, retired_by) "
            f"SELECT {', '.join(columns)}, row_key, row_hash, {load_id}, NULL FROM keyed ORDER BY {order or 'row_key'}"
        )
    )
    return Merged(accepted, repeated + same, superseded, problems)


def _key_rows(con: duckdb.DuckDBPyConnection, table: Table, columns: list[str]) -> None:
    """``keyed``: each row with what names it and a hash of its typed contents (so two spellings of a date agree)."""
    contents = ", ".join(f"coalesce(CAST({column} AS VARCHAR), '')" for column in columns)
    own = table.own_key
    key = ", ".join(f"CAST({quoted(part)} AS VARCHAR)" for part in table.key)
    if own is not None and table.name in KEYED_WITHIN:
        key = f"{KEYED_WITHIN[table.name]}, {quoted(own)}"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE keyed AS SELECT *, concat_ws('|', {key}) AS row_key, "
        f"md5(concat_ws(chr(31), {contents})) AS row_hash FROM work"
    )
    if own is not None:
        con.execute(
            f"UPDATE keyed SET row_key = n.made, {quoted(own)} = n.made FROM (SELECT record_no, 'row-' || row_hash || '-' || "
            f"row_number() OVER (PARTITION BY row_hash ORDER BY record_no) AS made FROM keyed WHERE {quoted(own)} IS NULL) n "
            "WHERE keyed.record_no = n.record_no"
        )


def _written_down_twice(table: Table) -> str:
    """One person, one kind, one minute (not on the hour) under two references is one event written down twice."""
    kind = "kind" if "kind" in table.columns else "'fall'"
    same_kind = " AND s.kind = k.kind" if "kind" in table.columns else ""
    told_apart = "person_id IS NOT NULL AND time_precision = 'minute' AND minute(occurred_at) <> 0"
    return (
        "SELECT record_no, line FROM (SELECT record_no, line, row_number() OVER (PARTITION BY service_id, person_id, "
        f"{kind}, occurred_at ORDER BY record_no) AS n FROM keyed WHERE {told_apart}) WHERE n > 1 "
        f"UNION SELECT record_no, line FROM keyed k WHERE {told_apart} AND EXISTS (SELECT 1 FROM "
        f"store.{quoted(table.name)} s WHERE s.retired_by IS NULL AND s.service_id = k.service_id "
        "AND s.person_id = k.person_id AND s.occurred_at = k.occurred_at AND s.time_precision = 'minute' "
        f"AND s.row_key <> k.row_key{same_kind})"
    )


def _refuse(con: duckdb.DuckDBPyConnection, table: Table, which: str) -> list[Problem]:
    """Set aside rows that clash with another one, naming the reference column and not its value."""
    column = table.columns[table.own_key or table.key[-1]]
    con.execute(f"CREATE OR REPLACE TEMP TABLE clash AS {which}")
    lines = con.execute("SELECT line FROM clash ORDER BY line").fetchall()
    con.execute("DELETE FROM keyed WHERE record_no IN (SELECT record_no FROM clash)")
    words = remedy(column, "duplicate_conflict", "")
    return [Problem(line, column.name, None, "duplicate_conflict", words) for (line,) in lines]


def _count(result: duckdb.DuckDBPyConnection) -> int:
    row = result.fetchone()
    return int(row[0]) if row else 0
