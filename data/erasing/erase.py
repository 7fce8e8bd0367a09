"""Erasing one person: a new file is written without them and takes the place of the old one.

Deleting rows would leave their text in the file until it is rebuilt, so every table is
copied, row by row that may stay, into an empty file. The history of loads stays, as counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data.contract import TABLES
from data.erasing.going import Going, HeldBy
from data.erasing.log import forget_in_log
from data.erasing.words import telling, without
from data.ingest import WrongUse
from data.loading.erased import KEPT_AS
from data.loading.ledger import find_left_out
from data.pseudonyms import Pseudonymiser, key_id, load_key
from data.schema import MADE_TABLES, SCHEMA_VERSION, DatabaseUnavailable, open_draft, remake_tables
from data.sqltext import quoted

WORKED_OUT = ("left_out",)
"""Tables of the store that are worked out again at the end."""
ANOTHER_VERSION = "The database was made by another version of this product, so nothing was erased."


class NoSuchPerson(Exception):
    """No row is about the person; the message does not repeat the reference."""


@dataclass(frozen=True)
class Erased:
    """What erasing did, in rows: about the person, of a plan or case of theirs, and refused cells now without contents.

    ``log_lines`` are lines of the log of who looked that named the person.
    """

    rows: int
    forgotten_cells: int
    log_lines: int
    held_by: tuple[HeldBy, ...]


def erase(database: Path, person: str, *, today: date, words: Sequence[str] = (), key: bytes | None = None) -> Erased:
    """Remove every row about a person, all versions, and keep them from coming back; all or nothing.

    ``person`` is the reference as in the exports, or ``code:`` and the code. ``words`` are names that stand in
    titles or labels of other rows: they are replaced there. Raises NoSuchPerson, WrongUse, KeyFileError,
    DatabaseUnavailable.
    """
    key = key or load_key()
    pseudonymise = Pseudonymiser(key)
    code = pseudonymise("person", person)
    pattern = telling(person, words)
    with open_draft(database, anew=True) as draft:
        with _whole(database) as old:
            _same_key(old, key)
            going = Going(old, code)
            if not going.rows:
                raise NoSuchPerson("No row is about this person. Check the reference: write it as in the exports.")
            held_by = going.held_by()
            draft.con.execute("SET preserve_insertion_order = true")
            draft.con.execute("BEGIN")
            cells = _copy(old, draft.con, going, pattern)
        mark = f"{today.isoformat()}|{pseudonymise.mark(code)}"
        draft.con.execute("INSERT INTO store.meta VALUES (?, ?)", [KEPT_AS, mark])
        remake_tables(draft.con)
        find_left_out(draft.con)
        draft.con.execute("COMMIT")
        draft.con.execute("CHECKPOINT")
        lines = forget_in_log(database, code)  # before the file is replaced: if this fails, it can all be done again
        draft.keep()
    return Erased(going.rows, cells, lines, held_by)


@contextmanager
def _whole(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A plain connection to the file that is copied table by table; nothing is spilled beside it.

    Not the one for questions: that has a time limit and gives rows, not batches. Raises DatabaseUnavailable.
    """
    if not path.is_file():
        raise DatabaseUnavailable("There is no database yet, so there is nobody to erase.")
    try:
        con = duckdb.connect(str(path), read_only=True, config={"temp_directory": ""})
    except duckdb.Error:
        raise DatabaseUnavailable("Another program has the database open. Close it, then try again.") from None
    try:
        con.execute("SET enable_external_access = false")
        con.execute("SET enable_progress_bar = false")
        if "meta" not in _store(con):
            raise DatabaseUnavailable("This is not a database that exports are loaded into.")
        if ("schema_version", str(SCHEMA_VERSION)) not in con.execute("SELECT * FROM store.meta").fetchall():
            raise DatabaseUnavailable(ANOTHER_VERSION)
        yield con
    finally:
        con.close()


def allow_again(database: Path, person: str, *, key: bytes | None = None) -> bool:
    """Let exports bring an erased person back, because they are supported here again; whether they were erased.

    Raises WrongUse, KeyFileError, DatabaseUnavailable.
    """
    key = key or load_key()
    pseudonymise = Pseudonymiser(key)
    mark = pseudonymise.mark(pseudonymise("person", person))
    if not database.is_file():
        raise DatabaseUnavailable("There is no database yet, so nobody was erased from it.")
    with open_draft(database) as draft:
        _same_key(draft.con, key)
        gone = draft.con.execute(
            "DELETE FROM store.meta WHERE key = ? AND ends_with(value, ?)", [KEPT_AS, mark]
        ).fetchone()
        if gone and gone[0]:
            # their rows were left out of files that are written down as loaded: those may be read again
            draft.con.execute("UPDATE store.loaded_file SET sha256 = ''")
            draft.con.execute("CHECKPOINT")
            draft.keep()
    return bool(gone and gone[0])


def _copy(old: duckdb.DuckDBPyConnection, new: duckdb.DuckDBPyConnection, going: Going, pattern: str) -> int:
    """Every table of the store into the new file; how many refused cells were forgotten.

    Nothing says whose a refused row was, so what stood in refused cells is forgotten for all files.
    """
    here, there = _store(old), _store(new)
    if set(here) - set(there):
        raise DatabaseUnavailable(ANOTHER_VERSION)
    for name in (*MADE_TABLES, *WORKED_OUT):
        here.pop(name, None)
    ((cells,),) = old.execute("SELECT count(*) FROM store.refused WHERE value IS NOT NULL").fetchall()
    for name, columns in here.items():
        if name in TABLES:
            asked = going.kept(TABLES[name], pattern)
        else:
            listed = ", ".join(_of_the_ledger(name, *column, pattern) for column in columns)
            asked = f"SELECT {listed} FROM store.{quoted(name)}"
        if name == "meta":
            new.execute("DELETE FROM store.meta")
        new.from_arrow(old.sql(asked).to_arrow_reader()).insert_into(f"store.{quoted(name)}")
    return int(cells)


def _store(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """The tables of the store, with their columns and types in order."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'store' "
        "ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(table, []).append((column, kind))
    return found


def _of_the_ledger(table: str, column: str, kind: str, pattern: str) -> str:
    if (table, column) == ("refused", "value"):
        return "NULL::VARCHAR AS value"
    if table != "meta" and kind == "VARCHAR":
        return f"{without(quoted(column), pattern)} AS {quoted(column)}"
    return quoted(column)


def _same_key(con: duckdb.DuckDBPyConnection, key: bytes) -> None:
    row = con.execute("SELECT value FROM store.meta WHERE key = 'key_id'").fetchone()
    if row is not None and row[0] != key_id(key):
        raise WrongUse(
            "This database was made with another key for pseudonyms, so the person would not be found in it. "
            "Set OUTCOMES_KEY to the key file it was made with."
        )
