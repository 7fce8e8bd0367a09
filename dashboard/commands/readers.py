"""``outcomes readers``: the role table as it is understood, to be looked through every quarter."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.common import DONE, PROBLEMS, AsJson, print_json, say
from dashboard.hosted.role_table import Entry, RoleTable, read_role_table, reader_code
from dashboard.roles import ROLES
from data.pseudonyms import load_key


def readers_command(
    table: Annotated[Path, typer.Argument(help="The role table of one server.")],
    json_: AsJson = False,
) -> None:
    """List who may open what, with the code that stands for each in the log of who looked."""
    found, key = read_role_table(table), load_key()
    rows = [_row(entry, found, key) for entry in found.entries]
    if json_:
        print_json(rows)
    for row in () if json_ else rows:
        limits = [f"{name} {row[name]}" for name in ("until", "not_before") if row[name]]
        parts = [row["role"], row["database"] or "", *limits, f"sub {row['sub']}", f"in the log {row['code']}"]
        say(", ".join(part for part in parts if part) + (f". Opens nothing: {row['fault']}" if row["fault"] else ""))
    raise typer.Exit(PROBLEMS if any(row["fault"] for row in rows) else DONE)


def _row(entry: Entry, table: RoleTable, key: bytes) -> dict[str, str | None]:
    return {
        "iss": entry.iss,
        "sub": entry.sub,
        "role": entry.role,
        "database": entry.database,
        "until": None if entry.until is None else entry.until.isoformat(),
        "not_before": None if entry.not_before is None else entry.not_before.isoformat(),
        "code": reader_code(key, entry),
        "fault": _fault(entry, table, date.today()),
    }


def _fault(entry: Entry, table: RoleTable, today: date) -> str | None:
    """Why an entry opens nothing, whoever signs in."""
    if len(table.of(entry.iss, entry.sub)) > 1:
        return "this person stands in the table more than once."
    if entry.role not in ROLES:
        return f"the role is none of {', '.join(ROLES)}."
    if entry.role == "manager" and entry.database is None:
        return "no database is named."
    if entry.until is not None and entry.until < today:
        return "its last day is over."
    return None
