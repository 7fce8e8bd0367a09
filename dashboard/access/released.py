"""The release a commissioner's pages stand on: the only place that opens its file.

The file is named by ``OUTCOMES_DB``: a release's folder, or the file in it. It holds no person; what is hidden in it was
hidden before it was written.
"""

from __future__ import annotations

import importlib
from pathlib import Path

import streamlit as st

from dashboard.access.opened import NoData, catalogue, database_path, own_outcomes
from dashboard.roles import role_served
from data.releases.model import CommissionerRelease
from data.schema import DatabaseUnavailable
from metrics.across.released import Book, book_of

ROLE = "commissioner"
FILE = "commissioner.duckdb"
OTHER_READER = "This page is for another reader, and nothing is opened here."
NO_RELEASE = "There is no release here to show."
ASK_FOR_ONE = (
    "Ask whoever runs this server to start it on a release made with: outcomes release commissioner --out FOLDER."
)

ReleaseKey = tuple[str, str, int, int, str]
"""What every answer is kept under: role, file, when it was written, its size, folder of own outcomes."""


def released_path() -> Path:
    """The release's file: the one this server was started on, or the one in the folder."""
    named = database_path()
    return named / FILE if named.is_dir() else named


def release_key() -> ReleaseKey:
    """Which release there is at this moment. Raises NoData when there is none, and for every other reader."""
    if role_served() != ROLE:
        raise NoData(OTHER_READER, ASK_FOR_ONE)
    path = released_path()
    try:
        found = path.stat()
    except OSError:
        raise NoData(NO_RELEASE, ASK_FOR_ONE) from None
    return (ROLE, str(path), found.st_mtime_ns, found.st_size, str(own_outcomes() or ""))


def released() -> CommissionerRelease:
    """Everything the release holds. Raises NoData."""
    return book().release


def book() -> Book:
    """The release with its charts, worked out once. Raises NoData."""
    return _book(release_key())


@st.cache_resource(show_spinner=False, max_entries=4)
def _book(key: ReleaseKey) -> Book:
    return book_of(opened_release(Path(key[1])), catalogue())


def opened_release(path: Path) -> CommissionerRelease:
    """The release read from its file. Raises NoData, which names no path, when it cannot be used."""
    cube_file = importlib.import_module("data.releases.cube_file")
    try:
        found: CommissionerRelease = cube_file.open_cube(path)
    except DatabaseUnavailable:
        raise NoData("The file this server was started on is not a release for commissioners.", ASK_FOR_ONE) from None
    return found
