"""Writing: the one place where a page changes the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from dashboard.access.caching import Key, cached
from dashboard.access.opened import NoData, catalogue, database_path, opened, require, services, snapshot
from data.ingest import Progress, WrongUse, ingest
from data.matching.profile import Profile, ProfileError
from data.matching.shelf import Shelf
from data.pseudonyms import KeyFileError, check_key_file, key_of, pseudonym
from data.recording import Recorded, Rows, write_down
from data.reports import IngestReport
from data.schema import DatabaseUnavailable
from data.source import Source
from data.undoing import NoSuchLoad, Undone, undo


class NotSaved(Exception):
    """Nothing was written; the message says why and what to do."""


def today() -> date:
    """The day on which something is written down."""
    return date.today()


def person_code(reference: str) -> str:
    """The code of a person's reference; the reference itself is kept nowhere. Raises NotSaved."""
    with _saving():
        return pseudonym(key_of(_key_known()), "person", reference)


def why_not_save() -> str | None:
    """Why nothing can be saved at this moment, when the key for pseudonyms is not the one of this database; or None."""
    known = _key_known()
    try:
        if known is None:
            check_key_file()
        else:
            key_of(known)
    except KeyFileError as error:
        return str(error)
    return None


def _key_known() -> str | None:
    return _of_the_file(snapshot().key) if database_path().exists() else None


@cached(at_most=20)
def _of_the_file(key: Key) -> str | None:
    with opened(Path(key.path)) as facts:
        return facts.key_known()


def record(rows: Rows) -> Recorded:
    """Write down what a person filled in: all of it, or nothing and why. Raises NotSaved."""
    with _saving():
        return write_down(database_path(), rows, as_of=today())


def take_back(load_id: int) -> Undone:
    """Take one load back: what it had replaced is true again. Raises NotSaved."""
    try:
        with _saving():
            return undo(database_path(), load_id)
    except NoSuchLoad as error:
        raise NotSaved(str(error)) from None


@contextmanager
def _saving() -> Iterator[None]:
    require("manager")
    try:
        yield
    except (WrongUse, KeyFileError, DatabaseUnavailable) as error:
        raise NotSaved(str(error)) from None


def shelf() -> Shelf:
    """The remembered and the shipped ways of reading exports."""
    require("manager")
    return Shelf()


def last_used(name: str) -> date | None:
    """The day on which a remembered way of reading was saved or used last."""
    found = [kept.path for kept in shelf().all() if kept.where == "saved" and kept.profile.name == name]
    return datetime.fromtimestamp(found[0].stat().st_mtime).astimezone().date() if found else None


def remember(profile: Profile) -> None:
    """Keep how an export is read, for next time. Raises NotSaved."""
    try:
        shelf().save(profile)
    except ProfileError as error:
        raise NotSaved(str(error)) from None


def add(
    sources: Sequence[Source],
    profiles: Mapping[str, Profile],
    *,
    dry_run: bool,
    progress: Progress = lambda file, done, of: None,
) -> IngestReport:
    """Check files, or load them; files that came without a profile are read as they stand. Raises NotSaved.

    What is added beside the made-up homes of the sample does not make them real: the sample stays a sample.
    """
    try:
        sample = snapshot().is_sample
    except NoData:
        sample = False
    with _saving():
        return ingest(
            sources, database_path(), as_of=today(), profiles=profiles, shelf=shelf(),
            known_outcomes=catalogue().outcomes, sample=sample, dry_run=dry_run, progress=progress,
        )  # fmt: skip


def any_data() -> bool:
    """Whether there is a database with something in it. Raises NoData when there is a file that cannot be used."""
    require("manager")
    if not database_path().exists():
        return False
    return bool(services())
