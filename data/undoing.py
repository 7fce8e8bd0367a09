"""Taking one load back: its rows go, and what it had replaced or closed is true again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.contract import TABLES
from data.loading.ledger import find_left_out
from data.schema import DatabaseUnavailable, open_draft, remake_tables, row_key
from data.sqltext import quoted


class NoSuchLoad(Exception):
    """There is no load of that number, or it was taken back before."""


@dataclass(frozen=True)
class Undone:
    """What taking a load back did: rows that went, earlier versions that are true again, and the files to load again.

    ``shared`` counts rows of later files that were already there when they arrived: some may have gone with this
    load, and come back when those files are loaded once more.
    """

    load_id: int
    removed: int
    restored: int
    shared: int


def undo(database: Path, load_id: int) -> Undone:
    """Take one load back, all or nothing. Raises NoSuchLoad, DatabaseUnavailable."""
    if not database.is_file():
        raise DatabaseUnavailable("There is no database yet, so there is no load to take back.")
    with open_draft(database) as draft:
        con = draft.con
        known = con.execute("SELECT undone_at FROM store.load WHERE load_id = ?", [load_id]).fetchone()
        if known is None:
            raise NoSuchLoad(f"There is no load {load_id}. See: outcomes list loads.")
        if known[0] is not None:
            raise NoSuchLoad(f"Load {load_id} was taken back before.")
        con.execute("BEGIN")
        removed = restored = 0
        for table in TABLES.values():
            name, key = f"store.{quoted(table.name)}", row_key(table)
            # an earlier version is closed by whatever came next after this load, or by nothing
            con.execute(
                f"CREATE OR REPLACE TEMP TABLE reopened AS SELECT {row_key(table, 's.')} AS row_key, s.load_id, "
                f"(SELECT min(n.closes) FROM (SELECT load_id AS closes, {key} AS row_key FROM {name} UNION ALL "
                f"SELECT retired_by, {key} FROM {name} WHERE load_id = $load) n "
                f"WHERE n.row_key = {row_key(table, 's.')} AND n.closes > $load) AS closes FROM {name} s WHERE s.retired_by = $load",
                {"load": load_id},
            )
            con.execute(
                f"UPDATE {name} s SET retired_by = r.closes FROM reopened r WHERE {row_key(table, 's.')} = r.row_key "
                "AND s.load_id = r.load_id AND s.retired_by = $load",
                {"load": load_id},
            )
            reopened = con.execute("SELECT count(*) FROM reopened WHERE closes IS NULL").fetchone()
            gone = con.execute(f"DELETE FROM {name} WHERE load_id = ?", [load_id]).fetchone()
            restored += reopened[0] if reopened else 0
            removed += gone[0] if gone else 0
        shared = con.execute(
            "SELECT coalesce(sum(duplicates), 0)::BIGINT FROM store.loaded_file JOIN store.load USING (load_id) "
            "WHERE load_id > ? AND undone_at IS NULL",
            [load_id],
        ).fetchone()
        con.execute("DELETE FROM store.coverage WHERE load_id = ?", [load_id])
        con.execute("DELETE FROM store.refused WHERE load_id = ?", [load_id])
        con.execute(
            "UPDATE store.load SET undone_at = ? WHERE load_id = ?",
            [datetime.now().replace(microsecond=0), load_id],
        )
        remake_tables(con)
        find_left_out(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT")
        draft.keep()
    return Undone(load_id, removed, restored, shared[0] if shared else 0)
