"""Who looked at whom: one line for each time somebody opened what is recorded about one person.

Kept beside the database and not in it, so that a page that may only read can still be held to account: a folder for the
server's user alone, a file a month, lines that are only ever added.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class NotWritten(Exception):
    """The line could not be added; the message says why and holds no path."""


@dataclass(frozen=True)
class Viewing:
    """One view: when (UTC, to the second), which reader, who, which page, whose record by code, which data."""

    time: str
    role: str
    who: str
    page: str
    person: str
    data: str

    @property
    def day(self) -> date:
        """The day of the view, UTC."""
        return date.fromisoformat(self.time[:10])


def stamp(now: datetime) -> str:
    """A time as it stands in a line: UTC, to the second."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def folder_of(database: Path) -> Path:
    """Where the lines about a database are kept."""
    return database.with_name(f"{database.stem}.audit")


def add(database: Path, viewing: Viewing) -> None:
    """Add one line, in one write, so that two servers never mix theirs. Raises NotWritten."""
    line = (json.dumps(asdict(viewing), ensure_ascii=False) + "\n").encode()
    folder = folder_of(database)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink():
            raise NotWritten("The folder for the log of views is a link to elsewhere.")
        if os.name == "posix" and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
        file = os.open(folder / f"{viewing.time[:7]}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NO_LINK, 0o600)
        try:
            written = os.write(file, line)
        finally:
            os.close(file)
    except OSError as error:
        raise NotWritten(f"The log of views cannot be written ({error.strerror}).") from None
    if written != len(line):
        raise NotWritten("The log of views cannot be written: there is no room left.")


def views(database: Path, first: date | None = None, last: date | None = None) -> Iterator[Viewing]:
    """The lines of a period, oldest first. A line that cannot be read is passed over, as a page of a book that is torn."""
    folder = folder_of(database)
    for file in sorted(folder.glob("????-??.jsonl")) if folder.is_dir() else ():
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            viewing = _read(line)
            if viewing is not None and (first or viewing.day) <= viewing.day <= (last or viewing.day):
                yield viewing


def _read(line: str) -> Viewing | None:
    try:
        viewing = Viewing(**json.loads(line))
        return viewing if viewing.day else None
    except (ValueError, TypeError, AttributeError):
        return None
