"""``outcomes demo``: the synthetic sample as each reader sees it. The one place where a reader is chosen freely."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from dashboard.commands.release import make_commissioner_release
from dashboard.commands.release_researcher import make_release
from dashboard.roles import Role
from data.anonymity import SampleRules
from data.disclosure import Rules
from data.guarded import DatabaseUnavailable
from data.ingest import ingest
from data.releases.log import folder_of
from metrics.catalogue import load_catalogue

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def demo_file(folder: Path, reader: Role, made_on: date, progress: Callable[[str, int, int], None]) -> Path:
    """What a reader of the sample opens: a database made afresh, or a release made from it.

    Raises DatabaseUnavailable while another demo is running.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database, release = folder / "sample.duckdb", folder / reader
    try:
        for old in (database, database.with_name(database.name + ".wal")):
            old.unlink(missing_ok=True)
        for earlier in (folder_of(database), release):  # what is invented may be given out as often as one likes
            shutil.rmtree(earlier, ignore_errors=True)
    except OSError:
        raise DatabaseUnavailable("The demo is already running. Stop it first, then try again.") from None
    ingest([SAMPLE], database, as_of=made_on, sample=True, progress=progress)
    if reader == "manager":
        return database
    if reader == "commissioner":
        make_commissioner_release(database, release, rules=Rules(), catalogue=load_catalogue(), made_on=made_on)
    else:
        make_release(database, release, SampleRules(), made_on=made_on)
    return release
