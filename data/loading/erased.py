"""People whose record was erased do not come back with the next export: their rows are set aside, and said so.

The database keeps no code of them, only a keyed mark of the code: with the key it tells whether a code that arrives is
theirs, without the key it tells nothing.
"""

from __future__ import annotations

import duckdb

from data.contract import Table
from data.model import Problem
from data.pseudonyms import Pseudonymiser

KEPT_AS = "erased"
"""The key of a mark in ``store.meta``; its value is the day, a bar, and the mark."""
REMEDY = "Take this person out of the export. If they are supported here again: outcomes erase REFERENCE --allow-again."


def marks(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The marks of everybody who was erased from this database."""
    rows = con.execute("SELECT value FROM store.meta WHERE key = ?", [KEPT_AS]).fetchall()
    return frozenset(value.partition("|")[2] for (value,) in rows)


def set_aside(con: duckdb.DuckDBPyConnection, table: Table, pseudonymise: Pseudonymiser) -> list[Problem]:
    """Take the rows of erased people out of ``work``; one problem a row, which names the line and nobody."""
    if "person_id" not in table.columns:
        return []
    known = marks(con)
    if not known:
        return []
    codes = [
        code for (code,) in con.execute("SELECT DISTINCT person_id FROM work WHERE person_id IS NOT NULL").fetchall()
    ]
    theirs = [code for code in codes if pseudonymise.mark(code) in known]
    if not theirs:
        return []
    lines = con.execute("SELECT line FROM work WHERE list_contains(?, person_id) ORDER BY line", [theirs]).fetchall()
    con.execute("DELETE FROM work WHERE list_contains(?, person_id)", [theirs])
    return [Problem(line, "person_id", None, "erased", REMEDY) for (line,) in lines]
