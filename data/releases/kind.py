"""Which of the three kinds of database a file is: the manager's, a commissioner's release, a researcher's sample.

A server opens the kind of its own reader and no other: docs/releases.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from data.guarded import CLOSED_TO_US, DatabaseUnavailable, Reading, read_only
from data.schema import is_managers, is_release

Kind = Literal["manager", "commissioner", "researcher"]
RELEASED: dict[Kind, str] = {"commissioner": "commissioner.duckdb", "researcher": "sample.duckdb"}
"""What the database of a release is called inside its folder."""
SCHEMA_VERSION = "1"
WHOSE: dict[Kind, str] = {
    "manager": "the manager’s database",
    "commissioner": "a release for commissioners",
    "researcher": "a sample for researchers",
}


def kind_of(path: Path) -> Kind:
    """The kind of a database file. Raises DatabaseUnavailable: no file, damaged, or none of the three."""
    return _kind_and_meta(path)[0]


def release_id(path: Path) -> str:
    """What a release is called. Raises DatabaseUnavailable, also for a file that is no release."""
    found = _kind_and_meta(path)[1].get("release_id")
    if not found:
        raise DatabaseUnavailable("This file is not a release. Name a release file, or the folder it came in.")
    return found


def refuse_other_kind(path: Path, kind: Kind) -> None:
    """Nothing, when a file is of this kind. Raises DatabaseUnavailable with one sentence when it is not."""
    found = kind_of(path)
    if found != kind:
        raise DatabaseUnavailable(
            f"This file is {WHOSE[found]}, and this server was started for {WHOSE[kind]}, so it is not opened."
        )


def file_in(named: Path, kind: Kind) -> Path:
    """The database file of a reader: the file that was named, or the one inside a release folder."""
    return named / RELEASED[kind] if kind in RELEASED and named.is_dir() else named


def _kind_and_meta(path: Path) -> tuple[Kind, dict[str, str]]:
    try:
        there = path.is_file()
    except OSError:  # the system keeps us out of a folder above it
        raise DatabaseUnavailable(CLOSED_TO_US) from None
    if not there:
        raise DatabaseUnavailable("There is no database file of that name. Check the name given with --db.")
    con = read_only(path)
    try:
        # The manager's tables are looked for first: a file that holds them is never taken for a release.
        if is_managers(con):
            return "manager", {}
        if not is_release(con):
            raise DatabaseUnavailable("This file is a database of no kind that is known here. Check the name given.")
        return _release(con)
    finally:
        con.close()


def _release(con: Reading) -> tuple[Kind, dict[str, str]]:
    meta = {str(key): str(value) for key, value in con.execute("SELECT key, value FROM release_meta").fetchall()}
    if meta.get("schema_version") != SCHEMA_VERSION:
        raise DatabaseUnavailable(
            "This release was made by another version of this product. Ask for it to be made again."
        )
    for kind in RELEASED:
        if meta.get("kind") == kind:
            return kind, meta
    raise DatabaseUnavailable("This release does not say whom it was made for. Ask for it to be made again.")
