"""Which file is open, what it holds, and the door to it: open only while it is asked, so that an import can write in between."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from dashboard.access.caching import Denied, Key, cached
from dashboard.hosted import gate
from dashboard.roles import ROLES, Role, role_served
from data.facts import ManagersFacts
from data.guarded import LONGEST_QUERY, DatabaseUnavailable, TookTooLong
from data.model import Service
from data.releases.kind import file_in, refuse_other_kind
from data.warehouse import open_facts
from metrics.catalogue import Catalogue, OutcomeFileError, load_catalogue

APP = "lived-experience-outcomes"


ASK_FOR_RELEASE = (
    "Ask whoever runs this server to start it on a release made with: outcomes release {reader} --out FOLDER."
)


class NoData(Exception):
    """There is nothing to show; ``reason`` says why and ``next_step`` what to do, under a ``title``."""

    NOTHING_YET = "Nothing to show yet"

    def __init__(self, reason: str, next_step: str, title: str = NOTHING_YET) -> None:
        super().__init__(reason)
        self.reason = reason
        self.next_step = next_step
        self.title = title


@dataclass(frozen=True)
class Snapshot:
    """The database as it is now: where it is and which version of the data it holds."""

    role: str
    path: str
    version: str
    is_sample: bool

    @property
    def key(self) -> Key:
        return Key(self.role, self.path, self.version, str(own_outcomes() or ""))


def require(*readers: Role) -> Role:
    """The reader this server was started for, when it is one of these. Raises Denied: nothing was opened.

    Taken from how the server was started; no address, widget or state of a visit can change it.
    """
    try:
        served = role_served()
    except ValueError:
        raise Denied("This server was started for a reader that does not exist.") from None
    if served not in readers:
        raise Denied("This page is for another reader, and it is not opened here.")
    return served


def database_path() -> Path:
    """The file this server was started on; on a hosted server the one of whoever is signed in."""
    if (own := gate.database_for_session()) is not None:
        return own
    named = os.environ.get("OUTCOMES_DB")
    return Path(named) if named else Path(platformdirs.user_data_dir(APP, appauthor=False)) / "outcomes.duckdb"


def own_outcomes() -> Path | None:
    """The user's own folder of outcome files, when the server was given one."""
    named = os.environ.get("OUTCOMES_DIR")
    return Path(named) if named else None


def snapshot() -> Snapshot:
    """Which data there is at this moment, for the manager. Raises NoData, Denied.

    The file is opened only when its size or time has changed: a page asks this for every answer it shows.
    """
    return _snapshot(_key_of_file(require("manager"), database_path()))


def released_key() -> Key:
    """What every answer from a release is kept under, its file looked at. Raises NoData, Denied."""
    reader = require("commissioner", "researcher")
    key = _key_of_file(reader, file_in(database_path(), reader))
    _right_kind(key)
    return key


def catalogue() -> Catalogue:
    """The outcomes, shipped and own. Raises NoData when an own outcome file cannot be used."""
    try:
        return _catalogue(Key(require(*ROLES), "", "", str(own_outcomes() or "")))
    except OutcomeFileError as error:
        raise NoData("An outcome file cannot be used.", str(error)) from None


def services() -> tuple[Service, ...]:
    """The services in the file."""
    return _services(snapshot().key)


@contextmanager
def opened(path: Path) -> Iterator[ManagersFacts]:
    """The facts of the manager's file, for as long as the block lasts. Raises NoData with what to do, and Denied."""
    require("manager")
    with _told(), open_facts(path, longest=LONGEST_QUERY) as facts:
        yield facts


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except DatabaseUnavailable as error:
        reason, _, step = str(error).partition(". ")
        title = ("This took too long",) if isinstance(error, TookTooLong) else ()
        raise NoData(reason if reason.endswith(".") else reason + ".", step, *title) from None


def _key_of_file(reader: Role, path: Path) -> Key:
    """A file as it lies there now: a new size or time is a new version."""
    try:
        found = path.stat()
        version = f"{found.st_mtime_ns}:{found.st_size}"
    except OSError:
        version = "no file"
    return Key(reader, str(path), version, str(own_outcomes() or ""))


@cached(at_most=20)
def _snapshot(key: Key) -> Snapshot:
    with opened(Path(key.path)) as facts:
        return Snapshot(key.role, key.path, facts.data_version(), facts.is_sample())


@cached(at_most=20)
def _right_kind(key: Key) -> None:
    reader = require("commissioner", "researcher")
    try:
        with _told():
            refuse_other_kind(Path(key.path), reader)
    except NoData as error:  # loading exports is no business of this reader
        raise NoData(error.reason, ASK_FOR_RELEASE.format(reader=reader), error.title) from None


@cached(at_most=20)
def _catalogue(key: Key) -> Catalogue:
    return load_catalogue(Path(key.own) if key.own else None)


@cached(at_most=50, copied=True)
def _services(key: Key) -> tuple[Service, ...]:
    with opened(Path(key[1])) as facts:
        return facts.services()
