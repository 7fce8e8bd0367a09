"""The database file: made from the contract, opened one way for writing and one way for reading.

Every contract table is kept as versions in ``store`` (a row that a later export changed stays, closed by the
load that replaced it); what the questions see are the views in ``data/sql``.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from data.contract import TABLES, Table
from data.sqltext import quoted

SCHEMA_VERSION = 2
SQL = Path(__file__).with_name("sql")
MADE_TABLES = ("fall_services", "stay_islands", "presence", "view_facts", "matters")
"""Worked out again at the end of every load, in the order in which they stand on each other."""
KEYED_WITHIN = dict.fromkeys(
    ("incidents", "falls", "feedback", "views", "decisions", "checks", "context", "totals"), "service_id"
) | {"declarations": "intervention_id"}
"""References that are only a home's (or a plan's) own: two homes may both have an incident 17."""
LOAD_FIRST = "Load your exports first: on the page Add data, or with outcomes ingest FOLDER."
SWAP_SECONDS = 20
"""How long a load waits for readers to let go of the file it wants to replace."""
SORTED_AT_ONCE = 1_000_000
"""Rows of a load that are put in order at once."""
INGEST_MEMORY = "2000MB"
"""What DuckDB may hold of a load before it spills to disk, so that a file of any size fits a small computer."""
MADE_VIEWS = ("decision_facts", "intervention_facts", "fall_events")
"""Quick enough to be worked out whenever they are asked."""

_CAREFUL = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}

LEDGER = """
CREATE TABLE store.meta (key VARCHAR, value VARCHAR);
CREATE TABLE store.load (
    load_id BIGINT, loaded_at TIMESTAMP, as_of DATE, tool_version VARCHAR, undone_at TIMESTAMP
);
CREATE TABLE store.loaded_file (
    load_id BIGINT, file_no BIGINT, file VARCHAR, table_name VARCHAR, profile VARCHAR, manner VARCHAR,
    sha256 VARCHAR, size_bytes BIGINT, encoding VARCHAR, rows_in BIGINT, accepted BIGINT, duplicates BIGINT,
    superseded BIGINT, retired BIGINT, rejected BIGINT, ignored BIGINT, first_day DATE, last_day DATE
);
CREATE TABLE store.refused (
    load_id BIGINT, file_no BIGINT, line BIGINT, column_name VARCHAR, value VARCHAR, reason VARCHAR,
    remedy VARCHAR
);
CREATE TABLE store.refused_file (load_id BIGINT, file VARCHAR, why VARCHAR);
CREATE TABLE store.coverage (
    load_id BIGINT, file_no BIGINT, table_name VARCHAR, service_id VARCHAR, first_day DATE, last_day DATE
);
"""


class DatabaseUnavailable(Exception):
    """The database cannot be opened; the message says why and what to do, and holds no path."""


@dataclass
class Draft:
    """A copy of the database that is being changed; ``keep`` says that it shall become the database."""

    con: duckdb.DuckDBPyConnection
    kept: bool = False

    def keep(self) -> None:
        """Put the copy in the place of the database when the block ends."""
        self.kept = True


@contextmanager
def open_draft(path: Path) -> Iterator[Draft]:
    """The one writer. It works on a copy beside the file and swaps it in at the end, all at once.

    So readers are never in its way nor it in theirs, and a load that is killed leaves the database as it was.
    Makes the tables when there is no file yet. Raises DatabaseUnavailable, also when another load is running.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise DatabaseUnavailable("Another load is running. Wait until it has ended, then try again.") from None
    copy = path.with_name(path.name + ".loading")
    try:
        _remove(copy)
        before = os.umask(0o077)  # the file, its log and anything spilled beside it are for this user alone
        try:
            if path.exists():
                _connect(path, read_only=True).close()  # damaged, or held by another program: say so now
                shutil.copyfile(path, copy)
            con = _connect(copy, read_only=False)
        finally:
            os.umask(before)
        try:
            _migrate(con)
            draft = Draft(con)
            yield draft
        finally:
            con.close()
        if draft.kept:
            _swap(copy, path)
    finally:
        _remove(copy)
        lock.release()


def _swap(copy: Path, path: Path) -> None:
    """Replace the file at once. Windows refuses while somebody reads it: they never read for long."""
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    until = time.monotonic() + SWAP_SECONDS
    while True:
        try:
            copy.replace(path)
            return
        except PermissionError:
            if time.monotonic() > until:
                raise DatabaseUnavailable(
                    "Another program keeps the database open, so nothing was saved. Close it, then try again."
                ) from None
            time.sleep(0.1)


def _remove(copy: Path) -> None:
    for name in (copy, copy.with_name(copy.name + ".wal")):
        name.unlink(missing_ok=True)
    shutil.rmtree(copy.with_name(copy.name + ".tmp"), ignore_errors=True)


@contextmanager
def open_for_reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can read this file and do nothing else. Raises DatabaseUnavailable."""
    if not path.is_file():
        raise DatabaseUnavailable(
            "There is no database yet. Load your exports first: on the page Add data, or with outcomes ingest FOLDER."
        )
    con = _connect(path, read_only=True)
    try:
        if not _has_tables(con):
            raise DatabaseUnavailable(
                "The database is empty. Load your exports first: on the page Add data, or with outcomes ingest FOLDER."
            )
        _same_version(con)
        yield con
    finally:
        con.close()


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        con = duckdb.connect(str(path), read_only=read_only, config=dict(_CAREFUL))
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise DatabaseUnavailable(
                "Another program has the database open. Close it (or stop the dashboard), then try again."
            ) from None
        raise DatabaseUnavailable(
            "The database file cannot be read: it is damaged or not a database. "
            "Put back a copy, or load your exports into a new file."
        ) from None
    except duckdb.Error:
        raise DatabaseUnavailable(
            "The database file cannot be opened. Put back a copy, or load your exports into a new file."
        ) from None
    con.execute("SET TimeZone = 'Europe/London'")
    con.execute("SET enable_progress_bar = false")  # it would write over what a program reads on standard output
    if not read_only:
        con.execute(f"SET memory_limit = '{INGEST_MEMORY}'")
        con.execute("SET preserve_insertion_order = false")
    if read_only:
        con.execute("SET threads = 1")  # the questions are small: more threads only wait for each other
    return con


def _has_tables(con: duckdb.DuckDBPyConnection) -> bool:
    found = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'store' AND table_name = 'meta'"
    ).fetchone()
    return bool(found and found[0])


def _migrate(con: duckdb.DuckDBPyConnection) -> None:
    """Make all tables and views in one transaction, so that a half-made file is never left."""
    if _has_tables(con):
        _same_version(con)
        return
    con.execute("BEGIN")
    con.execute("CREATE SCHEMA IF NOT EXISTS store")
    con.execute(LEDGER)
    for table in TABLES.values():
        con.execute(create_table(table))
        con.execute(current_view(table))
    con.execute("CREATE TABLE store.left_out (table_name VARCHAR, row_key VARCHAR, service_id VARCHAR)")
    con.execute("CREATE TABLE fall_services (service_id VARCHAR)")
    for view in MADE_VIEWS:
        con.execute((SQL / f"{view}.sql").read_text(encoding="utf-8"))
    remake_tables(con)
    con.execute("INSERT INTO store.meta VALUES ('schema_version', ?)", [str(SCHEMA_VERSION)])
    con.execute("COMMIT")


def _same_version(con: duckdb.DuckDBPyConnection) -> None:
    row = con.execute("SELECT value FROM store.meta WHERE key = 'schema_version'").fetchone()
    if row is None or row[0] != str(SCHEMA_VERSION):
        raise DatabaseUnavailable(
            "The database was made by another version of this product. Load your exports into a new file with --db."
        )


def remake_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Work out the made tables from what is true now; part of the load's own transaction."""
    for name in MADE_TABLES:
        con.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))


def key_columns(table: Table, of: str = "") -> str:
    """SQL: the columns that together name a row of a table, ``of`` being the alias of the table with a dot."""
    parts = [f"{of}{quoted(part)}" for part in table.key]
    if table.name in KEYED_WITHIN:
        parts.insert(0, of + quoted(KEYED_WITHIN[table.name]))
    return ", ".join(parts)


def row_key(table: Table, of: str = "") -> str:
    """SQL: what names a row of a table, as one text."""
    return f"concat_ws('|', {key_columns(table, of)})"


def create_table(table: Table) -> str:
    """The versions of one contract table: its columns as typed, then who brought the row and who replaced it."""
    columns = [f"{quoted(column.name)} {column.sql_type}" for column in table.stored]
    made = ["load_id BIGINT", "retired_by BIGINT"]
    return f"CREATE TABLE store.{quoted(table.name)} ({', '.join(columns + made)})"


def current_view(table: Table) -> str:
    """What is true now: the versions no later load has replaced."""
    columns = ", ".join(quoted(column.name) for column in table.stored)
    return (
        f"CREATE VIEW {quoted(table.name)} AS SELECT {columns}, {row_key(table)} AS row_key FROM store.{quoted(table.name)} "
        "WHERE retired_by IS NULL"
    )
