"""Text rows into one typed ``work`` table inside the load's transaction, and every fault of every row named.

References of people are codes before the database sees them: not even a temporary table holds them in clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data import casting
from data.casting import quoted, text_literal
from data.contract import Table
from data.instruments import DOMAIN_RANGES, TOTAL_RANGES
from data.model import Problem
from data.pseudonyms import Pseudonymiser
from data.reading import RawTable
from data.remedies import remedy

ODD_BLANKS = ", ' ' || chr(9) || chr(160)"
"""Tabs and no-break spaces are trimmed from both ends of a cell as well, where a file has any: it costs a second a
million rows."""

LONGEST_SHOWN = 40
_LOOKS_PERSONAL = re.compile(
    "|".join(
        f"(?:{pattern.replace('(?i)', '')})"
        for pattern in (casting.EMAIL, casting.POSTCODE, casting.PHONE, casting.TEN_DIGITS)
    )
)


def stage(
    con: duckdb.DuckDBPyConnection, raw: RawTable, table: Table, places: Mapping[str, int], pseudonymise: Pseudonymiser
) -> None:
    """Make ``work``: for each record its number, its line, each cell as text (``raw_…``) and as its own type."""
    con.register("arrived", _arrived(raw, table, places, pseudonymise))
    blanks = ODD_BLANKS if raw.odd_blanks else ""
    trimmed = ", ".join(
        f"nullif(trim({quoted(column.name)}{blanks}), '') AS {quoted('raw_' + column.name)}" for column in table.stored
    )
    typed = ", ".join(
        f"{expression} AS {quoted(name)}"
        for column in table.stored
        for expression, name in casting.typed_columns(column)
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE work AS SELECT *, {typed} FROM (SELECT record_no, line, {trimmed} FROM arrived)"
    )
    con.unregister("arrived")
    if "time_precision" in table.columns:
        con.execute(
            "UPDATE work SET time_precision = CASE WHEN clock_occurred_at IS NULL THEN 'day' "
            "WHEN time_precision IN ('', 'not_recorded') THEN 'minute' ELSE time_precision END "
            "WHERE clock_occurred_at IS NULL OR time_precision IN ('', 'not_recorded')"
        )
    if "outcome" in table.columns:
        con.execute("UPDATE work SET outcome = upper(outcome)")


def _arrived(raw: RawTable, table: Table, places: Mapping[str, int], pseudonymise: Pseudonymiser) -> pa.Table:
    by_column = list(zip(*raw.rows, strict=True)) if raw.rows else [() for _ in raw.headings]
    arrays: dict[str, Any] = {
        "record_no": pa.array(np.arange(len(raw.rows))),
        "line": pa.array(np.array(raw.lines, dtype=np.int64)),
    }
    for column in table.stored:
        place = places.get(column.name)
        if place is None:
            arrays[column.name] = pa.nulls(len(raw.rows), pa.string())
            continue
        cells: Iterable[str] = by_column[place]
        if column.pseudonym:
            kind = column.pseudonym
            cells = [pseudonymise(kind, cell) for cell in cells]
        arrays[column.name] = pa.array(cells, pa.string())
    return pa.table(arrays)


def refuse_faulty(con: duckdb.DuckDBPyConnection, table: Table, present: frozenset[str], as_of: date) -> list[Problem]:
    """Take the rows with any fault out of ``work`` and name all their faults, never just the first."""
    checks = [check for column in table.stored for check in casting.cell_checks(column)]
    checks += casting.row_checks(table, present, _outside_instrument())
    asked = [
        f"SELECT record_no, line, {text_literal(check.column)} AS c, {quoted('raw_' + check.column)} AS v, "
        f"{text_literal(check.reason)} AS reason FROM work WHERE {check.condition}"
        for check in checks
        if check.column in present or (check.reason == "required_missing" and check.column != table.own_key)
    ]
    sql = "CREATE OR REPLACE TEMP TABLE bad AS " + " UNION ALL ".join(asked)
    con.execute(sql, {"as_of": as_of} if "$as_of" in sql else {})
    found = con.execute("SELECT DISTINCT line, c, v, reason FROM bad").fetchall()
    con.execute("DELETE FROM work WHERE record_no IN (SELECT record_no FROM bad)")
    problems = []
    for line, name, value, reason in found:
        column = table.columns[name]
        shown = _shown(value) if column.shown else None
        problems.append(Problem(line, name, shown, reason, remedy(column, reason, shown or "")))
    return problems


def _outside_instrument() -> str:
    """SQL: the score lies outside its instrument's range."""

    def cases(ranges: dict[str, tuple[float, float]]) -> str:
        return " ".join(
            f"WHEN instrument = {text_literal(name)} THEN score NOT BETWEEN {low:g} AND {high:g}"
            for name, (low, high) in ranges.items()
        )

    return (
        "score IS NOT NULL AND answer = 'score' AND CASE WHEN lower(domain) = 'total' "
        f"THEN CASE {cases(TOTAL_RANGES)} ELSE FALSE END ELSE CASE {cases(DOMAIN_RANGES)} ELSE FALSE END END"
    )


def _shown(value: str | None) -> str | None:
    """A bad value as it may be repeated: short, and never one that looks like a person's details."""
    if value is None:
        return ""
    return None if len(value) > LONGEST_SHOWN or _LOOKS_PERSONAL.search(value) else value
