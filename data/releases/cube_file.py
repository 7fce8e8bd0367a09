"""A commissioner's release as a database file of its own, and read back. The file holds what may be shown and nothing else.

Each list of the release is a table with a column for each field; a period is two days, a list within a row is JSON text.
The file is new each time: nothing of an earlier one, and nothing of the manager's file, can be left in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import duckdb

from data.model import Period
from data.releases.model import (
    Cell,
    Change,
    CommissionerRelease,
    Definition,
    Gap,
    Happening,
    Part,
    Reading,
    ReleaseReport,
    Together,
    Unit,
)
from data.schema import DatabaseUnavailable, open_file
from data.sqltext import quoted

NAME = "commissioner.duckdb"
KIND, SCHEMA_VERSION = "commissioner", "1"
Row = TypeVar("Row")

TABLES: Mapping[str, type] = {
    "definitions": Definition, "units": Unit, "cells": Cell, "gaps": Gap, "changes": Change, "together": Together,
    "happenings": Happening,
}  # fmt: skip
_TYPES = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN", date: "DATE"}


def write_cube(release: CommissionerRelease, path: Path) -> None:
    """Writes a new file and reads it back whole.

    Raises DatabaseUnavailable when the file is there already, or the disk does not take it.
    """
    if path.exists():
        raise DatabaseUnavailable("There is a release at this place already. Choose a new folder.")
    try:
        _write(release, path)
    except duckdb.Error:
        raise DatabaseUnavailable(
            "The release cannot be written: the disk is full, or it refused. Nothing was released. Make room, or choose "
            "another place with --out."
        ) from None
    if open_cube(path) != release:
        raise DatabaseUnavailable("The release did not read back as it was written. Try again on another disk.")


def _write(release: CommissionerRelease, path: Path) -> None:
    con = duckdb.connect(str(path))
    try:
        con.execute("CREATE TABLE release_meta (key VARCHAR, value VARCHAR)")
        con.executemany("INSERT INTO release_meta VALUES (?, ?)", _meta(release))
        for name, cls in TABLES.items():
            _create(con, name, cls, getattr(release, name))
        con.execute("CHECKPOINT")
    finally:
        con.close()


def open_cube(path: Path) -> CommissionerRelease:
    """The release in a file. Raises DatabaseUnavailable for a file that is damaged, or of another kind."""
    try:
        with open_file(path) as con:
            meta = dict(con.execute("SELECT key, value FROM release_meta").fetchall())
            if meta.get("kind") != KIND or meta.get("schema_version") != SCHEMA_VERSION:
                raise DatabaseUnavailable("This is not a release to commissioners of this version.")
            read: dict[str, Any] = {name: tuple(_rows(con, name, cls)) for name, cls in TABLES.items()}
    except duckdb.Error:
        raise DatabaseUnavailable("This is not a release to commissioners, or the file is damaged.") from None
    return CommissionerRelease(
        report=_report(json.loads(meta["report"])), not_shown=json.loads(meta["not_shown"]), **read
    )


def report_document(report: ReleaseReport) -> dict[str, Any]:
    """The account of a release as it stands in release.json."""
    told = {each.name: getattr(report, each.name) for each in fields(report)}
    told["made_on"] = report.made_on.isoformat()
    told["read_by"] = [{"by": each.by, "on": each.on.isoformat(), "said": each.said} for each in report.read_by]
    return {key: list(value) if isinstance(value, tuple) else value for key, value in told.items()}


def _report(document: dict[str, Any]) -> ReleaseReport:
    readings = tuple(Reading(each["by"], date.fromisoformat(each["on"]), each["said"]) for each in document["read_by"])
    lists = {name: tuple(document[name]) for name in ("earlier", "notes")}
    return ReleaseReport(
        **{**document, **lists, "made_on": date.fromisoformat(document["made_on"]), "read_by": readings}
    )


def _meta(release: CommissionerRelease) -> list[tuple[str, str]]:
    return [
        ("kind", KIND),
        ("schema_version", SCHEMA_VERSION),
        ("release_id", release.report.release_id),
        ("report", json.dumps(report_document(release.report), ensure_ascii=False)),
        ("not_shown", json.dumps(dict(release.not_shown))),
    ]


def columns_of(cls: type) -> list[tuple[str, str]]:
    """The columns of a table: name and type; a period is its first and last day."""
    told: list[tuple[str, str]] = []
    for name, hint in get_type_hints(cls).items():
        if hint is Period:
            told += [("first", "DATE"), ("last", "DATE")]
        else:
            told.append((name, _sql_type(hint)))
    return told


def cells_of(row: Any) -> list[Any]:
    """The values of a row, in the order of ``columns_of``."""
    told: list[Any] = []
    for each in fields(row):
        value = getattr(row, each.name)
        if isinstance(value, Period):
            told += [value.first, value.last]
        elif isinstance(value, tuple):
            told.append(json.dumps([_plain(one) for one in value], ensure_ascii=False))
        else:
            told.append(value)
    return told


def _create(con: duckdb.DuckDBPyConnection, name: str, cls: type, rows: Sequence[Any]) -> None:
    columns = columns_of(cls)
    con.execute(f"CREATE TABLE {quoted(name)} ({', '.join(f'{quoted(column)} {kind}' for column, kind in columns)})")
    if not rows:
        return
    by_column = list(zip(*(cells_of(row) for row in rows), strict=True))
    picked = ", ".join(f"unnest(?::{kind}[])" for _, kind in columns)
    con.execute(f"INSERT INTO {quoted(name)} SELECT {picked}", [list(each) for each in by_column])


def _rows(con: duckdb.DuckDBPyConnection, name: str, cls: type[Row]) -> list[Row]:
    asked = ", ".join(quoted(column) for column, _ in columns_of(cls))
    hints = get_type_hints(cls)
    told = []
    for values in con.execute(f"SELECT {asked} FROM {quoted(name)} ORDER BY rowid").fetchall():
        left = iter(values)
        made: dict[str, Any] = {}
        for field_name, hint in hints.items():
            if hint is Period:
                made[field_name] = Period(next(left), next(left))
            elif hint == tuple[Part, ...]:
                made[field_name] = tuple(
                    Part(part[0], part[1], part[2], date.fromisoformat(part[3]) if part[3] else None)
                    for part in json.loads(next(left))
                )
            elif str(hint).startswith("tuple"):
                made[field_name] = tuple(json.loads(next(left)))
            else:
                made[field_name] = next(left)
        told.append(cls(**made))
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return [value.outcome, value.met, value.found, value.declared_on.isoformat() if value.declared_on else None]
    return value


def _sql_type(hint: Any) -> str:
    for kind, name in _TYPES.items():
        if hint is kind or hint == kind | None:
            return name
    return "VARCHAR"
