"""Which file is open, what it holds, and the door to it: open only while it is asked, so that an import can write in between."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import streamlit as st

from dashboard.hosted import gate
from data.facts import ManagersFacts
from data.model import Service
from data.schema import DatabaseUnavailable
from data.warehouse import open_facts
from metrics.catalogue import Catalogue, OutcomeFileError, load_catalogue

ROLE = "manager"
"""Fixed by the file the server opened, never by the page."""
APP = "lived-experience-outcomes"

Key = tuple[str, str, str, str]
"""What every answer is kept under: role, file, version of the data, folder of own outcomes."""


class NoData(Exception):
    """There is nothing to show; ``reason`` says why and ``next_step`` what to do."""

    def __init__(self, reason: str, next_step: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.next_step = next_step


@dataclass(frozen=True)
class Snapshot:
    """The database as it is now: where it is and which version of the data it holds."""

    role: str
    path: str
    version: str
    is_sample: bool

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.role, self.path, self.version, str(own_outcomes() or ""))


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
    """Which data there is at this moment. Raises NoData.

    The file is opened only when its size or time has changed: a page asks this for every answer it shows.
    """
    path = database_path()
    try:
        found = path.stat()
    except OSError:
        return _snapshot(ROLE, str(path), 0, 0)
    return _snapshot(ROLE, str(path), found.st_mtime_ns, found.st_size)


def catalogue() -> Catalogue:
    """The outcomes, shipped and own. Raises NoData when an own outcome file cannot be used."""
    try:
        return _catalogue(str(own_outcomes() or ""))
    except OutcomeFileError as error:
        raise NoData("An outcome file cannot be used.", str(error)) from None


def services() -> tuple[Service, ...]:
    """The services in the file."""
    return _services(snapshot().key)


@contextmanager
def opened(path: Path) -> Iterator[ManagersFacts]:
    """The facts of a file, for as long as the block lasts. Raises NoData with what to do."""
    try:
        with open_facts(path) as facts:
            yield facts
    except DatabaseUnavailable as error:
        reason, _, step = str(error).partition(". ")
        raise NoData(reason + ".", step) from None


@st.cache_resource(show_spinner=False, max_entries=20)
def _snapshot(role: str, path: str, changed: int, size: int) -> Snapshot:  # noqa: ARG001 - part of the key
    with opened(Path(path)) as facts:
        return Snapshot(role, path, facts.data_version(), facts.is_sample())


@st.cache_resource(show_spinner=False)
def _catalogue(own: str) -> Catalogue:
    return load_catalogue(Path(own) if own else None)


@st.cache_data(show_spinner=False, max_entries=50)
def _services(key: Key) -> tuple[Service, ...]:
    with opened(Path(key[1])) as facts:
        return facts.services()
