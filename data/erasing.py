"""Erasing one person: a new file is written without them and takes the place of the old one.

Deleting rows would leave their text in the file until it is rebuilt (methods/disclosure.md, d), so every table is
copied, row by row that may stay, into an empty file. The history of loads stays, as counts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from data.contract import TABLES, Table
from data.ingest import WrongUse
from data.loading.erased import KEPT_AS
from data.loading.ledger import find_left_out
from data.pseudonyms import Pseudonymiser, key_id, load_or_make_key
from data.schema import MADE_TABLES, SCHEMA_VERSION, DatabaseUnavailable, open_draft, remake_tables, row_key
from data.sqltext import quoted, text_literal

WORKED_OUT = ("left_out",)
"""Tables of the store that are worked out again at the end."""
SHORTEST_REPLACED = 5
"""A shorter reference may be an ordinary word or a year, so it is not looked for inside labels and titles."""
IN_PLACE = "…"
ANOTHER_VERSION = "The database was made by another version of this product, so nothing was erased."


class NoSuchPerson(Exception):
    """No row is about the person; the message does not repeat the reference."""


@dataclass(frozen=True)
class HeldBy:
    """A load that brought rows about the person: the export it came from still holds them."""

    load_id: int
    loaded_at: datetime
    files: tuple[str, ...]


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
    key = key or load_or_make_key()
    pseudonymise = Pseudonymiser(key)
    code = pseudonymise("person", person)
    telling = re.compile("|".join(_patterns(person, words)) or "(?!)", re.IGNORECASE)
    with open_draft(database, anew=True) as draft:
        with _whole(database) as old:
            _same_key(old, key)
            going = _Going(old, code)
            if not going.rows:
                raise NoSuchPerson("No row is about this person. Check the reference: write it as in the exports.")
            held_by = going.held_by()
            draft.con.execute("SET preserve_insertion_order = true")
            draft.con.execute("BEGIN")
            cells = _copy(old, draft.con, going, telling.pattern)
        mark = f"{today.isoformat()}|{pseudonymise.mark(code)}"
        draft.con.execute("INSERT INTO store.meta VALUES (?, ?)", [KEPT_AS, mark])
        remake_tables(draft.con)
        find_left_out(draft.con)
        draft.con.execute("COMMIT")
        draft.con.execute("CHECKPOINT")
        draft.keep()
    return Erased(going.rows, cells, forget_in_log(database, code), held_by)


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
    key = key or load_or_make_key()
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


class _Going:
    """Which rows go: temporary tables of keys beside the old file, and the conditions that use them."""

    def __init__(self, con: duckdb.DuckDBPyConnection, code: str) -> None:
        self.con, self.code = con, code
        for name, source, column in (
            ("gone_plans", "interventions", "intervention_id"),
            ("gone_decisions", "decisions", "decision_id"),
            ("gone_cases", "feedback", "case_id"),
        ):
            self._only_theirs(name, f"SELECT {column} AS id, person_id FROM store.{source}")
        self._only_theirs("gone_voices", "SELECT rater_key AS id, person_id FROM store.feedback WHERE rater = 'self'")
        for table in TABLES.values():
            if "person_id" in table.columns:
                self._only_theirs(
                    f"gone_{table.name}", f"SELECT {row_key(table)} AS id, person_id FROM store.{quoted(table.name)}"
                )
        self.rows = sum(self._count(table) for table in TABLES.values())

    def _only_theirs(self, name: str, pairs: str) -> None:
        """Keys that belong to the person and, in no version, to anybody else."""
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS SELECT id FROM ({pairs}) WHERE id IS NOT NULL AND id <> '' "
            "GROUP BY id HAVING bool_or(person_id = $code) AND NOT bool_or(person_id NOT IN ($code, ''))",
            {"code": self.code},
        )

    def condition(self, table: Table) -> str:
        """SQL: a row of the table goes. A row that names somebody else always stays."""
        linked = [
            f"{quoted(column)} IN (SELECT id FROM {gone})"
            for column, gone in (
                ("intervention_id", "gone_plans"),
                ("case_id", "gone_cases"),
                ("rater_key", "gone_voices"),
            )
            if column in table.columns and table.name != "interventions"
        ]
        if "person_id" not in table.columns:
            return f"coalesce({' OR '.join(linked)}, FALSE)" if linked else "FALSE"
        linked.append(f"{row_key(table)} IN (SELECT id FROM {quoted(f'gone_{table.name}')})")
        return (
            f"coalesce(person_id = {text_literal(self.code)}, FALSE) "
            f"OR (coalesce(person_id, '') = '' AND coalesce({' OR '.join(linked)}, FALSE))"
        )

    def kept(self, table: Table, telling: str) -> str:
        """SQL: the rows that stay, without references to what goes and without the words that tell who it was."""
        columns = []
        for column in table.stored:
            name = quoted(column.name)
            gone = {"based_on": "gone_plans", "intervention_id": "gone_plans", "decision_id": "gone_decisions"}.get(
                column.name
            )
            if gone is not None and column.name != table.own_key:
                name = f"CASE WHEN {name} IN (SELECT id FROM {gone}) THEN NULL ELSE {name} END AS {name}"
            elif column.type == "text":
                name = f"{_without(name, telling)} AS {name}"
            columns.append(name)
        listed = ", ".join([*columns, "load_id", "retired_by"])
        return f"SELECT {listed} FROM store.{quoted(table.name)} WHERE NOT ({self.condition(table)})"

    def held_by(self) -> tuple[HeldBy, ...]:
        """The loads that brought what goes, oldest first."""
        brought = " UNION ".join(
            f"SELECT load_id, {text_literal(table.name)} AS table_name FROM store.{quoted(table.name)} WHERE {self.condition(table)}"
            for table in TABLES.values()
        )
        rows = self.con.execute(
            "SELECT l.load_id, l.loaded_at, list(DISTINCT f.file ORDER BY f.file) "
            f"FROM ({brought}) b JOIN store.loaded_file f USING (load_id, table_name) JOIN store.load l USING (load_id) "
            "GROUP BY ALL ORDER BY 1"
        ).fetchall()
        return tuple(HeldBy(number, at, tuple(files)) for number, at, files in rows)

    def _count(self, table: Table) -> int:
        ((count,),) = self.con.execute(
            f"SELECT count(*) FROM store.{quoted(table.name)} WHERE {self.condition(table)}"
        ).fetchall()
        return int(count)


def _copy(old: duckdb.DuckDBPyConnection, new: duckdb.DuckDBPyConnection, going: _Going, telling: str) -> int:
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
            asked = going.kept(TABLES[name], telling)
        else:
            listed = ", ".join(_of_the_ledger(name, *column, telling) for column in columns)
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


def _of_the_ledger(table: str, column: str, kind: str, telling: str) -> str:
    if (table, column) == ("refused", "value"):
        return "NULL::VARCHAR AS value"
    if table != "meta" and kind == "VARCHAR":
        return f"{_without(quoted(column), telling)} AS {quoted(column)}"
    return quoted(column)


def _without(column: str, telling: str) -> str:
    return f"regexp_replace({column}, {text_literal(telling)}, '{IN_PLACE}', 'gi')" if telling != "(?!)" else column


def _patterns(person: str, words: Sequence[str]) -> list[str]:
    """What is looked for in titles and labels: the reference however it is spaced, and the words as they are."""
    letters = [letter for letter in person.strip() if letter.isalnum()]
    found = []
    if not person.startswith("code:") and len(letters) >= SHORTEST_REPLACED:
        found.append(_whole(r"[\s-]?".join(re.escape(letter) for letter in letters), letters[0], letters[-1]))
    for word in (each.strip() for each in words):
        if word:
            found.append(_whole(re.escape(word), word[0], word[-1]))
    return found


def _whole(pattern: str, first: str, last: str) -> str:
    """A pattern that finds whole words only; the engine knows the edges of words of A to Z alone."""
    edges = [r"\b" if edge.isascii() and edge.isalnum() else "" for edge in (first, last)]
    return f"{edges[0]}{pattern}{edges[1]}"


def _same_key(con: duckdb.DuckDBPyConnection, key: bytes) -> None:
    row = con.execute("SELECT value FROM store.meta WHERE key = 'key_id'").fetchone()
    if row is not None and row[0] != key_id(key):
        raise WrongUse(
            "This database was made with another key for pseudonyms, so the person would not be found in it. "
            "Set OUTCOMES_KEY to the key file it was made with."
        )


def forget_in_log(database: Path, code: str) -> int:
    """Put "erased" in the place of a person's code in the log of who looked; how many lines named them."""
    return sum(_forget_in(file, code) for file in sorted(database.with_name(f"{database.stem}.audit").glob("*.jsonl")))


def _forget_in(file: Path, code: str) -> int:
    """One file of the log, replaced at once; begun again when a line was added meanwhile."""
    while True:
        before = file.read_bytes()
        lines = before.decode("utf-8").splitlines(keepends=True)
        named = sum(code in line for line in lines)
        if not named:
            return 0
        copy = file.with_name(file.name + ".new")
        handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            out.writelines(line.replace(code, "erased") if code in line else line for line in lines)
            out.flush()
            os.fsync(out.fileno())
        if file.read_bytes() == before:
            copy.replace(file)
            return named
