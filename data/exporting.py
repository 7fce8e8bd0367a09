"""What was written down about changes, as contract CSV that loads again without changing anything.

People stand in it as ``code:`` and their code: only a database made with the same key knows whom it means.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from data.contract import TABLES, Table
from data.facts import RecordedRow
from data.schema import row_key
from data.spreadsheets import for_spreadsheet
from data.sqltext import quoted

if TYPE_CHECKING:
    from data.facts import Facts

RECORDED_TABLES = ("interventions", "declarations", "context", "checks", "feedback")
"""The tables a person fills in here."""
MADE_HERE = "recorded-"
"""How the references of rows begin that were written down on a page, in tables that systems export as well."""
ALSO_EXPORTED = ("checks", "feedback")


def recorded_rows(con: duckdb.DuckDBPyConnection, table: Table) -> tuple[RecordedRow, ...]:
    """The rows of a table that are true now, oldest first; of tables that systems export only those written down here."""
    columns = ", ".join(f"s.{quoted(column.name)}" for column in table.stored)
    only = ""
    if table.name in ALSO_EXPORTED:
        only = f"AND starts_with(s.{quoted(table.own_key or '')}, '{MADE_HERE}')"
    dated = "coalesce(s.done_at, s.due_on)" if table.name == "checks" else f"s.{quoted(table.dated_by or '')}"
    rows = con.execute(
        f"SELECT {columns}, CAST(coalesce(l.loaded_at, now()) AS DATE) FROM store.{quoted(table.name)} s "
        f"LEFT JOIN store.load l USING (load_id) WHERE s.retired_by IS NULL {only} ORDER BY {dated}, {row_key(table, 's.')}"
    ).fetchall()
    return tuple(_row(table, row) for row in rows)


def _row(table: Table, row: tuple[Any, ...]) -> RecordedRow:
    *values, arrived_on = row
    cells = {}
    for column, value in zip(table.stored, values, strict=True):
        text = as_text(value)
        cells[column.name] = f"code:{text}" if column.pseudonym and text else text
    return RecordedRow(cells, arrived_on)


def as_text(value: object) -> str:
    """A stored value as the contract writes it: ISO dates, a time only where there is one, numbers without loss."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case float():
            return repr(value).removesuffix(".0")
        case _:
            return str(value)


def contract_csv(table: Table, rows: Iterable[Mapping[str, str]], columns: Sequence[str] = ()) -> bytes:
    """Rows as a contract CSV: UTF-8 with a byte-order mark, CRLF, nothing a spreadsheet would run.

    ``columns``: only these, in this order; every stored column when none is named.
    """
    names = list(columns) or [column.name for column in table.stored]
    runnable = {column.name for column in table.stored if column.type in ("text", "id")}
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(names)
    for row in rows:
        write.writerow(
            [for_spreadsheet(row.get(name, "")) if name in runnable else row.get(name, "") for name in names]
        )
    return out.getvalue().encode("utf-8-sig")


def export_recorded(facts: Facts) -> dict[str, bytes]:
    """Table name to its CSV, for every table in which something was written down."""
    found = {name: facts.recorded_rows(name) for name in RECORDED_TABLES}
    return {name: contract_csv(TABLES[name], (row.cells for row in rows)) for name, rows in found.items() if rows}


def write_recorded(facts: Facts, folder: Path) -> list[Path]:
    """Write what was recorded into a folder, one contract CSV a table; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in export_recorded(facts).items():
        path = folder / f"{name}.csv"
        path.write_bytes(content)
        written.append(path)
    return written
