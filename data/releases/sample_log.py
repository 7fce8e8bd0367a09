"""What was drawn for researchers before: beside the manager's file, for this user alone, and without any person.

A line of JSON a release: which draw, when, the id of the key that fixed the halves, the hash of the table.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

DRAWS = 2
NAME = "researcher.jsonl"
FIELDS = ("release_id", "made_on", "draw", "key_id", "people_sha256")


class ReleaseRefused(Exception):
    """No release is made; the message says why and what to do."""


@dataclass(frozen=True)
class LoggedSample:
    """One release that was given out. No person, no service."""

    release_id: str
    made_on: str
    draw: int
    key_id: str
    people_sha256: str


def folder_of(database: Path) -> Path:
    """Where the log of a manager's file lies."""
    return database.with_name(f"{database.stem}.releases")


@contextmanager
def open_log(database: Path) -> Iterator[SampleLog]:
    """The log, held against a second release at the same time. Raises ReleaseRefused."""
    folder = folder_of(database)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        lock = FileLock(folder / "researcher.lock", timeout=0, mode=0o600)
        lock.acquire()
    except Timeout:
        raise ReleaseRefused("Another release is being made. Wait until it has ended, then try again.") from None
    except OSError as error:
        raise ReleaseRefused(
            f"The log of releases cannot be kept beside the database ({error.strerror}), so nothing was written."
        ) from None
    try:
        yield SampleLog(folder / NAME)
    finally:
        lock.release()


class SampleLog:
    """The releases so far, and the next one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.earlier = _read(path)

    def next_draw(self, key_id: str) -> int:
        """1 or 2. Raises ReleaseRefused for a third, and where an earlier one was drawn with another key."""
        if any(each.key_id != key_id for each in self.earlier):
            raise ReleaseRefused(
                "An earlier release was drawn with another key, so nobody can tell who was in it. Use the key of that time; "
                "nothing was written."
            )
        if len(self.earlier) >= DRAWS:
            raise ReleaseRefused(
                "Two releases have been drawn from these people. A third would hold people who are in one of them, and rows "
                "could be laid side by side. Give out one of the two again; nothing was written."
            )
        taken = {each.draw for each in self.earlier}
        return min(number for number in range(1, DRAWS + 1) if number not in taken)

    def add(self, release: LoggedSample) -> None:
        """Write a release down, before it can be given to anybody. Raises ReleaseRefused."""
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(release)) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ReleaseRefused(
                f"The log of releases cannot be written ({error.strerror}); nothing was written."
            ) from None


def _read(path: Path) -> tuple[LoggedSample, ...]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError):
        raise ReleaseRefused(_DAMAGED) from None
    found = []
    for line in filter(str.strip, lines):
        try:
            told = json.loads(line)
            found.append(LoggedSample(*(told[name] for name in FIELDS)))
        except (ValueError, KeyError, TypeError):
            raise ReleaseRefused(_DAMAGED) from None
        if found[-1].draw not in range(1, DRAWS + 1):
            raise ReleaseRefused(_DAMAGED)
    return tuple(found)


_DAMAGED = (
    "The log of earlier releases cannot be read, so nobody can tell who was drawn before. Put back the copy you keep with "
    "the database; nothing was written."
)
