"""The table of who may open what: a TOML file on the server, readable by the server's user alone.

[[person]]
iss = "https://login.example/tenant"     # who vouches for the person
sub = "5f1c…"                            # the person there; never an e-mail address
role = "manager"
database = "elm.duckdb"                  # managers alone: a file directly in the folder of databases
until = 2027-03-31                       # optional: the last day
not_before = 2026-11-22T09:00:00Z        # optional: whoever signed in earlier has to sign in again
"""

from __future__ import annotations

import os
import stat
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data.pseudonyms import pseudonym

KEYS = frozenset({"iss", "sub", "role", "database", "until", "not_before"})
BY_POSITION = "Entry {number} of the role table: {fault}"


class RoleTableError(Exception):
    """The table cannot be used, so nobody is let in; the message names no person and no path."""


@dataclass(frozen=True)
class Entry:
    """What one person may open. ``role`` is as written: a word that names no reader opens nothing."""

    iss: str
    sub: str
    role: str
    database: str | None = None
    until: date | None = None
    not_before: datetime | None = None


@dataclass(frozen=True)
class RoleTable:
    """Every entry of the file."""

    entries: tuple[Entry, ...]

    def of(self, iss: str, sub: str) -> tuple[Entry, ...]:
        """The entries of one person; anything but exactly one opens nothing."""
        return tuple(entry for entry in self.entries if (entry.iss, entry.sub) == (iss, sub))


def read_role_table(path: Path) -> RoleTable:
    """The table as it is at this moment. Raises RoleTableError, also when other users can read it."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read()
    except OSError:
        raise RoleTableError(
            "The role table cannot be read. Set OUTCOMES_ROLES to a file of the server's user."
        ) from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise RoleTableError("Other users of this computer can open the role table. Make it yours alone (chmod 600).")
    return parse_role_table(content)


def parse_role_table(content: bytes) -> RoleTable:
    """The table in a TOML document. Raises RoleTableError."""
    try:
        document = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise RoleTableError("The role table is not TOML. Compare it with the example in docs/deployment.") from None
    people = document.get("person", [])
    if set(document) - {"person"} or not isinstance(people, list):
        raise RoleTableError("The role table holds something else than [[person]] entries. Take it out.")
    return RoleTable(tuple(_entry(number, each) for number, each in enumerate(people, start=1)))


def _entry(number: int, found: Any) -> Entry:
    def refuse(fault: str) -> RoleTableError:
        return RoleTableError(BY_POSITION.format(number=number, fault=fault))

    if not isinstance(found, dict) or set(found) - KEYS:
        raise refuse(f"only {', '.join(sorted(KEYS))} may stand there.")
    for name in ("iss", "sub", "role"):
        if not isinstance(found.get(name), str) or not found[name].strip():
            raise refuse(f"{name} is needed, as text.")
    database, until, not_before = (found.get(name) for name in ("database", "until", "not_before"))
    if database is not None and not (isinstance(database, str) and is_plain_name(database)):
        raise refuse("database is a file name, without folders.")
    if database is not None and found["role"] != "manager":
        raise refuse("only a manager's entry names a database.")
    if until is not None and (isinstance(until, datetime) or not isinstance(until, date)):
        raise refuse("until is a day, such as 2027-03-31, without quotation marks.")
    if not_before is not None and not (isinstance(not_before, datetime) and not_before.tzinfo is not None):
        raise refuse("not_before is a moment with its zone, such as 2026-11-22T09:00:00Z, without quotation marks.")
    return Entry(found["iss"], found["sub"], found["role"], database, until, not_before)


def reader_code(key: bytes, entry: Entry) -> str:
    """By which one person of the table is named in the log of who looked: keyed, so that the log alone names nobody."""
    return pseudonym(key, "reader", f"{entry.iss}|{entry.sub}")


def is_plain_name(name: str) -> bool:
    """Whether a name can only mean a file directly in a folder: no separator, no drive, nothing hidden."""
    return bool(name) and name[0] not in ".-" and name.isprintable() and not set(name) & set('/\\:*?"<>|')
