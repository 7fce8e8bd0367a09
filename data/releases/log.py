"""What was given out before: kept beside the manager's file, never in a release.

A release shows rounded figures. The next one is held against all of them, so that no difference between two releases gives
away what each hides. Without this folder earlier releases are not known: it belongs to the database, and to its backups.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from data.model import Period
from data.releases.earlier import Earlier, Entry, Given
from data.schema import DatabaseUnavailable


def folder_of(database: Path) -> Path:
    """Where the log of a database lies."""
    return database.with_name(f"{database.stem}.releases")


def read(database: Path) -> Earlier:
    """The earlier releases, oldest first. Raises DatabaseUnavailable when one cannot be read: nobody then knows what is out."""
    entries = []
    for file in sorted(folder_of(database).glob("commissioner-*.json")):
        try:
            entries.append(_entry(json.loads(file.read_text(encoding="utf-8"))))
        except (OSError, ValueError, KeyError, TypeError):
            raise DatabaseUnavailable(
                "The log of earlier releases is damaged, so nobody can tell what they gave away. "
                "Put back the folder from a backup before you release anything."
            ) from None
    return Earlier(tuple(sorted(entries, key=lambda each: each.release_id)))


def write(database: Path, entry: Entry) -> None:
    """Adds a release to the log; the folder and the file are for this user alone.

    Raises DatabaseUnavailable when another release was made since the log was read.
    """
    folder = folder_of(database)
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"commissioner-{entry.release_id}.json"
    if target.exists():
        raise DatabaseUnavailable("Another release was made at the same time. Make this one again.")
    draft = target.with_suffix(".tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(_document(entry), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)


def _document(entry: Entry) -> dict[str, object]:
    return {
        "release_id": entry.release_id,
        "made_on": entry.made_on.isoformat(),
        "together": list(entry.together),
        "rounding": entry.rounding,
        "fewest_events": entry.fewest_events,
        "given": [
            [code, unit, length, period.first.isoformat(), period.last.isoformat(), given.status,
             given.numerator, list(given.services), given.denominator, given.value, given.low, given.high]
            for given in entry.given
            for code, unit, length, period in (given.place,)
        ],
    }  # fmt: skip


def _entry(document: dict[str, object]) -> Entry:
    rows: Sequence[Sequence[object]] = document["given"]  # type: ignore[assignment]
    given = []
    for code, unit, length, first, last, status, numerator, services, *shown in rows:
        period = Period(date.fromisoformat(str(first)), date.fromisoformat(str(last)))
        given.append(Given((str(code), str(unit), length, period), status, numerator, tuple(services), *shown))  # type: ignore[arg-type]
    return Entry(
        str(document["release_id"]), date.fromisoformat(str(document["made_on"])),
        tuple(document["together"]), tuple(given),  # type: ignore[arg-type]
        int(str(document.get("rounding", 5))), int(str(document.get("fewest_events", 8))),
    )  # fmt: skip
